"""Who stands in for whom: the accounts room answers, which knows leave; tests may ask another."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from shujian.accounts.read import OnLeave


class Deputies(Protocol):
    """What routing asks: who takes the work of an account on a day."""

    def stands_for(self, username: str, day: date) -> str | None:
        """The account itself where it is at work, its deputy's where it is on leave, None where nobody stands in."""


_known: list[Deputies] = [OnLeave()]


def deputies() -> Deputies:
    """The answers in use."""
    return _known[-1]


def use_deputies(answers: Deputies) -> None:
    """Ask another from now on."""
    _known[:] = [answers]
