"""周岁: not on the birthday, from the day after; 29 February; the row-wise form against the plain one."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.matching.normalise.ages import birthday, of_age, under_age

BORN = date(2008, 5, 20)
LEAP = date(2008, 2, 29)


@pytest.mark.parametrize("years", [12, 14, 16, 18])
def test_not_on_the_birthday_but_on_the_day_after(years: int) -> None:
    year = 2008 + years
    assert not of_age(BORN, date(year, 5, 19), years)
    assert not of_age(BORN, date(year, 5, 20), years), "the birthday itself is still under age"
    assert of_age(BORN, date(year, 5, 21), years)


@pytest.mark.parametrize(
    ("on", "years", "reached"),
    [
        (date(2022, 2, 27), 14, False),
        (date(2022, 2, 28), 14, False),
        (date(2022, 3, 1), 14, True),
        (date(2024, 2, 28), 16, False),
        (date(2024, 2, 29), 16, False),
        (date(2024, 3, 1), 16, True),
        (date(2026, 2, 28), 18, False),
        (date(2026, 3, 1), 18, True),
    ],
)
def test_born_on_the_29th_of_february(on: date, years: int, reached: bool) -> None:
    assert of_age(LEAP, on, years) is reached
    assert under_age(pa.array([LEAP]), pa.array([on]), years).to_pylist() == [not reached]


def test_born_on_the_last_or_first_day_of_a_month() -> None:
    assert birthday(date(2008, 2, 28), 12 * 16) == date(2024, 2, 28)
    assert of_age(date(2008, 2, 28), date(2024, 2, 29), 16)
    assert birthday(date(2008, 1, 31), 1) == date(2008, 2, 29)
    assert birthday(date(2007, 12, 31), 12 * 18) == date(2025, 12, 31)
    assert of_age(date(2007, 12, 31), date(2026, 1, 1), 18)


def test_what_is_not_known_stays_unknown() -> None:
    days = pa.array([BORN, None, None], pa.date32())
    assert under_age(days, pa.array([None, BORN, None], pa.date32()), 18).to_pylist() == [None, None, None]


DAYS = st.dates(date(1900, 1, 1), date(2040, 12, 31))


def _oracle(birth: date, on: date, years: int) -> bool:
    """Independent: years between the calendars, one less until the day after the birthday has come."""
    return on.year - birth.year - ((on.month, on.day) <= (birth.month, birth.day)) >= years


@given(st.lists(st.tuples(DAYS, DAYS), max_size=30), st.sampled_from([12, 14, 16, 18, 75]))
def test_rows_and_single_days_agree_with_the_calendar(pairs: list[tuple[date, date]], years: int) -> None:
    births, days = (pa.array([pair[side] for pair in pairs], pa.date32()) for side in (0, 1))
    told = [_oracle(birth, on, years) for birth, on in pairs]
    assert [of_age(birth, on, years) for birth, on in pairs] == told
    assert under_age(births, days, years).to_pylist() == [not one for one in told]
