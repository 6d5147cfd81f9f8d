"""Who stands in for whom. The answers come from the accounts room once it knows leave; until then nobody is away."""

from __future__ import annotations

from datetime import date
from typing import Protocol


class Deputies(Protocol):
    """What routing asks: who takes the work of an account on a day."""

    def stands_for(self, username: str, day: date) -> str | None:
        """The account itself where it is at work, its deputy's where it is on leave, None where nobody stands in."""


class NobodyAway:
    """No leave is known."""

    def stands_for(self, username: str, day: date) -> str | None:
        """The account itself."""
        return username


_known: list[Deputies] = [NobodyAway()]


def deputies() -> Deputies:
    """The answers in use."""
    return _known[-1]


def use_deputies(answers: Deputies) -> None:
    """Ask another from now on; called once, where the house is wired."""
    _known[:] = [answers]
