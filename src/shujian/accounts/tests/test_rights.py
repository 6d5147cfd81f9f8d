"""``may``: both polarities of every kind of rule, the reason and the rule's number; the table is checked whole."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from shujian.accounts.read import ADMINISTRATORS, SYSTEM, Actor, Role, Thing, by_any_hat, may, reaches
from shujian.accounts.rights_table import FILE, read_table, table
from shujian.kernel.errors import BadInput

HERE, THERE = "行政检察部门", "民事检察部门"


def person(*roles: Role, number: int = 7, **told: Any) -> Actor:
    made = Actor(
        name=f"p{number}", display=f"示例{number}", id=number, roles=frozenset(roles), units=frozenset({HERE})
    )
    return replace(made, **told)


def clue(**told: Any) -> Thing:
    return replace(
        Thing(names=frozenset({"clue:XS000001", "subject:abc"}), unit=HERE, region="示例镇甲村"), **told
    )


def answer(actor: Actor, action: str, thing: Thing | None = None) -> tuple[bool, str]:
    decision = may(actor, action, thing)
    assert decision.because
    return bool(decision), decision.rule


@pytest.mark.parametrize(
    ("roles", "told", "expected"),
    [
        ([Role.JCZ], {"unit": THERE}, (True, "准02")),
        ([Role.AG], {"unit": THERE}, (True, "准02")),
        ([Role.BMFZR], {}, (True, "准03")),
        ([Role.BMFZR], {"unit": THERE}, (False, "未准许")),
        ([Role.BMFZR], {"unit": THERE, "offered_unit": HERE}, (True, "准06")),
        ([Role.CBR], {}, (True, "准04")),
        ([Role.CBR], {"handlers": frozenset({7})}, (True, "准04")),
        ([Role.CBR], {"handlers": frozenset({8, 7})}, (True, "准04")),
        ([Role.CBR], {"handlers": frozenset({8})}, (False, "未准许")),
        ([Role.CBR], {"unit": THERE, "handlers": frozenset({7})}, (False, "未准许")),
        ([Role.ZL], {"handlers": frozenset({7})}, (False, "未准许")),
        ([Role.YJS], {}, (False, "未准许")),
        ([Role.XZ], {}, (False, "未准许")),
        ([Role.SJGL], {}, (False, "禁01")),
        ([Role.JCZ, Role.XTGL], {}, (False, "禁01")),
        ([], {}, (False, "未准许")),
    ],
)
def test_who_reads_which_clue(roles: list[Role], told: dict[str, Any], expected: tuple[bool, str]) -> None:
    assert answer(person(*roles), "clue.read", clue(**told)) == expected


def test_an_assistant_sees_what_the_assisted_handles() -> None:
    helper = person(Role.ZL, assists=8)
    assert answer(helper, "clue.read", clue(handlers=frozenset({8}))) == (True, "准05")
    assert answer(helper, "clue.read", clue()) == (False, "未准许")
    assert answer(person(Role.ZL), "clue.read", clue(handlers=frozenset({8}))) == (False, "未准许")


def test_who_was_asked_to_help_sees_it_wherever_it_is_and_nobody_else_does() -> None:
    asked = clue(unit=THERE, handlers=frozenset({3}), helpers=frozenset({7}))
    for role, expected in (
        (Role.CBR, True),
        (Role.ZL, True),
        (Role.BMFZR, True),
        (Role.YJS, False),
        (Role.XZ, False),
    ):
        assert answer(person(role), "clue.read", asked) == ((True, "准28") if expected else (False, "未准许"))
    assert answer(person(Role.CBR, number=6), "clue.read", asked) == (False, "未准许")


def test_who_keeps_away_is_refused_before_all_else() -> None:
    for name in ("clue:XS000001", "subject:abc"):
        away = person(Role.JCZ, recused=frozenset({name}))
        assert answer(away, "clue.read", clue()) == (False, "禁02")
        assert answer(away, "clue.read", clue(names=frozenset({"clue:XS000002"}))) == (True, "准02")
        assert answer(away, "clue.list") == (True, "准02")


def test_a_grant_that_reaches_less() -> None:
    narrow = person(Role.FGLD, narrowed={Role.FGLD: "unit"})
    assert answer(narrow, "clue.read", clue()) == (True, "准02")
    assert answer(narrow, "clue.read", clue(unit=THERE)) == (False, "未准许")
    town = person(Role.FGLD, narrowed={Role.FGLD: "region:示例镇"})
    assert answer(town, "clue.read", clue(unit=THERE)) == (True, "准02")
    assert answer(town, "clue.read", clue(region="另一镇")) == (False, "未准许")


def test_a_deputy_wears_one_hat_at_a_time() -> None:
    absent = person(Role.BMFZR, number=9, units=frozenset({THERE}), recused=frozenset({"clue:XS000009"}))
    deputy = person(Role.CBR, deputises=(absent,))
    decision = may(deputy, "clue.read", clue(unit=THERE, handlers=frozenset({3})))
    assert (bool(decision), decision.because) == (True, "可以查看本部门线索（代理示例9）")
    # not the absent person's role in one's own department
    assert answer(deputy, "clue.read", clue(handlers=frozenset({3}))) == (False, "未准许")
    kept = clue(unit=THERE, names=frozenset({"clue:XS000009"}))
    assert answer(deputy, "clue.read", kept) == (False, "未准许")
    assert answer(replace(deputy, recused=frozenset({"subject:abc"})), "clue.read", clue(unit=THERE)) == (
        False,
        "禁02",
    )
    assert by_any_hat(deputy, lambda hat: may(hat, "clue.looks")).because == "可以查看本部门线索（代理示例9）"
    assert not by_any_hat(person(Role.CBR), lambda hat: may(hat, "clue.looks"))


@pytest.mark.parametrize("role", list(Role))
def test_the_three_administrators_read_no_case_and_share_no_task(role: Role) -> None:
    told = {name for name in table().actions if may(person(role), name)}
    about_cases = {name for name in told if name.split(".")[0] in ("clue", "model", "lake", "search")}
    if role in ADMINISTRATORS:
        assert about_cases <= {"clue.looks"}
    else:
        assert not {name for name in told if name.split(".")[0] in ("account", "audit")}
    mine = {Role.XTGL: {"account.create", "account.switch", "account.propose"}, Role.AQGL: {"account.reset", "account.decide"},
            Role.SJGL: {"audit.read", "audit.looks", "audit.curiosity"}}  # fmt: skip
    for holder, actions in mine.items():
        assert (actions <= told) == (role == holder) and (role == holder or not actions & told)


def test_nobody_administers_oneself() -> None:
    keeper = person(Role.AQGL)
    assert answer(keeper, "account.reset", Thing(account="p7")) == (False, "禁03")
    assert answer(keeper, "account.reset", Thing(account="p8")) == (True, "准24")


def test_the_machine_may_nothing_and_the_shell_what_the_table_opens() -> None:
    shell = Actor(name="cli:x", display="cli:x", shell=True)
    for name, action in table().actions.items():
        assert not may(SYSTEM, name)
        assert bool(may(shell, name)) == action.shell


def test_where_and_whether_agree() -> None:
    """``reaches`` (lists) and ``may`` (pages) are one: every role, place and handler."""
    places = product(
        (HERE, THERE), ("", HERE), (frozenset(), frozenset({7}), frozenset({8})), ("示例镇甲村", "别处")
    )
    things = [
        clue(unit=unit, offered_unit=offered, handlers=who, region=region)
        for unit, offered, who, region in places
    ]
    things += [clue(unit=THERE, helpers=frozenset({7})), clue(unit=THERE, helpers=frozenset({8}))]
    for role, kept in product(Role, ("", "unit", "region:示例镇")):
        actor = person(role, assists=8, narrowed={role: kept} if kept else {})
        for thing in things:
            assert bool(may(actor, "clue.read", thing)) == any(
                one.covers(thing) for one in reaches(actor, "clue.read")
            )


def test_an_action_that_is_not_in_the_table_is_a_fault_of_the_code() -> None:
    with pytest.raises(KeyError):
        may(person(Role.JCZ), "clue.erase_all")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("准03", "准02", "规则编号重复"), ("actions: [account.list]", "actions: [account.lost]", "没有这个动作"),
     ("where: assisted", "where: everywhere", "where"), ("roles: [ZL]", "roles: [XYZ]", "roles")],
)  # fmt: skip
def test_a_table_that_says_nonsense_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    path = tmp_path / "rights.yaml"
    path.write_text(FILE.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(BadInput) as raised:
        read_table(path)
    assert said in raised.value.faults[0].sentence() and raised.value.faults[0].line
