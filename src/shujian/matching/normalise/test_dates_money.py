"""Dates and amounts as people write them; what is not exact is refused with its reason."""

# ruff: noqa: DTZ001 - moments in China time carry no zone, by contract

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.matching.normalise.dates import parse_date, parse_dates, parse_timestamp
from shujian.matching.normalise.money import UNITS, parse_money, read_many, read_money

DAY = date(2024, 3, 5)
CJK = "〇一二三四五六七八九"


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else CJK[tens] + "十")
    return head + (CJK[ones] if ones else "")


@given(st.dates(date(1000, 1, 1)))
def test_every_way_of_writing_a_day_names_that_day(day: date) -> None:
    year, month, dom = day.year, day.month, day.day
    ways = [
        f"{year}-{month}-{dom}", f"{year}/{month:02d}/{dom:02d}", f"{year}.{month}.{dom}", f"{day:%Y%m%d}",
        f"{year}年{month}月{dom}日", f"{year} 年 {month} 月 {dom} 日", f"{day.isoformat()}T23:59:59",
        f"{year}-{month}-{dom} 8:05", f"{year}年{month}月{dom}日星期一",
        "".join(CJK[int(d)] for d in str(year)) + f"年{_chinese(month)}月{_chinese(dom)}日",
        "".join(chr(ord(sign) + 0xFEE0) for sign in day.isoformat()),
    ]  # fmt: skip
    assert {way: parse_date(way) for way in ways} == dict.fromkeys(ways, day)


@given(st.dates(date(1900, 3, 1)))
def test_excel_serials_count_from_the_end_of_1899(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert parse_date(str(serial), serial=True) == day
    assert parse_date(f"{serial}.5", serial=True) == day
    if len(str(serial)) != 8:
        assert parse_date(str(serial)) is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("45356", DAY),
        ("1", date(1900, 1, 1)),
        ("59", date(1900, 2, 28)),
        ("60", None),
        ("61", date(1900, 3, 1)),
        ("0", None),
        ("2958465", date(9999, 12, 31)),
        ("2958466", None),
        ("2024-03-05", DAY),
    ],
)
def test_table_of_serials(written: str, day: date | None) -> None:
    assert parse_date(written, serial=True) == day


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024-03-05", datetime(2024, 3, 5)),
        ("2024-03-05 12:30", datetime(2024, 3, 5, 12, 30)),
        ("2024-03-05 12:30:45", datetime(2024, 3, 5, 12, 30, 45)),
        ("2024-03-05T12:30:45.123456", datetime(2024, 3, 5, 12, 30, 45, 123456)),
        ("2024-3-5 12:30", datetime(2024, 3, 5, 12, 30)),
        ("2024/3/5　8：05", datetime(2024, 3, 5, 8, 5)),
        ("2024年3月5日12时30分", datetime(2024, 3, 5, 12, 30)),
        ("2024年3月5日 下午3点20分", datetime(2024, 3, 5, 15, 20)),
        ("2024年3月5日上午9时", datetime(2024, 3, 5, 9)),
        ("20240305123045", datetime(2024, 3, 5, 12, 30, 45)),
        ("20240305 123045", datetime(2024, 3, 5, 12, 30, 45)),
        ("2024-03-05T16:30:00Z", datetime(2024, 3, 6, 0, 30)),
        ("2024-03-05T12:30:00+08:00", datetime(2024, 3, 5, 12, 30)),
        ("二〇二四年元月五日", datetime(2024, 1, 5)),
        ("二零二四年三月三十一日", datetime(2024, 3, 31)),
        ("二O二四年十二月二十日", datetime(2024, 12, 20)),
        ("2024-03-05 24:30", None),
        ("2024-03-05 乱码", None),
        ("2024-02-30", None),
        ("2023-02-29", None),
        ("2024-13-01", None),
        ("2024年3月", None),
        ("二〇二四年三月", None),
        ("2024-03", None),
        ("202403", None),
        ("2024", None),
        ("24-3-5", None),
        ("3/5/2024", None),
        ("2024-3/5", None),
        ("2024-3-1 1", None),
        ("二〇二四年三月十十日", None),
        ("昨天", None),
        ("", None),
        (None, None),
    ],
)
def test_table_of_moments(written: str | None, moment: datetime | None) -> None:
    assert parse_timestamp(written) == moment
    assert parse_date(written) == (moment.date() if moment else None)


@given(st.text(max_size=20), st.booleans())
def test_any_text_is_read_without_raising(written: str, serial: bool) -> None:
    parse_timestamp(written, serial=serial)
    read = read_money(written)
    assert (read.amount is None) == (read.reason is not None)


def test_columns_of_dates() -> None:
    assert parse_dates(["2024-3-5", None, "45356"], serial=True) == [DAY, None, DAY]


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_commas_signs_and_currencies_do_not_change_an_amount(amount: Decimal) -> None:
    ways = (
        f"{amount}",
        f"{amount:,}",
        f"¥{amount:,}",
        f"人民币{amount:,}元",
        f"{amount}元整",
        f"{amount:,}".replace(",", "，"),
    )
    assert {parse_money(way) for way in ways} == {amount}
    assert parse_money(f"-{amount}") == -amount
    assert parse_money(f"{amount}万元") == amount * 10_000
    assert parse_money(f"{amount}", unit="万元") == amount * 10_000
    assert parse_money(f"{amount}元", unit="万元") == amount


def _formal(number: int) -> str:
    """A number below 10^12 in formal numerals, by the rules of bank slips; independent of the reader."""
    digits, places = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")
    written = ""
    for index, mark in ((2, "亿"), (1, "万"), (0, "")):
        section = number // 10 ** (4 * index) % 10_000
        if not section:
            continue
        part, gap = "", False
        for place in (3, 2, 1, 0):
            digit = section // 10**place % 10
            if digit:
                part += (
                    ("零" if gap or (written and not part and place < 3) else "")
                    + digits[digit]
                    + places[place]
                )
                gap = False
            else:
                gap = bool(part)
        missing = written and index == 0 and number // 10_000 % 10_000 == 0 and not part.startswith("零")
        written += ("零" if missing else "") + part + mark
    return written or "零"


@given(st.one_of(st.integers(0, 10**12 - 1), st.integers(0, 99_999)))
def test_formal_numerals_are_read_back(number: int) -> None:
    assert parse_money(_formal(number) + "元整") == number
    assert parse_money("人民币" + _formal(number) + "圆整") == number


@pytest.mark.parametrize(
    ("written", "unit", "amount"),
    [
        ("１２万元", "元", "120000"),
        ("1.2万", "元", "12000"),
        ("3亿", "元", "300000000"),
        ("5百万元", "元", "5000000"),
        ("5000", "亿元", "500000000000"),
        ("12元5角", "元", "12.5"),
        ("12元5角3分", "元", "12.53"),
        ("5角", "元", "0.5"),
        ("3万5000元", "元", "35000"),
        ("3万5千元", "元", "35000"),
        ("1亿2000万元", "元", "120000000"),
        ("壹拾贰万叁仟元整", "元", "123000"),
        ("人民币壹拾贰万叁仟元（整）", "元", "123000"),
        ("壹佰元零伍分", "元", "100.05"),
        ("壹佰元伍角叁分", "元", "100.53"),
        ("十二万", "元", "120000"),
        ("十二", "万元", "120000"),
        ("两千四百万元", "元", "24000000"),
        ("一万零五百元", "元", "10500"),
        ("0", "元", "0"),
        ("零元", "元", "0"),
        ("0.005", "元", "0.005"),
    ],
)
def test_table_of_amounts(written: str, unit: str, amount: str) -> None:
    assert parse_money(written, unit) == Decimal(amount)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("1.2万余元", "approximate"),
        ("约3万元", "approximate"),
        ("近万元", "approximate"),
        ("10万以上", "approximate"),
        ("四百余万元", "approximate"),
        ("3万多", "approximate"),
        ("数十万元", "approximate"),
        ("不足5万元", "approximate"),
        (">500", "approximate"),
        ("10万-20万元", "range"),
        ("五千至八千元", "range"),
        ("5000~8000", "range"),
        ("12,34", "unreadable"),
        ("1,2345", "unreadable"),
        ("1.2E5", "unreadable"),
        ("一万二", "unreadable"),
        ("二千五", "unreadable"),
        ("一二三", "unreadable"),
        ("元", "unreadable"),
        ("万元", "unreadable"),
        ("5分之一", "unreadable"),
        ("12元5", "unreadable"),
        ("十万元罚款", "unreadable"),
        ("", "missing"),
        ("无", "missing"),
        ("-", "missing"),
        (None, "missing"),
    ],
)
def test_table_of_refused_amounts(written: str | None, reason: str) -> None:
    read = read_money(written)
    assert (read.amount, read.reason) == (None, reason)


def test_units_are_a_closed_list() -> None:
    assert sorted(UNITS) == sorted(["元", "千元", "万元", "百万元", "亿元"])
    with pytest.raises(KeyError):
        read_money("1", "美元")


def test_columns_of_amounts() -> None:
    assert [read.amount for read in read_many(["1", None, "2"], "万元")] == [10_000, None, 20_000]
