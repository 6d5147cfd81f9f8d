"""Quality: what is filled and valid, what nothing can match, and coverage as declared by month and town."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from shujian.lake import read, service
from shujian.lake.conftest import number
from shujian.lake.coverage import Coverage, Gap, state_of

Put = Callable[..., Path]


def test_counts(lake_home: Path, put: Put) -> None:
    rows = [
        f"示例甲,{number(1)},男,示例镇,2026-01-05", f"示例乙,{number(2)},未知,示例镇,2026-01-06",
        "示例丙,999999199001010011,女,示例乡,2026-03-01", "示例丁,999999********001X,,,2026-03-02", "示例丁,,,,2026-03-03",
    ]  # fmt: skip
    text = "姓名,身份证号,性别,乡镇,入编日期\n" + "\n".join(rows)
    service.ingest("t_staff", [put("a.csv", text)], as_of=date(2026, 6, 30))
    report = read.quality("t_staff")
    assert (report.rows, report.unmatchable, report.as_of, report.fresh) == (
        5,
        {"person": 3},
        date(2026, 6, 30),
        True,
    )
    seen = {name: (one.complete, one.valid, one.distinct) for name, one in report.fields.items()}
    assert seen == {
        "name": (5, 5, 4), "id_card": (4, 2, 4), "birth_on": (0, 0, 0), "sex": (3, 2, 3), "town": (3, 3, 2),
        "joined_on": (5, 5, 5), "salary": (0, 0, 0), "remark": (0, 0, 0),
    }  # fmt: skip
    counted = {(one.month, one.region): one.rows for one in report.coverage if one.rows}
    assert counted == {
        ("2026-01", "示例镇"): 2, ("2026-03", "示例乡"): 1, ("2026-03", None): 2,
    }  # fmt: skip
    assert {one.state for one in report.coverage} == {"undeclared"}
    assert ("2026-02", "示例镇", 0) in {(one.month, one.region, one.rows) for one in report.coverage}


def test_declared_months_and_gaps(lake_home: Path, put: Put) -> None:
    text = "姓名,乡镇,入编日期\n示例甲,示例镇,2026-01-05\n示例乙,示例镇,2026-06-10\n"
    gap = Gap(date(2026, 3, 5), date(2026, 3, 9), (), "系统停用")
    claim = Coverage(date(2026, 2, 1), date(2026, 6, 20), ("示例镇",), True, (gap,), "来函")
    service.ingest("t_staff", [put("a.csv", text)], as_of=date(2026, 6, 20), coverage=[claim])
    states = {one.month: (one.rows, one.state) for one in read.quality("t_staff").coverage}
    assert states == {
        "2026-01": (1, "undeclared"), "2026-02": (0, "declared"), "2026-03": (0, "gap"),
        "2026-04": (0, "declared"), "2026-05": (0, "declared"), "2026-06": (1, "declared"),
    }  # fmt: skip


def test_a_dataset_that_never_came(lake_home: Path) -> None:
    report = read.quality("t_staff")
    assert (report.rows, report.coverage, report.as_of, report.fresh) == (0, (), None, None)


def test_staleness(lake_home: Path, put: Put) -> None:
    service.ingest("t_staff", [put("a.csv", "姓名,入编日期\n示例甲,2026-01-05\n")], as_of=date(2026, 4, 30))
    assert [one.fresh for one in read.datasets()] == [False]
    service.ingest("t_staff", [put("b.csv", "姓名,入编日期\n示例甲,2026-01-05\n\n")], as_of=date(2026, 5, 1))
    assert [(one.fresh, one.rows, one.batches) for one in read.datasets()] == [(True, 1, 2)]


def test_state_of_a_span() -> None:
    day = date(2026, 1, 1)
    whole = Coverage(date(2025, 1, 1), date(2026, 12, 31))
    assert state_of([whole], day, day, None) == "declared"
    assert state_of([Coverage(whole.from_, whole.to, complete=False)], day, day, None) == "undeclared"
    assert state_of([Coverage(whole.from_, whole.to, ("示例镇",))], day, day, None) == "undeclared"
    gapped = Coverage(whole.from_, whole.to, (), True, (Gap(day, day, ("示例乡",)),))
    assert [state_of([gapped], day, day, area) for area in ("示例乡", "示例镇")] == ["gap", "declared"]
    assert state_of([gapped, whole], day, day, "示例乡") == "declared"
