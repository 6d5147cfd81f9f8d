"""Real addresses of the county to their towns, and addresses of the country to tagged pieces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from shujian.evaluation.address_tags import TAGS, Entity, plain, shown, tagged
from shujian.evaluation.divisions import COUNTY, FOLDER, county_gazetteer, county_region
from shujian.evaluation.reference import json_lines
from shujian.evaluation.scores import Counts, Score, Task, scored
from shujian.matching.normalise.address_parts import parse

_ABOVE = "(?:湖南省?)?(?:株洲市?)?醴陵市?"
_ROAD = "[东西南北中]?(?:路|大道|大街|街(?!道))"
_MARKS = "(?:镇|乡|街道办事处|街道|办事处|管委会)"


def county_addresses() -> list[str]:
    """Every different registered address of the county in the development part."""
    found = json_lines("enterprises_zhuzhou", "enterprises.dev.jsonl.gz")
    return sorted({
        row["address"]
        for row in found
        if row.get("address") and ("醴陵" in row["address"] or str(row.get("uscc"))[2:8] == COUNTY)
    })  # fmt: skip


class Truth:
    """What a town's name standing in the text says, found without our parser: stem and mark, present or former.

    A text that names no town, or two, has no truth: nobody can tell from it alone.
    """

    def __init__(self) -> None:
        self.forms: list[tuple[re.Pattern[str], str]] = []
        for town in county_region().towns:
            for name in (town.name, *town.aliases, *(old.name for old in town.former)):
                stem = re.sub(f"{_MARKS}$", "", name)
                tail = _MARKS if stem != name else ""
                self.forms.append((re.compile(re.escape(stem) + tail), town.code))
                if tail and name not in town.aliases:  # 醴陵市船湾四方居委会
                    self.forms.append((re.compile(f"^{_ABOVE}{re.escape(stem)}(?!{_ROAD})"), town.code))
            if town.name.endswith("经济开发区"):
                self.forms.append((re.compile("经济开发区|经开区"), town.code))

    def town(self, text: str) -> str | None:
        """The code of the one town that a text names."""
        found = {code for form, code in self.forms if form.search(text)}
        return found.pop() if len(found) == 1 else None


def town() -> list[Score]:
    """Towns of the county's addresses, with the old names that we ship and with the statistics list alone."""
    truth, texts = Truth(), county_addresses()
    true = {text: truth.town(text) for text in texts}
    ours, listed = county_gazetteer(), county_gazetteer(with_old_names=False)

    def answers(text: str) -> str | None:
        read = parse(text, ours)
        return read.town.code if read and read.town else None

    def by_list(text: str) -> str | None:
        read = parse(text, listed)
        return read.town.code if read and read.town else None

    counts, peer = _counted(true, answers), _counted(true, by_list)
    named = sum(1 for code in true.values() if code)
    unnamed = sum(1 for text, code in true.items() if code is None and answers(text) is None)
    more = sum(1 for text, code in true.items() if code is None and answers(text) is not None)
    return [
        scored(
            "addresses.town", "真实地址认出乡镇", named, counts, baseline="只有统计部门的名单", baseline_f1=peer.f1,
            bars={"recall": 0.95, "precision": 0.99},
            facts={
                "addresses": len(texts), "name_a_town": named, "name_none": len(texts) - named, "left_open": unnamed,
                "told_beyond_truth": more, "baseline_recall": peer.recall, "share_of_all": (counts.right + more) / len(texts),
            },
            note=f"{len(texts)} 个不同地址里 {named} 个写了乡镇（现名、旧名或俗称），其余只写路名、楼盘、厂名的无法从文字判定，"
            f"其中 {unnamed} 个如实留空",
        )
    ]  # fmt: skip


def _counted(true: dict[str, str | None], answers: Callable[[str], str | None]) -> Counts:
    right = false = missed = 0
    for text, code in true.items():
        if code is None:
            continue
        told = answers(text)
        right, false, missed = (
            right + (told == code),
            false + (told not in (None, code)),
            missed + (told != code),
        )
    return Counts(right, false, missed)


def entities() -> list[Score]:
    """Tagged pieces of the published addresses, one score over all tags and one each."""
    ours: dict[str, Counter[str]] = {tag: Counter() for tag in TAGS}
    peer: dict[str, Counter[str]] = {tag: Counter() for tag in TAGS}
    lines = list(json_lines("address_parsing", "dev.jsonl.gz"))
    for line in lines:
        true = _true(line["tokens"], line["tags"])
        text = "".join(line["tokens"])
        _tally(ours, true, tagged(text))
        _tally(peer, true, plain(text))
    whole = _score(
        "addresses.entities", "地址要素（全部）", len(lines), _sum(ours.values()), _sum(peer.values())
    )
    each = [
        _score(
            f"addresses.entities.{tag}", f"地址要素：{tag}", len(lines), _sum([ours[tag]]), _sum([peer[tag]])
        )
        for tag in TAGS
    ]
    return [whole, *each]


def _score(task: str, title: str, size: int, counts: Counts, peer: Counts) -> Score:
    return scored(task, title, size, counts, baseline="名单最长匹配", baseline_f1=peer.f1)


def _true(tokens: list[str], tags: list[str]) -> list[Entity]:
    found: list[list[str]] = []
    for token, tag in zip(tokens, tags, strict=True):
        if tag.startswith("B-"):
            found.append([tag[2:], token])
        elif tag.startswith("I-") and found:
            found[-1][1] += token
    return [(tag, text) for tag, text in found if tag in TAGS]


def _tally(counts: dict[str, Counter[str]], true: list[Entity], found: list[Entity]) -> None:
    for tag in TAGS:
        wanted = Counter(shown(text) for kind, text in true if kind == tag)
        given = Counter(shown(text) for kind, text in found if kind == tag)
        right = (wanted & given).total()
        counts[tag]["right"] += right
        counts[tag]["false"] += given.total() - right
        counts[tag]["missed"] += wanted.total() - right


def _sum(counters: Iterable[Counter[str]]) -> Counts:
    total: Counter[str] = Counter()
    for one in counters:
        total.update(one)
    return Counts(total["right"], total["false"], total["missed"])


TASKS = [
    Task("addresses.town", "真实地址认出乡镇", town, ("enterprises_zhuzhou", FOLDER)),
    Task("addresses.entities", "地址要素的切分", entities, ("address_parsing", FOLDER)),
]
