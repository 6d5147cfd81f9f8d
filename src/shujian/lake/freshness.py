"""Whether an extract is young enough, when the next one is due, and how an agreement stands."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from shujian.lake.sources import SourceContract

SOON = timedelta(days=30)
"""So long before its end an agreement is worth a word."""


def fresh_on(contract: SourceContract | None, extract_on: date | None, day: date) -> bool | None:
    """Whether an extract is within the contract's limit on a day; None where that cannot be said."""
    if contract is None or extract_on is None:
        return None
    return extract_on >= day - timedelta(days=contract.fresh_days)


def after(day: date, period: str) -> date:
    """A day so much later by the calendar: ``P7D``, ``P2W``, ``P1M``, ``P1Y``; the 31st becomes a month's last day."""
    count, unit = int(period[1:-1]), period[-1]
    if unit in "DW":
        return day + timedelta(days=count * (7 if unit == "W" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "Y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Delivery:
    """When the next extract is due by the agreed cadence. ``overdue``: the day has passed; None where nothing came."""

    due_on: date | None
    overdue: bool | None


def delivery(contract: SourceContract | None, last_on: date | None, day: date) -> Delivery:
    """What is due after the last extract (its date, else its receipt)."""
    if contract is None or last_on is None:
        return Delivery(None, None)
    due = after(last_on, contract.cadence)
    return Delivery(due, day > due)


def agreement_state(contract: SourceContract, day: date) -> str:
    """One of expired, pending (not begun), ending (within thirty days), running, open (no end agreed)."""
    expires = contract.agreement.expires
    if expires is not None and expires < day:
        return "expired"
    if contract.agreement.from_ is not None and contract.agreement.from_ > day:
        return "pending"
    if expires is None:
        return "open"
    return "ending" if expires <= day + SOON else "running"
