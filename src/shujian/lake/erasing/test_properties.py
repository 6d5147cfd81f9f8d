"""Whatever lands, is put together and goes, in any order: the kept counts and sums are those of the files.

Oracle: versions by an own small model in plain Python, and counts by reading every file.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from unittest import mock

import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from shujian.lake import read, service
from shujian.lake.conftest import STAFF, number
from shujian.lake.erasing.conftest import nobody
from shujian.lake.erasing.relinking import Version, relinked
from shujian.lake.read import Target
from shujian.lake.register import register_path
from shujian.lake.rewriting import tally

HEADER = "姓名,身份证号,入编日期,备注\n"
PEOPLE = range(1, 5)
Files = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from("ab"), min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=4,
)


def _ingest(folder: Path, place: int, day: int, rows: dict[int, str]) -> str:
    path = folder / f"{place}.csv"
    path.write_text(
        HEADER + "".join(f"示例甲,{number(n)},2020-01-01,{text}{place}\n" for n, text in rows.items()),
        "utf-8",
    )
    return service.ingest("t_staff", [path], as_of=date(2026, 6, day)).batch


def _check() -> dict[str, str]:
    """Counts and sums of the pin are those of its files; the register rebuilt says the same."""
    pin = read.pin()
    one = pin.datasets["t_staff"]
    files = [Path(name) for name in one.files]
    rows, changed, _ = tally(files)
    assert (one.rows, one.superseding) == (rows, changed > 0)
    for path in register_path().parent.glob("register.sqlite3*"):
        path.unlink()
    assert read.pin() == pin
    with read.open_session(pin) as session:
        found = session.sql(f"select id_card, remark from {session.attach('t_staff')}").to_pylist()
    assert len(found) == rows
    assert sum(pq.read_metadata(path).num_rows for path in files) == rows + changed
    return {row["id_card"]: row["remark"] for row in found}


def _expected(files: list[tuple[int, dict[int, str]]], without: set[int], people: set[int]) -> dict[str, str]:
    """The current remark of each person: the latest extract day wins, of one day the last that landed."""
    best: dict[int, tuple[int, int, str]] = {}
    for place, (day, rows) in enumerate(files):
        for person, text in rows.items():
            if place not in without and person not in people:
                best[person] = max(best.get(person, (0, 0, "")), (day, place, f"{text}{place}"))
    return {number(person): told[2] for person, told in best.items()}


@settings(max_examples=4, deadline=None)
@given(files=Files, batch=st.integers(0, 3), person=st.sampled_from(PEOPLE), squeeze=st.booleans())
def test_counts_sums_and_versions_hold(
    files: list[tuple[int, dict[int, str]]], batch: int, person: int, squeeze: bool
) -> None:
    with (
        tempfile.TemporaryDirectory() as made,
        mock.patch.dict("os.environ", {"SHUJIAN_HOME": f"{made}/home", "SHUJIAN_TODAY": "2026-06-30"}),
    ):
        sources = Path(made) / "home" / "catalogue" / "sources"
        sources.mkdir(parents=True)
        (sources / "t_staff.yaml").write_text(STAFF, "utf-8")
        batches = [_ingest(Path(made), at, day, rows) for at, (day, rows) in enumerate(files)]
        assert _check() == _expected(files, set(), set())
        if squeeze:
            before = read.pin().id
            service.compact(["t_staff"])
            assert read.pin().id == before
        gone = batch % len(files)
        order = service.Order(Target("batch", batch=batches[gone]), "a", "b", "c")
        service.carry_out(order, nobody)
        assert _check() == _expected(files, {gone}, set())
        service.carry_out(service.Order(Target("person", person=number(person)), "a", "b", "c"), nobody)
        assert _check() == _expected(files, {gone}, {person})


def _version(row: str, supersedes: str | None, day: int | None = None) -> Version:
    return Version(row, "k", supersedes, date(2026, 6, day) if day else None, None)


def test_links_go_around_what_is_gone() -> None:
    chain = [_version("a", None), _version("b", "a"), _version("c", "b"), _version("d", "c")]
    assert relinked(chain, frozenset({"b", "c"})) == {"d": "a"}
    assert relinked(chain, frozenset({"a"})) == {"b": None}
    assert relinked(chain, frozenset({"d"})) == {}


def test_an_older_extract_that_came_late_wakes_when_the_newer_is_gone() -> None:
    late = [_version("april", None, 4), _version("june", "april", 6), _version("may", "may", 5)]
    assert relinked(late, frozenset({"june"})) == {"may": "april"}
    assert relinked(late, frozenset({"april"})) == {"june": None}
    assert relinked([late[1], late[2]], frozenset({"june"})) == {"may": None}
