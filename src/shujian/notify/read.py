"""The only way to read news: a person's own, each line only while the right to know of its thing lasts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from shujian.accounts.read import Actor
from shujian.notify.forms import said
from shujian.notify.models import Head, Letter
from shujian.notify.policy import may_read_news, open_to

__all__ = ["News", "after", "bounds", "may_read_news", "news", "told_since", "unread"]
MOST = 100


@dataclass(frozen=True)
class News:
    """A line of news. ``thing``: ``clue:XS000001`` and the like."""

    seq: int
    at: datetime
    says: str
    thing: str
    unread: bool


def news(actor: Actor, *, before: int | None = None, limit: int = 50) -> tuple[list[News], int | None]:
    """A page of news, newest first, and the number to go on before; None at the end. A page may be short."""
    found = Letter.objects.filter(user=actor.id).select_related("item").order_by("-seq")
    if before is not None:
        found = found.filter(seq__lt=before)
    rows = list(found[:limit])
    return _told(actor, rows), rows[-1].seq if len(rows) == limit else None


def after(actor: Actor, seq: int, *, limit: int = 200) -> tuple[list[News], int | None]:
    """What came after a number, oldest first, and the number up to which was looked; None where there is nothing."""
    found = Letter.objects.filter(user=actor.id, seq__gt=seq).select_related("item").order_by("seq")
    rows = list(found[:limit])
    return _told(actor, rows), rows[-1].seq if rows else None


def unread(actor: Actor, *, upto: int | None = None) -> int:
    """How many lines (up to a number) are unread, counted up to ``MOST``."""
    found = Letter.objects.filter(user=actor.id, read_at=None).order_by("-seq")
    if upto is not None:
        found = found.filter(seq__lte=upto)
    things = list(found.values_list("item__thing", flat=True)[:MOST])
    shown = open_to(actor, set(things)) if things else frozenset()
    return sum(thing in shown for thing in things)


def bounds() -> tuple[int, int]:
    """(up to which number items were removed, the last number given)."""
    head = Head.objects.filter(pk=1).first()
    return (head.floor, head.seq) if head else (0, 0)


def told_since(seq: int, users: Collection[int]) -> tuple[int, frozenset[int]]:
    """The last number given, and which of the accounts got letters after ``seq``."""
    head = bounds()[1]
    found = Letter.objects.filter(seq__gt=seq, seq__lte=head, user__in=users) if head > seq else None
    return head, frozenset(found.values_list("user_id", flat=True).distinct()) if found else frozenset()


def _told(actor: Actor, rows: list[Letter]) -> list[News]:
    shown = open_to(actor, {row.item.thing for row in rows}) if rows else frozenset()
    return [
        News(row.seq, row.item.at, said(row.item.kind, row.item.body), row.item.thing, row.read_at is None)
        for row in rows
        if row.item.thing in shown
    ]
