"""Whole steps against plain Python that knows nothing of SQL: five hundred generated cases each, in one run.

The cases of a run do not meet: each has numbers and names of its own.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from shujian.supervision.conftest import run_rows

CASES = 500
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
DAY = date(2026, 3, 1)
ORDER = ("A", "A-", "B", "B-", "C")


def number_of(case: int, other: int = 0) -> str:
    """A valid number of area 999999, its own for each case."""
    born = date(1960, 1, 1) + timedelta(days=case * 20)
    body = f"999999{born:%Y%m%d}{other * 2 + 1:03}"
    return (
        body + "10X98765432"[sum(int(sign) * weight for sign, weight in zip(body, WEIGHTS, strict=True)) % 11]
    )


def name_of(case: int, kind: str) -> str:
    """The case's own name; one character apart from it; another."""
    first, second = chr(0x4E00 + case), chr(0x5E00 + case)
    return {
        "same": f"示{first}{second}",
        "near": f"示{first}{chr(0x6E00 + case)}",
        "other": f"例{second}甲乙",
    }[kind]


def born(case: int) -> date:
    return date(1960, 1, 1) + timedelta(days=case * 20)


def row(draw: random.Random, case: int, no: str, ids: tuple[str, ...]) -> dict[str, Any]:
    """A row of the case; ``_``-parts tell the oracle what was drawn."""
    held = draw.choice(ids)
    name = draw.choice(("same", "same", "near", "other"))
    same_birth, same_sex = (held != "none" or draw.random() < 0.6), (held != "none" or draw.random() < 0.6)
    day = draw.choice((None, -10, -1, 0, 1, 10))
    return {
        "no": no, "name": name_of(case, name), "_name": name, "_id": held, "_birth": same_birth, "_sex": same_sex, "_day": day,
        "id_card": {"own": number_of(case), "twin": number_of(case, 1), "none": None}[held],
        "birth_on": (born(case) if same_birth else born(case) + timedelta(days=3)).isoformat(),
        "sex": "男" if same_sex else "女", "day": None if day is None else (DAY + timedelta(days=day)).isoformat(),
        "amount": draw.choice((None, 1, 2, 3)),
    }  # fmt: skip


def told(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in one.items() if name[0] != "_" and value is not None} for one in rows
    ]


def grade(left: dict[str, Any], right: dict[str, Any]) -> str | None:
    """The guide's table of grades, for rows like these."""
    if "none" not in (left["_id"], right["_id"]):
        if left["_id"] != right["_id"]:
            return None
        return (
            "A"
            if {left["_name"], right["_name"]} <= {"same", "near"} or left["_name"] == right["_name"]
            else "A-"
        )
    if left["_name"] != right["_name"]:
        return None
    return "B" if left["_birth"] == right["_birth"] and left["_sex"] == right["_sex"] else "C"


def alike(left: dict[str, Any], right: dict[str, Any]) -> bool:
    """A slip of the pen where a number is missing: names one character apart, birth and sex equal."""
    apart = {left["_name"], right["_name"]} == {"same", "near"}
    unnumbered = "none" in (left["_id"], right["_id"])
    return unnumbered and apart and left["_birth"] == right["_birth"] and left["_sex"] == right["_sex"]


def later(left: dict[str, Any], right: dict[str, Any]) -> bool | None:
    """``右.day >= 左.day``, three-valued."""
    if left["_day"] is None or right["_day"] is None:
        return None
    return bool(right["_day"] >= left["_day"])


MATCH = """needs: {左: {source: own_list}, 右: {source: own_record}}
steps:
  - {id: pair, says: 碰撞, use: match, left: 左, right: 右, key: person, when: "右.day >= 左.day"}
emit:
  - {from: pair, subject: {case: 左.no}, strength: 弱, title: "线索", evidence: {左: [no], 右: [no]}}
"""


def cases(
    seed: int, ids: tuple[str, ...], left_ids: tuple[str, ...]
) -> tuple[list[Any], list[Any], list[Any]]:
    draw = random.Random(seed)
    lefts, rights, by_case = [], [], []
    for case in range(CASES):
        left = row(draw, case, f"左{case}", left_ids)
        right = [row(draw, case, f"右{case}之{n}", ids) for n in range(draw.randrange(4))]
        lefts.append(left)
        rights += right
        by_case.append((left, right))
    return lefts, rights, by_case


def test_match_equals_the_oracle(own_home: Path) -> None:
    lefts, rights, by_case = cases(1, ("own", "own", "twin", "none"), ("own", "own", "none"))
    result = run_rows(own_home, MATCH, {"左": told(lefts), "右": told(rights)})
    pairs = [
        (left["no"], found, later(left, right))
        for left, several in by_case
        for right in several
        if (found := grade(left, right)) is not None
    ]
    met = [(no, found) for no, found, when in pairs if when]
    best = {no: min((found for other, found in met if other == no), key=ORDER.index) for no, _ in met}
    assert {hit.subject_id: hit.grade for hit in result.hits} == best and len(best) > 100
    (step,) = result.steps
    assert step.rows == len(met) and dict(step.by_grade) == dict(Counter(found for _, found in met))
    assert step.unknown == len([1 for _, _, when in pairs if when is None]) > 50


ABSENT = """needs: {左: {source: own_list}, 右: {source: own_record}}
steps:
  - {id: gone, says: 没有, use: absent, left: 左, right: 右, key: person, when: "右.day >= 左.day",
     covering: {from: "date '2026-01-01'", to: as_of}}
emit:
  - {from: gone, subject: {case: 左.no}, strength: 弱, title: "线索", evidence: {左: [no]}}
"""


def absence(left: dict[str, Any], several: list[dict[str, Any]], declared: bool) -> str | None:
    """None where the subject is on the right."""
    maybe = False
    for right in several:
        found, when = grade(left, right), later(left, right)
        if found in ("A", "A-") and when:
            return None
        maybe = maybe or (when is not False and (found is not None or alike(left, right)))
    if maybe:
        return "possible"
    return "proved" if declared and left["_id"] != "none" else "unknown"


@pytest.mark.parametrize("declared", [True, False])
def test_absent_equals_the_oracle(own_home: Path, declared: bool) -> None:
    path = own_home / "sources/own_record.yaml"
    path.write_text(path.read_text("utf-8") + 'unmatchable_limit: "1"\n', "utf-8")
    lefts, rights, by_case = cases(2, ("own", "own", "twin", "none"), ("own", "own", "own", "none"))
    whole = [{"from": "2020-01-01", "to": "2026-06-30"}] if declared else []
    result = run_rows(own_home, ABSENT, {"左": told(lefts), "右": told(rights)}, coverage={"右": whole})
    expected = {left["no"]: state for left, several in by_case if (state := absence(left, several, declared))}
    assert {hit.subject_id: hit.absence for hit in result.hits} == expected
    counted = Counter(expected.values())
    assert (
        counted["possible"] > 50
        and counted["proved" if declared else "unknown"] > 50
        and len(expected) < CASES - 50
    )


GROUP = """needs: {左: {source: own_list}}
steps:
  - {id: sums, says: 汇总, use: group, from: 左, by: unit_name,
     add: {n: count(*), some: count(amount), total: sum(amount), most: max(amount), first: min(day)}}
emit:
  - {from: sums, subject: {agency: unit_name}, strength: 弱, title: "线索", evidence: {左: [no]}, figures: [n, some, total, most, first]}
"""


def test_group_equals_the_oracle(own_home: Path) -> None:
    draw = random.Random(3)
    rows = []
    for case in range(CASES):
        for n in range(draw.randrange(1, 5)):
            rows.append({**row(draw, case, f"{case}之{n}", ("own",)), "unit_name": f"示例{case}单位"})
    result = run_rows(own_home, GROUP, {"左": told(rows)})
    expected = {}
    for case in range(CASES):
        name = f"示例{case}单位"
        mine = [one for one in rows if one["unit_name"] == name]
        amounts = [one["amount"] for one in mine if one["amount"] is not None]
        days = [DAY + timedelta(days=one["_day"]) for one in mine if one["_day"] is not None]
        expected[name] = (
            len(mine), len(amounts), sum(amounts) if amounts else None, max(amounts, default=None), min(days, default=None),
        )  # fmt: skip
    found = {
        hit.subject_id: tuple(hit.figures[key] for key in ("n", "some", "total", "most", "first"))
        for hit in result.hits
    }
    assert found == expected
