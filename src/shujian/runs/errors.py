"""Errors of the runs room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shujian.kernel.errors import BadInput, GuardRefused, ShujianError


class RunUnknown(BadInput):
    """There is no run of this id."""


class NoPurpose(GuardRefused):
    """Outside evaluation mode a run must name the matter it serves."""


class SomeRunsFailed(ShujianError):
    """Of several models some could not run; ``records`` holds those that did, and are stored."""

    def __init__(self, errors: Sequence[ShujianError], records: Sequence[Any]) -> None:
        super().__init__([fault for error in errors for fault in error.faults])
        self.records = tuple(records)
        self.exit_code = max(error.exit_code for error in errors)  # type: ignore[misc]
