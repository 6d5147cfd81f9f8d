"""What a process remembers never shows in an answer: not after a batch, a changed row, an eviction, a file gone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pytest

from shujian.kernel.errors import ShujianError
from shujian.lake import read, service
from shujian.lake.conftest import number
from shujian.lake.engines import duckdb, remembered
from shujian.lake.engines.remembering import Remembering
from shujian.lake.read import Session

Put = Callable[..., Path]
HEADER = "姓名,身份证号,入编日期,备注\n"
LOCAL = "select s.name, h.word, s._row from {view} as s join {hits} as h on s._row = h._row where s.name <> '示例丙'"


def _staff(*rows: tuple[int, str, str]) -> str:
    return HEADER + "".join(f"{name},{number(each)},2020-01-01,{said}\n" for each, name, said in rows)


def _asked(session: Session) -> list[tuple[str, str]]:
    """The words of every current row, by a local table and one more that rests on it."""
    view, hits = session.attach("t_staff"), session.hits("t_staff", "remark", ["欠薪", "拖欠"])
    session.local("found", LOCAL.format(view=view, hits=hits), "t_staff", "_row")
    session.local(
        "twice", 'select name, word, _row from "found" union all select name, word, _row from "found"', "t_staff", "_row"
    )  # fmt: skip
    session.execute('create or replace temp table told as select name, word from "twice" order by all')
    return sorted((row["name"], row["word"]) for row in session.sql("select * from told").to_pylist())


def _plainly() -> list[tuple[str, str]]:
    with duckdb.Session(snapshot=read.pin()) as session:
        return _asked(session)


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, int]]]:
    """Which tables were made over how many files, as it happens."""
    made: list[tuple[str, int]] = []
    plain = remembered.Remembered.add_part

    def noted(self: remembered.Remembered, whole: str, files: frozenset[str], key: str) -> None:
        made.append((whole, len(files)))
        plain(self, whole, files, key)

    monkeypatch.setattr(remembered.Remembered, "add_part", noted)
    yield made


def test_a_batch_costs_what_is_in_it_and_the_answer_is_that_of_a_plain_session(
    lake_home: Path, put: Put, parts: list[tuple[str, int]]
) -> None:
    service.ingest(
        "t_staff",
        [put("a.csv", _staff((1, "示例甲", "欠薪又拖欠"), (2, "示例乙", "无"), (3, "示例丙", "欠薪")))],
    )
    with read.open_session(read.pin()) as session:
        first = _asked(session)
    assert first == sorted([("示例甲", "欠薪"), ("示例甲", "拖欠")] * 2) == _plainly()
    assert [files for _, files in parts] == [1, 1]
    service.ingest("t_staff", [put("b.csv", _staff((4, "示例丁", "拖欠")))])
    with read.open_session(read.pin()) as session:
        assert _asked(session) == sorted([*first, ("示例丁", "拖欠"), ("示例丁", "拖欠")]) == _plainly()
    assert [files for _, files in parts] == [1, 1, 1, 1]
    assert parts[2][0] in (parts[0][0], parts[1][0])  # the same table, over the new file alone


def test_a_changed_row_leaves_what_was_found_in_its_old_version(lake_home: Path, put: Put) -> None:
    service.ingest("t_staff", [put("a.csv", _staff((1, "示例甲", "欠薪"), (2, "示例乙", "欠薪")))])
    with read.open_session(read.pin()) as session:
        assert _asked(session) == sorted([("示例乙", "欠薪"), ("示例甲", "欠薪")] * 2)
    service.ingest("t_staff", [put("b.csv", _staff((1, "示例甲", "已付清"), (2, "示例乙", "拖欠")))])
    with read.open_session(read.pin()) as session:
        assert _asked(session) == [("示例乙", "拖欠")] * 2 == _plainly()


def test_an_earlier_snapshot_is_answered_as_it_was(lake_home: Path, put: Put) -> None:
    service.ingest("t_staff", [put("a.csv", _staff((1, "示例甲", "欠薪")))])
    before = read.pin()
    service.ingest("t_staff", [put("b.csv", _staff((1, "示例甲", "拖欠")))])
    for snapshot, word in ((read.pin(), "拖欠"), (before, "欠薪"), (read.pin(), "拖欠")):
        with read.open_session(snapshot) as session:
            assert _asked(session) == [("示例甲", word)] * 2


def test_a_name_with_a_new_meaning_does_not_change_what_rests_on_the_old(lake_home: Path) -> None:
    with read.open_session(read.pin()) as session:
        session.execute("create temp table a as select 1 as n")
        session.execute("create temp table b as select n + 10 as n from a")
        session.execute("create or replace temp table a as select 2 as n")
        assert session.sql("select a.n, b.n as m from a, b").to_pylist() == [{"n": 2, "m": 11}]
        session.execute("create temp view v as select n + 100 as n from a")
        assert session.sql("select n from v")["n"].to_pylist() == [102]
        session.register("a", pa.table({"n": [3]}))
        assert session.sql("select n from v")["n"].to_pylist() == [103]
        assert session.sql("select n from a")["n"].to_pylist() == [3]
        session.register("a", pa.table({"n": [4]}))
        assert session.sql("select n from a")["n"].to_pylist() == [4]


def test_a_text_that_looks_like_a_name_is_a_text(lake_home: Path) -> None:
    with read.open_session(read.pin()) as session:
        session.execute("create temp table a as select 'say \"a\"' as n")
        session.execute("create or replace temp table a as select n || 'a' as n from a")
        assert session.sql("select n from a")["n"].to_pylist() == ['say "a"a']


def test_work_on_rows_is_done_once_for_the_same_rows(lake_home: Path) -> None:
    class Doubling:
        calls = 0

        def __repr__(self) -> str:
            return "doubling"

        def __call__(self, table: pa.Table) -> pa.Table:
            Doubling.calls += 1
            return pa.table({"n": [2 * n for n in table["n"].to_pylist()]})

    for given, told in (([1, 2], [2, 4]), ([1, 2], [2, 4]), ([1, 3], [2, 6])):
        with read.open_session(read.pin()) as session:
            session.register("given", pa.table({"n": given}))
            session.derive("made", "select n from given", Doubling())
            assert session.sql("select n from made order by n")["n"].to_pylist() == told
    assert Doubling.calls == 2


def test_beyond_the_limit_tables_are_forgotten_and_made_again(
    lake_home: Path, put: Put, monkeypatch: pytest.MonkeyPatch, parts: list[tuple[str, int]]
) -> None:
    service.ingest("t_staff", [put("a.csv", _staff((1, "示例甲", "欠薪")))])
    monkeypatch.setenv("SHUJIAN_REMEMBER_MB", "0")
    for turn in range(2):
        with read.open_session(read.pin()) as session:
            _asked(session)
            assert session.sql(f"select count(*) + {turn} as n from told")["n"].to_pylist() == [2 + turn]
    assert len(parts) == 4


def test_a_session_whose_files_are_erased_answers_nothing_from_memory(lake_home: Path, put: Put) -> None:
    service.ingest("t_staff", [put("a.csv", _staff((1, "示例甲", "欠薪")))])
    snapshot = read.pin()
    with read.open_session(snapshot) as session:
        assert _asked(session) == [("示例甲", "欠薪")] * 2
        assert len(session.rows("t_staff", ["name"], _ids(session))) == 1
    for pin in snapshot.datasets.values():
        for file in pin.files:
            Path(file).unlink()
    with read.open_session(snapshot) as session, pytest.raises(ShujianError):
        _asked(session)


def _ids(session: Session) -> list[str]:
    return [
        str(each) for each in session.sql(f"select _row from {session.attach('t_staff')}")["_row"].to_pylist()
    ]


def test_rows_by_id_come_once_from_the_files(lake_home: Path, put: Put) -> None:
    for place, name in enumerate(("示例甲", "示例乙")):
        service.ingest("t_staff", [put(f"{place}.csv", _staff((place + 1, name, "无")))])
    snapshot = read.pin()
    with read.open_session(snapshot) as session:
        ids = _ids(session)
        found = session.rows("t_staff", ["name", "remark"], [*ids, "没有的"])
        assert sorted(row["name"] for row in found.values()) == ["示例乙", "示例甲"]
        assert set(found) == set(ids)
    with duckdb.Session(snapshot=snapshot) as session:
        assert session.rows("t_staff", ["name", "remark"], [*ids, "没有的"]) == found


def test_two_sessions_at_once_give_the_same(lake_home: Path, put: Put) -> None:
    rows = [(each, f"示例{each}", "欠薪" if each % 2 else "无") for each in range(1, 60)]
    service.ingest("t_staff", [put("a.csv", _staff(*rows))])
    snapshot = read.pin()

    def work(_: int) -> list[tuple[str, str]]:
        with read.open_session(snapshot) as session:
            return _asked(session)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(work, range(8)))
    assert all(answer == _plainly() for answer in answers)
    assert len(answers[0]) == 60


def test_a_child_of_the_process_works_on_its_own(lake_home: Path, put: Put) -> None:
    service.ingest("t_staff", [put("a.csv", _staff((1, "示例甲", "欠薪")))])
    with read.open_session(read.pin()) as session:
        _asked(session)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with read.open_session(read.pin()) as session:
                code = 0 if _asked(session) == [("示例甲", "欠薪")] * 2 else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_lake_session_remembers_and_one_over_tables_does_not(lake_home: Path) -> None:
    with read.open_session(read.pin()) as session, read.memory_session({}) as other:
        assert isinstance(session, Remembering)
        assert not isinstance(other, Remembering)
