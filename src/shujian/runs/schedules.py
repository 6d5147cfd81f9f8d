"""Regular runs: set up, stopped and told. What is due and how it is done is in ``due``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from shujian.accounts.read import Actor
from shujian.audit import service as audit
from shujian.kernel.clock import now, today
from shujian.kernel.errors import BadInput, Fault, FaultList, GuardRefused
from shujian.runs.models import Schedule, Tick
from shujian.runs.policy import may_manage_runs
from shujian.runs.publications import require_published
from shujian.supervision import read as supervision

STATES = {
    "done": "已运行", "failed": "没有成功", "missed": "错过", "running": "正在运行", "broken": "中断",
}  # fmt: skip


@dataclass(frozen=True)
class TickTold:
    """One time that a schedule was due."""

    due: date
    state: str
    run: str
    says: str
    at: datetime


@dataclass(frozen=True)
class ScheduleTold:
    """A schedule, its next day, and what is wrong: ``notice`` is empty where nothing is."""

    number: int
    model: str
    starts: date
    every_days: int
    on_batch: bool
    purpose: str
    purpose_until: date
    by: str
    stopped: bool
    next_due: date | None
    notice: str
    ticks: tuple[TickTold, ...]


def add_schedule(
    *,
    actor: Actor,
    model: str,
    starts: date,
    every_days: int,
    on_batch: bool,
    purpose: str,
    purpose_until: date,
) -> int:
    """Set up a schedule; answers its number. Raises BadInput with every fault, GuardRefused."""
    _ask(actor, model)
    spec, faults = supervision.model(model), FaultList()
    if not 0 <= every_days <= 366 or (every_days == 0 and not on_batch):
        faults.add(
            Fault(
                code="bad_every",
                message="多少天运行一次不对",
                field="every",
                found=str(every_days),
                expected="1 至 366，或者 0 并且有新数据就运行",
            )
        )
    if not 2 <= len(purpose.strip()) <= 80:
        faults.add(
            Fault(
                code="no_purpose",
                message="请写明事由编号",
                field="purpose",
                found=purpose[:80],
                expected="2 至 80 字，如 示例检行监〔2026〕1号",
            )
        )
    if purpose_until < today():
        faults.add(
            Fault(
                code="bad_day",
                message="事由已经到期",
                field="purpose_until",
                found=purpose_until.isoformat(),
                expected="不早于今天",
            )
        )
    faults.raise_if_any()
    require_published(spec.id, always=True)
    with transaction.atomic():
        if Schedule.objects.filter(model=spec.id, stopped_at=None).exists():
            raise GuardRefused(Fault(code="scheduled", message="这个模型已有定期运行，先停掉再重新安排"))
        made = Schedule.objects.create(
            model=spec.id, starts=starts, every_days=every_days, on_batch=on_batch, purpose=purpose.strip(),
            purpose_until=purpose_until, by=actor.name, at=now(),
        )  # fmt: skip
        audit.record(
            actor=actor.name, action="run.schedule", thing=f"model:{spec.id}",
            detail={"schedule": made.pk, "every_days": every_days, "on_batch": on_batch, "purpose": made.purpose},
        )  # fmt: skip
    return made.pk


def stop_schedule(*, actor: Actor, number: int) -> None:
    """Stop a schedule; what it did stays. Raises BadInput, GuardRefused."""
    found = Schedule.objects.filter(pk=number, stopped_at=None).first()
    _ask(actor, found.model if found else "?")
    if found is None:
        raise BadInput(
            Fault(code="no_schedule", message="没有这个定期运行，或已经停了", found=str(number)[:20])
        )
    with transaction.atomic():
        found.stopped_by, found.stopped_at = actor.name, now()
        found.save()
        audit.record(
            actor=actor.name,
            action="run.unschedule",
            thing=f"model:{found.model}",
            detail={"schedule": number},
        )


def schedules() -> list[ScheduleTold]:
    """All schedules, running ones first."""
    return [
        ScheduleTold(
            one.pk, one.model, one.starts, one.every_days, one.on_batch, one.purpose, one.purpose_until, one.by,
            one.stopped_at is not None, _next(one), _notice(one), tuple(told(tick) for tick in one.ticks.order_by("-pk")[:10]),
        )
        for one in Schedule.objects.order_by("stopped_at", "pk")
    ]  # fmt: skip


def notices() -> list[tuple[str, str]]:
    """What somebody should look at: (model, sentence) of schedules that missed, failed or may no longer run."""
    return [(one.model, one.notice) for one in schedules() if one.notice and not one.stopped]


def _notice(one: Schedule) -> str:
    if one.stopped_at is not None:
        return ""
    if one.purpose_until < today():
        return f"事由 {one.purpose} 已于 {one.purpose_until} 到期，不再运行"
    last = one.ticks.order_by("-pk").first()
    if last is not None and last.state in ("failed", "broken"):
        return f"{last.due} 的运行{STATES[last.state]}：{last.says}"
    day = last_due(one)
    if day is not None and day < today() and not one.ticks.filter(key=day.isoformat()).exists():
        return f"{day} 应当运行，到今天还没有运行：请检查后台任务（shujian jobs list）"
    return ""


def last_due(one: Schedule) -> date | None:
    """The newest day that it was due by, today included; None before the first."""
    past = (today() - one.starts).days
    if not one.every_days or past < 0:
        return None
    return one.starts + timedelta(days=past - past % one.every_days)


def _next(one: Schedule) -> date | None:
    if not one.every_days or one.stopped_at is not None:
        return None
    last = last_due(one)
    return one.starts if last is None else last + timedelta(days=one.every_days)


def told(tick: Tick) -> TickTold:
    return TickTold(tick.due, STATES[tick.state], tick.run, tick.says, tick.at)


def _ask(actor: Actor, model: str) -> None:
    decision = may_manage_runs(actor)
    if not decision:
        audit.record(
            actor=actor.name, action="run.refused", thing=f"model:{model[:80]}", detail={"step": "schedule"}
        )
        raise GuardRefused(Fault(code="not_allowed", message=decision.because))
