"""Campaigns: set up with every fault told, counted from states by hand, closed once, frozen."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from shujian.accounts.read import Actor, Role, shell_actor
from shujian.audit import read as audit
from shujian.campaigns import read, service
from shujian.campaigns.errors import CampaignRefused, CampaignUnknown
from shujian.campaigns.models import Campaign
from shujian.clues.models import Clue
from shujian.clues.service import merge_hits
from shujian.clues.tests.factories import UNIT, hit, result
from shujian.clues.tests.people import account
from shujian.kernel.clock import CHINA, now
from shujian.kernel.errors import BadInput

pytestmark = pytest.mark.django_db
OTHER = "民事检察部门"
TOLD: dict[str, Any] = {
    "title": "涉刑未处分专项", "purpose": "示例检行监〔2026〕1号", "starts": date(2026, 1, 1), "ends": date(2026, 6, 30),
    "models": ["M08", "convicted_staff", "M02"], "units": [UNIT, OTHER], "targets": {"registered": 4, "filed": 1},
}  # fmt: skip


@pytest.fixture
def leader(monkeypatch: pytest.MonkeyPatch) -> Actor:
    monkeypatch.setenv("SHUJIAN_TODAY", "2026-07-01")
    account("one", Role.CBR, units=(UNIT, OTHER))
    return account("leader", Role.FGLD, units=())


def fill() -> None:
    """Six clues: found inside, on the edges, outside; in different states."""
    with transaction.atomic():
        merge_hits(run="run-1", result=result([hit(n, subject_id=f"s{n}") for n in range(7)]), judged=False)
    days = [
        *((2026, 1, 1, 0), (2026, 6, 30, 23), (2026, 7, 1, 0), (2025, 12, 31, 23)),
        *((2026, 3, 1, 8), (2026, 3, 2, 8), (2026, 3, 3, 8)),
    ]
    states = ["C4", "C6", "C6", "C4", "C9", "C1", "C1"]
    for clue, day, state in zip(Clue.objects.order_by("pk"), days, states, strict=True):
        clue.found_at = datetime(*day, tzinfo=CHINA)
        clue.state, clue.unit = state, OTHER if state == "C9" else UNIT
        clue.signed_at = None if state == "C1" else now()
        clue.registered_at = now() if state in ("C4", "C6") else None
        clue.exclusion = "same_name" if state == "C9" else ""
        clue.save()
    last = Clue.objects.order_by("-pk").first()
    assert last
    Clue.objects.filter(pk=last.pk).update(joined_to=last.pk - 1)


def test_progress_is_what_was_counted_by_hand(leader: Actor) -> None:
    fill()
    number = service.set_up(actor=leader, **TOLD)
    told = read.campaign(leader, number)
    whole = told.whole
    assert (whole.found, whole.pushed, whole.signed, whole.registered, whole.filed) == (4, 4, 3, 2, 1)
    assert (whole.excluded, whole.referred, whole.settled, whole.open, whole.true, whole.false) == (
        1,
        0,
        2,
        2,
        2,
        1,
    )
    assert [(one.name, one.found) for one in told.by_unit] == [(UNIT, 3), (OTHER, 1)]
    assert [(one.name, one.found) for one in told.by_model] == [("convicted_staff", 4), ("ebike_charging", 0)]
    assert [(one.title, one.reached, one.wanted, one.per_cent) for one in told.targets] == [
        ("登记为正式线索", 2, 4, 50), ("立案", 1, 1, 100),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"title": "短"}, {"bad_title"}),
        ({"ends": date(2025, 1, 1)}, {"bad_period"}),
        ({"models": []}, {"no_models"}),
        ({"models": ["M08", "nothing"]}, {"unknown_model"}),
        ({"units": ["没有的部门"]}, {"bad_units"}),
        ({"targets": {"filed": 0, "money": 3}}, {"bad_target"}),
        ({"title": "", "purpose": "", "units": []}, {"bad_title", "bad_purpose", "bad_units"}),
    ],
)
def test_every_fault_is_told_and_nothing_set_up(
    leader: Actor, changes: dict[str, Any], codes: set[str]
) -> None:
    with pytest.raises(BadInput) as raised:
        service.set_up(actor=leader, **{**TOLD, **changes})
    assert {fault.code for fault in raised.value.faults} == codes and Campaign.objects.count() == 0


def test_it_is_closed_once_after_its_end_and_its_figures_stay(
    leader: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill()
    number = service.set_up(actor=leader, **TOLD)
    words = "共核查四条线索，建议纳入常态监督。"
    with pytest.raises(CampaignRefused, match="自己的账号"):
        service.close(actor=shell_actor(), number=number, summary=words)
    with pytest.raises(BadInput, match="工作小结"):
        service.close(actor=leader, number=number, summary="短")
    monkeypatch.setenv("SHUJIAN_TODAY", "2026-06-30")
    with pytest.raises(CampaignRefused, match="之后才能结项"):
        service.close(actor=leader, number=number, summary=words)
    assert Campaign.objects.get().closed_at is None
    monkeypatch.setenv("SHUJIAN_TODAY", "2026-07-01")
    before = read.campaign(leader, number)
    service.close(actor=leader, number=number, summary=words)
    Clue.objects.update(state="C9", found_at=now() - timedelta(days=9999))
    after = read.campaign(leader, number)
    assert (after.whole, after.by_unit, after.by_model) == (before.whole, before.by_unit, before.by_model)
    with pytest.raises(CampaignRefused, match="已经结项"):
        service.close(actor=leader, number=number, summary=words)


def test_who_sees_and_who_sets_up(leader: Actor) -> None:
    number = service.set_up(actor=leader, **{**TOLD, "units": [UNIT]})
    own, far = account("own", Role.CBR), account("far", Role.BMFZR, units=(OTHER,))
    assert [one.number for one in read.campaigns(own)] == [number] and read.campaigns(far) == []
    for actor in (far, account("admin", Role.SJGL)):
        with pytest.raises(CampaignUnknown):
            read.campaign(actor, number)
        with pytest.raises(CampaignUnknown):
            service.close(actor=actor, number=number, summary="共核查四条线索，应予结项。")
    with pytest.raises(CampaignRefused, match="院领导、数字检察专班"):
        service.set_up(actor=own, **TOLD)
    assert audit.entries(limit=1)[0].action == "campaign.refused"
    for wrong in ("ZX9999", "x", ""):
        with pytest.raises(CampaignUnknown):
            read.campaign(leader, wrong)
