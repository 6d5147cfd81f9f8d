"""The only way to read jobs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from shujian.jobs.errors import JobUnknown
from shujian.jobs.kinds import title_of
from shujian.jobs.models import Job, State
from shujian.jobs.policy import may_see_jobs, may_tend_jobs
from shujian.kernel.errors import Fault

__all__ = ["STATES", "JobTold", "counts", "job", "jobs", "may_see_jobs", "may_tend_jobs"]

STATES: dict[str, str] = {str(code): str(label) for code, label in State.choices}


@dataclass(frozen=True)
class JobTold:
    """A job as people see it. ``retries``: whether it may be put in again."""

    number: int
    name: str
    title: str
    state: str
    state_title: str
    arguments: Mapping[str, Any]
    attempts: int
    at: datetime
    due_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    worker: str
    error: str
    says: str
    key: str

    @property
    def retries(self) -> bool:
        """Whether a person may put it in line again."""
        return self.state == State.QUARANTINED

    @property
    def drops(self) -> bool:
        """Whether a person may give it up."""
        return self.state in (State.QUARANTINED, State.WAITING)


def jobs(*, state: str = "", name: str = "", before: int | None = None, limit: int = 50) -> list[JobTold]:
    """Jobs, newest first; of one state, of one kind, older than a number."""
    found = Job.objects.order_by("-pk")
    if state:
        found = found.filter(state=state)
    if name:
        found = found.filter(name=name)
    if before is not None:
        found = found.filter(pk__lt=before)
    return [_told(one) for one in found[:limit]]


def job(number: int) -> JobTold:
    """One job. Raises JobUnknown."""
    found = Job.objects.filter(pk=number).first() if 0 < number < 2**62 else None
    if found is None:
        raise JobUnknown(Fault(code="unknown_job", message="没有这个后台任务", found=str(number)[:20]))
    return _told(found)


def counts() -> dict[str, int]:
    """How many jobs stand in each state, every state named."""
    found = dict(Job.objects.values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in STATES}


def _told(one: Job) -> JobTold:
    return JobTold(
        one.pk, one.name, title_of(one.name), str(one.state), STATES[one.state], one.arguments, one.attempts, one.at,
        one.due_at, one.started_at, one.ended_at, one.worker, one.error, one.says, one.key,
    )  # fmt: skip
