"""Quarters, months and due days of the environmental protection tax, and the late fee on what was not paid in time."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shujian.supervision.functions.env_tax import late_fee, pick

Table = Mapping[str, Any]
WHOLE = "整月"


@dataclass(frozen=True)
class Due:
    """Last day of a quarter's filing period; ``published``: the notice of the tax authority's calendar, None: counted."""

    day: date
    published: str | None

    def words(self, params: Table) -> str:
        """The day, and where it comes from."""
        told = (
            f"征期日历，{self.published}"
            if self.published
            else f"季度终了后{params['filing_days']}日，该季征期日历未载入，节假日顺延未计"
        )
        return f"申报期满日{self.day.isoformat()}（{told}）"


@dataclass(frozen=True)
class Part:
    """The months of one quarter that lie in a span: ``months`` may be a fraction where days are counted."""

    last: date
    months: Decimal


def quarter_last(day: date) -> date:
    """Last day of the quarter of a day."""
    month = (day.month + 2) // 3 * 3
    return date(day.year, month, monthrange(day.year, month)[1])


def due_of(params: Table, last: date) -> Due:
    """Due day of the quarter that ends on ``last``: the published calendar first; holidays are never computed."""
    for year in params["tax_calendar"]:
        listed = year["due"].get(last.isoformat())
        if listed is not None:
            return Due(date.fromisoformat(str(listed)), str(year["basis"]))
    return Due(last + timedelta(days=int(params["filing_days"])), None)


def parts(params: Table, start: date, end: date) -> list[Part]:
    """The span quarter by quarter; a month begun counts whole or by its days, as the parameter says."""
    whole = params["dust_part_month"] == WHOLE
    found: dict[date, Decimal] = {}
    year, month = start.year, start.month
    while (year, month) <= (end.year, end.month):
        size = monthrange(year, month)[1]
        first, last = date(year, month, 1), date(year, month, size)
        days = (min(end, last) - max(start, first)).days + 1
        share = Decimal(1) if whole else Decimal(days) / Decimal(size)
        quarter = quarter_last(first)
        found[quarter] = found.get(quarter, Decimal(0)) + share
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return [Part(last, months) for last, months in sorted(found.items())]


def late(params: Table, unpaid: Decimal, last: date, seen: date) -> tuple[Decimal, int]:
    """Late fee and its days, from the day after the due day to ``seen``; nothing before that."""
    days = max((seen - due_of(params, last).day).days, 0)
    return late_fee(params, unpaid, days), days


def ground(params: Table, name: str) -> str:
    """How a legal ground is written."""
    return str(pick(params["grounds"], name))
