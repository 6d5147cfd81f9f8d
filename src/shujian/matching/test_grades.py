"""Every rule of domain.md §5.0, on each side of its border, and against a second statement of the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from shujian.matching.grades import (
    ORDER,
    OrgKeys,
    PersonKeys,
    at_most_one_apart,
    grade_org,
    grade_person,
    worst,
)

ONE, TWO = "999999199001010013", "999999199001010021"
MASK = "999999|0013"
BORN = date(1990, 1, 1)
WHOLE = PersonKeys(ONE, MASK, "示例甲", BORN, "男", "999999")
MASKED = PersonKeys(None, MASK, "示例甲", None, None, None)
NAMED = PersonKeys(None, None, "示例甲", None, None, None)
BORN_TOO = PersonKeys(None, None, "示例甲", BORN, "男", None)

names = st.one_of(st.none(), st.sampled_from(["示例甲", "示例乙", "示例", "示例甲乙", "乙例示"]))
persons = st.builds(
    PersonKeys,
    id=st.sampled_from([None, ONE, TWO]),
    mask=st.sampled_from([None, MASK, "999999|0021"]),
    name=names,
    birth=st.sampled_from([None, BORN, date(1990, 1, 2)]),
    sex=st.sampled_from([None, "男", "女"]),
    area=st.sampled_from([None, "999999", "999998"]),
)
orgs = st.builds(OrgKeys, uscc=st.sampled_from([None, "一", "二"]), name=names, core=names)


@pytest.mark.parametrize(
    ("left", "right", "grade"),
    [
        (WHOLE, WHOLE, "A"),
        (WHOLE, replace(WHOLE, name="示例申"), "A"),
        (WHOLE, replace(WHOLE, name="示例"), "A"),
        (WHOLE, replace(WHOLE, name="示乙申"), "A-"),
        (WHOLE, replace(WHOLE, name=None), "A-"),
        (WHOLE, replace(WHOLE, birth=None, sex="女"), "A"),
        (WHOLE, replace(WHOLE, id=TWO), "X"),  # although name, birth, sex, area and even the mask agree
        (WHOLE, replace(WHOLE, id=TWO, name="别人"), "X"),
        (WHOLE, BORN_TOO, "B"),
        (WHOLE, replace(BORN_TOO, sex=None, area="999999"), "B"),
        (WHOLE, replace(BORN_TOO, sex="女", area="999999"), "B"),
        (WHOLE, replace(BORN_TOO, sex="女"), "C"),
        (WHOLE, replace(BORN_TOO, sex=None), "C"),
        (WHOLE, replace(BORN_TOO, birth=date(1990, 1, 2)), "C"),
        (WHOLE, replace(BORN_TOO, name="示例乙"), None),
        (WHOLE, MASKED, "B-"),
        (MASKED, MASKED, "B-"),
        (WHOLE, replace(MASKED, birth=BORN, sex="男"), "B"),
        (WHOLE, replace(MASKED, mask="999999|0021"), "C"),
        (WHOLE, replace(MASKED, name="示例乙"), None),
        (WHOLE, replace(MASKED, name=None), None),
        (WHOLE, NAMED, "C"),
        (NAMED, NAMED, "C"),
        (WHOLE, replace(NAMED, name="示例申"), None),  # one character apart is enough only behind equal ids
        (PersonKeys(), PersonKeys(), None),
        (
            replace(NAMED, name=None, birth=BORN, sex="男"),
            replace(NAMED, name=None, birth=BORN, sex="男"),
            None,
        ),
    ],
)
def test_table_of_persons(left: PersonKeys, right: PersonKeys, grade: str | None) -> None:
    assert grade_person(left, right).grade == grade
    assert grade_person(right, left).grade == grade


@pytest.mark.parametrize(
    ("left", "right", "grade"),
    [
        (OrgKeys("一", "示例鸿示厂", "示例鸿示"), OrgKeys("一", "鸿示有限公司", "示例鸿示"), "A"),
        (OrgKeys("一", "示例鸿示厂", "鸿示陶瓷"), OrgKeys("一", "示例鸿示厂", "鸿示陶次"), "A"),
        (OrgKeys("一", "示例鸿示厂", "鸿示陶瓷"), OrgKeys("一", "示例鸿示厂", "洪示陶次"), "A-"),
        (OrgKeys("一", "示例鸿示厂", "鸿示陶瓷"), OrgKeys("一", None, None), "A-"),
        (OrgKeys("一", "示例鸿示厂", "鸿示陶瓷"), OrgKeys("二", "示例鸿示厂", "鸿示陶瓷"), "X"),
        (OrgKeys("一", "示例鸿示厂", "鸿示陶瓷"), OrgKeys(None, "示例鸿示厂", "鸿示陶瓷"), "B"),
        (OrgKeys(None, "示例县鸿示厂", "鸿示"), OrgKeys(None, "鸿示有限公司", "鸿示"), "C"),
        (OrgKeys(None, "示例县鸿示厂", "鸿示"), OrgKeys(None, "鸿例有限公司", "鸿例"), None),
        (OrgKeys(), OrgKeys(), None),
    ],
)
def test_table_of_firms(left: OrgKeys, right: OrgKeys, grade: str | None) -> None:
    assert grade_org(left, right).grade == grade
    assert grade_org(right, left).grade == grade


def _second_statement(left: PersonKeys, right: PersonKeys) -> set[str]:
    """All grades whose condition in §5.0 holds, each stated by itself."""
    both_valid = None not in (left.id, right.id)
    same_id = both_valid and left.id == right.id
    close = left.name and right.name and Levenshtein.distance(left.name, right.name) <= 1
    same_name = left.name is not None and left.name == right.name

    def agree(field: str) -> bool:
        value = getattr(left, field)
        return value is not None and value == getattr(right, field)

    holds = {
        "X": both_valid and not same_id,
        "A": same_id and bool(close),
        "A-": same_id and not close,
        "B": not both_valid and same_name and agree("birth") and (agree("sex") or agree("area")),
        "B-": not both_valid and same_name and agree("mask"),
        "C": not both_valid and same_name,
    }
    return {grade for grade, held in holds.items() if held}


@given(persons, persons)
def test_the_grade_is_the_best_whose_condition_holds(left: PersonKeys, right: PersonKeys) -> None:
    holding = _second_statement(left, right)
    expected = next((grade for grade in ("X", *ORDER) if grade in holding), None)
    assert grade_person(left, right).grade == expected


@given(persons, persons)
def test_persons_are_graded_alike_from_both_sides(left: PersonKeys, right: PersonKeys) -> None:
    forth, back = grade_person(left, right), grade_person(right, left)
    assert forth.grade == back.grade
    assert [(c.field, c.left, c.right, c.outcome) for c in forth.compared] == [
        (c.field, c.right, c.left, c.outcome) for c in back.compared
    ]


@given(persons, persons)
def test_two_different_valid_numbers_never_match(left: PersonKeys, right: PersonKeys) -> None:
    graded = grade_person(replace(left, id=ONE), replace(right, id=TWO))
    assert graded.grade == "X" and not graded.matches


@given(persons, persons)
def test_a_machine_is_sure_only_behind_two_equal_valid_numbers(left: PersonKeys, right: PersonKeys) -> None:
    if grade_person(left, right).grade in ("A", "A-"):
        assert left.id == right.id is not None


@given(orgs, orgs)
def test_firms_are_graded_alike_from_both_sides(left: OrgKeys, right: OrgKeys) -> None:
    graded = grade_org(left, right)
    assert graded.grade == grade_org(right, left).grade
    if None not in (left.uscc, right.uscc) and left.uscc != right.uscc:
        assert graded.grade == "X" and not graded.matches
    if graded.grade in ("A", "A-"):
        assert left.uscc == right.uscc is not None


@given(st.text("示例甲乙ab", max_size=5), st.text("示例甲乙ab", max_size=5))
def test_one_apart_counts_characters(left: str, right: str) -> None:
    assert at_most_one_apart(left, right) == (Levenshtein.distance(left, right) <= 1)


def test_what_was_compared_is_told() -> None:
    fields = {c.field: c.outcome for c in grade_person(WHOLE, replace(MASKED, sex="女")).compared}
    assert fields == {
        "id_card": "masked",
        "name": "same",
        "birth": "missing",
        "sex": "differs",
        "area": "missing",
    }
    firm = grade_org(OrgKeys("一", "甲厂", "甲甲"), OrgKeys("二", "乙厂", "甲乙"))
    assert [c.outcome for c in firm.compared] == ["differs", "close", "close"]


def test_the_worst_grade_of_a_way() -> None:
    assert worst(()) == "A" and worst(("A", "B-", "A-")) == "B-"
    with pytest.raises(ValueError):
        worst(("X",))
