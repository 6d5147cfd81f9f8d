"""Persons' data at rest, sealed (``kernel.sealed``) to the very row they stand in: table, column and a key that stays.

A value moved to another row does not open, not even within one clue.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any, TypeVar

from django.db import models

from shujian.clues.errors import SealBroken
from shujian.clues.models import (
    Clue,
    ClueComment,
    ClueEvidence,
    ClueFile,
    ClueNote,
    Judgement,
    Objection,
)
from shujian.kernel import sealed
from shujian.kernel.canonical import canonical
from shujian.kernel.errors import Fault
from shujian.kernel.sealed import SealedColumn

Row = TypeVar("Row", bound=models.Model)
_KEYS: Mapping[type[models.Model], Callable[[Any], tuple[str, ...]]] = {
    Clue: lambda row: (row.key,),
    ClueEvidence: lambda row: (row.clue.key, row.alias, row.dataset, row.row),
    ClueNote: lambda row: (row.clue.key, _at(row), row.verb, row.actor),
    ClueComment: lambda row: (row.clue.key, _at(row), row.actor),
    ClueFile: lambda row: (row.clue.key, _at(row), row.sha256),
    Objection: lambda row: (row.clue.key, _at(row), row.by),
    Judgement: lambda row: (row.clue_key, _at(row), row.by, row.left, row.right),
}


def _at(row: Any) -> str:
    return str(row.at.astimezone(UTC).isoformat())


def place(row: models.Model) -> str:
    """What the row's sealed value belongs to; told by columns that are never changed."""
    return "\x1f".join((f"{row._meta.db_table}.sealed", *_KEYS[type(row)](row)))


def _formerly(row: Any) -> str:
    if isinstance(row, Judgement):
        return f"judgement:{row.left}:{row.right}"
    return str(row.key if isinstance(row, Clue) else row.clue.key)


COLUMNS = tuple(
    SealedColumn(model, place, _formerly, () if model in (Clue, Judgement) else ("clue",)) for model in _KEYS
)
"""Every sealed column of this room, for the rotation of keys."""


def sealed_with(row: Row, value: Mapping[str, Any]) -> Row:
    """Seal a mapping (dates and decimals become text) into the row, saved or not; answers the row."""
    row.sealed = seal_bytes(canonical(value).encode(), place(row))  # type: ignore[attr-defined]
    return row


def unsealed(row: models.Model) -> dict[str, Any]:
    """What stands sealed in the row. Raises SealBroken where bytes were changed, moved, or the key is another."""
    stored: bytes = row.sealed  # type: ignore[attr-defined]
    told: dict[str, Any] = json.loads(unseal_bytes(stored, place(row), _formerly(row)))
    return told


def seal_bytes(value: bytes, belongs_to: str) -> bytes:
    """Encrypt bytes for the thing they belong to."""
    return sealed.seal_bytes(value, belongs_to)


def unseal_bytes(stored: bytes | memoryview, belongs_to: str, formerly: str | None = None) -> bytes:
    """Decrypt what ``seal_bytes`` made. Raises SealBroken likewise."""
    told = sealed.unseal_bytes(stored, belongs_to, formerly)
    if told is None:
        raise SealBroken(
            Fault(
                code="seal_broken", message="密文打不开：数据被改动，或密钥不是原来那一把", found=belongs_to.split("\x1f")[0]
            )
        )  # fmt: skip
    return told
