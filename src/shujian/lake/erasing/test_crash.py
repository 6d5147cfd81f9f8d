"""An erasure dies at every step: it is told of, nobody starts another, and taken up it comes to the same end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shujian.kernel.errors import GuardRefused
from shujian.lake import log, read, service
from shujian.lake.conftest import number
from shujian.lake.erasing.conftest import nobody, stored
from shujian.lake.erasing.scanning import scan
from shujian.lake.read import Target

Put = Callable[..., Path]
ONE = number(1)
HEADER = "姓名,身份证号,入编日期,备注\n"
STEPS = [
    "erase.planned", "erase.after_files", "erase.after_delta", "erase.before_vacuum", "erase.after_vacuum",
    "erase.rejects", "erase.reports", "erase.logs", "erase.drafts", "erase.search", "erase.rooms", "erase.recorded",
]  # fmt: skip
DIE = """
import sys
from shujian.lake import service
from shujian.lake.read import Target
target = Target("person", person=sys.stdin.read())
service.carry_out(service.Order(target, "本人申请", "示例检察长", "cli:示例"), lambda outcome: ())
"""


def _filled(put: Put) -> None:
    service.ingest(
        "t_staff", [put("a.csv", HEADER + "".join(f"示例甲,{number(n)},2020-01-01,飞线\n" for n in (1, 2)))]
    )
    service.ingest(
        "t_staff",
        [
            put(
                "b.csv",
                HEADER
                + f"示例甲,{ONE},2020-01-01,y\n示例乙,{number(3)},2020-01-01,找{ONE}\n示例丙,{number(4)},2020-01-01,x\n",
            )
        ],
    )
    with read.open_session(read.pin()) as session:
        session.hits("t_staff", "remark", ["飞线"])
    service.index("t_staff")


@pytest.mark.parametrize("step", STEPS)
def test_taken_up_it_ends_as_if_nothing_had_happened(lake_home: Path, put: Put, step: str) -> None:
    _filled(put)
    died = subprocess.run(
        [sys.executable, "-c", DIE], input=ONE, text=True, env={**os.environ, "SHUJIAN_FAILPOINT": step},
        capture_output=True,
    )  # fmt: skip
    assert died.returncode == 70, died.stderr
    left = read.unfinished_erasure()
    assert left is not None and left["number"] == "XH-2026-0001"
    assert ONE not in (lake_home / "lake" / "erasing" / "journal.json").read_text("utf-8")
    with pytest.raises(GuardRefused) as refused:
        service.carry_out(service.Order(Target("person", person=number(4)), "a", "b", "c"), nobody)
    assert refused.value.faults[0].code == "unfinished_erasure"
    record = service.take_up(nobody)
    assert record is not None and read.unfinished_erasure() is None
    assert sorted(row["id_card"] for row in stored()) == [number(2), number(4)]
    assert scan(ONE).residue == ()
    (told,) = record["datasets"]
    assert (told["rows"], told["current"], told["mentions"]) == (3, 2, 1)
    assert read.destruction_records() == [record]
    files = {path.name for path in log.table_path("t_staff").glob("*.parquet")}
    assert files == {Path(name).name for name in read.pin().datasets["t_staff"].files}
    assert service.take_up(nobody) is None


def test_a_busy_dataset_is_told(lake_home: Path, put: Put) -> None:
    _filled(put)
    hold = (
        "import sys; from shujian.lake.locks import writing\n"
        "with writing('t_staff'):\n    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == "held\n"
        with pytest.raises(Exception, match="正在被另一个进程写入"):
            service.carry_out(service.Order(Target("person", person=ONE), "a", "b", "c"), nobody)
        other.communicate("")
    assert read.unfinished_erasure() is None and len(stored()) == 5


def _read(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


READER = """
import sys
from shujian.kernel.errors import ShujianError
from shujian.lake import read
snapshot = read.snapshot(sys.argv[1])
with read.open_session(snapshot) as session:
    view = session.attach("t_staff")
    for _ in sys.stdin:
        try:
            rows = session.sql(f"select id_card, remark from {view} order by 1")
            print(rows.to_pylist(), flush=True)
        except ShujianError as error:
            print(error.exit_code, error.faults[0].code, flush=True)
"""


def test_a_reader_in_another_process_keeps_its_snapshot(lake_home: Path, put: Put) -> None:
    """Through ingest and compaction it reads the same rows; behind an erasure the old answer or a clear sentence."""
    _filled(put)
    snapshot = read.pin().id
    with _read(READER, snapshot) as reader:

        def ask() -> Any:
            assert reader.stdin is not None and reader.stdout is not None
            reader.stdin.write("\n")
            reader.stdin.flush()
            return reader.stdout.readline().strip()

        first = ask()
        assert first.count("id_card") == 4
        service.ingest("t_staff", [put("c.csv", HEADER + f"示例甲,{number(2)},2020-01-01,新\n")])
        assert ask() == first
        service.compact(["t_staff"])
        assert ask() == first
        service.carry_out(service.Order(Target("person", person=ONE), "a", "b", "c"), nobody)
        assert ask() in (first, "3 snapshot_gone")
        reader.communicate("")
    with pytest.raises(GuardRefused):
        read.snapshot(snapshot)
