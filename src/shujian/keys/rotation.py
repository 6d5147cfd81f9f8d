"""Seals every sealed value again under the key in use. It can die at any time and be taken up: what is done is done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import BinaryField
from django.db.models.functions import Substr

from shujian.accounts.service import SEALED_COLUMNS as OF_ACCOUNTS
from shujian.clues.service import SEALED_COLUMNS as OF_CLUES
from shujian.clues.service import attachments
from shujian.faces.service import SEALED_COLUMNS as OF_FACES
from shujian.kernel.failpoints import failpoint
from shujian.kernel.keyring import ring
from shujian.kernel.progress import Progress
from shujian.kernel.sealed import MARK, SealedColumn, header, key_number, seal_bytes, unseal_bytes

COLUMNS: tuple[SealedColumn, ...] = (*OF_ACCOUNTS, *OF_CLUES, *OF_FACES)
"""Every sealed column of the house. A room that seals a new one adds it to its own list."""
FILES = "attachments"
_BATCH = 500
_HEAD = len(MARK) + 4


@dataclass(frozen=True)
class Resealed:
    """``values``: how many were sealed again. ``broken``: ``table.column#row`` that no key opens."""

    values: int
    broken: tuple[str, ...]


def counts() -> dict[int, dict[str, int]]:
    """Key number → column (or ``attachments``) → values under it; 0: values that bear no number. None left out."""
    numbers = [one.number for one in ring().keys]
    found: dict[int, dict[str, int]] = {number: {} for number in (0, *numbers)}
    for column in COLUMNS:
        rows = _heads(column)
        left = rows.count()
        for number in numbers:
            found[number][column.name] = rows.filter(head=header(number)).count()
            left -= found[number][column.name]
        found[0][column.name] = left
    for path in attachments():
        number = _number_of(path)
        told = found.setdefault(number, {})
        told[FILES] = told.get(FILES, 0) + 1
    return found


def reseal(progress: Progress) -> Resealed:
    """Bring every value under the key in use, in batches; a value that somebody changes meanwhile stays his."""
    number, values = ring().current, 0
    broken: list[str] = []
    for column in COLUMNS:
        waiting = _heads(column).exclude(head=header(number))
        progress.begin(column.name, waiting.count())
        last: Any = None
        while rows := _next(waiting, column, last):
            last = rows[-1].pk
            with transaction.atomic():
                for row in rows:
                    done = _one(column, row)
                    values += done is True
                    broken += [f"{column.name}#{row.pk}"] if done is None else []
            progress.advance(len(rows))
            failpoint("keys.batch")
    old = [path for path in attachments() if _number_of(path) != number]
    progress.begin(FILES, len(old))
    for path in old:
        done = _file(path)
        values += done
        broken += [] if done else [f"{FILES}#{path.name}"]
        progress.advance(1)
        failpoint("keys.file")
    return Resealed(values, tuple(broken))


def _heads(column: SealedColumn) -> Any:
    kept = column.model.objects.exclude(**{column.column: b""})  # nothing is sealed there
    return kept.annotate(head=Substr(column.column, 1, _HEAD, output_field=BinaryField()))


def _next(waiting: Any, column: SealedColumn, last: Any) -> list[Any]:
    found = waiting if last is None else waiting.filter(pk__gt=last)
    return list(
        found.select_related(*column.along).order_by("pk")[:_BATCH]
        if column.along
        else found.order_by("pk")[:_BATCH]
    )


def _one(column: SealedColumn, row: Any) -> bool | None:
    """Whether the value was sealed again; False where somebody changed it meanwhile, None where nothing opens it."""
    stored = bytes(getattr(row, column.column))
    opened = unseal_bytes(stored, column.place(row), column.formerly(row))
    if opened is None:
        return None
    again = seal_bytes(opened, column.place(row))
    return bool(
        column.model.objects.filter(pk=row.pk, **{column.column: stored}).update(**{column.column: again})
    )


def _number_of(path: Path) -> int:
    with path.open("rb") as source:
        return key_number(source.read(_HEAD))


def _file(path: Path) -> bool:
    opened = unseal_bytes(path.read_bytes(), path.name)
    if opened is None:
        return False
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(seal_bytes(opened, path.name))
        out.flush()
        os.fsync(handle)
    partial.replace(path)
    return True


def waiting() -> Iterator[tuple[int, int]]:
    """(key, values) of keys that are not in use and still hold something."""
    current = ring().current
    for number, under in counts().items():
        total = sum(under.values())
        if total and number != current:
            yield number, total
