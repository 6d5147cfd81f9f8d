"""What the form of a keyword file cannot say by itself: doubled words, unknown groups, patterns of nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shujian.kernel.errors import FaultList
from shujian.kernel.yamlfile import Where, YamlFile
from shujian.supervision.keyword_forms import KeywordFile

Tell = Callable[[Where, str, str, str, str], None]


def check_words(file: YamlFile, words: KeywordFile, faults: FaultList) -> None:
    """Add every fault of one keyword file, each at its line."""

    def tell(where: Where, code: str, message: str, found: str, expected: str) -> None:
        faults.add(file.fault(where, code, message, found=found, expected=expected))

    if not words.words and not words.patterns:
        tell((), "no_words", "关键词文件没有词也没有词组", words.id, "至少一个 words 或 patterns")
    _keywords(words, tell)
    _groups(words, tell)
    _patterns(words, tell)
    _cancelling(words, tell)


def _bad(word: str) -> bool:
    return not word.strip() or "\x00" in word


def _keywords(words: KeywordFile, tell: Tell) -> None:
    seen: set[str] = set()
    for position, word in enumerate(words.words):
        for spelling in word.spellings():
            if spelling in seen or _bad(spelling):
                where: Where = ("words", position)
                tell(where, "repeated_word", "关键词重复或为空", spelling, "每个写法只出现一次")
            seen.add(spelling)
    names = [word.word for word in words.words]
    for position, pattern in enumerate(words.patterns):
        if pattern.title in [*names, *(other.title for other in words.patterns[:position])]:
            tell(
                ("patterns", position, "title"),
                "repeated_word",
                "词组名称重复",
                pattern.title,
                "另取一个名称",
            )


def _groups(words: KeywordFile, tell: Tell) -> None:
    used = {
        name for pattern in words.patterns for name in (pattern.find, *pattern.near, *pattern.without)
    } | {name for window in words.exclusion_windows for name in window.of}
    for name, members in words.groups.items():
        if not members:
            tell(("groups", name), "empty_group", "词群里没有词", name, "至少一个词")
        if name not in used:
            tell(("groups", name), "unused_group", "词群没有被用到", name, "在 patterns 中用到，或删去")
        if name in (word.word for word in words.words):
            tell(("groups", name), "repeated_word", "词群与关键词同名", name, "另取一个名称")
        for position, member in enumerate(members):
            if _bad(member) or member in members[:position]:
                where: Where = ("groups", name, position)
                tell(where, "repeated_word", "词群里的词重复或为空", member, "每个词只出现一次")
    _unnegated(words, tell)


def _unnegated(words: KeywordFile, tell: Tell) -> None:
    _known(words.unnegated, words.groups, ("unnegated",), tell)
    plain = set(words.spellings_of([name for name in words.unnegated if name in words.groups]))
    others = [name for name in words.groups if name not in words.unnegated]
    both = plain & set(words.spellings_of([*others, *(word.word for word in words.words)]))
    for member in sorted(both):
        tell(
            ("unnegated",),
            "negated_both_ways",
            "同一个词在一处看否定、在另一处不看",
            member,
            "只放在一类词群里",
        )


def _known(
    names: Sequence[str], known: Sequence[str] | dict[str, list[str]], where: Where, tell: Tell
) -> None:
    for position, name in enumerate(names):
        if name not in known:
            tell(
                (*where, position),
                "unknown_group",
                "没有这个词群",
                name,
                "、".join(known) or "先在 groups 中写明",
            )


def _patterns(words: KeywordFile, tell: Tell) -> None:
    for position, pattern in enumerate(words.patterns):
        at: Where = ("patterns", position)
        if pattern.id in [other.id for other in words.patterns[:position]]:
            tell((*at, "id"), "duplicate_id", "词组的 id 已存在", pattern.id, "另取一个")
        if pattern.find not in words.groups:
            tell(
                (*at, "find"),
                "unknown_group",
                "没有这个词群",
                pattern.find,
                "、".join(words.groups) or "groups",
            )
        _known(pattern.near, words.groups, (*at, "near"), tell)
        _known(pattern.without, words.groups, (*at, "without"), tell)
        if not pattern.near and not pattern.without:
            tell(at, "lone_group", "词组只有一个词群", pattern.find, "写 near 或 without，或改为 words")
        _reach(pattern.within, (*at, "within"), tell)
        for name in sorted({*pattern.near} & {*pattern.without}):
            tell((*at, "without"), "near_and_without", "同一词群既要有又不许有", name, "只留一处")


def _reach(within: int | str, where: Where, tell: Tell) -> None:
    if isinstance(within, int) and within < 0:
        tell(where, "bad_reach", "字数不能为负", str(within), "0 以上的整数、sentence 或 text")


def _cancelling(words: KeywordFile, tell: Tell) -> None:
    spelled = set(words.found_words())
    listed: list[tuple[Where, str]] = [(("exclude", place), word) for place, word in enumerate(words.exclude)]
    for number, window in enumerate(words.exclusion_windows):
        at: Where = ("exclusion_windows", number)
        listed += [((*at, "words", place), word) for place, word in enumerate(window.words)]
        _known(window.of, [*words.groups, *(word.word for word in words.words)], (*at, "of"), tell)
        _reach(window.within, (*at, "within"), tell)
    for where, word in listed:
        if word in spelled:
            tell(where, "word_and_exclusion", "同一个词既是关键词又是排除词", word, "只留一处")
        elif _bad(word):
            tell(where, "empty_word", "词为空", word, "写明这个词")
    for number, negation in enumerate(words.negation_windows):
        for place, word in enumerate(negation.words):
            if _bad(word) or len(word) > negation.reach:
                told: Where = ("negation_windows", number, "words", place)
                tell(told, "negation_too_long", "否定词为空，或比 reach 还长，永远用不上", word, "加大 reach")
