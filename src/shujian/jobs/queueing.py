"""Putting work in line. A job is a row of the caller's transaction: what rolls back never runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from shujian.jobs.models import Job, State
from shujian.jobs.tasks import attempt
from shujian.kernel.clock import now

Plain = str | int | bool | None
_LIKE_A_PERSON = re.compile(r"1\d{10}|\d{15}|\d{17}[\dXx]")


def enqueue(name: str, arguments: Mapping[str, Plain], *, key: str, due: datetime | None = None) -> int:
    """Put a job in line and answer its number. ``key``: whoever puts the same key in again gets the same job, whatever
    has become of it. ``due``: not before this instant. Raises ValueError for arguments that are not plain, or that look
    like a person's number: a job names things by their handles.
    """
    check_arguments(arguments)
    if not 1 <= len(key) <= 160:
        raise ValueError(f"key of {len(key)} characters")
    at = now()
    with transaction.atomic():
        job, made = Job.objects.get_or_create(
            key=key, defaults={"name": name, "arguments": dict(arguments), "at": at, "due_at": due or at}
        )
        if made:
            put_in_line(job, due or at)
    return int(job.pk)


def put_in_line(job: Job, due: datetime) -> None:
    """Make the next attempt of a job the only one that counts. Call inside a transaction."""
    made = attempt.using(run_after=due).enqueue(job.pk)
    job.state, job.due_at, job.lease_until, job.task = State.WAITING, due, None, UUID(made.id)
    job.save()


def check_arguments(arguments: Mapping[str, Plain]) -> None:
    """Raise ValueError unless every value is a short plain one without a person's number."""
    for name, value in arguments.items():
        if not isinstance(value, str | int | bool | None) or (isinstance(value, str) and len(value) > 200):
            raise ValueError(f"argument {name} is not plain")
        if not isinstance(value, bool) and _LIKE_A_PERSON.fullmatch(str(value)):
            raise ValueError(f"argument {name} looks like a person's number")
