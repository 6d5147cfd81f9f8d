"""What the quick looks at whole columns see, against one row at a time."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from shujian.matching.firms import compare, lists
from shujian.matching.firms.hashing import whole

reps = st.lists(st.one_of(st.none(), st.text("示甲乙*＊某x", max_size=4)), min_size=1, max_size=20)
addresses = st.lists(st.one_of(st.none(), st.text("示路号12９", max_size=7)), min_size=1, max_size=20)


def listed(rep: list[str | None], address: list[str | None]) -> lists.Firms:
    size = max(len(rep), len(address))
    rep, address = (one + [None] * (size - len(one)) for one in (rep, address))
    none = pa.nulls(size, pa.string())
    return lists.Firms(
        uscc=none, tax=none, full=none, core=none, parent=none, rep=pa.array(rep, pa.string()),
        address=pa.array(address, pa.string()), on=pa.nulls(size, pa.date32()), other=lists.other_names([]),
    )  # fmt: skip


@given(reps, addresses)
def test_first_shown_character_and_first_number(rep: list[str | None], address: list[str | None]) -> None:
    firms = listed(rep, address)
    hope = compare.Hope(firms)
    shown = [None if one is None else re.sub("[*＊×xX某○〇●]", "", one)[:1] for one in firms.rep.to_pylist()]
    assert hope.surname.tolist() == whole(pa.array(shown, pa.string())).tolist()
    found = [None if one is None else re.search("[0-9]+", one) for one in firms.address.to_pylist()]
    numbers = [None if one is None else one[0] for one in found]
    assert hope.number.tolist() == whole(pa.array(numbers, pa.string())).tolist()


@given(reps, reps)
def test_representatives_of_many_pairs_are_compared_as_one_pair_is(
    mine: list[str | None], theirs: list[str | None]
) -> None:
    left, right = listed(mine, []), listed(theirs, [])
    one, other = (each.reshape(-1) for each in np.mgrid[: len(mine), : len(theirs)])
    seen = compare.see(left, right, one, other, town_of=compare.written_town, similarity=0.85)
    assert seen.rep.tolist() == [
        compare.MISSING if a is None or b is None else compare.reps(a, b) for a in mine for b in theirs
    ]


@given(st.lists(st.one_of(st.none(), st.text("示例市县区甲", max_size=10)), max_size=20))
def test_beginnings_with_a_mark_are_counted(names: list[str | None]) -> None:
    found = (re.match(".{2,7}?[市县区]", name) for name in names if name)
    firms = listed([None] * len(names), [])
    marked = lists._marked(replace(firms, full=pa.array(names, pa.string())))
    assert marked == Counter(one[0] for one in found if one)
