"""Few bytes at rest: SM4-GCM (GB/T 32907, GB/T 36624) under a numbered key that lies outside the database.

A sealed value: ``SJ1``, four bytes of key number, 12 random bytes, the ciphertext, 16 bytes of tag. What it belongs to
(table, column, row) is authenticated with it, so that a value moved elsewhere does not open. Values of earlier versions
bear neither mark nor number.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shujian.kernel.gm import NONCE, sm4_gcm_open, sm4_gcm_seal
from shujian.kernel.keyring import ring

MARK = b"SJ1"
BARE = 0
"""The number told of values that bear none."""


@dataclass(frozen=True)
class SealedColumn:
    """A column of a room that holds sealed values: its model, what a row's value belongs to, and belonged to formerly.

    ``along``: relations that are asked for with the rows.
    """

    model: Any
    place: Callable[[Any], str]
    formerly: Callable[[Any], str]
    along: tuple[str, ...] = ()
    column: str = "sealed"

    @property
    def name(self) -> str:
        """``table.column``."""
        return f"{self.model._meta.db_table}.{self.column}"


def header(number: int) -> bytes:
    """The first bytes of what this key sealed."""
    return MARK + number.to_bytes(4, "big")


def key_number(stored: bytes | memoryview) -> int:
    """Which key sealed a value; ``BARE`` where it does not say."""
    start = bytes(stored[: len(MARK) + 4])
    return int.from_bytes(start[len(MARK) :], "big") if start.startswith(MARK) else BARE


def seal_bytes(value: bytes, belongs_to: str) -> bytes:
    """Seal under the key in use. Raises Unavailable where the master key is missing or another."""
    keys = ring()
    start, nonce = header(keys.current), os.urandom(NONCE)
    key = keys.opened[keys.current]
    return start + nonce + sm4_gcm_seal(key, nonce, start + belongs_to.encode(), value)


def unseal_bytes(stored: bytes | memoryview, belongs_to: str, formerly: str | None = None) -> bytes | None:
    """What ``seal_bytes`` sealed; None where bytes were changed or moved, or the key is another or destroyed.

    ``formerly``: what a value without a number belongs to, where that is told otherwise.
    """
    data, keys = bytes(stored), ring()
    start = data[: len(MARK) + 4]
    key = keys.opened.get(key_number(data))
    if key is not None:
        opened = _open(key, data[len(start) :], start + belongs_to.encode())
        if opened is not None:
            return opened
    if keys.bare is None:
        return None
    return _open(keys.opened[keys.bare], data, (formerly or belongs_to).encode())


def _open(key: bytes, data: bytes, told: bytes) -> bytes | None:
    return sm4_gcm_open(key, data[:NONCE], told, data[NONCE:])
