"""What the quick paths of a column answer is what the normalisers answer one by one."""

from __future__ import annotations

from datetime import date, datetime

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from shujian.lake.columns.numbers import read_numbers
from shujian.lake.columns.words import person_names, read_words, word_sides
from shujian.matching.normalise import dates, person
from shujian.matching.normalise.text import MISSING

_SIGNS = st.text(alphabet="示例甲乙某无名氏不详保密匿一鿿㛃·* a张", min_size=1, max_size=5)
_NAMES = st.lists(_SIGNS | st.sampled_from(sorted(MISSING | person.NOT_NAMES)), min_size=1, max_size=20)


@given(_NAMES)
def test_names(found: list[str]) -> None:
    values = pa.array(found, pa.string())
    assert person_names(values).to_pylist() == [person.key(name) for name in found]
    assert read_words(values, "person_name").to_pylist() == [person.normalise(name) or name for name in found]
    flags = word_sides(values, "person_name").get("flag")
    assert (flags.to_pylist() if flags else [None] * len(found)) == [person.flag(name) for name in found]


_DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(str) | st.from_regex(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True
)


@given(st.lists(_DAYS, min_size=1, max_size=20))
def test_days(found: list[str]) -> None:
    typed = read_numbers(pa.array(found, pa.string()), "date")
    wanted = [dates.parse_date(text) for text in found]
    assert [day for day, bad in zip(typed.values.to_pylist(), typed.bad, strict=True) if not bad] == [
        day for day, bad in zip(wanted, typed.bad, strict=True) if not bad
    ]
    assert all(day is None for day, bad in zip(wanted, typed.bad, strict=True) if bad)


@given(st.lists(_DAYS, min_size=1, max_size=20))
def test_moments(found: list[str]) -> None:
    texts = [f"{day} 08:00:00" for day in found]
    typed = read_numbers(pa.array(texts, pa.string()), "timestamp")
    wanted = [dates.parse_timestamp(text) for text in texts]
    for moment, bad, value in zip(wanted, typed.bad, typed.values.to_pylist(), strict=True):
        assert value == moment or (bad and moment is None)


def test_a_moment_of_the_year_nought_is_no_moment() -> None:
    """Arrow would take it; no calendar has it."""
    typed = read_numbers(pa.array(["0000-01-01 08:00:00", "0001-01-01 08:00:00"], pa.string()), "timestamp")
    assert typed.bad.tolist() == [True, False]
    assert typed.values.to_pylist() == [None, datetime.fromisoformat("0001-01-01T08:00:00")]
