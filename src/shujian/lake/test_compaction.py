"""Compaction changes files and nothing else, whatever step the process dies at; as-of reads see what was received."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable

from shujian.lake import compaction, log, read, service
from shujian.lake.conftest import STAFF, number
from shujian.lake.register import register_path
from shujian.lake.screening import store as hit_store

Put = Callable[..., Path]
HEADER = "姓名,身份证号,入编日期,备注\n"
DIE = "from shujian.lake.service import compact; compact(['t_staff'])"


def _file(put: Put, name: str, numbers: list[int], remark: str = "x") -> Path:
    return put(name, HEADER + "".join(f"示例甲,{number(n)},2020-01-01,{remark}\n" for n in numbers))


def _four(put: Put) -> str:
    service.ingest("t_staff", [_file(put, "a.csv", [1, 2, 3])], as_of=date(2026, 6, 1))
    service.ingest("t_staff", [_file(put, "b.csv", [3, 4], "飞线充电")], as_of=date(2026, 6, 2))
    service.ingest("t_staff", [_file(put, "c.csv", [4, 5], "飞线")], as_of=date(2026, 6, 3))
    return service.ingest("t_staff", [_file(put, "d.csv", [1])], as_of=date(2026, 6, 3)).snapshot


def _rows(snapshot: read.Snapshot) -> list[dict[str, object]]:
    with read.open_session(snapshot) as session:
        return list(session.sql(f"select * from {session.attach('t_staff')} order by _row").to_pylist())


def _stored(snapshot: read.Snapshot) -> list[str]:
    files = snapshot.datasets["t_staff"].files
    return [row for path in files for row in pq.read_table(path)["_row"].to_pylist()]


def test_rows_order_and_snapshot_stay(lake_home: Path, put: Put) -> None:
    snapshot = _four(put)
    before, order = _rows(read.pin()), _stored(read.pin())
    (done,) = service.compact(["t_staff"])
    assert (done.files_before, done.files_after, done.rows, done.snapshot) == (3, 1, 7, snapshot)
    after = read.pin()
    assert after.id == snapshot and after == read.snapshot(snapshot)
    assert _rows(after) == before and len(before) == 5
    assert _stored(after) == order and len(order) == 7
    (path,) = after.datasets["t_staff"].files
    assert DeltaTable(str(log.table_path("t_staff"))).file_uris() == [path]
    assert pq.read_metadata(path).num_rows == 7
    (again,) = service.compact(["t_staff"])
    assert (again.files_before, again.files_after, again.rows) == (1, 1, 0)


def test_old_snapshots_read_their_old_files(lake_home: Path, put: Put) -> None:
    first = service.ingest("t_staff", [_file(put, "a.csv", [1, 2])]).snapshot
    rows = _rows(read.snapshot(first))
    service.ingest("t_staff", [_file(put, "b.csv", [2, 3], "y")])
    service.compact(["t_staff"])
    assert _rows(read.snapshot(first)) == rows
    assert len(rows) == 2


def test_the_register_is_rebuilt_with_compactions_in_it(lake_home: Path, put: Put) -> None:
    _four(put)
    service.compact(["t_staff"])
    service.ingest("t_staff", [_file(put, "e.csv", [9])])
    before, told = read.pin(), read.datasets()
    for path in register_path().parent.glob("register.sqlite3*"):
        path.unlink()
    assert read.pin() == before and read.datasets() == told
    assert [Path(name).name.split("-")[0] for name in before.datasets["t_staff"].files] == [
        "compact",
        "batch",
    ]


def test_a_column_that_came_later_is_null_before(lake_home: Path, put: Put) -> None:
    service.ingest("t_staff", [_file(put, "a.csv", [1])])
    contract = lake_home / "catalogue" / "sources" / "t_staff.yaml"
    contract.write_text(STAFF + "  - {id: post, title: 职务, type: text}\n", "utf-8")
    service.ingest(
        "t_staff", [put("b.csv", f"姓名,身份证号,入编日期,职务\n示例乙,{number(2)},2020-01-01,科员\n")]
    )
    before = _rows(read.pin())
    service.compact(["t_staff"])
    assert _rows(read.pin()) == before
    assert sorted((row["post"] for row in before), key=str) == [None, "科员"]


@pytest.mark.parametrize(
    "step", ["compact.after_files", "compact.after_delta", "compact.after_register", "compact.after_hits"]
)
def test_a_death_on_the_way(lake_home: Path, put: Put, step: str) -> None:
    snapshot = _four(put)
    before = _rows(read.pin())
    done = subprocess.run(
        [sys.executable, "-c", DIE], env={**os.environ, "SHUJIAN_FAILPOINT": step}, capture_output=True
    )
    assert done.returncode == 70, done.stderr.decode()
    assert read.pin().id == snapshot and _rows(read.pin()) == before
    service.compact(["t_staff"])
    assert len(read.pin().datasets["t_staff"].files) == 1 and _rows(read.pin()) == before
    stored = {path.name for path in log.table_path("t_staff").glob("*.parquet")}
    assert stored == log.added_files("t_staff")


def test_stored_hits_are_taken_over(lake_home: Path, put: Put) -> None:
    _four(put)
    words = ["飞线", "充电"]
    with read.open_session(read.pin()) as session:
        view = session.hits("t_staff", "remark", words)
        before = session.sql(f"select * from {view} order by all").to_pylist()
    service.compact(["t_staff"])
    pin = read.pin().datasets["t_staff"]
    assert hit_store.paid("t_staff", "remark", pin.files[0]) == frozenset(words)
    with read.open_session(read.pin()) as session:
        view = session.hits("t_staff", "remark", words)
        assert session.sql(f"select * from {view} order by all").to_pylist() == before
    assert len(before) == 6


def test_big_files_are_left_alone(lake_home: Path, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    _four(put)
    monkeypatch.setattr(compaction, "SMALL", 1)
    (done,) = service.compact(["t_staff"])
    assert (done.files_before, done.files_after) == (3, 3)
    assert compaction.small_files("t_staff") == 0


def _at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(service, "now", lambda: moment)


def test_as_of_a_day_is_what_had_been_received(
    lake_home: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 2026-06-01 24:00 in China is 16:00 UTC
    _at(monkeypatch, datetime(2026, 6, 1, 15, 59, 59, tzinfo=UTC))
    first = service.ingest("t_staff", [_file(put, "a.csv", [1, 2])], as_of=date(2026, 5, 31)).snapshot
    _at(monkeypatch, datetime(2026, 6, 1, 16, 0, 1, tzinfo=UTC))
    service.ingest("t_staff", [_file(put, "b.csv", [2, 3], "y")], as_of=date(2026, 6, 1))
    then = read.snapshot_as_of(date(2026, 6, 1))
    assert then.id == first
    assert sorted(str(row["remark"]) for row in _rows(then)) == ["x", "x"]
    assert read.snapshot_as_of(date(2026, 6, 2)).id == read.pin().id
    assert read.snapshot_as_of(date(2026, 5, 31)).datasets == {}
    (told,) = read.datasets(date(2026, 6, 1))
    assert (told.rows, told.extract_on, told.batches) == (2, date(2026, 5, 31), 1)


def test_as_of_reads_on_when_the_old_files_are_gone(
    lake_home: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    _at(monkeypatch, datetime(2026, 6, 1, tzinfo=UTC))
    first = service.ingest("t_staff", [_file(put, "a.csv", [1, 2])]).snapshot
    old = _rows(read.pin())
    _at(monkeypatch, datetime(2026, 6, 3, tzinfo=UTC))
    service.ingest("t_staff", [_file(put, "b.csv", [2, 3], "y")])
    service.compact(["t_staff"])
    for path in log.table_path("t_staff").glob("batch-*.parquet"):
        path.unlink()
    then = read.snapshot_as_of(date(2026, 6, 2))
    assert then.id == first and then.datasets["t_staff"].rows == 2
    assert _rows(then) == old
    assert json.dumps([row["remark"] for row in old]) == '["x", "x"]'
