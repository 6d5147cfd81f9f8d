"""Numbers of the worker, from the dated parameters ``jobs.*``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from shujian.kernel.clock import today
from shujian.supervision.read import setting


@dataclass(frozen=True)
class Limits:
    """``attempts`` before a job is put aside; ``first`` and ``most``: the wait after a failure doubles between them."""

    attempts: int
    first: timedelta
    most: timedelta
    lease: timedelta
    keep: timedelta

    def wait(self, attempts: int) -> timedelta:
        """How long to wait after so many failed attempts."""
        doubled: timedelta = self.first * 2 ** min(attempts - 1, 20)
        return min(doubled, self.most)


def limits() -> Limits:
    """Those in force today. Raises BadInput where the parameters do not load."""
    day = today()

    def number(name: str) -> int:
        return int(setting(f"jobs.{name}", day))

    return Limits(
        number("attempts"), timedelta(seconds=number("wait_first_seconds")), timedelta(seconds=number("wait_most_seconds")),
        timedelta(seconds=number("lease_seconds")), timedelta(days=number("keep_days")),
    )  # fmt: skip
