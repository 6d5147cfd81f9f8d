"""Rows go when their time is over, by agreement or by default; kept snapshots stand in the way until released."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from shujian.kernel.errors import BadInput, GuardRefused
from shujian.lake import log, read, retention, service
from shujian.lake.conftest import number
from shujian.lake.coverage import Coverage
from shujian.lake.erasing.conftest import current, nobody
from shujian.lake.erasing.tables import stale_files, vacuum

Put = Callable[..., Path]
HEADER = "姓名,身份证号,入编日期,备注\n"
DAY = date(2026, 6, 30)


def _file(put: Put, name: str, people: dict[int, str], remark: str = "x") -> Path:
    return put(name, HEADER + "".join(f"示例甲,{number(n)},{day},{remark}\n" for n, day in people.items()))


@pytest.fixture
def two_years(lake_home: Path, put: Put, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Batches of 2024-06-29 and 2024-06-30 (China), kept two years, with a declaration; their snapshots."""
    contract = lake_home / "catalogue" / "sources" / "t_staff.yaml"
    contract.write_text(
        contract.read_text("utf-8").replace("expires: null", "expires: null, retain: P2Y"), "utf-8"
    )
    monkeypatch.setattr(retention, "_day", lambda: DAY)
    claim = Coverage(date(2015, 1, 1), date(2026, 12, 31), stated_by="来函〔2026〕1号")
    made = []
    for hour, people in ((15, {1: "2018-01-01", 2: "2019-05-05"}), (16, {2: "2019-05-05", 3: "2020-01-01"})):
        moment = datetime(2024, 6, 29, hour, 59, tzinfo=UTC)
        monkeypatch.setattr(service, "now", lambda moment=moment: moment)
        path = _file(put, f"{hour}.csv", people, str(hour))
        made.append(service.ingest("t_staff", [path], as_of=date(2024, 6, 28), coverage=[claim]).snapshot)
    return made


def _take() -> dict[str, object] | None:
    target = service.retention_target(service.due())
    if target is None:
        return None
    return service.carry_out(service.Order(target, "留存期满", "示例检察长", "cli:示例"), nobody)


def test_what_is_due_and_when(two_years: list[str]) -> None:
    (due,) = service.due()
    assert (due.retain, due.stated, due.cutoff, due.rows, len(due.batches)) == (
        "P2Y", True, date(2024, 6, 30), 2, 1,
    )  # fmt: skip
    assert due.next_on == date(2026, 7, 1) and due.held_by is None


def test_it_takes_what_is_past_its_time_and_no_more(two_years: list[str]) -> None:
    record = _take()
    assert record is not None and record["kind"] == "retention"
    assert sorted((row["id_card"], row["remark"]) for row in current()) == [
        (number(2), "16"),
        (number(3), "16"),
    ]
    assert read.pin().datasets["t_staff"].rows == 2
    with pytest.raises(GuardRefused):
        read.snapshot(two_years[1])
    assert _take() is None
    assert len(list(log.table_path("t_staff").glob("*.parquet"))) == 1


def test_the_hole_is_no_longer_declared_complete(two_years: list[str]) -> None:
    _take()
    (claim,) = read.pin().datasets["t_staff"].coverage
    assert (claim.from_, claim.to) == (date(2019, 5, 6), date(2024, 6, 28))


def test_a_kept_snapshot_stands_in_the_way(two_years: list[str]) -> None:
    with pytest.raises(BadInput):
        service.keep_snapshot(two_years[0], " ", "cli:示例")
    service.keep_snapshot(two_years[0], "诉讼保全", "cli:示例")
    (due,) = service.due()
    assert due.held_by == two_years[0] and _take() is None
    with pytest.raises(GuardRefused) as refused:
        service.carry_out(service.Order(read.Target("person", person=number(1)), "a", "b", "c"), nobody)
    assert refused.value.faults[0].code == "snapshot_kept" and read.unfinished_erasure() is None
    service.release_snapshot(two_years[0])
    with pytest.raises(BadInput):
        service.release_snapshot(two_years[0])
    assert _take() is not None


def test_files_that_only_old_snapshots_name_go(lake_home: Path, put: Put) -> None:
    for n in (1, 2):
        service.ingest("t_staff", [_file(put, f"{n}.csv", {n: "2020-01-01"})])
    service.compact(["t_staff"])
    assert (service.due()[0].files, service.due()[0].stated, service.due()[0].retain) == (0, False, "P36M")
    later_on = datetime(2999, 1, 1)  # noqa: DTZ001
    assert len(stale_files("t_staff", later_on)) == 2
    before, rows = read.pin(), current()
    first = next(one.id for one in read.snapshots() if one.datasets and one.datasets["t_staff"].rows == 1)
    service.keep_snapshot(first, "诉讼保全", "cli:示例")
    assert len(stale_files("t_staff", later_on)) == 1
    service.release_snapshot(first)
    assert vacuum("t_staff", later_on) == 2
    assert read.pin() == before and current() == rows


@pytest.mark.parametrize(
    ("day", "duration", "found"),
    [
        (date(2026, 2, 28), "P1M", date(2026, 1, 28)),
        (date(2026, 3, 31), "P1M", date(2026, 2, 28)),
        (date(2024, 2, 29), "P1Y", date(2023, 2, 28)),
        (date(2026, 6, 30), "P90D", date(2026, 4, 1)),
        (date(2026, 1, 15), "P13M", date(2024, 12, 15)),
    ],
)
def test_time_runs_by_the_calendar(day: date, duration: str, found: date) -> None:
    assert retention.earlier(day, duration) == found
    gone = retention.later(found, duration)
    assert retention.earlier(gone, duration) > found
    assert retention.earlier(gone - timedelta(days=1), duration) <= found
