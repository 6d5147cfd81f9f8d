"""Errors that a user can act on: each fault names the place, what was found and what was expected.

All faults of one input are gathered and raised once. Each error class carries the exit code of
the command line (CONTRACT: 1 faults found, 2 wrong use, 3 refused by a guard, 4 busy or lacking).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing wrong with an input. ``message`` is a Chinese sentence; ``code`` is stable English."""

    code: str
    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    field: str | None = None
    found: str | None = None
    expected: str | None = None

    def as_dict(self) -> dict[str, str | int | None]:
        """The contract's error item: every key present, null where unknown."""
        return asdict(self)

    def sentence(self) -> str:
        """The fault as one Chinese line: place, message, found, expected."""
        place = ""
        if self.file:
            place = self.file + (f" 第 {self.line} 行" if self.line else "")
        if self.field:
            place += f"{' ' if place else ''}字段“{self.field}”"
        tail = ""
        if self.found is not None:
            tail += f"；实际为：{self.found}"
        if self.expected is not None:
            tail += f"；应为：{self.expected}"
        return f"{place + '：' if place else ''}{self.message}{tail}"


class ShujianError(Exception):
    """Base of every error that we raise on purpose; carries one fault or many, each told once."""

    exit_code: ClassVar[int] = 2

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        told = (faults,) if isinstance(faults, Fault) else faults
        self.faults: tuple[Fault, ...] = tuple(dict.fromkeys(told))
        super().__init__("\n".join(fault.sentence() for fault in self.faults))


class FaultsFound(ShujianError):
    """The work was done and found faults: a failed proof, too many rejects, a broken chain."""

    exit_code = 1


class BadInput(ShujianError):
    """Wrong use, or a file that is refused."""

    exit_code = 2


class GuardRefused(ShujianError):
    """A guard said no: expired agreement, stale data, no purpose, no right."""

    exit_code = 3


class Unavailable(ShujianError):
    """Busy, or the environment lacks something."""

    exit_code = 4


class FaultList:
    """Gathers the faults of one input, so that all are reported at once."""

    def __init__(self) -> None:
        self.items: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Keep one fault."""
        self.items.append(fault)

    def raise_if_any(self, error: type[ShujianError] = BadInput) -> None:
        """Raise ``error`` with everything gathered; do nothing when there is none."""
        if self.items:
            raise error(self.items)
