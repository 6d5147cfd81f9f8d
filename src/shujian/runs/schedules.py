"""Regular runs: due by the day or by new data, done by one command that a timer of the machine calls.

``run_due`` is the whole machine: what is due is worked out from days and data, not from memory, so that a night without
power is seen afterwards. Only the newest due day of a schedule is run; earlier ones that nobody ran are told as missed.
Each run bears the purpose number of its schedule, and none is done past that purpose's last day.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from shujian.accounts.read import Actor
from shujian.audit import service as audit
from shujian.kernel.canonical import digest
from shujian.kernel.clock import now, today
from shujian.kernel.errors import BadInput, Fault, FaultList, GuardRefused, ShujianError, Unavailable
from shujian.kernel.home import home, private_folder
from shujian.lake import read as lake
from shujian.runs.models import Schedule, Tick
from shujian.runs.policy import may_manage_runs
from shujian.runs.publications import require_published
from shujian.runs.recorded import RunRecord
from shujian.supervision import read as supervision

STATES = {
    "done": "已运行", "failed": "没有成功", "missed": "错过", "running": "正在运行", "broken": "中断",
}  # fmt: skip


_AGAIN = ("failed", "broken")


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


def run_due(run: Callable[[Schedule], Sequence[RunRecord]]) -> list[tuple[str, TickTold]]:
    """Do what is due, one schedule after another; ``run`` does one and raises ShujianError. Answers (model, what became).

    Raises Unavailable where another does it just now. A run that was cut off is told as such and done again.
    """
    done = []
    with _alone():
        for tick in Tick.objects.filter(state="running").select_related("schedule"):
            _close(tick, "broken", "上次运行中断（断电或被终止），结果没有入库；下一次照常运行")
        for schedule in Schedule.objects.filter(stopped_at=None).order_by("pk"):
            for key, due in _due(schedule):
                done.append((schedule.model, _told(_do(schedule, key, due, run))))
    return done


def schedules() -> list[ScheduleTold]:
    """All schedules, running ones first."""
    return [
        ScheduleTold(
            one.pk, one.model, one.starts, one.every_days, one.on_batch, one.purpose, one.purpose_until, one.by,
            one.stopped_at is not None, _next(one), _notice(one), tuple(_told(tick) for tick in one.ticks.order_by("-pk")[:10]),
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
    day = _last_due(one)
    if day is not None and day < today() and not one.ticks.filter(key=day.isoformat()).exists():
        return f"{day} 应当运行，到今天还没有运行：请检查定时任务（shujian schedule run）"
    return ""


def _last_due(one: Schedule) -> date | None:
    """The newest day that it was due by, today included; None before the first."""
    past = (today() - one.starts).days
    if not one.every_days or past < 0:
        return None
    return one.starts + timedelta(days=past - past % one.every_days)


def _next(one: Schedule) -> date | None:
    if not one.every_days or one.stopped_at is not None:
        return None
    last = _last_due(one)
    return one.starts if last is None else last + timedelta(days=one.every_days)


def _due(one: Schedule) -> list[tuple[str, date]]:
    """What it is due for now, also again where it failed: its newest day, else new data.

    Earlier days that nobody ran become missed ones.
    """
    found = list[tuple[str, date]]()
    day = _last_due(one)
    if one.purpose_until < today():
        return found
    if day is not None and not one.ticks.filter(key=day.isoformat()).exclude(state__in=_AGAIN).exists():
        before = day - timedelta(days=one.every_days)
        while before >= one.starts and not one.ticks.filter(key=before.isoformat()).exists():
            Tick.objects.create(
                schedule=one,
                key=before.isoformat(),
                due=before,
                state="missed",
                says="这一天没有运行",
                at=now(),
            )
            before -= timedelta(days=one.every_days)
        found.append((day.isoformat(), day))
    if one.on_batch and today() >= one.starts and not found:
        key = _data(one.model)
        if key and not one.ticks.filter(key=key).exclude(state__in=_AGAIN).exists():
            found.append((key, today()))
    return found


def _data(model: str) -> str:
    """A digest of what the model would read now; empty where a source has no rows."""
    try:
        needs = supervision.model(model).needs
    except ShujianError:
        return ""
    pins = lake.pin().datasets
    wanted = [pin for need in needs.values() if (pin := pins.get(need.source)) is not None and pin.rows]
    if len(wanted) < len(needs):
        return ""
    return digest(sorted([pin.dataset, str(pin.version), str(pin.rows), pin.content] for pin in wanted))


def _do(one: Schedule, key: str, due: date, run: Callable[[Schedule], Sequence[RunRecord]]) -> Tick:
    tick, _ = Tick.objects.update_or_create(
        schedule=one, key=key, defaults={"due": due, "state": "running", "at": now(), "says": ""}
    )
    if one.on_batch and key == due.isoformat() and (data := _data(one.model)):
        Tick.objects.get_or_create(
            schedule=one,
            key=data,
            defaults={"due": due, "state": "done", "says": "与定期的一次合并", "at": now()},
        )
    try:
        require_published(one.model, always=True)
        records = run(one)
    except ShujianError as error:
        return _close(tick, "failed", error.faults[0].sentence())
    return _close(tick, "done", f"命中 {records[0].hits}", records[0].run)


def _close(tick: Tick, state: str, says: str, run: str = "") -> Tick:
    tick.state, tick.says, tick.run = state, says[:400], run
    tick.save()
    audit.record(
        actor="sys", action=f"run.scheduled_{state}", thing=f"model:{tick.schedule.model}",
        detail={"schedule": tick.schedule.pk, "due": tick.due, "run": run},
    )  # fmt: skip
    return tick


def _told(tick: Tick) -> TickTold:
    return TickTold(tick.due, STATES[tick.state], tick.run, tick.says, tick.at)


def _ask(actor: Actor, model: str) -> None:
    decision = may_manage_runs(actor)
    if not decision:
        audit.record(
            actor=actor.name, action="run.refused", thing=f"model:{model[:80]}", detail={"step": "schedule"}
        )
        raise GuardRefused(Fault(code="not_allowed", message=decision.because))


@contextmanager
def _alone() -> Iterator[None]:
    place = private_folder(home().root) / "schedules.lock"
    handle = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise Unavailable(Fault(code="busy", message="定期运行正在进行，这次没有重复运行")) from None
    try:
        yield
    finally:
        os.close(handle)
