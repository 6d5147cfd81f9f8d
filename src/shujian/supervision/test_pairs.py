"""The SQL of ``match`` and ``absent`` against the pure rules of ``matching.grades``, on generated lists."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA, Levenshtein

from shujian.lake.read import memory_session
from shujian.matching.grades import ORDER, OrgKeys, PersonKeys, grade_org, grade_person, related
from shujian.supervision.relation import Relation
from shujian.supervision.steps.pairs import NEAR, Side, pair_sql

SHORTEST = 4
NAMES = ["张三", "张三丰", "张三封", "李四", "欧阳雪梅", "欧阳雪", None]
IDS = ["999999199001010016", "999999199001010024", None]
MASKS = {"999999199001010016": "999999|0016", "999999199001010024": "999999|0024"}
BIRTHS = [date(1990, 1, 1), date(1991, 1, 1), None]

PERSON = {
    "id": pa.string(),
    "mask": pa.string(),
    "name": pa.string(),
    "birth": pa.date32(),
    "sex": pa.string(),
    "area": pa.string(),
}
ORG = {name: pa.string() for name in ("uscc", "name", "core", "tax", "former", "parent")}


@st.composite
def person(draw: st.DrawFn) -> dict[str, Any]:
    number = draw(st.sampled_from(IDS))
    mask = MASKS[number] if number else draw(st.sampled_from([*MASKS.values(), None]))
    return {
        "id": number,
        "mask": mask,
        "name": draw(st.sampled_from(NAMES)),
        "birth": draw(st.sampled_from(BIRTHS)),
        "sex": draw(st.sampled_from(["男", "女", None])),
        "area": draw(st.sampled_from(["999999", None])),
    }


CORES = [
    "示例红火窑业", "示例红火窖业", "示例红窑火业", "示例青山瓷厂", "示例红火一窑业", "示例东窑业", "示例西窑业", None,
]  # fmt: skip
org = st.fixed_dictionaries(
    {
        "uscc": st.sampled_from(["甲码", "乙码", None]),
        "name": st.sampled_from(["示例红火窑业有限公司", "示例红火窑业厂", None]),
        "core": st.sampled_from(CORES),
        "tax": st.sampled_from(["甲税", "乙税", None]),
        "former": st.sampled_from(["示例红火窑业", "示例旧名", None, None]),
        "parent": st.sampled_from(["示例红火窑业", "示例青山瓷厂", None, None]),
    }
)


def found(
    kind: str, types: dict[str, Any], left: list[Any], right: list[Any], *, near: bool
) -> set[tuple[int, int, int]]:
    def table(rows: list[Any], alias: str) -> pa.Table:
        columns = {
            f"{alias}.s__{name}": pa.array([row[name] for row in rows], kind) for name, kind in types.items()
        }
        return pa.table({**columns, "n": pa.array(range(len(rows)), pa.int64())})

    session = memory_session({})
    try:
        session.register("a", table(left, "a"))
        session.register("b", table(right, "b"))
        sides = [Side(Relation(alias, {}, (alias,)), kind, alias, "s") for alias in ("a", "b")]
        rows = session.sql(
            pair_sql(sides[0], sides[1], "l.n AS i, r.n AS j", near=near, shortest=SHORTEST)
        ).to_pylist()
        return {(row["i"], row["j"], row["_m"]) for row in rows}
    finally:
        session.close()


@given(st.lists(person(), max_size=6), st.lists(person(), max_size=6))
def test_persons_are_graded_as_the_rules_say(left: list[Any], right: list[Any]) -> None:
    expected = {
        (i, j, ORDER.index(graded.grade))
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if (graded := grade_person(PersonKeys(**one), PersonKeys(**other))).grade in ORDER
    }
    assert found("person", PERSON, left, right, near=False) == expected


@given(st.lists(org, max_size=6), st.lists(org, max_size=6))
def test_firms_are_graded_as_the_rules_say(left: list[Any], right: list[Any]) -> None:
    expected = {
        (i, j, ORDER.index(graded.grade))
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if (graded := grade_org(OrgKeys(**one), OrgKeys(**other))).grade in ORDER
    }
    assert found("org", ORG, left, right, near=False) == expected


def is_near(one: dict[str, Any], other: dict[str, Any]) -> bool:
    if one["id"] and other["id"]:
        return False
    names = one["name"], other["name"]
    if None not in names and names[0] == names[1]:
        return False
    if one["mask"] is not None and one["mask"] == other["mask"]:
        return True
    born_alike = all(one[part] is not None and one[part] == other[part] for part in ("birth", "sex"))
    slip = None not in names and names[0][0] == names[1][0] and Levenshtein.distance(*names) == 1
    return born_alike and slip


@given(st.lists(person(), max_size=6), st.lists(person(), max_size=6))
def test_what_may_be_the_same_person_is_not_overlooked(left: list[Any], right: list[Any]) -> None:
    pairs = {(i, j) for i, j, rank in found("person", PERSON, left, right, near=True) if rank == NEAR}
    assert pairs == {
        (i, j) for i, one in enumerate(left) for j, other in enumerate(right) if is_near(one, other)
    }


def is_near_firm(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """No match, yet head office and branch, or names one slip apart while a code is missing."""
    keys, others = OrgKeys(**one), OrgKeys(**other)
    if grade_org(keys, others).grade in ORDER:
        return False
    if related(keys, others):
        return keys.core is None or keys.core != others.core
    a, b = keys.core, others.core
    coded = keys.uscc is not None and others.uscc is not None
    if coded or a is None or b is None or OSA.distance(a, b) != 1:
        return False
    return a.replace("一", "") != b.replace("一", "") and a.replace("西", "东") != b.replace("西", "东")


@given(st.lists(org, max_size=6), st.lists(org, max_size=6))
def test_what_may_be_the_same_firm_is_not_overlooked(left: list[Any], right: list[Any]) -> None:
    found_pairs = found("org", ORG, left, right, near=True)
    pairs = {(i, j) for i, j, rank in found_pairs if rank == NEAR}
    assert pairs == {
        (i, j) for i, one in enumerate(left) for j, other in enumerate(right) if is_near_firm(one, other)
    }
    assert len({(i, j) for i, j, _ in found_pairs}) == len(found_pairs), "one rank a pair"
