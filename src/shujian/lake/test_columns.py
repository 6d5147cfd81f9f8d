"""Typed columns agree with the plain normalisers, value by value; what cannot be read names row and field."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.kernel.errors import BadInput
from shujian.lake.columns.id_cards import read_id_cards
from shujian.lake.columns.numbers import read_numbers
from shujian.lake.columns.table import typed_chunk
from shujian.lake.columns.words import read_words
from shujian.lake.conftest import number
from shujian.lake.contracts import source
from shujian.lake.physical import dataset_schema
from shujian.lake.service import typed_table
from shujian.matching.normalise import dates, id_card, money, phone

_DIGITS = st.text(alphabet="0123456789", min_size=17, max_size=17)
_NUMBERS = st.one_of(
    _DIGITS.map(lambda first: first + id_card.check_character(first)),
    st.dates(date(1800, 1, 1), date(2120, 1, 1)).map(lambda day: number(7, f"{day:%Y%m%d}")),
    st.from_regex(r"[0-9*Xx ]{14,19}", fullmatch=True),
    st.sampled_from(
        ["９９９９９９１９９００１０１００１Ⅹ", "无", "", "999999900101001", "999999********001X"]
    ),
    st.text(max_size=20),
)


@given(st.lists(st.one_of(st.none(), _NUMBERS), max_size=20), st.integers(0, 3))
def test_id_columns_agree_with_the_parser(values: list[str | None], cut: int) -> None:
    array = pa.array(values, pa.string()).slice(cut)
    read = read_id_cards(array)
    for place, value in enumerate(array.to_pylist()):
        card = id_card.parse(value)
        found = tuple(
            column[place].as_py() for column in (read.key, read.mask, read.birth, read.sex, read.area)
        )
        assert found == (card.key, card.mask, card.birth, card.sex, card.area)
        assert read.text[place].as_py() == (None if card.state == "missing" else card.text)


@pytest.mark.parametrize(
    "birth", ["19000229", "20000229", "19010229", "20240229", "20230229", "19901301", "19900431"]
)
def test_leap_days_and_false_days(birth: str) -> None:
    text = number(1, birth)
    assert read_id_cards(pa.array([text])).key.to_pylist() == [id_card.parse(text).key]


@given(
    st.lists(
        st.one_of(st.dates().map(str), st.from_regex(r"[0-9]{1,8}([./-][0-9]{1,2})?", fullmatch=True)),
        max_size=9,
    )
)
def test_dates_agree_with_the_parser(values: list[str]) -> None:
    read = read_numbers(pa.array(values, pa.string()), "date", serial=True)
    assert read.values.to_pylist() == [dates.parse_date(value, serial=True) for value in values]


@given(
    st.lists(
        st.one_of(
            st.datetimes().map(str),
            st.datetimes().map(lambda at: f"{at:%Y/%m/%d %H:%M}"),
            st.just("2024-02-30 10:00:00"),
        ),
        max_size=9,
    )
)
def test_times_agree_with_the_parser(values: list[str]) -> None:
    read = read_numbers(pa.array(values, pa.string()), "timestamp")
    assert read.values.to_pylist() == [dates.parse_timestamp(value) for value in values]


_AMOUNT = st.one_of(
    st.decimals(-(10**12), 10**12, places=2).map(str),
    st.from_regex(r"-?[0-9,]{1,9}(\.[0-9]{1,3})?(万)?元?", fullmatch=True),
)


@given(st.lists(_AMOUNT, max_size=9), st.sampled_from(["元", "万元"]))
def test_amounts_agree_with_the_parser(values: list[str], unit: str) -> None:
    read = read_numbers(pa.array(values, pa.string()), "money", unit=unit)
    for found, value in zip(read.values.to_pylist(), values, strict=True):
        amount = money.parse_money(value, unit)
        fits = amount is not None and abs(amount) < Decimal(10) ** 16
        assert found == (round_half_up(amount) if amount is not None and fits else None)


def round_half_up(amount: Decimal) -> Decimal:
    """To 分."""
    return (amount * 100 + Decimal("0.5").copy_sign(amount)).to_integral_value("ROUND_DOWN") / 100


def test_numbers() -> None:
    def read(kind: str, *values: str) -> list[object]:
        typed = read_numbers(pa.array(values), kind)
        return [
            ("bad" if bad else value) for value, bad in zip(typed.values.to_pylist(), typed.bad, strict=True)
        ]

    assert read("integer", "12", "-3", "1,234", "5.0", "５", "无", "1.5", "x") == [
        12,
        -3,
        1234,
        5,
        5,
        None,
        "bad",
        "bad",
    ]
    assert read("decimal", "1.5", ".25", "1e3", "NaN", "inf", "1000000000000") == [
        Decimal("1.5"), Decimal("0.25"), Decimal(1000), None, "bad", "bad"
    ]  # fmt: skip
    assert read("lonlat", "113.4962501", "-12", "12345.1") == [Decimal("113.496250"), Decimal(-12), None]
    assert read("money", "12.5", "1.2万余", "暂无") == [Decimal("12.50"), None, None]


def test_faults_name_row_field_found_and_expected(lake_home: Path) -> None:
    columns = {
        "name": pa.array(["示例甲", " ", "示例丙"]),
        "joined_on": pa.array(["2020-13-01", "2020-01-01", "无"]),
        "salary": pa.array(["三千左右左右", None, "3000"]),
    }
    chunk = typed_chunk(source("t_staff"), columns, 3)
    assert chunk.bad.tolist() == [True, True, True]
    assert [(fault.row, fault.code, fault.field, fault.found) for fault in chunk.faults] == [
        (0, "wrong_type", "入编日期", "2020-13-01"),
        (0, "wrong_type", "工资（元）", "三千左右左右"),
        (1, "missing_required", "姓名", " "),
        (2, "missing_required", "入编日期", "无"),
    ]


def test_subject_columns(lake_home: Path) -> None:
    valid, masked = number(12), "999999********123X"
    rows = [
        {"name": "示 例甲", "id_card": valid.lower(), "birth_on": "1970-01-01", "sex": "女"},
        {"name": "张*", "id_card": masked, "birth_on": "1970年1月1日"},
        {"name": "示例丙", "id_card": "123"},
    ]
    table = typed_table(source("t_staff"), rows).to_pylist()
    keys = ("person__id", "person__name", "person__mask", "person__birth", "person__sex", "person__area")
    assert [tuple(row[key] for key in keys) for row in table] == [
        (
            valid,
            "示例甲",
            f"999999|{valid[14:]}",
            date(1990, 1, 1),
            "女" if int(valid[16]) % 2 == 0 else "男",
            "999999",
        ),
        (None, None, "999999|123X", date(1970, 1, 1), "男", "999999"),
        (None, "示例丙", None, None, None, None),
    ]
    assert (table[1]["name"], table[1]["name__raw"], table[2]["id_card"]) == ("张*", "张*", "123")


def test_firm_and_place_columns(lake_home: Path) -> None:
    rows = [{
        "doc_no": " 示罚〔2026〕1号 ", "company": "示例市 鸿达陶瓷（有限责任公司）", "uscc": "91999999MA00000001",
        "address": "示例镇 示例路１号", "at": datetime.fromisoformat("2026-01-02T03:04:05"), "amount": Decimal("1.5"), "count": 3,
        "phone": "100-0000-0001", "plate": "示A·12345",
    }]  # fmt: skip
    (row,) = typed_table(source("t_firms"), rows).to_pylist()
    assert (row["doc_no"], row["at"], row["amount"], row["count"]) == (
        "示罚〔2026〕1号", datetime.fromisoformat("2026-01-02T03:04:05"), Decimal("1.500000"), 3
    )  # fmt: skip
    assert (row["org__name"], row["org__core"]) == ("示例市鸿达陶瓷(有限公司)", "鸿达陶瓷")
    assert (row["place__key"], row["phone"], row["plate"]) == ("示例镇示例路1号", "10000000001", "示A12345")
    assert (row["_file"], row["_line"], row["_extra"], len(row["_row"])) == ("proof", 1, None, 32)


def test_typed_table_has_the_physical_schema_and_content_ids(lake_home: Path) -> None:
    contract = source("t_staff")
    one = typed_table(contract, [{"name": "示例甲", "joined_on": date(2020, 1, 1)}])
    other = typed_table(contract, [{"joined_on": "2020/1/1", "name": "示例甲", "remark": None}])
    assert one.schema == dataset_schema(contract)
    assert one["_row"].to_pylist() == other["_row"].to_pylist()
    assert typed_table(contract, []).num_rows == 0


def test_typed_table_gathers_all_faults(lake_home: Path) -> None:
    with pytest.raises(BadInput) as unknown:
        typed_table(source("t_staff"), [{"nmae": "x"}, {"foo": 1}])
    assert [(fault.code, fault.line, fault.field) for fault in unknown.value.faults] == [
        ("unknown_field", 1, "nmae"), ("unknown_field", 2, "foo")
    ]  # fmt: skip
    with pytest.raises(BadInput) as wrong:
        typed_table(source("t_staff"), [{"joined_on": "昨天"}, {"salary": "很多"}])
    assert [(fault.line, fault.field, fault.found) for fault in wrong.value.faults] == [
        (1, "joined_on", "昨天"), (2, "salary", "很多")
    ]  # fmt: skip


_PHONE = st.one_of(
    st.none(),
    st.from_regex(r"1[0-9]{10}", fullmatch=True),
    st.sampled_from(["+86 10000000001", "100****0000", "无"]),
)


@given(st.lists(_PHONE, max_size=8))
def test_phones_agree_with_the_normaliser(values: list[str | None]) -> None:
    read = read_words(pa.array(values, pa.string()), "phone")
    assert read.to_pylist() == [phone.normalise(value) for value in values]
