"""The ladder on small lists: which rung answers, at which grade, and what is never taken for one firm."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.matching.firms import names
from shujian.matching.firms.branches import relations
from shujian.matching.firms.ladder import GRADES, Resolved, resolve
from shujian.matching.firms.limits import Limits
from shujian.matching.firms.lists import Firms, OtherName, aligned, firms
from shujian.matching.firms.report import answered
from shujian.matching.firms.stages import STAGES
from shujian.matching.firms.test_names import body, code
from shujian.matching.normalise import uscc

LIMITS = Limits(block=200, common=5, candidates=5, shortest=4, similarity=Decimal("0.85"), least_region=1)
NINE = body("12345678")
CODE, OTHER = code(NINE), code(body("87654321"))
ROAD, ELSEWHERE = "示例市红河镇瓷城路18号", "示例市青山镇窑火路2号"


def listed(*rows: dict[str, Any], other: tuple[OtherName, ...] = ()) -> Firms:
    def of(name: str) -> list[Any]:
        return [row.get(name) for row in rows]

    return firms(
        of("name"),
        uscc_codes=of("uscc"),
        tax=of("tax"),
        rep=of("rep"),
        addresses=of("address"),
        on=of("on"),
        other=other,
    )


def resolved(left: Firms, right: Firms, limits: Limits = LIMITS) -> Resolved:
    return resolve(*aligned(left, right, least_region=limits.least_region), limits)


def outcome(
    left: dict[str, Any], *right: dict[str, Any], **more: Any
) -> tuple[str, str | None, str | None, int | None]:
    """Decision, rung, grade and right row of one left firm."""
    found = resolved(listed(left, other=more.get("mine", ())), listed(*right, other=more.get("theirs", ())))
    place = int(found.answer[0])
    if place < 0:
        return found.decision[0], None, None, None
    pairs = found.pairs
    return found.decision[0], STAGES[pairs.stage[place]], GRADES[pairs.grade[place]], int(pairs.right[place])


NAME = "示例市鸿达陶瓷有限公司"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({"uscc": CODE, "name": NAME}, {"uscc": CODE, "name": "示例鸿达陶瓷厂"}, ("same", "code", "A")),
        ({"uscc": CODE, "name": NAME}, {"uscc": CODE, "name": "示例市远大机械厂"}, ("check", "code", "A-")),
        ({"tax": "999999" + NINE, "name": NAME}, {"uscc": CODE, "name": NAME}, ("same", "tax", "A")),
        (
            {"tax": "999999" + NINE, "name": NAME},
            {"uscc": CODE, "name": "示例市远大机械厂"},
            ("check", "tax", "A-"),
        ),
        ({"name": "示例市鸿达陶瓷有限责任公司"}, {"name": NAME}, ("check", "name", "B")),
        ({"name": "鸿达陶瓷厂"}, {"name": NAME}, ("check", "core", "C")),
        ({"name": "鸿达陶瓷厂", "rep": "示甲甲"}, {"name": NAME, "rep": "示甲甲"}, ("check", "core", "B")),
        (
            {"name": "鸿达陶瓷厂", "address": ROAD},
            {"name": NAME, "address": ROAD + "2栋"},
            ("check", "core", "B"),
        ),
        ({"name": "远大公司（原示例鸿达陶瓷厂）"}, {"name": NAME}, ("check", "former", "C")),
        ({"name": NAME}, {"name": "远大公司（曾用名：鸿达陶瓷有限公司）"}, ("check", "former", "C")),
        ({"name": "示例市鸿陶瓷有限公司"}, {"name": NAME}, ("none", None, None)),
        ({"name": "示例市鸿达陶磁有限公司"}, {"name": NAME}, ("none", None, None)),
        ({"name": "示例市鸿达瓷陶有限公司"}, {"name": NAME}, ("check", "near", "C")),
        (
            {"name": "示例市鸿达瓷陶有限公司", "address": ROAD},
            {"name": NAME, "address": ROAD},
            ("check", "near", "B"),
        ),
        ({"name": "示例市鸿运陶瓷有限公司"}, {"name": NAME}, ("none", None, None)),
        (
            {"name": "示例市鸿运陶瓷有限公司", "rep": "示甲甲"},
            {"name": NAME, "rep": "示甲甲"},
            ("check", "near", "B"),
        ),
        (
            {"name": "示例市鸿达瓷陶有限公司", "rep": "示甲甲"},
            {"name": NAME, "rep": "例乙乙"},
            ("none", None, None),
        ),
        ({"name": "鸿达陶瓷机"}, {"name": "示例市鸿达陶瓷机械制造有限公司"}, ("check", "short", "C")),
        ({"name": "鸿达陶瓷厂"}, {"name": "示例市鸿达陶瓷机械制造有限公司"}, ("none", None, None)),
        ({"name": "远大陶瓷厂"}, {"name": NAME}, ("none", None, None)),
        ({"name": None}, {"name": NAME}, ("none", None, None)),
    ],
)
def test_the_rung_that_answers_and_its_grade(
    left: dict[str, Any], right: dict[str, Any], expected: tuple[str, str | None, str | None]
) -> None:
    assert outcome(left, right)[:3] == expected


def test_valid_codes_that_differ_are_never_one_firm() -> None:
    for name in (NAME, "鸿达陶瓷厂", "示例市鸿达瓷陶有限公司", "远大公司（原示例鸿达陶瓷厂）"):
        right = {"uscc": OTHER, "name": NAME, "address": ROAD, "rep": "示甲甲"}
        decision, *rest = outcome({"uscc": CODE, "name": name, "address": ROAD, "rep": "示甲甲"}, right)
        assert decision in ("different", "none") and rest == [None, None, None]
    assert outcome({"uscc": CODE, "name": NAME}, {"uscc": OTHER, "name": NAME})[0] == "different"


def test_of_several_equally_good_none_is_picked_unless_another_field_tells() -> None:
    twins = (
        {"name": "红河市鸿达陶瓷厂", "address": ELSEWHERE},
        {"name": "青山市鸿达陶瓷公司", "address": ROAD},
    )
    assert outcome({"name": "鸿达陶瓷"}, *twins) == ("ambiguous", None, None, None)
    assert outcome({"name": "鸿达陶瓷", "address": ROAD}, *twins) == ("check", "core", "B", 1)
    same = {"name": NAME, "uscc": CODE}, {"name": NAME, "uscc": CODE}
    assert outcome({"name": NAME}, *same)[:3] == ("check", "name", "B"), "two rows of one code are one firm"
    apart = {"name": NAME, "uscc": CODE}, {"name": NAME, "uscc": OTHER}
    assert outcome({"name": NAME}, *apart)[0] == "ambiguous"


def test_a_core_that_many_bear_says_nothing_by_itself() -> None:
    places = "东西南北中里外前后左右角"
    crowd = [
        {"name": f"示例{place}市兴达商贸公司", "address": f"示例路{n}号"} for n, place in enumerate(places)
    ]
    assert outcome({"name": "兴达商贸厂"}, *crowd)[0] == "none"
    assert outcome({"name": "兴达商贸厂", "address": "示例路7号"}, *crowd) == ("check", "core", "B", 7)
    found = resolved(listed({"name": "兴达商贸厂"}), listed(*crowd))
    core = next(each for each in answered(found, 0, limit=5).tried if each.stage == "core")
    assert (core.outcome, core.says) == ("dropped", "找到 12 条；12 条名称太短或太常见，没有其他印证，不采用")


def test_blocks_are_capped_and_cuts_reported() -> None:
    tight = Limits(**{**{name: getattr(LIMITS, name) for name in LIMITS.__dataclass_fields__}, "block": 2})
    found = resolved(listed({"name": NAME}), listed(*[{"name": NAME, "uscc": CODE}] * 3), tight)
    assert found.decision == ["none"]
    assert [(cut.stage, cut.why, cut.limit, cut.keys, cut.pairs) for cut in found.cuts][:2] == [
        ("name", "block", 2, 1, 3), ("core", "block", 2, 1, 3),
    ]  # fmt: skip


def test_former_names_hold_on_their_days() -> None:
    told = (OtherName(0, "示例市红火窑业有限公司", "former", date(2010, 1, 1), date(2020, 6, 30)),)
    right = {"name": NAME, "uscc": CODE}
    for on, grade in (
        (date(2020, 6, 30), "B"),
        (date(2020, 7, 1), "C"),
        (date(2009, 12, 31), "C"),
        (None, "C"),
    ):
        left = {"name": "示例红火窑业公司", "on": on}
        assert outcome(left, right, theirs=told) == ("check", "former", grade, 0)
    alias = (OtherName(0, "老窑坊", "alias"),)
    assert outcome({"name": "老窑坊"}, right, theirs=alias)[:3] == ("none", None, None), (
        "short signs need more"
    )
    assert outcome({"name": "老窑坊", "address": ROAD}, {**right, "address": ROAD}, theirs=alias)[:3] == (
        "check",
        "alias",
        "B",
    )


def test_a_branch_is_a_relation_and_no_match() -> None:
    left, right = aligned(
        listed({"name": "示例鸿达陶瓷有限公司第一分公司"}, {"name": NAME}),
        listed({"name": NAME}, {"name": "示例市鸿达陶瓷有限公司河西营业部"}),
        least_region=1,
    )
    related = relations(left, right, cap=10, shortest=4)
    told = list(
        zip(related.left.tolist(), related.right.tolist(), related.relation, related.parent, strict=True)
    )
    assert told == [(0, 0, "head", "鸿达陶瓷"), (1, 1, "branch", "鸿达陶瓷")]
    found = resolve(left, right, LIMITS)
    assert found.decision == ["none", "check"] and int(found.pairs.right[found.answer[1]]) == 0


def test_the_story_of_a_row_names_every_rung_and_field() -> None:
    found = resolved(
        listed({"name": "鸿达陶瓷厂", "rep": "示*"}), listed({"name": NAME, "uscc": CODE, "rep": "示甲甲"})
    )
    told = answered(found, 0, limit=5)
    assert [(each.stage, each.outcome) for each in told.tried] == [
        ("code", "lacking"), ("tax", "lacking"), ("name", "empty"), ("core", "met"), ("former", "not_asked"),
        ("alias", "not_asked"), ("near", "not_asked"), ("short", "not_asked"),
    ]  # fmt: skip
    [candidate] = told.candidates
    assert [(each.field, each.outcome) for each in candidate.compared] == [
        ("uscc", "missing"), ("tax", "missing"), ("full", "differs"), ("core", "same"), ("rep", "masked"),
        ("address", "missing"), ("town", "missing"), ("parent", "missing"),
    ]  # fmt: skip
    excluded = answered(
        resolved(listed({"name": NAME, "uscc": OTHER}), listed({"name": NAME, "uscc": CODE})), 0, limit=5
    )
    assert [(each.right, each.grade) for each in excluded.candidates][:1] == [(0, "X")]


def test_public_bodies_keep_their_place() -> None:
    assert outcome({"name": "青山县公安局"}, {"name": "红河县公安局"})[0] == "none"
    assert outcome({"name": "青山县公安局"}, {"name": "青山县公安局"})[:3] == ("check", "name", "B")


firm_rows = st.lists(
    st.fixed_dictionaries({
        "name": st.sampled_from([NAME, "鸿达陶瓷厂", "示例市鸿达瓷陶有限公司", "远大公司（原鸿达陶瓷厂）", "示例公安局", None]),
        "uscc": st.sampled_from([CODE, OTHER, None]), "rep": st.sampled_from(["示甲甲", "例乙乙", "示*", None]),
        "address": st.sampled_from([ROAD, ELSEWHERE, None]),
    }),
    max_size=6,
)  # fmt: skip


@given(firm_rows, firm_rows)
def test_what_holds_of_every_answer(left: list[dict[str, Any]], right: list[dict[str, Any]]) -> None:
    one, other = aligned(listed(*left), listed(*right), least_region=1)
    found = resolve(one, other, LIMITS)
    back = resolve(one, _turned(right, one), LIMITS)
    for row, place in enumerate(found.answer.tolist()):
        assert found.decision[row] == back.decision[row], "the order of the right list decides nothing"
        if place < 0:
            continue
        match = int(found.pairs.right[place])
        codes = uscc.parse(left[row]["uscc"]).key, uscc.parse(right[match]["uscc"]).key
        assert None in codes or codes[0] == codes[1], "different valid codes are never one firm"
        grade = GRADES[found.pairs.grade[place]]
        assert (grade in ("A", "A-")) == (codes[0] is not None and codes[0] == codes[1])


def _turned(right: list[dict[str, Any]], left: Firms) -> Firms:
    return aligned(left, listed(*reversed(right)), least_region=1)[1]


def test_cores_are_read_the_same_way_on_both_sides() -> None:
    left, right = aligned(
        listed({"name": "红河鸿达陶瓷厂"}), listed({"name": "红河市远大公司"}), least_region=1
    )
    assert (left.core.to_pylist(), right.core.to_pylist()) == (["鸿达陶瓷"], ["远大"])
    assert names.regions_of({"红河市": 1}, least=1) == ("红河",)
