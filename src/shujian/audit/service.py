"""The only way to write the audit chain. Entries are written in the transaction of the change they tell of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from shujian.audit.anchors import close_day
from shujian.audit.chain import seal
from shujian.audit.models import ChainHead, Entry
from shujian.kernel.canonical import canonical
from shujian.kernel.clock import now

P = ParamSpec("P")
R = TypeVar("R")
_BATCH = 500


@dataclass(frozen=True)
class Deed:
    """One thing to be put on record: who, did what, to which thing, with what particulars (no person's data)."""

    actor: str
    action: str
    thing: str
    detail: Mapping[str, Any] = field(default_factory=dict)


def record(*, actor: str, action: str, thing: str, detail: Mapping[str, Any] | None = None) -> int:
    """Append one entry and answer its number. Joins the caller's transaction, or makes its own."""
    return record_all([Deed(actor, action, thing, detail or {})])


def record_all(deeds: Iterable[Deed]) -> int:
    """Append many entries in order and answer the number of the last. Writers wait for each other here."""
    with transaction.atomic():
        head = ChainHead.objects.select_for_update().filter(id=1).first()
        if head is None:
            ChainHead.objects.get_or_create(id=1)
            head = ChainHead.objects.select_for_update().get(id=1)
        close_day(head)
        entries = []
        for deed in deeds:
            entry = _sealed(deed, head.seq + 1, head.hash)
            entries.append(entry)
            head.seq, head.hash = entry.seq, entry.hash
        Entry.objects.bulk_create(entries, batch_size=_BATCH)
        ChainHead.objects.filter(id=1).update(seq=head.seq, hash=head.hash, day=head.day)
    return head.seq


def _sealed(deed: Deed, seq: int, prev: str) -> Entry:
    at = now().isoformat(timespec="microseconds")
    detail = canonical(deed.detail)
    thing = deed.thing[:200]
    hashed = seal(seq=seq, at=at, actor=deed.actor, action=deed.action, thing=thing, detail=detail, prev=prev)
    return Entry(
        seq=seq,
        at=at,
        actor=deed.actor,
        action=deed.action,
        object=thing,
        detail=detail,
        prev=prev,
        hash=hashed,
    )


def audited(
    action: str,
    *,
    actor: Callable[P, str],
    thing: Callable[P, str],
    detail: Callable[P, Mapping[str, Any]] | None = None,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorate whatever reads persons' rows, command or view: the look is on record before it happens.

    ``actor``, ``thing`` and ``detail`` are asked with the arguments of the call. Looks that are then
    refused stay on record too: they are what a detector of curiosity needs.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def looked(*args: P.args, **kwargs: P.kwargs) -> R:
            record(
                actor=actor(*args, **kwargs),
                action=action,
                thing=thing(*args, **kwargs),
                detail=detail(*args, **kwargs) if detail else None,
            )
            return function(*args, **kwargs)

        return looked

    return decorate
