"""Who is told of what, in which words; what changed since is asked again; nothing of a person in any line."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from shujian.accounts import service as accounts
from shujian.accounts.events import DeputyNamed
from shujian.accounts.models import Absence, User
from shujian.accounts.read import Actor, Role
from shujian.accounts.read import actor as actor_of
from shujian.clues import service as clues
from shujian.clues.events import SnoozeEnded
from shujian.clues.models import Clue
from shujian.clues.tests.factories import ID, NAME, UNIT, hit, result
from shujian.clues.tests.people import account
from shujian.jobs.events import JobQuarantined, WorkerEnded
from shujian.kernel.clock import now, today
from shujian.kernel.events import publish
from shujian.notify import read, service
from shujian.notify.models import Item, Letter
from shujian.runs.events import PublicationAsked, PublicationDecided, ScheduleFailed, ScheduleMissed

pytestmark = pytest.mark.django_db
OTHER = "民事检察部门"


def lines(actor: Actor) -> list[str]:
    """What a person finds, oldest first."""
    service.deliver()
    return [one.says for one in reversed(read.news(actor)[0])]


def merge(*hits: object, run: str = "run-1", **changes: object) -> None:
    clues.merge_hits(run=run, result=result([*hits], **changes), judged=True)  # type: ignore[list-item]


def test_a_run_tells_each_unit_once_and_the_undertaker_of_what_lost_its_ground() -> None:
    clerk, head = account("clerk", Role.CBR), account("head", Role.BMFZR)
    other, chief = account("other", Role.CBR, units=(OTHER,)), account("chief", Role.JCZ)
    merge(hit(1), hit(2), hit(3, absence="possible"))
    assert lines(clerk) == lines(head) == [f"{UNIT}：新推送线索 2 条"]
    assert lines(other) == lines(chief) == []
    number = f"XS{Clue.objects.order_by('pk')[0].pk:06d}"
    clues.move_clue(actor=clerk, number=number, verb="sign")
    merge(hit(2), run="run-2")
    assert lines(clerk)[1:] == [
        f"线索 {number}：依据已变，请核对，已发出的文书须研究是否撤回", f"{UNIT}：依据已变 2 条",
    ]  # fmt: skip
    assert lines(head)[1:] == [f"{UNIT}：依据已变 2 条"]
    told = json.dumps(list(Item.objects.values_list("body", flat=True)), ensure_ascii=False)
    assert NAME not in told and ID not in told and "示某某" not in told


def test_steps_tell_whoever_acts_next_and_not_the_one_who_acted() -> None:
    clerk, head, hub = account("clerk", Role.CBR), account("head", Role.BMFZR), account("hub", Role.AG)
    there = account("there", Role.BMFZR, units=(OTHER,))
    merge(hit(1))
    number = f"XS{Clue.objects.get().pk:06d}"
    service.mark_read(actor=clerk, upto=99)
    clues.move_clue(actor=clerk, number=number, verb="transfer", note="应由该部门初核", to=OTHER)
    assert lines(there) == [f"线索 {number}：转其他部门（{OTHER}）"]
    assert lines(hub) == [] and [one for one in lines(clerk) if "转" in one] == []
    assert [one for one in lines(head) if "转" in one] == []


def test_an_objection_tells_head_and_undertaker_and_a_helper_is_asked() -> None:
    clerk, head, helper = account("clerk", Role.CBR), account("head", Role.BMFZR), account("aide", Role.ZL)
    merge(hit(1))
    number = f"XS{Clue.objects.get().pk:06d}"
    clues.move_clue(actor=clerk, number=number, verb="sign")
    due = clues.record_objection(actor=clerk, number=number, who="示例乙", text="不是同一个人")
    assert lines(head)[1:] == [f"线索 {number}：有异议，{due} 前答复"]
    clues.answer_objection(actor=head, number=number, verdict="rejected", note="已经核对证件")
    assert lines(clerk)[1:] == [f"线索 {number}：异议已答复，异议不成立"]
    clues.help_on(actor=clerk, number=number, username="aide", note="请核对处分记录")
    assert lines(helper) == [f"线索 {number}：请您协办"]
    clues.help_off(actor=clerk, number=number, username="aide")
    assert lines(helper) == [] and read.unread(helper) == 0, (
        "who may no longer read the clue is told nothing of it"
    )


def test_the_end_of_a_snooze_is_told_once() -> None:
    clerk = account("clerk", Role.CBR)
    merge(hit(1))
    Clue.objects.update(snoozed_until=today(), handler_id=clerk.id)
    for _ in range(2):
        assert clues.tell_snoozes({}) == "暂缓到期 1 条"
    assert Item.objects.filter(kind=SnoozeEnded.__name__).count() == 1
    assert lines(clerk)[1:] == [f"线索 XS{Clue.objects.get().pk:06d}：暂缓到期（{today()}）"]
    Clue.objects.update(snoozed_until=today() + timedelta(days=1))
    assert clues.tell_snoozes({}) == "暂缓到期 0 条"


def test_a_deputy_is_told_and_gets_what_the_absent_one_gets() -> None:
    away, deputy = account("away", Role.CBR), account("deputy", Role.YJS, units=(OTHER,))
    accounts.enter_absence(away, username="away", deputy="deputy", from_on=today(), to_on=today())
    assert lines(deputy) == [f"请您代理：{today()} 至 {today()}，本部门有同事请假"]
    merge(hit(1))
    service.deliver()
    standing_in = actor_of(int(deputy.id or 0))
    assert standing_in
    assert lines(standing_in)[1:] == [f"{UNIT}：新推送线索 1 条"]
    Absence.objects.update(ended_at=now())
    assert len(lines(deputy)) == 1, "his own rights do not open it any more"


def test_models_and_jobs_go_to_those_who_tend_them() -> None:
    lab, chief, admin = account("lab", Role.SJZT), account("chief", Role.JCZ), account("admin", Role.XTGL)
    for event in (
        PublicationAsked(1, "m", "示例模型", lab.id), PublicationDecided(1, "m", "示例模型", True, lab.id),
        ScheduleMissed(1, "m", "2026-06-01"), ScheduleFailed(1, "m", "2026-06-02", "没有成功", "once"),
        JobQuarantined(7, "runs.schedule", "定期运行", 5), WorkerEnded(-9),
    ):  # fmt: skip
        publish(event)
    assert lines(chief) == ["监督模型“示例模型”申请发布，等另一个人确认"]
    assert lines(lab) == [
        "监督模型“示例模型”：已确认发布", "定期运行 m：2026-06-01 错过", "定期运行 m：2026-06-02 没有成功",
    ]  # fmt: skip
    assert lines(admin) == [
        "后台任务 7（定期运行）试了 5 次没有成功，已隔离",
        "后台任务进程意外结束（-9），已重新启动",
    ]


def test_news_of_an_older_version_stand_in_nobodys_way() -> None:
    one = account("one", Role.CBR)
    Item.objects.create(at=now(), kind="GoneEvent", thing="duty", body={})
    Item.objects.create(at=now(), kind=DeputyNamed.__name__, thing="duty", body={"else": 1})
    publish(DeputyNamed(1, int(one.id or 0), "2026-06-01", "2026-06-02"))
    assert len(lines(one)) == 1 and Letter.objects.count() == 1 and User.objects.count() == 1
