"""News of the accounts room."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DeputyNamed:
    """Somebody is to stand in for an absent colleague. ``deputy``: the account's id."""

    absence: int
    deputy: int
    from_on: str
    to_on: str
