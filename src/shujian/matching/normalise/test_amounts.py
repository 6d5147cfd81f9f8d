"""Amounts as ranges: exact ones as ``money`` reads them, the others with the ends that their words leave open."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.matching.normalise.amounts import Amount, read_amount, read_amounts
from shujian.matching.normalise.money import UNITS, read_money


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("25万余元", 250_000, 260_000, "万元"),
        ("25万多", 250_000, 260_000, "万元"),
        ("25余万元", 250_000, 260_000, "万元"),
        ("30余万元", 300_000, 400_000, "万元"),
        ("1.2万余", 12_000, 13_000, "万元"),
        ("1.20万余元", 12_000, 12_100, "万元"),
        ("四百余万元", 4_000_000, 5_000_000, "万元"),
        ("四百万余元", 4_000_000, 4_010_000, "万元"),
        ("十余万元", 100_000, 200_000, "万元"),
        ("十几万元", 100_000, 200_000, "万元"),
        ("二十多万元", 200_000, 300_000, "万元"),
        ("五千余元", 5_000, 6_000, "元"),
        ("3,500余元", 3_500, 3_600, "元"),
        ("十二万三千余元", 123_000, 124_000, "元"),
        ("3亿余元", 300_000_000, 400_000_000, "亿元"),
        ("数万元", 10_000, 100_000, "万元"),
        ("几十万元", 100_000, 1_000_000, "万元"),
        ("约40万元", 350_000, 450_000, "万元"),
        ("约25万元左右", 245_000, 255_000, "万元"),
        ("25.6万元左右", 255_500, 256_500, "万元"),
        ("近40万元", 300_000, 400_000, "万元"),
        ("不足5万元", 0, 50_000, "万元"),
        ("5万元以下", 0, 50_000, "万元"),
        ("5万元以上", 50_000, None, "万元"),
        ("超过三千元", 3_000, None, "元"),
        ("五千至八千元", 5_000, 8_000, "元"),
        ("5000-8000元", 5_000, 8_000, "元"),
        ("5至8万元", 50_000, 80_000, "万元"),
        ("三千至五万元", 3_000, 50_000, "万元"),
        ("三千至五千万元", 30_000_000, 50_000_000, "万元"),
        ("三至五百万元", 3_000_000, 5_000_000, "万元"),
        ("五至八千元", 5_000, 8_000, "元"),
        ("3-5千万元", 30_000_000, 50_000_000, "千万元"),
        ("百余万元", 1_000_000, 2_000_000, "万元"),
        ("近千元", 0, 1_000, "元"),
        ("两三万元", 20_000, 30_000, "万元"),
        ("二三十万元", 200_000, 300_000, "万元"),
        ("3、4万元", 30_000, 40_000, "万元"),
        ("一万元以上五万元以下", 10_000, 50_000, "万元"),
        ("5万元(含)以上", 50_000, None, "万元"),
        ("2万元～3万元", 20_000, 30_000, "万元"),
        ("20余万至30万元", 200_000, 300_000, "万元"),
        ("5000元到2万元不等", 5_000, 20_000, "万元"),
        ("贰拾余万元", 200_000, 300_000, "万元"),
    ],
)
def test_table_of_ranges(text: str, low: int, high: int | None, unit: str) -> None:
    assert read_amount(text) == Amount(Decimal(low), None if high is None else Decimal(high), False, unit)
    assert read_money(text).amount is None


@pytest.mark.parametrize(
    ("text", "column", "amount", "unit"),
    [
        ("壹拾贰万叁仟元整", "元", "123000", "元"),
        ("1,234,567.89", "元", "1234567.89", None),
        ("12.5", "万元", "125000", None),
        ("12.5万元", "元", "125000", "万元"),
        ("5000元", "万元", "5000", "元"),
        ("3亿", "元", "300000000", "亿元"),
        ("-12.50", "元", "-12.50", None),
        ("0", "元", "0", None),
        ("12万元(大写:壹拾贰万元整)", "元", "120000", "万元"),
        ("人民币壹拾贰万叁仟元整(¥123,000.00)", "元", "123000", "元"),
    ],
)
def test_table_of_exact_amounts(text: str, column: str, amount: str, unit: str | None) -> None:
    assert read_amount(text, column) == Amount(Decimal(amount), Decimal(amount), True, unit)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "missing"), (None, "missing"), ("无", "missing"), ("若干", "unreadable"), ("8万元至5万元", "reversed"),
        ("12万元(大写:壹拾叁万元整)", "contradiction"), ("约约40万元", "unreadable"), ("5至6至7万元", "unreadable"),
        ("超过5万元以下", "unreadable"), ("25余万余元", "unreadable"), ("1,23余元", "unreadable"), ("余元", "unreadable"),
        ("三五万元", "unreadable"), ("1" * 5000 + "余元", "unreadable"), ("至" * 5000, "unreadable"),
    ],
)  # fmt: skip
def test_table_of_refusals(text: str | None, reason: str) -> None:
    assert read_amount(text) == Amount(None, None, False, None, reason)  # type: ignore[arg-type]


def test_the_columns_unit_holds_where_none_is_written() -> None:
    assert read_amount("1.2余", "万元") == Amount(Decimal(12000), Decimal(13000), False)
    assert read_amount("5-8", "万元") == Amount(Decimal(50000), Decimal(80000), False)
    assert read_amount("约40", "千元") == Amount(Decimal(35000), Decimal(45000), False)
    first, second = read_amounts(["数万元", "数万元"])
    assert first is second
    with pytest.raises(KeyError):
        read_amount("5", "美元")


wholes = st.integers(1, 99_999_999)


@given(
    wholes,
    st.sampled_from(["", "万", "亿"]),
    st.sampled_from(["{}{}余元", "约{}{}元", "近{}{}元", "{}{}元左右"]),
)
def test_an_approximation_holds_the_figure_that_was_written(number: int, scale: str, form: str) -> None:
    read = read_amount(form.format(number, scale))
    exact = read_money(f"{number}{scale}元").amount
    assert exact is not None and read.low is not None and read.high is not None
    assert read.low <= exact <= read.high and read.low < read.high and not read.exact and read.low >= 0


@given(wholes, wholes, st.sampled_from(["元", "万元", "亿元"]), st.sampled_from(["至", "-", "~", "到", "——"]))
def test_a_range_of_two_amounts_has_their_ends(one: int, two: int, unit: str, sign: str) -> None:
    low, high = sorted((one, two))
    size = UNITS[unit]
    for text in (f"{low}{unit}{sign}{high}{unit}", f"{low}{sign}{high}{unit}"):
        assert read_amount(text) == Amount(low * size, high * size, False, unit)
    if low != high:
        assert read_amount(f"{high}{unit}{sign}{low}{unit}").reason == "reversed"


@given(
    st.text(max_size=14) | st.text(alphabet="0123456789.,-至约余万亿元十百千一二两数几以上下()", max_size=12)
)
def test_exact_is_what_money_reads_and_nothing_else(text: str) -> None:
    read, money = read_amount(text), read_money(text).amount
    assert (read.reason is None) == (read.low is not None)
    assert read.low is None or read.high is None or read.low <= read.high
    if money is not None:
        assert (read.low, read.high, read.exact) == (money, money, True)
