"""The only way to put work in line, to do it, and to decide about what was put aside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from shujian.accounts.read import Actor
from shujian.audit import service as audit
from shujian.jobs.errors import JobRefused, JobUnknown
from shujian.jobs.events import WorkerEnded
from shujian.jobs.kinds import Kind, kinds, offer
from shujian.jobs.limits import limits
from shujian.jobs.models import Job, State
from shujian.jobs.policy import may_tend_jobs
from shujian.jobs.queueing import enqueue, put_in_line
from shujian.jobs.running import sweep
from shujian.jobs.worker import Worker, keep_the_hours
from shujian.kernel.clock import now
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.events import publish

__all__ = [
    "Kind", "Worker", "drop", "enqueue", "keep_the_hours", "kinds", "offer", "prune", "retry", "sweep",
    "worker_ended",
]  # fmt: skip


def retry(*, actor: Actor, number: int, reason: str) -> None:
    """Put a job that was put aside in line again, with all its attempts anew.

    Raises JobUnknown, JobRefused, BadInput for a missing reason.
    """
    with transaction.atomic():
        job, told = _held(actor, number, reason, "retry")
        if job.state != State.QUARANTINED:
            raise _refused(f"“{State(job.state).label}”的任务不用重试，只有已隔离的可以")
        job.attempts, job.ended_at = 0, None
        put_in_line(job, now())
        audit.record(
            actor=actor.name, action="jobs.retry", thing=f"job:{job.pk}", detail={"name": job.name, "reason": told}
        )  # fmt: skip


def drop(*, actor: Actor, number: int, reason: str) -> None:
    """Give a job up: it stays in the list and is never run. Raises JobUnknown, JobRefused, BadInput."""
    with transaction.atomic():
        job, told = _held(actor, number, reason, "drop")
        if job.state not in (State.QUARANTINED, State.WAITING):
            raise _refused(f"“{State(job.state).label}”的任务不能放弃")
        if job.task:
            DBTaskResult.objects.filter(pk=job.task, status=TaskResultStatus.READY).delete()
        job.state, job.ended_at, job.task = State.DROPPED, now(), None
        job.save()
        audit.record(
            actor=actor.name, action="jobs.drop", thing=f"job:{job.pk}", detail={"name": job.name, "reason": told}
        )  # fmt: skip


def prune(arguments: Mapping[str, Any]) -> str:
    """Remove what ended long ago (``jobs.keep_days``); what is put aside stays until a person decides."""
    before = now() - limits().keep
    ended = Job.objects.filter(state__in=(State.DONE, State.DROPPED))
    gone, _ = ended.filter(ended_at__lt=before).delete()
    for kind in kinds():
        if kind.every:  # regular work says little once its slot is over
            past = now() - max(timedelta(days=1), timedelta(minutes=2 * kind.every))
            gone += ended.filter(name=kind.name, state=State.DONE, ended_at__lt=past).delete()[0]
    DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()
    return f"清除 {gone} 条已结束的任务记录"


def worker_ended(code: int) -> None:
    """Put on record that the worker beside the server ended by itself, and tell the system administrators."""
    with transaction.atomic():
        audit.record(actor="sys", action="jobs.worker_ended", thing="worker", detail={"code": code})
        publish(WorkerEnded(code))


def _held(actor: Actor, number: int, reason: str, step: str) -> tuple[Job, str]:
    decision = may_tend_jobs(actor)
    if not decision:
        raise _refused(decision.because)
    job = Job.objects.select_for_update().filter(pk=number).first() if 0 < number < 2**62 else None
    if job is None:
        raise JobUnknown(Fault(code="unknown_job", message="没有这个后台任务", found=str(number)[:20]))
    told = reason.strip()
    if not 4 <= len(told) <= 200:
        raise BadInput(
            Fault(
                code="no_reason", message="请写明理由", field="reason", found=f"{len(told)} 个字", expected="4 至 200 个字",
            )
        )  # fmt: skip
    return job, told


def _refused(message: str) -> JobRefused:
    return JobRefused(Fault(code="not_now", message=message))
