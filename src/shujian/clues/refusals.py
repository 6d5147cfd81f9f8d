"""What was refused is on record too: who tried, at which clue, which step, by which codes. No words, no person's data."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from shujian.audit import service as audit
from shujian.clues.errors import ClueRefused
from shujian.kernel.errors import BadInput

P = ParamSpec("P")
R = TypeVar("R")
_NUMBER = re.compile(r"(?:XS|YY|CC)?\d{1,15}", re.IGNORECASE)


def refusals_told(step: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorate a step of a person (``actor`` and ``number`` by name): where it is refused, an audit entry stays.

    The step itself must have left nothing behind: it is one transaction. ``step``: its name, or the name of the
    argument that names it.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def done(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return function(*args, **kwargs)
            except (BadInput, ClueRefused) as error:
                told: dict[str, Any] = dict(kwargs)
                number = str(told.get("number", ""))
                audit.record(
                    actor=told["actor"].name, action="clue.refused",
                    thing=f"clue:{number.upper() if _NUMBER.fullmatch(number) else '?'}",
                    detail={"step": str(told.get(step, step))[:20], "codes": sorted({one.code for one in error.faults})},
                )  # fmt: skip
                raise

        return done

    return decorate
