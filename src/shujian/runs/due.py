"""What is due and doing it: worked out from days and data, not from memory, so that a night without power is seen after.

Only the newest due day of a schedule is run; earlier ones that nobody ran are told as missed. Each run bears the purpose
number of its schedule, and none is done past that purpose's last day. The worker looks now and then (``enqueue_due``) and
makes a job of each; ``run_due`` does it all at once for a timer of the machine. Both under one lock.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from shujian.audit import service as audit
from shujian.jobs.service import enqueue
from shujian.kernel.canonical import digest
from shujian.kernel.clock import now, today
from shujian.kernel.errors import Fault, ShujianError, Unavailable
from shujian.kernel.events import publish
from shujian.kernel.home import home, private_folder
from shujian.lake import read as lake
from shujian.runs.events import ScheduleFailed, ScheduleMissed
from shujian.runs.models import Schedule, Tick
from shujian.runs.publications import require_published
from shujian.runs.recorded import RunRecord
from shujian.runs.schedules import STATES, TickTold, last_due, told
from shujian.supervision import read as supervision

Run = Callable[[Schedule], Sequence[RunRecord]]
_AGAIN = ("failed", "broken")


def run_due(run: Run) -> list[tuple[str, TickTold]]:
    """Do what is due, one schedule after another; ``run`` does one and raises ShujianError. Answers (model, what became).

    Raises Unavailable where another does it just now. A run that was cut off is told as such and done again.
    """
    done = []
    with _alone():
        _close_broken()
        for schedule in Schedule.objects.filter(stopped_at=None).order_by("pk"):
            for key, due in _due(schedule):
                done.append((schedule.model, told(_do(schedule, key, due, run))))
    return done


def enqueue_due(arguments: Mapping[str, Any]) -> str:
    """Make a job of everything that is due; what is in line already stays one job."""
    made = 0
    for schedule in Schedule.objects.filter(stopped_at=None).order_by("pk"):
        for key, due in _due(schedule):
            told_of: dict[str, str | int] = {"schedule": schedule.pk, "key": key, "due": due.isoformat()}
            enqueue("runs.schedule", told_of, key=f"schedule:{schedule.pk}:{key}")
            made += 1
    return f"到期 {made} 个"


def run_one(arguments: Mapping[str, Any], run: Run) -> str:
    """Do one that was put in line, if it is still due. Raises Unavailable where it did not succeed, or another runs."""
    with _alone():
        _close_broken()
        one = Schedule.objects.filter(pk=arguments["schedule"], stopped_at=None).first()
        asked = (arguments["key"], date.fromisoformat(arguments["due"]))
        if one is None or asked[0] not in [key for key, _ in _due(one)]:
            return "已不用运行（停了、运行过了，或者有更近的一次）"
        tick = _do(one, *asked, run)
    if tick.state != "done":
        raise Unavailable(
            Fault(code="schedule_failed", message="定期运行没有成功，原因见“模型发布与定期运行”")
        )
    return f"运行 {tick.run}"


def _close_broken() -> None:
    """What says that it runs while we hold the lock was cut off."""
    for tick in Tick.objects.filter(state="running").select_related("schedule"):
        _close(tick, "broken", "上次运行中断（断电或被终止），结果没有入库；下一次照常运行")


def _due(one: Schedule) -> list[tuple[str, date]]:
    """What it is due for now, also again where it failed: its newest day, else new data.

    Earlier days that nobody ran become missed ones.
    """
    found = list[tuple[str, date]]()
    day = last_due(one)
    if one.purpose_until < today():
        return found
    if day is not None and not one.ticks.filter(key=day.isoformat()).exclude(state__in=_AGAIN).exists():
        before = day - timedelta(days=one.every_days)
        while before >= one.starts and not one.ticks.filter(key=before.isoformat()).exists():
            _miss(one, before)
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


def _miss(one: Schedule, day: date) -> None:
    with transaction.atomic():
        _, made = Tick.objects.get_or_create(
            schedule=one,
            key=day.isoformat(),
            defaults={"due": day, "state": "missed", "says": "这一天没有运行", "at": now()},
        )
        if made:
            publish(ScheduleMissed(one.pk, one.model, day.isoformat()))


def _close(tick: Tick, state: str, says: str, run: str = "") -> Tick:
    tick.state, tick.says, tick.run = state, says[:400], run
    one, due = tick.schedule, tick.due.isoformat()
    with transaction.atomic():
        tick.save()
        audit.record(
            actor="sys", action=f"run.scheduled_{state}", thing=f"model:{one.model}",
            detail={"schedule": one.pk, "due": tick.due, "run": run},
        )  # fmt: skip
        if state in _AGAIN:  # told once, however often it is tried again
            once = f"schedule:{one.pk}:{tick.key}:{state}"[:120]
            publish(ScheduleFailed(one.pk, one.model, due, STATES[state], once))
    return tick


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
