"""Snapshots say content; readers keep theirs; the register is a copy that can be thrown away."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from shujian.kernel.errors import BadInput, GuardRefused
from shujian.lake import read, service
from shujian.lake.conftest import STAFF, number
from shujian.lake.coverage import Coverage, Gap
from shujian.lake.register import register_path

Put = Callable[..., Path]
HEADER = "姓名,身份证号,入编日期\n"
LETTER = "来函〔2026〕1号"


def _file(put: Put, name: str, numbers: list[int]) -> Path:
    return put(name, HEADER + "".join(f"示例甲,{number(n)},2020-01-01\n" for n in numbers))


def test_the_id_says_content_not_order_or_place(
    tmp_path: Path, lake_home: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [_file(put, "a.csv", [1, 2]), _file(put, "b.csv", [3])]
    first = service.ingest("t_staff", files, as_of=date(2026, 6, 30)).snapshot
    other = tmp_path / "other"
    (other / "catalogue" / "sources").mkdir(parents=True)
    (other / "catalogue" / "sources" / "t_staff.yaml").write_text(STAFF, "utf-8")
    monkeypatch.setenv("SHUJIAN_HOME", str(other))
    shuffled = [_file(put, "z.csv", [2, 3]), _file(put, "y.csv", [1])]
    for path in shuffled:
        last = service.ingest("t_staff", [path], as_of=date(2026, 6, 30)).snapshot
    assert last == first
    assert service.ingest("t_staff", [_file(put, "x.csv", [4])]).snapshot != first


def test_pinning_twice_keeps_one(lake_home: Path, put: Put) -> None:
    assert read.pin().datasets == {}
    service.ingest("t_staff", [_file(put, "a.csv", [1])])
    first, second = read.pin(), read.pin()
    assert first == second == read.snapshot(first.id)
    assert len({one.id for one in read.snapshots()}) == len(read.snapshots()) == 2


def test_unknown_and_gone_snapshots(lake_home: Path, put: Put) -> None:
    with pytest.raises(BadInput):
        read.snapshot("snap-0")
    service.ingest("t_staff", [_file(put, "a.csv", [1])])
    pinned = read.pin()
    Path(pinned.datasets["t_staff"].files[0]).unlink()
    with pytest.raises(GuardRefused) as gone:
        read.snapshot(pinned.id)
    assert gone.value.faults[0].code == "snapshot_gone"


@pytest.mark.parametrize("damage", ["absent", "garbage"])
def test_the_register_is_rebuilt_from_the_logs(lake_home: Path, put: Put, damage: str) -> None:
    service.ingest("t_staff", [_file(put, "a.csv", [1, 2])], as_of=date(2026, 6, 1))
    old = read.pin()
    service.ingest("t_staff", [_file(put, "b.csv", [3])], as_of=date(2026, 6, 30))
    before, told = read.pin(), read.datasets()
    for path in (lake_home / "lake").glob("register.sqlite3*"):
        path.unlink()
    if damage == "garbage":
        register_path().write_bytes(b"not a database at all" * 100)
    assert read.pin() == before
    assert read.datasets() == told
    assert read.snapshot(old.id) == old
    assert service.ingest("t_staff", [_file(put, "b2.csv", [3])]).files[0].state == "same"


def test_a_reader_keeps_its_snapshot_while_another_process_ingests(lake_home: Path, put: Put) -> None:
    service.ingest("t_staff", [_file(put, "a.csv", [1, 2])])
    with read.open_session(read.pin()) as session:
        view = session.attach("t_staff")
        command = "import sys; from pathlib import Path; from shujian.lake.service import ingest; ingest('t_staff', [Path(sys.argv[1])])"
        subprocess.run([sys.executable, "-c", command, str(_file(put, "b.csv", [2, 3, 4]))], check=True)
        assert session.sql(f"select count(*) as n from {view}")["n"][0].as_py() == 2
    with read.open_session(read.pin()) as session:
        assert session.sql(f"select count(*) as n from {session.attach('t_staff')}")["n"][0].as_py() == 4


def test_coverage_is_what_was_declared_and_never_beyond_the_extract(lake_home: Path, put: Put) -> None:
    told = Coverage(date(2020, 1, 1), date(2026, 12, 31), (), True, (), LETTER)
    report = service.ingest("t_staff", [_file(put, "a.csv", [1])], as_of=date(2026, 6, 1), coverage=[told])
    (found,) = read.pin().datasets["t_staff"].coverage
    assert (found.from_, found.to, found.stated_by) == (date(2020, 1, 1), date(2026, 6, 1), LETTER)
    gap = Gap(date(2021, 1, 1), date(2021, 1, 31), ("示例镇",), "系统停用")
    more = Coverage(date(2010, 1, 1), date(2019, 12, 31), ("示例镇",), True, (gap,), "来函〔2026〕2号")
    later = service.declare_coverage("t_staff", [more])
    assert later != report.snapshot
    assert read.pin().datasets["t_staff"].coverage == (more, found)
    assert read.snapshot(report.snapshot).datasets["t_staff"].coverage == (found,)
    service.declare_coverage("t_staff", [], replace=True)
    assert read.pin().datasets["t_staff"].coverage == ()


def test_a_contract_that_declares_up_to_the_extract(lake_home: Path, put: Put) -> None:
    claim = (
        f"coverage:\n  - {{from: 2014-01-01, to: extract, complete: true, stated_by: {LETTER}}}\nsubjects:"
    )
    contract = lake_home / "catalogue" / "sources" / "t_staff.yaml"
    contract.write_text(STAFF.replace("subjects:", claim), "utf-8")
    path = _file(put, "a.csv", [1])
    service.ingest("t_staff", [path])
    assert read.pin().datasets["t_staff"].coverage == ()
    service.ingest("t_staff", [path], as_of=date(2026, 6, 30))
    (found,) = read.pin().datasets["t_staff"].coverage
    assert (found.from_, found.to, found.complete) == (date(2014, 1, 1), date(2026, 6, 30), True)


def test_an_extract_date_may_stand_in_a_column(lake_home: Path, put: Put) -> None:
    contract = lake_home / "catalogue" / "sources" / "t_staff.yaml"
    contract.write_text(STAFF.replace("region_field:", "extract_field: joined_on\nregion_field:"), "utf-8")
    service.ingest(
        "t_staff", [put("a.csv", HEADER + f"示例甲,{number(1)},2026-05-31\n示例乙,{number(2)},2026-05-01\n")]
    )
    assert read.pin().datasets["t_staff"].extract_on == date(2026, 5, 31)
    with read.open_session(read.pin()) as session:
        days = session.sql(f"select distinct _as_of from {session.attach('t_staff')}")["_as_of"].to_pylist()
    assert days == [date(2026, 5, 31)]


def test_bad_declarations(lake_home: Path) -> None:
    gap = Gap(date(2021, 2, 1), date(2021, 1, 31), (), "")
    with pytest.raises(BadInput) as refused:
        service.declare_coverage(
            "t_staff", [Coverage(date(2026, 2, 1), date(2026, 1, 1), (), True, (gap,), " ")]
        )
    assert [fault.code for fault in refused.value.faults] == ["bad_span", "bad_span", "no_statement"]
