"""Addresses of a column are read as one by one, however their figures are put aside and whatever stands beside them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.kernel.home import SHIPPED_CATALOGUE
from shujian.lake.columns.places import PARTS, _told, address_parts
from shujian.matching.normalise import address
from shujian.matching.normalise.address_parts import parse
from shujian.matching.normalise.gazetteer import Gazetteer, load


@lru_cache(maxsize=1)
def shipped() -> Gazetteer:
    return load(SHIPPED_CATALOGUE / "regions" / "model_county.yaml")


_PIECE = st.sampled_from(
    ["示范省", "示例市", "示例", "石湾镇", "示例浦镇", "示例两江乡", "示例城关镇", "示例青山村", "东风村", "新桥村", "某村", "人民路",
     "国道", "工业",
     "路", "街", "巷", "弄", "号", "组", "村民小组", "第", "附", "之", "-", "、", "栋", "室", "楼", "线", "A", "B",
     "旁", "(", ")", "三", "十", "虚构县"]
)  # fmt: skip
_TEXT = st.lists(st.one_of(_PIECE, st.from_regex("[0-9]{1,5}", fullmatch=True)), max_size=9).map("".join)
_DAY = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2026, 1, 1)))


@given(st.lists(st.tuples(_TEXT, _DAY), max_size=8))
def test_columns_agree_with_single_addresses(rows: list[tuple[str, date | None]]) -> None:
    keys = pa.array([address.key(text) for text, _ in rows], pa.string())
    days = pa.array([day for _, day in rows], pa.date32())
    found = address_parts(keys, shipped(), days, None)
    for place, (text, day) in enumerate(rows):
        single = _told(parse(text, shipped(), day))
        assert tuple(found[name][place].as_py() for name in PARTS) == single


@pytest.mark.parametrize(
    ("text", "region", "town", "how", "notes"),
    [
        ("人民路3号", "示例浦镇", "999999102", "region", None),
        (None, "浦镇", "999999102", "region", None),
        ("示例石湾镇", "示例浦镇", "999999101", "name", "region_differs"),
        ("示例石湾镇", "示例石湾镇", "999999101", "name", None),
        ("示例两江乡", "示例云岭乡", "999999103", "region", "town_ambiguous"),
        ("示例两江乡", "示例石湾镇", None, None, "town_ambiguous"),
        ("虚构市甲区乙路", "示例浦镇", None, None, "outside"),
        ("人民路3号", "城东片区", None, None, None),
        ("人民路3号", None, None, None, None),
        (None, None, None, None, None),
    ],
)
def test_the_region_beside_an_address(
    text: str | None, region: str | None, town: str | None, how: str | None, notes: str | None
) -> None:
    """Rows of one column do not touch each other: the row stands between two others."""
    texts = pa.array(["示例浦镇1号", text, None], pa.string())
    found = address_parts(texts, shipped(), None, pa.array(["示例浦镇", region, None], pa.string()))
    assert tuple(found[name][1].as_py() for name in ("town", "how", "notes")) == (town, how, notes)
    assert found["town"][0].as_py() == "999999102" and found["town"][2].as_py() is None


def test_nothing_in_nothing_out() -> None:
    found = address_parts(pa.array([], pa.string()), shipped(), None, pa.array([], pa.string()))
    assert {len(column) for column in found.values()} == {0}
    found = address_parts(pa.nulls(2, pa.string()), shipped(), None, pa.nulls(2, pa.string()))
    assert [column.null_count for column in found.values()] == [2] * len(PARTS)
