"""One cell of a date, an amount or a number: its value, that it is none, or what it says less than exactly."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from shujian.matching.normalise import amounts, coordinates, date_ranges, dates, money
from shujian.matching.normalise.text import fold, is_missing, upper

MISSING = object()
"""What a reader answers for a stand-in such as 无 or ``/``: no value, and no fault."""

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}(?:\.0+)?")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_EVER = date(9999, 12, 31)
_TURN = 1000
"""Beyond so many degrees a number is metres of a projected grid."""

Reader = Callable[[str], Any]
"""Answers the value, ``MISSING``, a ``Doubt``, or None where the cell cannot be read."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell that was read, though not to one plain value: why, within what ends, and the value if it has one."""

    flag: str
    low: Any = None
    high: Any = None
    value: Any = None


def _or_missing(answer: Any, text: str) -> Any:
    return MISSING if answer is None and is_missing(upper(fold(text))) else answer


def days(serial: bool, told: bool) -> Reader:
    """Days. ``serial``: bare numbers are day numbers, as in sheets; ``told``: likewise, in a text file, flagged."""

    def read(text: str) -> Any:
        return _or_missing(dates.parse_date(text, serial=serial) or _stretch(text, serial, told), text)

    return read


def moments(serial: bool, told: bool) -> Reader:
    """Moments; see ``days``."""

    def read(text: str) -> Any:
        at = dates.parse_timestamp(text, serial=serial)
        if at is None:
            found = _stretch(text, serial, told)
            if isinstance(found, Doubt) and found.value is not None:
                return Doubt(found.flag, value=_at_midnight(text, found.value, told))
            return _or_missing(found, text)
        return at

    return read


def _at_midnight(text: str, day: date, told: bool) -> datetime:
    exact = dates.parse_timestamp(text, serial=True) if told else None
    return exact or datetime.combine(day, time())


def _stretch(text: str, serial: bool, told: bool) -> Doubt | None:
    """A month, a year, from one day to another: its ends, and no day. None where the text is no date at all."""
    if told:
        day = dates.parse_date(text, serial=True)
        if day:
            return Doubt("serial", value=day)
    read = date_ranges.read_dates(text, _EVER, serial=serial)
    if read.state != "ok" or read.high == _EVER:  # 至今 ends on no day that would still hold tomorrow
        return None
    if read.precision == "day":
        return Doubt("respelled", value=read.low)
    return Doubt(str(read.precision), read.low, read.high)


def money_in(unit: str) -> Reader:
    """Amounts in 元; ``unit`` holds where the text names none."""

    def read(text: str) -> Any:
        found = money.read_money(text, unit)
        if found.reason == "missing":
            return MISSING
        if found.amount is not None:
            return _scaled(found.amount, 16, "0.01")
        return _between(text, unit, "range" if found.reason == "range" else "approximate")

    return read


def _between(text: str, unit: str, why: str) -> Doubt | None:
    """What an inexact amount lies between: 1.2万余, 三至五万元; 5万元以上 has no upper end."""
    read = amounts.read_amount(text, unit)
    low, high = _scaled(read.low, 16, "0.01"), _scaled(read.high, 16, "0.01")
    if low is None or (high is None and read.high is not None):
        return None
    if read.exact:
        return Doubt("respelled", value=low)
    return Doubt("above" if high is None else why, low, high)


def degrees(text: str) -> Any:
    """Degrees in any spelling. What is none is flagged and keeps no row out: a place may still have its address."""
    if is_missing(upper(fold(text))):
        return MISSING
    found = coordinates.degrees(text)
    if found is None:
        return Doubt("unreadable")
    if not -_TURN < found < _TURN:
        return Doubt("projected")
    return _scaled(Decimal(repr(found)), 4, "0.000001")


def integer(text: str) -> Any:
    """A whole number, 1,234 and 5.0 too."""
    shown = fold(text)
    if _GROUPED.fullmatch(shown):
        shown = shown.replace(",", "")
    return _or_missing(int(shown.partition(".")[0]) if _INTEGER.fullmatch(shown) else None, text)


def decimal(text: str) -> Any:
    """A number with up to six places and twelve digits before the point."""
    shown = fold(text)
    if _GROUPED.fullmatch(shown):
        shown = shown.replace(",", "")
    found = _scaled(Decimal(shown), 12, "0.000001") if _DECIMAL.fullmatch(shown) else None
    return _or_missing(found, text)


def _scaled(amount: Decimal | None, digits: int, step: str) -> Decimal | None:
    """Rounded half up to the column's places; None where it has more digits than the column holds."""
    if amount is None or not amount.is_finite() or abs(amount) >= Decimal(10) ** digits:
        return None
    return amount.quantize(Decimal(step), rounding=ROUND_HALF_UP)
