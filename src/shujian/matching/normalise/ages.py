"""Full years of age (周岁), one rule for every place that asks: they are reached on the day after the birthday.

法释〔2006〕1号 第二条: 周岁 are counted by the calendar's year, month and day, from the second day, the one after the
birthday. In a year without the birthday's day (29 February) the month's last day stands for it (民法典 第二百零二条), so that
the first of March is the first day. Rows are asked in Arrow (``under_age``), models by ``of_age`` of their language,
which ``supervision.functions.scalar`` writes as SQL; a property test holds all three together.
"""

from __future__ import annotations

import calendar
from datetime import date
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

_PLACES = {"year": 10_000, "month": 100, "day": 1}


def birthday(birth: date, months: int) -> date:
    """The day on which so many months are full, and the age is not yet reached; of 29 February the month's last."""
    year, month = divmod(birth.year * 12 + birth.month - 1 + months, 12)
    return date(year, month + 1, min(birth.day, calendar.monthrange(year, month + 1)[1]))


def of_age(birth: date, on: date, years: int) -> bool:
    """Whether somebody born on a day has reached so many full years on another."""
    return on > birthday(birth, years * 12)


def under_age(birth: pa.Array, on: pa.Array, years: int) -> pa.Array:
    """Not ``of_age``, for a column of days (date or timestamp); null where either is null."""
    return pc.less_equal(pc.subtract(_number(on), _number(birth)), years * _PLACES["year"])


def _number(days: pa.Array) -> pa.Array:
    """A day as the number yyyymmdd: 29 February comes after every day of a shorter February, before any March."""
    return reduce(pc.add, (pc.multiply(getattr(pc, name)(days), place) for name, place in _PLACES.items()))
