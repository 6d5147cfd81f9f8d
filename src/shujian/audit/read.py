"""The only way to read the audit chain, and the check that nobody changed it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import DatabaseError, connections
from django.db.models import QuerySet

from shujian.audit.anchors import DayAnchor, anchor_file, kept_anchors
from shujian.audit.chain import GENESIS, seal
from shujian.audit.curiosity import KINDS, LOOKS, Finding, find_curious
from shujian.audit.entries import AuditEntry
from shujian.audit.models import ChainHead, Entry

__all__ = [
    "KINDS", "LOOKS", "AuditEntry", "DayAnchor", "Finding", "Verification", "anchor_file", "clues_looked_at", "curious", "entries",
    "history", "kept_anchors", "looks", "verify",
]  # fmt: skip

_PAGE = 2000


@dataclass(frozen=True)
class Verification:
    """Whether the chain is whole. ``first_bad``: number of the first entry that is missing or was changed.

    ``anchor``: hash of the newest good entry; note it elsewhere, and a later check can look for it.
    """

    entries: int
    ok: bool
    first_bad: int | None
    anchor: str
    anchor_found: bool | None = None
    anchors: int = 0


def verify(anchor: str | None = None, *, using: str = "default") -> Verification:
    """Walk the whole chain, against the anchors of every day (table and file).

    With ``anchor`` (noted earlier) also tell whether that entry still stands. ``using``: another connection's chain.
    """
    kept = kept_anchors(using)
    noted_hashes: dict[int, set[str]] = {}
    for one in kept:
        noted_hashes.setdefault(one.seq, set()).add(one.hash)
    entries, expected, prev, found = 0, 1, GENESIS, anchor == GENESIS
    first_bad: int | None = None
    for seq, row in _walk(using):
        entries += 1
        if first_bad is not None:
            continue
        if row is None or seq != expected or row.prev != prev or row.hash != _hash_of(row):
            first_bad = expected
            continue
        if noted_hashes.get(seq, {row.hash}) != {row.hash}:
            first_bad = seq
            continue
        prev, expected = row.hash, expected + 1
        found = found or row.hash == anchor
    head = ChainHead.objects.using(using).filter(id=1).first()
    noted = (head.seq, head.hash) if head else (0, GENESIS)
    if first_bad is None and (noted != (expected - 1, prev) or max(noted_hashes, default=0) >= expected):
        first_bad = expected
    if first_bad is None:
        first_bad = _bent_index(using)
    anchor_found = found if anchor else None
    return Verification(
        entries,
        first_bad is None and anchor_found is not False,
        first_bad,
        prev,
        anchor_found,
        len({one.day for one in kept}),
    )


def _walk(using: str) -> Iterator[tuple[int, Entry | None]]:
    """Every entry by number; None where the stored bytes cannot even be read."""
    try:
        numbers = list(Entry.objects.using(using).order_by("seq").values_list("seq", flat=True))
    except DatabaseError:
        yield 1, None
        return
    for start in range(0, len(numbers), _PAGE):
        page = numbers[start : start + _PAGE]
        try:
            yield from ((row.seq, row) for row in list(_between(page[0], page[-1], using)))
        except (DatabaseError, ValueError):
            for number in page:
                yield number, _one(number, using)


def _bent_index(using: str) -> int | None:
    """The first entry that an index tells otherwise than the table, or 1 where the damage names none; None if whole.

    A search by action or object trusts the index, so a byte changed there hides a deed although the chain holds.
    """
    if connections[using].vendor != "sqlite":
        return None
    with connections[using].cursor() as cursor:
        try:
            cursor.execute(f"PRAGMA integrity_check({Entry._meta.db_table})")
            told = [str(row[0]) for row in cursor.fetchall()]
        except DatabaseError:
            return 1
    if told == ["ok"]:
        return None
    rows = [int(found[1]) for line in told if (found := re.match(r"row (\d+) missing from index", line))]
    seqs = list(Entry.objects.using(using).order_by("seq").values_list("seq", flat=True))
    return min((seqs[row - 1] for row in rows if 0 < row <= len(seqs)), default=1)


def _between(first: int, last: int, using: str) -> QuerySet[Entry]:
    return Entry.objects.using(using).filter(seq__gte=first, seq__lte=last).order_by("seq")


def _one(number: int, using: str) -> Entry | None:
    try:
        return _between(number, number, using).get()
    except (DatabaseError, ValueError):
        return None


def _hash_of(row: Entry) -> str:
    return seal(
        seq=row.seq,
        at=row.at,
        actor=row.actor,
        action=row.action,
        thing=row.object,
        detail=row.detail,
        prev=row.prev,
    )


def history(thing: str, *, actions: tuple[str, ...] = (), limit: int = 100) -> list[AuditEntry]:
    """What was done to one thing, newest first."""
    found = Entry.objects.filter(object=thing)
    if actions:
        found = found.filter(action__in=actions)
    return [_entry(row) for row in found.order_by("-seq")[:limit]]


def entries(
    *, before: int | None = None, actor: str = "", action: str = "", limit: int = 50
) -> list[AuditEntry]:
    """The chain from the newest back, for the audit administrator."""
    found = Entry.objects.order_by("-seq")
    if before is not None:
        found = found.filter(seq__lt=before)
    if actor:
        found = found.filter(actor=actor)
    if action:
        found = found.filter(action__startswith=action)
    return [_entry(row) for row in found[:limit]]


def _entry(row: Entry) -> AuditEntry:
    at = datetime.fromisoformat(row.at)
    return AuditEntry(row.seq, at, row.actor, row.action, row.object, json.loads(row.detail), row.hash)


def looks(things: Collection[str], *, before: int | None = None, limit: int = 100) -> list[AuditEntry]:
    """Who looked at these things (``clue:XS000001``, ``subject:<key>``), refused looks too; the newest first."""
    found = Entry.objects.filter(object__in=list(things), action__in=[*LOOKS, "look.refused"])
    if before is not None:
        found = found.filter(seq__lt=before)
    return [_entry(row) for row in found.order_by("-seq")[:limit]]


def clues_looked_at(since: datetime) -> set[str]:
    """Numbers of the clues that were looked at since then."""
    found = _looks_since(since).filter(object__startswith="clue:").values_list("object", flat=True)
    return {str(name).removeprefix("clue:") for name in found.distinct()}


def curious(since: datetime, *, colleagues: Mapping[str, str], subjects: Mapping[str, str]) -> list[Finding]:
    """Looks that somebody should be asked about, the newest first; see ``curiosity``."""
    rows = (_entry(row) for row in _looks_since(since).order_by("seq").iterator(chunk_size=_PAGE))
    return list(reversed(find_curious(rows, colleagues=colleagues, subjects=subjects)))


def _looks_since(since: datetime) -> QuerySet[Entry]:
    told = since.astimezone(UTC).isoformat(timespec="microseconds")
    return Entry.objects.filter(at__gte=told, action__in=[*LOOKS, "look.refused"])
