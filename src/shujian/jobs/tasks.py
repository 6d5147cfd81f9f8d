"""The one task that ``django-tasks`` knows: an attempt at a job."""

from __future__ import annotations

from collections.abc import Callable

from django_tasks import TaskContext, task

_how: list[Callable[[int, str, str], None]] = []


def use(how: Callable[[int, str, str], None]) -> None:
    """What an attempt does; ``running`` sets it, which itself puts attempts in line."""
    _how[:] = [how]


@task(takes_context=True)
def attempt(context: TaskContext, job: int) -> None:
    """Try a job once. What goes wrong is written to the job, never raised: a trace could hold personal data."""
    told = context.task_result
    _how[-1](job, told.id, told.worker_ids[-1] if told.worker_ids else "")
