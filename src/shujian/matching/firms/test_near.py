"""One-slip neighbours and hashed joins against the plain way of comparing everything with everything."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from shujian.matching.firms import hashing, joins, near, parts

names = st.lists(st.text("示例甲瓷𠮷a", min_size=0, max_size=6), max_size=25, unique=True)


@given(names, names, st.integers(2, 4))
def test_every_pair_one_slip_apart_is_found_and_no_other(
    left: list[str], right: list[str], shortest: int
) -> None:
    met = near.one_slip(
        pa.array(left, pa.string()), pa.array(right, pa.string()), shortest=shortest, cap=10**6
    )
    expected = {
        (i, j)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if min(len(one), len(other)) >= shortest and OSA.distance(one, other) == 1
    }
    assert set(zip(met.left.tolist(), met.right.tolist(), strict=True)) == expected
    assert len(met.left) == len(expected) and met.cuts == ()


@given(st.lists(st.one_of(st.none(), st.text("示例瓷𠮷", max_size=5)), max_size=30))
def test_hashes_are_equal_where_texts_are(texts: list[str | None]) -> None:
    found = hashing.whole(pa.array(texts, pa.string()))
    for one, a in zip(texts, found.tolist(), strict=True):
        assert (a == 0) == (not one)
        for other, b in zip(texts, found.tolist(), strict=True):
            assert (a == b) == ((one or "") == (other or ""))


def test_a_slice_of_a_column_is_read_from_its_own_start() -> None:
    column = pa.array(["示例甲", None, "示例乙", "示例丙"])
    assert hashing.whole(column.slice(2)).tolist() == hashing.whole(pa.array(["示例乙", "示例丙"])).tolist()
    variants = hashing.beginnings(column.slice(2), shortest=2)
    assert (variants.text.tolist(), variants.place.tolist()) == ([0, 1], [2, 2])
    assert variants.hashes[0] == hashing.whole(pa.array(["示例"]))[0]


small = st.lists(st.integers(0, 5), max_size=30)


@given(small, small, st.integers(1, 6))
def test_joins_pair_equal_keys_and_count_what_the_cap_leaves_out(
    left: list[int], right: list[int], cap: int
) -> None:
    met = joins.equal(np.array(left, dtype=np.uint64), np.array(right, dtype=np.uint64), cap=cap)
    pairs = [(i, j) for i, a in enumerate(left) for j, b in enumerate(right) if a == b != 0]
    over = {key for key in set(left) - {0} if right.count(key) > cap}
    assert list(zip(met.left.tolist(), met.right.tolist(), strict=True)) == [
        (i, j) for i, j in pairs if left[i] not in over
    ]
    assert met.cut_keys == len(over)
    assert met.cut_pairs == sum(left[i] in over for i, _ in pairs)


def test_a_crowded_remainder_pairs_nobody_and_is_counted() -> None:
    right = pa.array([f"示例{sign}瓷" for sign in "甲乙丙丁戊"])
    met = near.one_slip(pa.array(["示例己瓷"]), right, shortest=3, cap=4)
    assert (len(met.left), met.cuts) == (0, (joins.Cut("near", "block", 4, 1, 5),))
    assert len(near.one_slip(pa.array(["示例己瓷"]), right, shortest=3, cap=5).left) == 5


@pytest.mark.parametrize("empty", [(["示例甲"], []), ([], ["示例甲"]), ([], [])])
def test_empty_lists_meet_nobody(empty: tuple[list[str], list[str]]) -> None:
    left, right = (pa.array(one, pa.string()) for one in empty)
    assert near.one_slip(left, right, shortest=2, cap=5).left.tolist() == []


@pytest.mark.parametrize(
    ("one", "other", "one_name", "likely"),
    [
        ("示例鸿达陶瓷", "示例鸿陶瓷", True, True),
        ("示例鸿达陶瓷", "示例鸿达达陶瓷", True, True),
        ("示例鸿达陶瓷", "示例达鸿陶瓷", True, True),
        ("示例日达陶瓷", "示例曰达陶瓷", True, True),
        ("示例鸿达陶瓷", "示例鸿运陶瓷", True, False),
        ("示例一建筑", "示例二建筑", False, False),
        ("示例一分厂", "示例分厂", False, True),
        ("示例东区店", "示例西区店", False, False),
        ("示例东区店", "示例区店", True, True),
    ],
)
def test_which_slips_leave_one_name_and_which_are_likely(
    one: str, other: str, one_name: bool, likely: bool
) -> None:
    left, right = pa.array(["示例无关甲乙丙", one]), pa.array(["示例东无关", "示例西方无关", other])
    for first, second, met in ((left, right, (1, 2)), (right, left, (2, 1))):
        found = near.one_slip(first, second, shortest=3, cap=5)
        assert (found.left.tolist(), found.right.tolist()) == ([met[0]], [met[1]])
        assert (found.one_name.tolist(), found.likely.tolist()) == ([one_name], [likely])


many = st.lists(st.integers(0, 6), max_size=40)


@given(many, many, st.integers(1, 4))
def test_counting_and_looking_up_of_hashes(values: list[int], wanted: list[int], limit: int) -> None:
    held = np.array(values, dtype=np.uint64)
    assert joins.above(held, limit).tolist() == sorted({one for one in values if values.count(one) > limit})
    assert joins.among(held, np.array(wanted, dtype=np.uint64)).tolist() == [one in wanted for one in values]
    firsts, places = joins.distinct(held)
    seen = list(dict.fromkeys(one for one in values if one))
    assert [values[row] for row in firsts.tolist()] == seen
    assert firsts.tolist() == [values.index(one) for one in seen]
    assert places.tolist() == [seen.index(one) if one else -1 for one in values]


def test_long_columns_are_worked_on_in_parts_and_stay_in_order() -> None:
    size = 2 * parts.PART + 3
    column = pa.array([f"示例{row}" for row in range(size)])
    assert parts.in_parts(lambda start: start, size) == [0, parts.PART, 2 * parts.PART]
    assert parts.mapped(lambda part: pc.utf8_length(part), column).equals(pc.utf8_length(column))
    found = hashing.whole(column)
    rows = [0, parts.PART - 1, parts.PART, size - 1]
    assert found[rows].tolist() == hashing.whole(column.take(pa.array(rows))).tolist()
    assert len(np.unique(found)) == size
