"""One attempt at a job: begun, done under a lease that is renewed, and its end written down by that attempt only.

Attempts are counted when they begin, so that a job that kills its worker is put aside as well.
"""

from __future__ import annotations

import re
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from shujian.audit import service as audit
from shujian.jobs import tasks
from shujian.jobs.events import JobQuarantined
from shujian.jobs.kinds import title_of, work_of
from shujian.jobs.limits import Limits, limits
from shujian.jobs.models import Job, State
from shujian.jobs.queueing import put_in_line
from shujian.kernel.clock import now
from shujian.kernel.errors import ShujianError
from shujian.kernel.events import publish

LOST = "运行它的进程中断（被终止、断电或崩溃）"


def attempt(number: int, task: str, worker: str) -> None:
    """Do what an attempt is for; an attempt that no longer counts does nothing."""
    held = limits()
    job = _begin(number, UUID(task), worker, held)
    if job is None:
        return
    try:
        with _renewed(job, held):
            says = work_of(job.name)(job.arguments)
    except Exception as error:
        _end(job, held, error=told_of(error))
        return
    _end(job, held, says=says)


tasks.use(attempt)


def _begin(number: int, task: UUID, worker: str, held: Limits) -> Job | None:
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=number, task=task, state=State.WAITING).first()
        if job is None:
            return None
        job.state, job.attempts, job.worker = State.RUNNING, job.attempts + 1, worker
        job.started_at, job.lease_until = now(), now() + held.lease
        job.save()
    return job


def _end(job: Job, held: Limits, *, says: str = "", error: str = "") -> None:
    """Write down how the attempt ended, unless another attempt counts by now."""
    with transaction.atomic():
        mine = Job.objects.select_for_update().filter(pk=job.pk, task=job.task, state=State.RUNNING).first()
        if mine is None:
            return
        if error:
            fail(mine, held, error)
            return
        mine.state, mine.says, mine.error = State.DONE, says[:200], ""
        mine.ended_at, mine.lease_until = now(), None
        mine.save()


def fail(job: Job, held: Limits, error: str) -> None:
    """Let a failed attempt be tried again later, or put the job aside at the limit. Call inside a transaction."""
    job.error = error[:400]
    if job.attempts < held.attempts:
        put_in_line(job, now() + held.wait(job.attempts))
        return
    job.state, job.ended_at, job.lease_until = State.QUARANTINED, now(), None
    job.save()
    audit.record(
        actor="sys", action="jobs.quarantined", thing=f"job:{job.pk}", detail={"name": job.name, "attempts": job.attempts}
    )  # fmt: skip
    publish(JobQuarantined(job.pk, job.name, title_of(job.name), job.attempts))


def sweep(at: datetime | None = None) -> int:
    """Take up again what lost its worker by ``at`` (now); answers how many jobs. Safe beside other workers.

    A running job past its lease has failed that attempt. A waiting one whose attempt was claimed and never begun
    (killed in between) is put in line again, uncounted.
    """
    held, moment, found = limits(), at or now(), 0
    late = Q(state=State.RUNNING, lease_until__lt=moment) | Q(
        state=State.WAITING, due_at__lt=moment - held.lease
    )
    for number in Job.objects.filter(late).order_by("pk").values_list("pk", flat=True)[:200]:
        with transaction.atomic():
            job = Job.objects.select_for_update().filter(late, pk=number).first()
            row = DBTaskResult.objects.filter(pk=job.task).first() if job and job.task else None
            if job is None or (job.state == State.WAITING and not _stuck(row, moment - held.lease)):
                continue
            if row is not None:
                row.status, row.finished_at = TaskResultStatus.FAILED, now()
                row.save(update_fields=["status", "finished_at"])
            if job.state == State.RUNNING:
                fail(job, held, LOST)
            else:
                put_in_line(job, now())
            found += 1
    return found


def _stuck(row: DBTaskResult[Any, Any] | None, before: datetime) -> bool:
    """Whether an attempt that never began will never begin."""
    if row is None or row.status in (TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL):
        return True
    return row.status == TaskResultStatus.RUNNING and (row.started_at or before) <= before


def told_of(error: Exception) -> str:
    """An error in words that hold no personal data: our own sentences without what was found, else kind and place."""
    if isinstance(error, ShujianError):
        first = error.faults[0]
        return f"{re.sub(r'[0-9Xx*]{6,}', '…', first.message)}（{first.code}）"
    frames = [one for one in traceback.extract_tb(error.__traceback__) if "shujian" in one.filename]
    place = (
        f"，在 {frames[-1].filename.rsplit('shujian/', 1)[-1]} 第 {frames[-1].lineno} 行" if frames else ""
    )
    return f"程序出错：{type(error).__name__}{place}"


@contextmanager
def _renewed(job: Job, held: Limits) -> Iterator[None]:
    """Renew the lease from a thread of its own while the work is done."""
    done = threading.Event()
    thread = threading.Thread(target=_renew, args=(job.pk, job.task, held.lease, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _renew(number: int, task: UUID, lease: timedelta, done: threading.Event) -> None:
    asked = False
    while not done.wait(lease.total_seconds() / 4):
        asked = True
        mine = Job.objects.filter(pk=number, task=task, state=State.RUNNING)
        if not mine.update(lease_until=now() + lease):
            break
    if asked:
        connection.close()
