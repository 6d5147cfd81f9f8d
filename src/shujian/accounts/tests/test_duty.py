"""Leave, deputies and recusal: what changes hands, for how long, who decides, and that nothing is passed on twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shujian.accounts import read, service
from shujian.accounts.errors import DutyRefused
from shujian.accounts.models import User
from shujian.accounts.read import SYSTEM, Actor, Role, Thing, may
from shujian.audit import read as audit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cheap")]
HOUSE, HERE, THERE = "示例县人民检察院", "行政检察部门", "民事检察部门"
DAY = "2026-06-30"
FROM, TO = date(2026, 6, 29), date(2026, 7, 3)


@pytest.fixture
def cheap(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setenv("SHUJIAN_TODAY", DAY)


def holder(username: str, role: Role, unit: str = HERE, agency: str = HOUSE) -> Actor:
    service.ensure_units(HOUSE, [HERE, THERE])
    service.create_user(
        by=SYSTEM, username=username, display=f"示例{username}", agency=agency, roles=[role], units=[unit]
    )
    return again(username)


def again(username: str) -> Actor:
    found = read.actor(User.objects.get(username=username).pk)
    assert found
    return found


def test_a_deputy_acts_in_the_place_of_the_absent_and_only_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    head, deputy = holder("fuze", Role.BMFZR), holder("li", Role.CBR, THERE)
    assert not may(deputy, "clue.read", Thing(unit=HERE))
    number = service.enter_absence(head, username="fuze", deputy="li", from_on=FROM, to_on=TO)
    stands = again("li")
    assert [hat.name for hat in stands.hats] == ["li", "fuze"]
    assert may(stands, "clue.read", Thing(unit=HERE)).because == "可以查看本部门线索（代理示例fuze）"
    assert read.away_today() == {"fuze"}
    for day, expected in (
        ("2026-06-28", False),
        ("2026-06-29", True),
        ("2026-07-03", True),
        ("2026-07-04", False),
    ):
        monkeypatch.setenv("SHUJIAN_TODAY", day)
        assert bool(may(again("li"), "clue.read", Thing(unit=HERE))) == expected, day
    monkeypatch.setenv("SHUJIAN_TODAY", DAY)
    service.end_absence(head, number)
    assert not may(again("li"), "clue.read", Thing(unit=HERE)) and read.away_today() == frozenset()
    assert [entry.action for entry in audit.entries(limit=2)] == ["duty.back", "duty.absent"]


def test_what_is_deputised_is_not_passed_on() -> None:
    chief, middle = holder("jian", Role.JCZ, THERE), holder("fuze", Role.BMFZR)
    holder("li", Role.CBR, THERE)
    service.enter_absence(middle, username="fuze", deputy="li", from_on=FROM, to_on=TO)
    with pytest.raises(DutyRefused, match="正在请假"):
        service.enter_absence(chief, username="jian", deputy="fuze", from_on=FROM, to_on=TO)
    assert [hat.name for hat in again("li").hats] == ["li", "fuze"]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"deputy": "fuze"}, "另一名在岗人员"),
        ({"deputy": "nobody"}, "另一名在岗人员"),
        ({"deputy": "outside"}, "另一名在岗人员"),
        ({"deputy": "anquan"}, "三员不能代理"),
        ({"from_on": TO, "to_on": FROM}, "请假起止不对"),
        ({"to_on": date(2026, 12, 31)}, "最长 90 天"),
        ({"from_on": date(2026, 6, 1), "to_on": date(2026, 6, 2)}, "请假起止不对"),
        ({"username": "jian"}, "只能登记本人的"),
    ],
)
def test_what_cannot_be_entered(told: dict[str, Any], said: str) -> None:
    head = holder("fuze", Role.BMFZR)
    holder("jian", Role.JCZ, THERE)
    holder("anquan", Role.AQGL)
    holder("outside", Role.XZ, agency="示例县某局")
    with pytest.raises(DutyRefused, match=said):
        service.enter_absence(
            head, **{"username": "fuze", "deputy": "", "from_on": FROM, "to_on": TO, **told}
        )
    assert read.absences(head) == []


def test_a_head_enters_for_the_own_department_and_nobody_for_another() -> None:
    head, other = holder("fuze", Role.BMFZR), holder("li", Role.CBR, THERE)
    holder("wang", Role.CBR)
    assert service.enter_absence(head, username="wang", deputy="", from_on=FROM, to_on=TO)
    with pytest.raises(DutyRefused):
        service.enter_absence(head, username="li", deputy="", from_on=FROM, to_on=TO)
    with pytest.raises(DutyRefused):
        service.enter_absence(other, username="wang", deputy="", from_on=FROM, to_on=TO)
    assert [(row.user, row.mine) for row in read.absences(head)] == [("wang", True)]
    assert read.absences(other) == []


def test_who_keeps_away_stays_away_until_the_head_lifts_it() -> None:
    head, handler = holder("fuze", Role.BMFZR), holder("wang", Role.CBR)
    clue = Thing(names=frozenset({"clue:XS000001", "subject:abc"}), unit=HERE)
    assert may(handler, "clue.read", clue)
    number = service.recuse(handler, username="wang", thing="subject:abc", ground="interest")
    assert service.recuse(handler, username="wang", thing="subject:abc", ground="interest") == number
    assert may(again("wang"), "clue.read", clue).rule == "禁02"
    assert may(head, "clue.read", clue)
    with pytest.raises(DutyRefused, match="不能由本人解除"):
        service.lift_recusal(again("wang"), number)
    with pytest.raises(DutyRefused, match="请选择回避的事由"):
        service.recuse(handler, username="wang", thing="clue:XS000001", ground="没空")
    assert [row.lifts for row in read.recusals(head)] == [True]
    assert [row.lifts for row in read.recusals(again("wang"))] == [False]
    service.lift_recusal(head, number)
    assert may(again("wang"), "clue.read", clue)
    assert [entry.action for entry in audit.entries(limit=2)] == ["duty.recusal_lifted", "duty.recused"]


def test_a_head_cannot_lift_the_own_recusal() -> None:
    head, chief = holder("fuze", Role.BMFZR), holder("jian", Role.JCZ)
    number = service.recuse(head, username="fuze", thing="clue:XS000001", ground="party")
    with pytest.raises(DutyRefused):
        service.lift_recusal(again("fuze"), number)
    service.lift_recusal(chief, number)
