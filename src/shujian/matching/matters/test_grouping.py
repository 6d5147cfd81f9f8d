"""One issue is one group: same place and matter within the window; the same words elsewhere are another issue."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.kernel.errors import BadInput
from shujian.kernel.home import home
from shujian.matching.matters import book as books
from shujian.matching.matters.book import matter_book
from shujian.matching.matters.grouping import group, likeness, same_issue
from shujian.matching.matters.profiles import Complaint, Corpus, Profile, Reader, regions_in

DAY = date(2026, 3, 1)
TEXT = "小区楼道里有人飞线给电动车充电，多次反映没有人管，存在消防隐患，请尽快处理。"


def complaint(key: str, place: str, days: int = 0, text: str = TEXT, **more: object) -> Complaint:
    return Complaint(key, "", f"示例{place}{text}", DAY + timedelta(days=days), **more)  # type: ignore[arg-type]


def keys(*complaints: Complaint) -> list[tuple[str, ...]]:
    return sorted(one.keys for one in group(matter_book(), complaints).groups)


def test_same_place_same_matter_is_one_issue() -> None:
    same = [
        complaint("a", "翠竹", places=("示例翠竹小区",)),
        complaint("b", "翠竹", 10, places=("示例翠竹小区",)),
    ]
    assert keys(*same) == [("a", "b")]
    (made,) = group(matter_book(), same).groups
    assert (made.joined[0].key, made.joined[0].to) == ("b", "a")
    assert made.joined[0].likeness.says().startswith("地点或主体相同“示例翠竹小区”")


def test_the_same_words_about_another_place_are_another_issue() -> None:
    assert keys(
        complaint("a", "翠竹", places=("示例翠竹小区",)), complaint("b", "锦绣", 1, places=("示例锦绣小区",))
    ) == [("a",), ("b",)]
    assert keys(complaint("a", "翠竹花园"), complaint("b", "锦绣家园", 1)) == [("a",), ("b",)]


def test_likeness_without_any_place_is_never_enough() -> None:
    plain = [Complaint(key, "", TEXT.removeprefix("小区"), DAY) for key in "ab"]
    found = likeness(matter_book(), *_pair(plain))
    assert found.text == pytest.approx(1) and found.place is None and not same_issue(matter_book(), found)
    assert keys(*plain) == [("a",), ("b",)]


def _pair(complaints: list[Complaint]) -> tuple[Corpus, Profile, Profile]:
    reader = Reader(matter_book(), complaints)
    first, second = reader.profiles()
    return reader.corpus, first, second


def test_another_matter_at_the_same_place_stays_apart() -> None:
    bins = complaint("b", "翠竹", 1, "门口的垃圾堆了半个月没有清运，气味难闻。", places=("示例翠竹小区",))
    assert keys(complaint("a", "翠竹", places=("示例翠竹小区",)), bins) == [("a",), ("b",)]


@pytest.mark.parametrize(("days", "groups"), [(90, 1), (91, 2), (0, 1)])
def test_the_window(days: int, groups: int) -> None:
    assert matter_book().window_days == 90
    place = ("示例翠竹小区",)
    assert (
        len(keys(complaint("a", "翠竹", places=place), complaint("b", "翠竹", days, places=place))) == groups
    )


def test_without_a_date_nothing_is_joined() -> None:
    place = ("示例翠竹小区",)
    undated = Complaint("b", "", f"示例翠竹{TEXT}", None, place)
    assert keys(complaint("a", "翠竹", places=place), undated) == [("a",), ("b",)]


def test_a_chain_never_bridges_two_declared_places() -> None:
    left = complaint("a", "翠竹花园", places=("示例翠竹花园",))
    bridge = complaint("b", "翠竹花园", 1)
    right = complaint("c", "翠竹花园", 2, places=("示例锦绣家园",))
    assert keys(left, bridge, right) == [("a", "b"), ("c",)]


def test_one_employer_is_a_place_too() -> None:
    wages = "老板拖欠农民工工资三个月，讨薪无果，请帮助我们。"
    mine = complaint("a", "", 0, wages, bodies=("示例鸿达",))
    assert keys(mine, complaint("b", "", 5, wages, bodies=("示例鸿达",))) == [("a", "b")]
    assert keys(mine, complaint("b", "", 5, wages, bodies=("示例恒昌",))) == [("a",), ("b",)]


@given(
    st.randoms(use_true_random=False),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 200)), max_size=14),
)
def test_groups_partition_and_do_not_depend_on_order(
    dice: random.Random, drawn: list[tuple[int, int]]
) -> None:
    estates = ("翠竹", "锦绣", "阳光", "东湖", "西苑")
    made = [
        complaint(f"k{place}", estates[which], days, places=(f"示例{estates[which]}小区",))
        for place, (which, days) in enumerate(drawn)
    ]
    expected = keys(*made)
    assert sorted(key for one in expected for key in one) == sorted(one.key for one in made)
    dice.shuffle(made)
    assert keys(*made) == expected
    where = {one.key: one.places for one in made}
    assert all(len({where[key] for key in one}) == 1 for one in expected)


def test_codes_of_regions() -> None:
    assert regions_in("A市A3区某路，A7县") == {"A3区", "A7县"}
    assert regions_in("示例市示例区") == frozenset()


def test_a_faulty_book_is_refused_with_its_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = next(root / "matters" / books.FILE for root in home().catalogue_roots())
    text = path.read_text("utf-8").replace("words: [油烟,", "words: [噪音, 油烟,").replace("[公积金]", "[]")
    faulty = tmp_path / "matters" / books.FILE
    faulty.parent.mkdir()
    faulty.write_text(text.replace("[]", "[公积金]"), "utf-8")
    with pytest.raises(BadInput) as twice:
        books._read(faulty, 1, 1)
    assert [(one.code, one.found) for one in twice.value.faults] == [("word_twice", "噪音")]
    faulty.write_text(text, "utf-8")
    with pytest.raises(BadInput) as empty:
        books._read(faulty, 2, 2)
    assert empty.value.faults[0].line is not None
