"""How an entry is sealed to the one before: pure functions, so that a verifier needs no database."""

from __future__ import annotations

from shujian.kernel.canonical import digest

GENESIS = "0" * 64
"""The hash before the first entry."""


def seal(*, seq: int, at: str, actor: str, action: str, thing: str, detail: str, prev: str) -> str:
    """SM3 (GB/T 32905) of the entry's stored texts and the hash before it, 64 hexadecimal characters."""
    return digest([seq, at, actor, action, thing, detail, prev])
