"""Changed rows are versions: old ones stay readable, ids say content, order and file do not matter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shujian.lake import read, service
from shujian.lake.conftest import number
from shujian.lake.engines.duckdb import Scratch
from shujian.lake.reports import FileReport
from shujian.lake.snapshots import Snapshot
from shujian.lake.versions import content_sql, key_sql

Put = Callable[..., Path]
HEADER = "姓名,身份证号,入编日期,备注\n"


def _land(put: Put, name: str, *rows: tuple[str, int, str]) -> tuple[int, int, int]:
    text = HEADER + "".join(f"{who},{number(card)},2020-01-01,{remark}\n" for who, card, remark in rows)
    report: FileReport = service.ingest("t_staff", [put(name, text)]).files[0]
    assert report.read == report.landed + report.changed + report.unchanged + report.rejected
    return report.landed, report.changed, report.unchanged


def _remarks(snapshot: Snapshot) -> list[str | None]:
    with read.open_session(snapshot) as session:
        table = session.sql(f"select remark from {session.attach('t_staff')} order by remark")
        return list(table["remark"].to_pylist())


def test_a_changed_row_is_a_version_and_the_old_one_stays_readable(lake_home: Path, put: Put) -> None:
    assert _land(put, "1.csv", ("示例甲", 1, "a"), ("示例乙", 2, "b")) == (2, 0, 0)
    before = read.pin()
    assert _land(put, "2.csv", ("示例甲", 1, "A"), ("示例乙", 2, "b"), ("示例丙", 3, "c")) == (1, 1, 1)
    after = read.pin()
    assert _remarks(before) == ["a", "b"]
    assert _remarks(after) == ["A", "b", "c"]
    assert _remarks(read.snapshot(before.id)) == ["a", "b"]
    assert (before.datasets["t_staff"].superseding, after.datasets["t_staff"].superseding) == (False, True)
    assert after.datasets["t_staff"].rows == 3


def test_a_row_that_comes_back_is_current_again(lake_home: Path, put: Put) -> None:
    for turn, remark in enumerate("abababa"):
        counts = _land(put, f"{turn}.csv", ("示例甲", 1, remark), ("示例乙", 2, str(turn)))
        assert counts == ((2, 0, 0) if turn == 0 else (0, 2, 0))
        assert _remarks(read.pin()) == [str(turn), remark]
    assert _land(put, "same.csv", ("示例甲", 1, "a")) == (0, 0, 1)


def test_a_later_extract_stays_current_whatever_the_order_of_landing(lake_home: Path, put: Put) -> None:
    def land(name: str, remark: str, as_of: date) -> tuple[int, int, int]:
        path = put(name, f"{HEADER}示例甲,{number(1)},2020-01-01,{remark}\n")
        report = service.ingest("t_staff", [path], as_of=as_of).files[0]
        return report.landed, report.changed, report.unchanged

    june, march = date(2026, 5, 31), date(2026, 3, 31)
    assert land("june.csv", "六月", june) == (1, 0, 0)
    assert land("march.csv", "三月", march) == (0, 1, 0)
    assert _remarks(read.pin()) == ["六月"]
    assert read.pin().datasets["t_staff"].rows == 1
    assert land("again.csv", "六月", june) == (0, 0, 0)  # the same bytes
    assert land("later.csv", "三月", date(2026, 6, 30)) == (0, 1, 0)
    assert _remarks(read.pin()) == ["三月"]


def test_of_two_extracts_of_one_day_the_last_landed_is_current(lake_home: Path, put: Put) -> None:
    for name, remark in (("1.csv", "a"), ("2.csv", "b")):
        path = put(name, f"{HEADER}示例甲,{number(1)},2020-01-01,{remark}\n")
        service.ingest("t_staff", [path], as_of=date(2026, 6, 30))
    assert _remarks(read.pin()) == ["b"]


def test_doubled_rows_of_one_file_are_one_row(lake_home: Path, put: Put) -> None:
    assert _land(put, "1.csv", ("示例甲", 1, "a"), ("示例甲", 1, "a")) == (1, 0, 1)
    with read.open_session(read.pin()) as session:
        assert session.sql(f"select _line from {session.attach('t_staff')}")["_line"].to_pylist() == [2]


def test_different_rows_of_one_key_in_one_file_both_stay(lake_home: Path, put: Put) -> None:
    assert _land(put, "1.csv", ("示例甲", 1, "a"), ("示例甲", 1, "b")) == (2, 0, 0)
    assert _land(put, "2.csv", ("示例甲", 1, "b"), ("示例甲", 1, "c")) == (0, 1, 1)
    assert _remarks(read.pin()) == ["b", "c"]


def test_a_row_without_key_is_keyed_by_its_content(lake_home: Path, put: Put) -> None:
    path = put("1.csv", "姓名,入编日期,备注\n示例甲,2020-01-01,a\n示例甲,2020-01-01,b\n")
    assert service.ingest("t_staff", [path]).files[0].landed == 2
    path = put("2.csv", "姓名,入编日期,备注\n示例甲,2020-01-01,c\n示例甲,2020-01-01,b\n")
    file = service.ingest("t_staff", [path]).files[0]
    assert (file.landed, file.changed, file.unchanged) == (1, 0, 1)
    assert _remarks(read.pin()) == ["a", "b", "c"]


_TEXT = st.one_of(st.none(), st.text(alphabet="a=;:示𬭁 ", min_size=1, max_size=6))
_ROW = st.fixed_dictionaries({
    "doc_no": _TEXT, "company": _TEXT, "address": _TEXT,
    "at": st.one_of(st.none(), st.datetimes(*map(datetime.fromisoformat, ("1900-01-01", "2100-01-01")))),
    "amount": st.one_of(st.none(), st.decimals(-(10**9), 10**9, places=6)),
    "count": st.one_of(st.none(), st.integers(-(10**12), 10**12)),
    "phone": st.one_of(st.none(), st.sampled_from(["100****0000", "10000000001"])),
})  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_ROW, max_size=5))
def test_ids_of_a_few_rows_are_those_of_many(lake_home: Path, rows: list[dict[str, object]]) -> None:
    contract = read.source("t_firms")
    table = service.typed_table(contract, rows)
    with Scratch(threads=1) as scratch:
        scratch.register("given", table)
        content, key = content_sql(contract), key_sql(contract)
        made = scratch.table(
            f"select _line, {content} as c, coalesce({key}, {content}) as k from given order by _line"
        )
    assert made["c"].to_pylist() == table["_row"].to_pylist()
    assert made["k"].to_pylist() == table["_key"].to_pylist()


_DELIVERY = st.lists(st.tuples(st.integers(1, 3), st.sampled_from("abc")), min_size=1, max_size=4)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_DELIVERY, min_size=1, max_size=4))
def test_current_rows_follow_a_plain_model(
    lake_home: Path, tmp_path_factory: object, deliveries: list[list[tuple[int, str]]]
) -> None:
    """Against sets: what is delivered again stays, what is new pairs with what is gone of the same key."""
    dataset = "t_staff"
    folder = lake_home / "files"
    folder.mkdir(exist_ok=True)
    for left in (lake_home / "lake").rglob("*"):
        if left.is_file():
            left.unlink()
    current: set[tuple[int, str]] = set()
    for turn, rows in enumerate(deliveries):
        path = folder / f"{turn}.csv"
        lines = "".join(f"示例甲,{number(card)},2020-01-01,{remark}\n" for card, remark in rows)
        path.write_text(HEADER + lines + "\n" * turn, "utf-8")
        report = service.ingest(dataset, [path]).files[0]
        given_rows = set(rows)
        new, gone = given_rows - current, current - given_rows
        replaced: set[tuple[int, str]] = set()
        for card in {card for card, _ in new}:
            mine = [row for row in gone if row[0] == card]
            count = min(len(mine), sum(1 for row in new if row[0] == card))
            replaced |= set(mine[:count]) if len(mine) == count else set()
        assert report.landed + report.changed == len(new)
        with read.open_session(read.pin()) as session:
            table = session.sql(f"select id_card, remark, _row from {session.attach(dataset)}").to_pylist()
        assert len({row["_row"] for row in table}) == len(table) == len(current) + report.landed
        found = {
            (next(n for n in range(1, 4) if number(n) == row["id_card"]), row["remark"]) for row in table
        }
        assert given_rows <= found
        assert found & replaced == set()
        current = found
