"""Sessions: current rows, empty views, stored hits, and nothing outside the lake."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from shujian.lake import read, service
from shujian.lake.conftest import number
from shujian.lake.physical import dataset_schema

Put = Callable[..., Path]
HEADER = "姓名,身份证号,入编日期,备注\n"


def test_a_dataset_that_never_came_is_an_empty_typed_view(lake_home: Path) -> None:
    with read.open_session(read.pin()) as session:
        table = session.sql(f"select * from {session.attach('t_staff')}")
    assert (table.num_rows, table.schema) == (0, dataset_schema(read.source("t_staff")))


def test_stored_and_in_memory_sessions_answer_alike(lake_home: Path, put: Put) -> None:
    rows = [
        ("示例甲", number(1), "2020-01-01", "拖欠工资，又拖欠工资"),
        ("示例乙", number(2), "2020-01-02", "无"),
    ]
    service.ingest("t_staff", [put("a.csv", HEADER + "".join(",".join(row) + "\n" for row in rows))])
    contract = read.source("t_staff")
    given = [dict(zip(("name", "id_card", "joined_on", "remark"), row, strict=True)) for row in rows]
    tables = {"t_staff": service.typed_table(contract, given)}
    query = 'select word, "offset", length, remark from {hits} join {view} using (_row) order by all'
    answers = []
    for session in (read.open_session(read.pin()), read.memory_session(tables, threads=1)):
        with session:
            view, hits = (
                session.attach("t_staff"),
                session.hits("t_staff", "remark", ["拖欠", "工资", "拖欠"]),
            )
            answers.append(session.sql(query.format(hits=hits, view=view)))
    assert answers[0] == answers[1]
    assert [tuple(row.values())[:3] for row in answers[0].to_pylist()] == [
        ("工资", 2, 2), ("工资", 8, 2), ("拖欠", 0, 2), ("拖欠", 6, 2)
    ]  # fmt: skip


def test_hits_of_nothing(lake_home: Path) -> None:
    with read.open_session(read.pin()) as session:
        found = session.sql(f"select * from {session.hits('t_staff', 'remark', ['词'])}")
        assert (found.num_rows, found.column_names) == (0, ["_row", "word", "offset", "length"])
        assert session.sql(f"select * from {session.hits('t_staff', 'remark', [])}").num_rows == 0


def test_a_session_reads_no_other_file(lake_home: Path, put: Put) -> None:
    outside = put("secret.csv", "a\n1\n")
    for session in (read.open_session(read.pin()), read.memory_session({})):
        with session, pytest.raises(duckdb.Error):
            session.sql(f"select * from read_csv('{outside}')")


def test_threads_registering_and_quiet_answers(lake_home: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with read.memory_session({}, threads=1) as session:
            session.register("given", pa.table({"a": [3, 1, 2]}))
            session.execute("create temp table kept as select * from given")
            assert session.sql("select a from kept order by a")["a"].to_pylist() == [1, 2, 3]
            assert session.sql("select current_setting('threads') as n")["n"].to_pylist() == [1]
            assert session.engine_version == duckdb.__version__


def test_memory_tables_show_current_rows_only(lake_home: Path) -> None:
    table = service.typed_table(read.source("t_staff"), [{"name": "示例甲"}, {"name": "示例乙"}])
    first = table["_row"][0].as_py()
    at = table.column_names.index("_supersedes")
    table = table.set_column(at, "_supersedes", pa.array([None, first], pa.string()))
    with read.memory_session({"t_staff": table}) as session:
        names = session.sql(f"select name from {session.attach('t_staff')}")["name"].to_pylist()
    assert names == ["示例乙"]
