"""The outbox: written with the change, numbered and addressed after its commit.

An item is numbered only when it is committed, under one lock, in the order in which items were written. So a number that
was given never gets an older neighbour later, and two items about one thing keep their order: the change behind the second
waited for the row lock of the first. What rolled back was never there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import transaction

from shujian.accounts.read import present
from shujian.kernel.clock import now, today
from shujian.notify.forms import FORMS, news_of
from shujian.notify.models import Head, Item, Letter
from shujian.supervision.read import setting

_BATCH = 500


def write(event: Any) -> None:
    """Put an event into the outbox, in the transaction of the change; what bears a ``once`` that is there already is not."""
    body = asdict(event)
    row = {
        "at": now(),
        "kind": type(event).__name__,
        "thing": FORMS[type(event)].thing(event)[:120],
        "body": body,
    }
    if once := body.get("once"):
        Item.objects.get_or_create(once=once, defaults=row)
    else:
        Item.objects.create(**row)
    # Best effort at once; the worker delivers what a dying process left (``deliver_left``).
    transaction.on_commit(_soon, robust=True)


def _soon() -> None:
    deliver()


def deliver() -> int:
    """Number all committed items and write the letters; answers how many items. Any number of processes may call it."""
    done = 0
    while Item.objects.filter(seq=None).exists():
        done += _batch()
    return done


def _batch() -> int:
    with transaction.atomic():
        head = _locked_head()
        items = list(Item.objects.filter(seq=None).order_by("pk")[:_BATCH])
        letters: list[Letter] = []
        for item in items:
            head.seq += 1
            item.seq = head.seq
            letters += [Letter(item=item, user_id=user, seq=head.seq) for user in sorted(_receivers(item))]
        Item.objects.bulk_update(items, ["seq"])
        Letter.objects.bulk_create(letters, batch_size=_BATCH)
        head.save()
    return len(items)


def _receivers(item: Item) -> frozenset[int]:
    news = news_of(item.kind, item.body)
    return present(FORMS[type(news)].to(news)) if news is not None else frozenset()


def _locked_head() -> Head:
    Head.objects.get_or_create(pk=1)
    return Head.objects.select_for_update().get(pk=1)


def deliver_left(arguments: Mapping[str, Any]) -> str:
    """What the worker does now and then: deliver what a process that died left behind."""
    return f"投递 {deliver()} 条"


def prune(arguments: Mapping[str, Any]) -> str:
    """Remove delivered items older than ``news.keep_days``; readers who were away longer are told to look anew."""
    before = now() - timedelta(days=int(setting("news.keep_days", today())))
    with transaction.atomic():
        head = _locked_head()
        old = Item.objects.filter(at__lt=before, seq__isnull=False)
        newest = old.order_by("-seq").values_list("seq", flat=True).first()
        count = old.count()
        old.delete()
        head.floor = max(head.floor, newest or 0)
        head.save()
    return f"清除 {count} 条消息"
