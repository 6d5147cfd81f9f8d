"""Routing by dated rules; what goes nowhere is seen and given to a unit; bad rules are told with their line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from shujian.accounts.read import Role
from shujian.clues import deputies, read, routing, service
from shujian.clues.errors import ClueRefused
from shujian.clues.models import Clue
from shujian.clues.read import Filters
from shujian.clues.routing import Router
from shujian.clues.tests.factories import UNIT, hit, result
from shujian.clues.tests.people import account
from shujian.kernel.errors import BadInput

pytestmark = pytest.mark.django_db
OTHER, DAY = "民事检察部门", date(2026, 6, 30)


def rules(home: Path, *lines: str) -> None:
    path = home / "catalogue" / "routing" / "own.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("rules:\n" + "".join(f"  - {{{line}}}\n" for line in lines), "utf-8")
    routing._read.cache_clear()


def merge(*hits: Any, run: str = "run-1") -> list[Clue]:
    with transaction.atomic():
        service.merge_hits(run=run, result=result(hits or [hit()]), judged=True)
    return list(Clue.objects.order_by("pk"))


@pytest.mark.parametrize(
    ("lines", "unit"),
    [
        ((), UNIT),
        ((f"from: 2026-01-01, region: 示例镇, goes: {OTHER}",), OTHER),
        ((f"from: 2026-01-01, region: 别处镇, goes: {OTHER}",), UNIT),
        ((f"from: 2026-07-01, region: 示例镇, goes: {OTHER}",), UNIT),
        ((f"from: 2026-01-01, to: 2026-06-29, region: 示例镇, goes: {OTHER}",), UNIT),
        ((f"from: 2026-01-01, point: 涉刑未处分, goes: {OTHER}",), OTHER),
        ((f"from: 2026-01-01, model: convicted_staff, goes: {OTHER}",
          f"from: 2026-01-01, model: convicted_staff, region: 示例镇, goes: {UNIT}"), UNIT),
        (("from: 2026-01-01, region: 示例镇, goes: 没有的部门",), UNIT),
    ],
)  # fmt: skip
def test_the_narrowest_rule_in_force_decides(own_home: Path, lines: tuple[str, ...], unit: str) -> None:
    account("one", Role.CBR, units=(UNIT, OTHER))
    rules(own_home, *lines)
    assert Router("convicted_staff", DAY).route(UNIT, "示例镇").unit == unit


def test_a_run_routes_new_clues_and_leaves_known_ones_where_people_put_them(own_home: Path) -> None:
    actor = account("one", Role.CBR, units=(UNIT, OTHER))
    rules(own_home, f"from: 2020-01-01, region: 示例镇, goes: {OTHER}, handler: one")
    (clue,) = merge()
    assert (clue.unit, clue.handler_id, clue.state) == (OTHER, actor.id, "C1")
    service.move_clue(actor=actor, number=f"XS{clue.pk:06d}", verb="transfer", to=UNIT, note="应由该部门初核")
    (clue,) = merge(hit(score=1), run="run-2")
    assert (clue.unit, clue.score, clue.run) == (UNIT, 1, "run-2")


class Away:
    """One is on leave, with a deputy or without."""

    def __init__(self, deputy: str | None) -> None:
        self.deputy = deputy

    def stands_for(self, username: str, day: date) -> str | None:
        return self.deputy if username == "one" else username


@pytest.mark.parametrize("deputy", ["two", None, "far"])
def test_leave_sends_it_to_the_deputy_or_to_the_whole_unit(
    own_home: Path, deputy: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    account("one", Role.CBR)
    two = account("two", Role.CBR)
    account("far", Role.CBR, units=(OTHER,))
    rules(own_home, f"from: 2020-01-01, unit: {UNIT}, goes: {UNIT}, handler: one")
    monkeypatch.setattr(deputies, "_known", [Away(deputy)])
    assert Router("convicted_staff", DAY).route(UNIT, "").handler == (two.id if deputy == "two" else None)


def test_what_goes_nowhere_is_seen_and_given_to_a_unit() -> None:
    hub, one = account("hub", Role.AG, units=()), account("one", Role.CBR, units=(OTHER,))
    (clue,) = merge()
    number = f"XS{clue.pk:06d}"
    assert read.open_unrouted() == 1
    assert [row.id for row in read.list_clues(hub, Filters(mark="unrouted")).items] == [number]
    for actor, unit, note, error in (
        (hub, "没有的部门", "应由其初核", BadInput),
        (hub, OTHER, "", BadInput),
        (account("sj", Role.SJZT, units=()), "", "应由其初核", BadInput),
    ):
        with pytest.raises(error):
            service.assign(actor=actor, number=number, unit=unit, note=note)
    assert service.assign(actor=hub, number=number, unit=OTHER, note="应由其初核") == OTHER
    assert (read.open_unrouted(), read.clue(one, number).row.state) == (0, "C1")
    with pytest.raises(ClueRefused, match="已有归口单元"):
        service.assign(actor=hub, number=number, unit=OTHER, note="应由其初核")


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((f"from: 2026-01-01, goes: {UNIT}",), "bad_rule"),
        ((f"region: 甲, goes: {UNIT}",), "missing"),
        ((f"from: 2026-01-01, town: 甲, goes: {UNIT}",), "extra_forbidden"),
        ((f"from: 2026-01-01, to: 2025-01-01, region: 甲, goes: {UNIT}",), "bad_rule"),
        (("from: 2026-01-01, region: 甲, goes: 没有的部门",), "no_unit"),
        ((f"from: 2026-01-01, region: 甲, goes: {UNIT}, handler: nobody",), "no_handler"),
        ((f"from: 2026-01-01, region: 甲, goes: {UNIT}", f"from: 2026-02-01, point: 乙, goes: {OTHER}"), "rules_clash"),
        ((f"from: 2026-01-01, region: 甲, goes: {UNIT}", f"from: 2026-02-01, region: 乙, goes: {OTHER}"), ""),
        ((f"from: 2026-01-01, to: 2026-01-31, region: 甲, goes: {UNIT}", f"from: 2026-02-01, point: 乙, goes: {OTHER}"), ""),
    ],
)  # fmt: skip
def test_bad_rules_are_told_with_their_line(own_home: Path, lines: tuple[str, ...], code: str) -> None:
    account("one", Role.CBR, units=(UNIT, OTHER))
    rules(own_home, *lines)
    faults = read.routing_faults()
    assert [fault.code for fault in faults] == ([code] if code else [])
    assert all((fault.line or 0) == len(lines) + 1 for fault in faults)
