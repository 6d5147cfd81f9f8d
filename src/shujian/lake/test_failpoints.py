"""The process dies between the steps of an ingest: afterwards nothing is lost, nothing is doubled."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from shujian.lake import log, read, service
from shujian.lake.conftest import number

Put = Callable[..., Path]
DIE = "from pathlib import Path; import sys; from shujian.lake.service import ingest; ingest('t_staff', [Path(p) for p in sys.argv[1:]])"
STEPS = {
    "ingest.after_files": False,
    "ingest.after_rejects": False,
    "ingest.after_delta": True,
    "ingest.before_register": True,
    "ingest.after_register": True,
}
"""Step → whether the batch is committed when the process dies there."""


def _text(first: int, last: int, remark: str = "x") -> str:
    lines = (f"示例甲,{number(n)},2020-01-01,{remark}\n" for n in range(first, last))
    return "姓名,身份证号,入编日期,备注\n" + "".join(lines)


def _die(step: str, *files: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DIE, *map(str, files)],
        env={**os.environ, "SHUJIAN_FAILPOINT": step},
        capture_output=True,
    )
    assert done.returncode == 70, done.stderr.decode()


def _names() -> list[str]:
    with read.open_session(read.pin()) as session:
        return list(
            session.sql(f"select id_card from {session.attach('t_staff')} order by 1")["id_card"].to_pylist()
        )


@pytest.mark.parametrize("step", STEPS)
def test_a_first_delivery(lake_home: Path, put: Put, step: str) -> None:
    path = put("a.csv", _text(1, 4))
    _die(step, path)
    committed = STEPS[step]
    assert _names() == (sorted(number(n) for n in (1, 2, 3)) if committed else [])
    report = service.ingest("t_staff", [path]).files[0]
    assert (report.state, report.landed) == (("same", 0) if committed else ("landed", 3))
    assert _names() == sorted(number(n) for n in (1, 2, 3))
    stored = {path.name for path in log.table_path("t_staff").glob("*.parquet")}
    assert stored == log.added_files("t_staff")
    assert not list((lake_home / "lake" / "staging").glob("*/*"))


@pytest.mark.parametrize("step", STEPS)
def test_changed_rows_over_what_was_there(lake_home: Path, put: Put, step: str) -> None:
    service.ingest("t_staff", [put("a.csv", _text(1, 4))])
    before = read.pin()
    path = put("b.csv", _text(2, 6, "y"))
    _die(step, path)
    again = service.ingest("t_staff", [path]).files[0]
    assert (again.landed, again.changed) == ((0, 0) if STEPS[step] else (2, 2))
    assert _names() == sorted(number(n) for n in range(1, 6))
    with read.open_session(read.snapshot(before.id)) as session:
        assert session.sql(f"select count(*) as n from {session.attach('t_staff')}")["n"][0].as_py() == 3


def test_the_first_of_two_files_stays(lake_home: Path, put: Put) -> None:
    files = [put("a.csv", _text(1, 4)), put("b.csv", _text(4, 6))]
    _die("ingest.after_delta", *files)
    assert len(_names()) == 3
    assert [file.state for file in service.ingest("t_staff", files).files] == ["same", "landed"]
    assert len(_names()) == 5


def test_rejects_of_a_dead_batch_can_be_read(lake_home: Path, put: Put) -> None:
    _die("ingest.after_rejects", put("a.csv", _text(1, 40) + "示例乙,坏行\n"))
    (batch,) = [path.name for path in (lake_home / "lake" / "batches").iterdir()]
    assert [one.line for one in read.rejects(batch)] == [41]
    quality = json.loads((lake_home / "lake" / "batches" / batch / "quality-0000.json").read_text("utf-8"))
    assert (quality["read"], quality["rejected"], quality["filled"]["name"]) == (40, 1, 39)
