"""Screening by groups, patterns and windows: equal to a plain-Python reading, told in words, guarded by proofs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shujian.supervision.conftest import HEAD, TAIL, body_faults, run_rows, write_model
from shujian.supervision.keyword_forms import KeywordFile
from shujian.supervision.keywords import load_keywords
from shujian.supervision.library import load_model
from shujian.supervision.prove import prove_models
from shujian.supervision.run import contracts_of
from shujian.supervision.sentence import sentence

STOPS = set('，。；！？、：,;!?:（）()“”" 　')
ENDS = set("。！？!?；;\n\r")
BODY = """needs: {诉求: {source: own_text}}
steps:
  - {id: found, says: 含关键词, use: screen, from: 诉求, field: [place_name, content], keywords: own_words}
emit:
  - {from: found, subject: {case: 诉求.no}, strength: 弱, title: "反映{found_words}的线索", evidence: {诉求: [no, content]},
     figures: [found_count, found_score]}
"""
FULL = """id: own_words
title: 示例词
from: 2020-01-01
words: [{word: 私设暗管, weight: 40}]
groups:
  工厂: [化工厂, 砖厂, 工厂]
  污染: [恶臭, 黑烟, 废水]
  交通: [汽车, 公交]
patterns:
  - {id: works, title: 工厂污染, find: 污染, near: [工厂], without: [交通], within: 6, weight: 30}
exclusion_windows: [{words: [演练], within: sentence, of: [污染]}, {words: [表扬信], within: text}]
negation_windows: [{words: [未发现, 不], reach: 6, unless: [不断, 不停]}]
least: 30
"""


def write_words(catalogue: Path, text: str = FULL) -> None:
    (catalogue / "keywords" / "own_words.yaml").write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("title", "content", "words"),
    [
        (None, "化工厂排放恶臭", "工厂污染"),
        (None, "恶臭来自化工厂", "工厂污染"),
        (None, "化工厂一二三四五六恶臭", "工厂污染"),
        (None, "化工厂一二三四五六七恶臭", None),
        (None, "化工厂在此。恶臭难闻", None),
        ("化工厂", "恶臭", None),
        (None, "化工厂未发现恶臭", None),
        (None, "未发现，化工厂恶臭", "工厂污染"),
        (None, "化工厂不断恶臭", "工厂污染"),
        (None, "化工厂不再有恶臭", None),
        (None, "化工厂汽车恶臭", None),
        (None, "化工厂恶臭，参加演练", None),
        (None, "化工厂恶臭。参加演练", "工厂污染"),
        ("表扬信", "化工厂恶臭", None),
        (None, "私设暗管，参加演练", "私设暗管"),
        ("私设暗管", "砖厂黑烟", "工厂污染、私设暗管"),
    ],
)
def test_a_pattern_needs_its_words_near_in_one_sentence(
    own_home: Path, title: str | None, content: str, words: str | None
) -> None:
    write_words(own_home)
    hits = run_rows(own_home, BODY, {"诉求": [{"no": "1", "place_name": title, "content": content}]}).hits
    assert [hit.title for hit in hits] == ([] if words is None else [f"反映{words}的线索"])


def test_a_hit_shows_its_words_and_says_what_was_cancelled(own_home: Path) -> None:
    write_words(own_home)
    row = {"no": "1", "place_name": "私设暗管", "content": "砖厂冒黑烟。工厂未发现废水。恶臭演练"}
    [hit] = run_rows(own_home, BODY, {"诉求": [row]}).hits
    assert [(each.field, each.word) for each in hit.keywords] == [
        ("content", "砖厂"), ("content", "黑烟"), ("place_name", "私设暗管")
    ]  # fmt: skip
    assert hit.figures == {"found_count": 2, "found_score": 70}
    assert hit.explanation[0] == (
        "1. 含关键词：命中 工厂污染、私设暗管（“工厂污染”由“砖厂”“黑烟”组成；“废水”前面有否定词“未发现”，不算；"
        "“恶臭”附近有排除词“演练”，不算）"
    )


def test_the_sentence_says_the_patterns(own_home: Path) -> None:
    write_words(own_home)
    model = load_model(write_model(own_home, HEAD + BODY + TAIL))
    assert (
        "在“诉求”的地点、内容中按关键词筛查：含关键词（1 个关键词；“工厂污染”：有“污染”的词，同一句中 6 字以内又有“工厂”而没有“交通”的词；"
        "前面有“未发现、不”否定的不算；“污染”的词同一句中有“演练”的不算；全文中有“表扬信”的不算；合计满 30 分的留下）"
    ) in sentence(model.spec, contracts_of(model), model.keywords)


def test_every_fault_of_a_keyword_file_is_told_at_its_line(own_home: Path) -> None:
    write_words(
        own_home,
        """id: own_words
title: 示例词
from: 2020-01-01
words: [{word: 暗管}, {word: 暗管}]
groups:
  工厂: [砖厂, 砖厂]
  空的: []
  污染: [恶臭]
patterns:
  - {id: one, title: 暗管, find: 没有的, near: [污染], within: -1}
  - {id: one, title: 乙, find: 工厂}
  - {id: two, title: 丙, find: 工厂, near: [污染], without: [污染]}
unnegated: [工厂, 也没有]
exclude: [恶臭]
exclusion_windows: [{words: [" "], within: 3, of: [无此]}]
negation_windows: [{words: [未发现], reach: 2}]
""",
    )
    told = [(fault.line, fault.code, fault.found) for fault in load_keywords((own_home,)).faults]
    assert told == [
        (4, "repeated_word", "暗管"),
        (10, "repeated_word", "暗管"),
        (6, "repeated_word", "砖厂"),
        (7, "empty_group", "空的"),
        (7, "unused_group", "空的"),
        (13, "unknown_group", "也没有"),
        (10, "unknown_group", "没有的"),
        (10, "bad_reach", "-1"),
        (11, "duplicate_id", "one"),
        (11, "lone_group", "工厂"),
        (12, "near_and_without", "污染"),
        (15, "unknown_group", "无此"),
        (14, "word_and_exclusion", "恶臭"),
        (15, "empty_word", " "),
        (16, "negation_too_long", "未发现"),
    ]


def test_faults_of_form_are_told_at_their_lines(own_home: Path) -> None:
    wrong = (
        FULL.replace("within: 6", "within: 近")
        .replace("least: 30", "least: 零")
        .replace("reach: 6", "rech: 6")
    )
    write_words(own_home, wrong)
    told = {
        (fault.line, fault.field and fault.field.split(".")[0]) for fault in load_keywords((own_home,)).faults
    }
    assert told == {(10, "patterns"), (12, "negation_windows"), (13, "least")}


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("[content, content]", "repeated_column"),
        ("[content, nothing]", "unknown_column"),
        ("[诉求.content, 另.content]", "unknown_column"),
    ],
)
def test_faulty_columns(own_home: Path, field: str, code: str) -> None:
    write_words(own_home)
    faults = body_faults(own_home, BODY.replace("[place_name, content]", field))
    assert code in [fault.code for fault in faults]


def test_what_a_file_does_not_use_is_not_in_its_digest() -> None:
    plain = KeywordFile.model_validate(
        {"id": "a", "title": "甲", "from": "2020-01-01", "words": [{"word": "词"}]}
    )
    assert set(plain.model_dump(by_alias=True)) == {
        "id", "title", "from", "to", "source", "note", "words", "exclude", "negations", "window", "negation_reach", "scope"
    }  # fmt: skip
    full = KeywordFile.model_validate(
        {**plain.model_dump(by_alias=True), "least": 2, "groups": {"甲": ["乙"]}}
    )
    assert set(full.model_dump(by_alias=True)) - set(plain.model_dump(by_alias=True)) == {"least", "groups"}
    assert KeywordFile.model_validate(json.loads(full.model_dump_json(by_alias=True))) == full


def test_each_guard_and_pattern_needs_a_proof(own_home: Path) -> None:
    write_words(own_home)
    path = write_model(own_home, HEAD + BODY + TAIL)
    proofs = path.parent / "proofs"
    proofs.mkdir(exist_ok=True)
    rows = {
        "hit": ["化工厂恶臭", "私设暗管"],
        "miss": ["化工厂汽车恶臭", "化工厂未发现恶臭", "化工厂恶臭，演练"],
        "edge": ["化工厂离这里有很远很远恶臭"],
    }
    for kind, listed in rows.items():
        given_rows = [{"no": f"示{kind}{place}", "content": content} for place, content in enumerate(listed)]
        expect = [{"subject": row["no"], "emit": "found"} for row in given_rows] if kind == "hit" else []
        body = {
            "name": kind,
            "says": "例",
            "kind": kind,
            "as_of": "2026-06-30",
            "given": {"诉求": given_rows},
            "expect": expect,
        }
        (proofs / f"{kind}.yaml").write_text(json.dumps(body, ensure_ascii=False), "utf-8")
    report = prove_models([path], mutants=True)
    assert (report.ok, report.made, report.survived) == (True, 6, [])
    (proofs / "edge.yaml").unlink()
    assert prove_models([path], mutants=True).survived == [
        "listed_not_recorded：own_words：词组“工厂污染”不限远近"
    ]


# -- the oracle: the guide's rules read plainly ----------------------------------------------------

SIGNS = "甲乙丙丁戊不。，"
texts = st.text(SIGNS, max_size=14)
some_words = st.lists(st.text("甲乙丙丁", min_size=1, max_size=2), min_size=1, max_size=3, unique=True)
reaches = st.one_of(st.integers(0, 4), st.sampled_from(["sentence", "text"]))


@st.composite
def files(draw: st.DrawFn) -> dict[str, Any]:
    groups = {name: draw(some_words) for name in ("一", "二", "三")}
    pattern = {
        "id": "p", "title": "词组", "find": "一", "near": draw(st.sampled_from([["二"], ["二", "三"]])), "weight": 5,
        "within": draw(reaches), "order": draw(st.sampled_from(["any", "before", "after"])),
    }  # fmt: skip
    if pattern["near"] == ["二"]:
        pattern["without"] = ["三"]
    body = {
        "id": "own_words", "title": "词", "from": "2020-01-01", "groups": groups, "patterns": [pattern],
        "exclude": ["戊"], "window": draw(st.integers(0, 3)),
        "exclusion_windows": [{"words": ["戊甲"], "within": draw(reaches), "of": draw(st.sampled_from([[], ["二"]]))}],
        "negation_windows": [{"words": ["不"], "reach": draw(st.integers(1, 3)), "unless": draw(st.sampled_from([[], ["不丙"]]))}],
        "words": draw(st.sampled_from([[], [{"word": "丁丁", "weight": 7}]])),
        "least": draw(st.sampled_from([1, 5, 7, 12])),
    }  # fmt: skip
    if draw(st.booleans()) and not set(groups["二"]) & {*groups["一"], *groups["三"], "丁丁"}:
        body["unnegated"] = ["二"]
    return body


Spot = tuple[str, int, int]
"""A field and the first and the last-plus-one character of a hit."""


def spots(row: dict[str, str], word: str) -> list[Spot]:
    return [
        (field, found.start(), found.start() + len(word))
        for field, body in row.items()
        for found in re.finditer(f"(?={re.escape(word)})", body)
    ]


def reached(row: dict[str, str], one: Spot, other: Spot, within: int | str, strict: bool) -> bool:
    if within == "text":
        return True
    if one[0] != other[0]:
        return False
    first, last = sorted((one, other), key=lambda spot: spot[1:])
    between = row[one[0]][min(first[2], last[2]) : last[1]]
    gap = last[1] - min(first[2], last[2])
    if isinstance(within, int) and not (gap < within if strict else gap <= within):
        return False
    return (strict and isinstance(within, int)) or not ENDS & set(between)


def good(shelf: dict[str, Any], row: dict[str, str], word: str, spot: Spot) -> bool:
    [window] = shelf["negation_windows"]
    if word not in [each for name in shelf.get("unnegated", []) for each in shelf["groups"][name]]:
        before = row[spot[0]][max(0, spot[1] - window["reach"]) : spot[1]]
        while set(before) & STOPS:
            before = before[1:]
        for harmless in window["unless"]:
            before = before.replace(harmless, "※")
        if any(each in before for each in window["words"]):
            return False
    limits: list[tuple[str, int | str, list[str] | None]] = [("戊", shelf["window"], None)]
    for each in shelf["exclusion_windows"]:
        of = [member for name in each["of"] for member in shelf["groups"][name]]
        limits += [(out, each["within"], of or None) for out in each["words"]]
    return not any(
        (of is None or word in of)
        and any(reached(row, spot, out, within, True) for out in spots(row, excluded))
        for excluded, within, of in limits
    )


def plain_answer(shelf: dict[str, Any], row: dict[str, str]) -> tuple[str, int] | None:
    told: dict[str, int] = {}
    for word in shelf["words"]:
        if any(good(shelf, row, word["word"], spot) for spot in spots(row, word["word"])):
            told[word["word"]] = word["weight"]
    [pattern] = shelf["patterns"]
    members = {
        name: [spot for word in listed for spot in spots(row, word) if good(shelf, row, word, spot)]
        for name, listed in shelf["groups"].items()
    }

    def beside(one: Spot, name: str, order: str) -> bool:
        return any(
            (one[0] != other[0] or one[2] <= other[1] or other[2] <= one[1])
            and reached(row, one, other, pattern["within"], False)
            and (order == "any" or (one[0] == other[0] and (other[1] < one[1]) == (order == "before")))
            for other in members[name]
        )

    if any(
        all(beside(one, name, pattern["order"]) for name in pattern["near"])
        and not any(beside(one, name, "any") for name in pattern.get("without", []))
        for one in members["一"]
    ):
        told["词组"] = 5
    score = sum(told.values())
    return ("、".join(sorted(told)), score) if told and score >= shelf["least"] else None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shelf=files(), rows=st.lists(st.tuples(texts, texts), min_size=1, max_size=25))
def test_screening_equals_the_plain_reading(
    own_home: Path, shelf: dict[str, Any], rows: list[tuple[str, str]]
) -> None:
    write_words(own_home, json.dumps(shelf, ensure_ascii=False))
    given_rows = [
        {"no": f"示{place}", "place_name": title or None, "content": content or None}
        for place, (title, content) in enumerate(rows)
    ]
    hits = run_rows(own_home, BODY, {"诉求": given_rows}).hits
    found = {
        hit.subject_id: (hit.title.removeprefix("反映").removesuffix("的线索"), hit.figures["found_score"])
        for hit in hits
    }
    expected = {
        f"示{place}": answer
        for place, (title, content) in enumerate(rows)
        if (answer := plain_answer(shelf, {"place_name": title, "content": content}))
    }
    assert found == expected
