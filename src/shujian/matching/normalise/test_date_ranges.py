"""Dates as ranges: months, quarters, spans; impossible and future days told apart."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.matching.normalise.date_ranges import DateRange, read_dates, read_many
from shujian.matching.normalise.dates import parse_date

TODAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("text", "low", "high", "precision"),
    [
        ("2024年3月5日", (2024, 3, 5), (2024, 3, 5), "day"),
        ("20240305", (2024, 3, 5), (2024, 3, 5), "day"),
        ("二〇二四年三月", (2024, 3, 1), (2024, 3, 31), "month"),
        ("二○二四年十二月份", (2024, 12, 1), (2024, 12, 31), "month"),
        ("二〇二四年三月二十一日", (2024, 3, 21), (2024, 3, 21), "day"),
        ("2024-02", (2024, 2, 1), (2024, 2, 29), "month"),
        ("2023.2", (2023, 2, 1), (2023, 2, 28), "month"),
        ("202402", (2024, 2, 1), (2024, 2, 29), "month"),
        ("2024年", (2024, 1, 1), (2024, 12, 31), "year"),
        ("2024年度", (2024, 1, 1), (2024, 12, 31), "year"),
        ("2024年2月下旬", (2024, 2, 21), (2024, 2, 29), "third"),
        ("2024年3月底", (2024, 3, 1), (2024, 3, 31), "month"),
        ("2024年第三季度", (2024, 7, 1), (2024, 9, 30), "quarter"),
        ("2024年下半年", (2024, 7, 1), (2024, 12, 31), "half"),
        ("2024年3月至5月", (2024, 3, 1), (2024, 5, 31), "span"),
        ("2024年3月—2025年1月", (2024, 3, 1), (2025, 1, 31), "span"),
        ("自2024年3月5日起至2024年5月1日止", (2024, 3, 5), (2024, 5, 1), "span"),
        ("2024年3月5日至8日", (2024, 3, 5), (2024, 3, 8), "span"),
        ("2024年3月5日至4月8日", (2024, 3, 5), (2024, 4, 8), "span"),
        ("2024-03-05~2024-05-01", (2024, 3, 5), (2024, 5, 1), "span"),
        ("2024-03-05 - 2024-05-01", (2024, 3, 5), (2024, 5, 1), "span"),
        ("2024.3.5-2024.5.1", (2024, 3, 5), (2024, 5, 1), "span"),
        ("2024.3-5", (2024, 3, 1), (2024, 5, 31), "span"),
        ("2024.3.5-5.1", (2024, 3, 5), (2024, 5, 1), "span"),
        ("20240305-20240501", (2024, 3, 5), (2024, 5, 1), "span"),
        ("2023-2024年", (2023, 1, 1), (2024, 12, 31), "span"),
        ("2023年至2024年", (2023, 1, 1), (2024, 12, 31), "span"),
        ("二〇二四年三月至五月", (2024, 3, 1), (2024, 5, 31), "span"),
        ("2026年3月至今", (2026, 3, 1), (2026, 6, 30), "span"),
        ("2026年6月", (2026, 6, 1), (2026, 6, 30), "month"),
        ("2026年", (2026, 1, 1), (2026, 12, 31), "year"),
    ],
)
def test_table_of_ranges(
    text: str, low: tuple[int, int, int], high: tuple[int, int, int], precision: str
) -> None:
    assert read_dates(text, TODAY) == DateRange(date(*low), date(*high), precision, "ok")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("2024年2月30日", "impossible"),
        ("2023-02-29", "impossible"),
        ("20241301", "impossible"),
        ("2024年13月", "impossible"),
        ("2024/13", "impossible"),
        ("2024年0月", "impossible"),
        ("2024年3月至13月", "impossible"),
        ("二〇二四年二月三十日", "impossible"),
        ("2024年5月至3月", "reversed"),
        ("2027年3月至今", "reversed"),
        ("3月至5月", "unreadable"),
        ("2024-3-5 1", "unreadable"),
        ("2024年3月至5月至7月", "unreadable"),
        ("近日", "unreadable"),
        ("-" * 5000, "unreadable"),
        ("2024年3月至" * 500, "unreadable"),
        ("45356", "unreadable"),
        ("", "missing"),
        ("不详", "missing"),
        (None, "missing"),
    ],
)
def test_table_of_refusals(text: str | None, state: str) -> None:
    assert read_dates(text, TODAY) == DateRange(None, None, None, state)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("2026-06-30", "ok"),
        ("2026-07-01", "future"),
        ("2099-12-31", "future"),
        ("2026年7月", "future"),
        ("2026年5月1日至2026年7月1日", "future"),
        ("2027年", "future"),
    ],
)
def test_future_days_are_real_days(text: str, state: str) -> None:
    read = read_dates(text, TODAY)
    assert read.state == state and read.low is not None and read.high is not None


def test_serials() -> None:
    day = date(2024, 3, 5)
    assert read_dates("45356", TODAY, serial=True) == DateRange(day, day, "day", "ok")
    assert read_dates("60000", TODAY, serial=True).state == "future"
    assert [read_dates(text, TODAY, serial=True).state for text in ("60", "0", "9999999")] == [
        "impossible"
    ] * 3
    first, second = read_many(["2024年3月", "2024年3月"], TODAY)
    assert first is second


days = st.dates(date(1950, 1, 1), TODAY)


@given(days)
def test_a_day_is_read_as_dates_reads_it_and_its_month_holds_it(day: date) -> None:
    assert read_dates(f"{day:%Y/%m/%d}", TODAY) == DateRange(day, day, "day", "ok")
    for text in (f"{day.year}年{day.month}月", f"{day.year}-{day.month:02d}", f"{day.year}.{day.month}"):
        last = monthrange(day.year, day.month)[1]
        assert read_dates(text, TODAY) == DateRange(day.replace(day=1), day.replace(day=last), "month", "ok")


@given(
    days,
    days,
    st.sampled_from(["%Y年%m月%d日", "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"]),
    st.sampled_from(["至", "~", "—", "-", "到"]),
)
def test_two_days_make_a_span(one: date, two: date, form: str, sign: str) -> None:
    low, high = sorted((one, two))
    assert read_dates(low.strftime(form) + sign + high.strftime(form), TODAY) == DateRange(
        low, high, "span", "ok"
    )
    if low != high:
        assert read_dates(high.strftime(form) + sign + low.strftime(form), TODAY).state == "reversed"


@given(
    st.text(max_size=16) | st.text(alphabet="0123456789年月日至-~./〇一二三十上中下旬季度半今", max_size=14)
)
def test_any_text_is_read_without_raising(text: str) -> None:
    read = read_dates(text, TODAY)
    assert (read.low is None) == (read.high is None) == (read.state not in ("ok", "future"))
    assert read.low is None or read.high is None or read.low <= read.high
    if (day := parse_date(text)) is not None:
        assert (read.low, read.high) == (day, day)
