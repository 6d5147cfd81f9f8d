"""The only way in: the outbox listens here, the worker delivers, a person marks as read."""

from __future__ import annotations

from shujian.accounts.read import Actor
from shujian.kernel.clock import now
from shujian.notify.models import Letter
from shujian.notify.outbox import deliver, deliver_left, prune, write

__all__ = ["deliver", "deliver_left", "mark_read", "prune", "write"]


def mark_read(*, actor: Actor, upto: int | None = None, seq: int | None = None) -> int:
    """Mark one's own news as read: one line, or all up to a number; answers how many were unread."""
    mine = Letter.objects.filter(user=actor.id, read_at=None)
    mine = mine.filter(seq=seq) if seq is not None else mine.filter(seq__lte=upto or 0)
    return mine.update(read_at=now())
