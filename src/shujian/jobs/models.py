"""The table of jobs. A row of ``django-tasks`` is one attempt; a job is what the attempts are for."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", "等待"
    RUNNING = "running", "正在运行"
    DONE = "done", "已完成"
    QUARANTINED = "quarantined", "已隔离"
    DROPPED = "dropped", "已放弃"


class Job(models.Model):
    """One piece of work. ``key``: the same key is the same job. ``arguments``: flat JSON without personal data.

    ``task``: the one attempt that may work on it now (id of its ``django-tasks`` row), so that a worker that was thought
    dead cannot report. ``attempts``: since it was put in, or since it was last put in again by hand. ``lease_until``: a
    running job past it has lost its worker. ``error``: what went wrong, without personal data.
    """

    key = models.CharField(max_length=160, unique=True)
    name = models.CharField(max_length=80, db_index=True)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING, db_index=True)
    attempts = models.IntegerField(default=0)
    task = models.UUIDField(null=True)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=80, blank=True)
    error = models.CharField(max_length=400, blank=True)
    says = models.CharField(max_length=200, blank=True)
