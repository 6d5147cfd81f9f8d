"""The whole wiring of the house on one page: which room listens to which event, and what is done behind the pages.

Handlers stand here by their dotted names and are imported when first needed, so that wiring costs a command nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.module_loading import import_string

from shujian.accounts.events import DeputyNamed
from shujian.clues.events import (
    ClueMoved,
    CluesMerged,
    GroundChanged,
    HelpAsked,
    ObjectionAnswered,
    ObjectionRaised,
    SnoozeEnded,
)
from shujian.jobs.events import JobQuarantined, WorkerEnded
from shujian.jobs.kinds import Kind, offer
from shujian.kernel.events import subscribe
from shujian.runs.events import PublicationAsked, PublicationDecided, ScheduleFailed, ScheduleMissed

_OUTBOX = "shujian.notify.service.write"
SUBSCRIPTIONS: tuple[tuple[type, str], ...] = (
    (ClueMoved, _OUTBOX),
    (CluesMerged, _OUTBOX),
    (GroundChanged, _OUTBOX),
    (SnoozeEnded, _OUTBOX),
    (ObjectionRaised, _OUTBOX),
    (ObjectionAnswered, _OUTBOX),
    (HelpAsked, _OUTBOX),
    (DeputyNamed, _OUTBOX),
    (PublicationAsked, _OUTBOX),
    (PublicationDecided, _OUTBOX),
    (ScheduleMissed, _OUTBOX),
    (ScheduleFailed, _OUTBOX),
    (JobQuarantined, _OUTBOX),
    (WorkerEnded, _OUTBOX),
)
"""(event class, dotted name of the handler) pairs. A handler works in the transaction of the change (``kernel.events``)."""

WORK: tuple[Kind, ...] = (
    Kind("jobs.prune", "清除早已结束的任务记录", "shujian.jobs.service.prune", every=24 * 60),
    Kind("notify.deliver", "投递遗留的消息", "shujian.notify.service.deliver_left", every=5),
    Kind("notify.prune", "清除过期的消息", "shujian.notify.service.prune", every=24 * 60),
    Kind("runs.tick", "查看到期的定期运行", "shujian.runs.service.enqueue_due", every=30),
    Kind("runs.schedule", "定期运行一个监督模型", "shujian.runs.service.run_scheduled"),
    Kind("clues.snoozes", "暂缓到期的线索", "shujian.clues.service.tell_snoozes", every=60),
)
"""Kinds of work behind the pages; ``every``: minutes between regular jobs."""


def wire() -> None:
    """Subscribe every handler of ``SUBSCRIPTIONS`` and offer all ``WORK``; calling it again changes nothing."""
    for event, path in SUBSCRIPTIONS:
        subscribe(event, _handler(path))
    offer(*WORK)


_handlers: dict[str, Callable[[Any], None]] = {}


def _handler(path: str) -> Callable[[Any], None]:
    """One function for each name, so that wiring again subscribes nobody twice."""
    if path not in _handlers:
        _handlers[path] = lambda event: import_string(path)(event)
    return _handlers[path]
