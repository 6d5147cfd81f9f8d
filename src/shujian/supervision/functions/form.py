"""What a named function is: its arguments, its answers, the parameters that it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shujian.supervision.functions.env_tax import NoRate

Row = Mapping[str, Any]
Answers = dict[str, Decimal | str | None]
Run = Callable[[Row, Mapping[str, Any]], Answers]


@dataclass(frozen=True)
class Named:
    """A function of the law: its arguments, its answers with their kinds, its parameters, one line of help."""

    takes: tuple[str, ...]
    optional: frozenset[str]
    gives: Mapping[str, str]
    parameters: tuple[str, ...]
    run: Run
    help: str


def amount(value: Any) -> Decimal | None:
    """A number of a row; None where there is none."""
    return None if value is None else Decimal(str(value))


def guarded(answers: tuple[str, ...], needed: tuple[str, ...]) -> Callable[[Run], Run]:
    """A missing argument or an unlisted pollutant gives “unknown”, never a made-up zero."""

    def wrap(function: Run) -> Run:
        def run(row: Row, params: Mapping[str, Any]) -> Answers:
            if any(row.get(name) is None for name in needed):
                return dict.fromkeys(answers)
            try:
                return function(row, params)
            except NoRate:
                return dict.fromkeys(answers)

        return run

    return wrap


__all__ = ["Answers", "Named", "Row", "Run", "amount", "guarded"]
