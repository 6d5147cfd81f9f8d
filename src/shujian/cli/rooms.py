"""The way from the command line into the Django rooms: opened once, and every look at persons' rows on record."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

if TYPE_CHECKING:
    from shujian.accounts.read import Actor

P = ParamSpec("P")
R = TypeVar("R")


def open_rooms() -> Actor:
    """Set Django up, bring the tables up to date, and answer who acts: ``cli:<os user>``."""
    from shujian.server.start import open_rooms as start

    start()
    from shujian.accounts.read import shell_actor

    return shell_actor()


def reads_persons(action: str, thing: Callable[..., str]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorate a command that shows persons' rows: it opens the rooms and is audited before it runs.

    ``thing`` is asked with the command's own arguments (by name) and must not name a person.
    """

    def decorate(command: Callable[P, R]) -> Callable[P, R]:
        @wraps(command)
        def looked(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = open_rooms()
            from shujian.audit.service import audited

            record = audited(
                action, actor=lambda *_, **__: actor.name, thing=lambda *_, **told: thing(**told)
            )
            return record(command)(*args, **kwargs)

        told: Any = looked
        told.reads = action
        return looked

    return decorate


def clue_thing(number: str) -> str:
    """What the audit chain calls a clue, however its number was typed: ``clue:XS000001`` of ``1``."""
    digits = number.strip().upper().removeprefix("XS")
    return f"clue:XS{int(digits):06d}" if digits.isdecimal() and len(digits) < 16 else f"clue:{number[:20]}"


def told_filters(**told: Any) -> str:
    """The filters of a list as one line for the audit chain: ``model=M08 state=C1``."""
    named = [f"{name}={value}" for name, value in told.items() if value not in (None, "", False)]
    return " ".join(named) or "all"
