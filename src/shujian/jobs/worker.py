"""The worker: takes attempts that are due, one at a time, and between them sweeps and puts regular work in line.

It stands on the worker of ``django-tasks-db`` for how an attempt is run; that one knows neither leases nor regular work,
and takes a write lock each second, so the loop is ours.
"""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, close_old_connections, transaction
from django_tasks_db.management.commands.db_worker import Worker as Attempts
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import is_locked_database_exception

from shujian.jobs.kinds import kinds
from shujian.jobs.models import Job, State
from shujian.jobs.queueing import enqueue
from shujian.jobs.running import sweep
from shujian.kernel.clock import now

EVERY = timedelta(seconds=10)
"""How often lost jobs are looked for and regular work is put in line."""


def keep_the_hours(at: datetime | None = None) -> int:
    """Put in line what is regular and due in the slot of ``at`` (now); answers how many. One job a slot, however many
    workers; none while the last one still waits or runs.
    """
    moment, made = at or now(), 0
    for kind in kinds():
        if not kind.every:
            continue
        key = f"{kind.name}@{int(moment.timestamp()) // (kind.every * 60)}"
        busy = Job.objects.filter(name=kind.name, state__in=(State.WAITING, State.RUNNING))
        if not Job.objects.filter(key=key).exists() and not busy.exists():
            enqueue(kind.name, {}, key=key)
            made += 1
    return made


class Worker:
    """One worker of one process. ``forever`` until ``stop``; ``drain`` for a command that only does what is due."""

    def __init__(self, interval: float = 1.0) -> None:
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}"
        self.interval = interval
        self.stopped = False
        self.busy = False
        self._attempts = Attempts(
            queue_names=["*"], interval=interval, batch=False, backend_name="default", startup_delay=False, max_tasks=None,
            worker_id=self.name, excluded_queue_names=[],
        )  # fmt: skip

    def forever(self) -> None:
        """Work until told to stop; the job in hand is finished first. A locked database is waited for."""
        looked: datetime | None = None
        while not self.stopped:
            close_old_connections()
            try:
                if looked is None or now() - looked >= EVERY:
                    sweep()
                    keep_the_hours()
                    looked = now()
                if self.one():
                    continue
            except OperationalError as error:
                if not is_locked_database_exception(error):
                    raise
            time.sleep(self.interval)

    def drain(self) -> int:
        """Do everything that is due now, and answer how many attempts were made."""
        sweep()
        made = 0
        while not self.stopped and self.one():
            made += 1
        return made

    def one(self) -> bool:
        """Take one attempt that is due and run it; answers whether there was one."""
        row = self._claim()
        if row is None:
            return False
        self.busy = True
        try:
            self._attempts.run_task(row)
        finally:
            self.busy = False
        return True

    def _claim(self) -> DBTaskResult[Any, Any] | None:
        due = DBTaskResult.objects.ready().filter(backend_name="default")
        if not due.exists():  # a read first: a write lock each second would hold up the pages
            return None
        with transaction.atomic():
            row = due.get_locked()
            if row is not None:
                row.claim(self.name)
        return row

    def stop(self) -> None:
        """Take nothing more."""
        self.stopped = True  # a plain mark: a signal may come while a lock is held

    def heed_signals(self, again: Callable[[], None]) -> None:
        """SIGTERM and Ctrl-C stop it; the second one calls ``again``."""

        def heard(*_: object) -> None:
            if self.stopped:
                again()
            self.stop()

        signal.signal(signal.SIGTERM, heard)
        signal.signal(signal.SIGINT, heard)
