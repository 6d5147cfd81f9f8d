"""Quality: what is filled and valid, what nothing can match, and coverage as declared by month and town."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from shujian.kernel.errors import BadInput
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


def _land(put: Put, name: str, rows: list[str], as_of: date) -> str:
    text = "姓名,身份证号,乡镇,入编日期,工资\n" + "\n".join(rows) + "\n"
    return service.ingest("t_staff", [put(name, text)], as_of=as_of, max_rejects="100%").batch


def test_why_rows_cannot_be_matched(lake_home: Path, put: Put) -> None:
    rows = [
        f"示例甲,{number(1)},,2026-01-05,", "示例乙,,,2026-01-05,", "示例丙,999999199001010011,,2026-01-05,",
        "示例丁,999999********001X,,2026-01-05,", "示例戊,不详,,2026-01-05,",
    ]  # fmt: skip
    _land(put, "a.csv", rows, date(2026, 6, 30))
    report = read.quality("t_staff")
    assert report.reasons == {"person": {"all": 4, "missing": 1, "masked": 1, "bad": 2}}
    assert report.unmatchable == {"person": 4}
    assert report.types["id_card"] == {"complete": 4, "valid": 1}
    assert report.types["date"] == {"complete": 5, "valid": 5}


def test_firms_and_places_say_why_too(lake_home: Path, put: Put) -> None:
    text = "文号,企业名称,统一社会信用代码,地址\n1,示例一厂,,示例镇\n2,,BAD,\n3,,,\n"
    service.ingest("t_firms", [put("a.csv", text)])
    reasons = read.quality("t_firms").reasons
    assert reasons["org"] == {"all": 2, "missing": 1, "masked": 0, "bad": 1}
    assert reasons["place"]["missing"] == 2


def test_doubles(lake_home: Path, put: Put) -> None:
    same = "示例镇,2026-01-05,3000"
    rows = [
        f"示例甲,{number(1)},{same}",
        f"示例甲,{number(2)},{same}",
        f"示例甲,{number(3)},示例乡,2026-01-05,3000",
    ]
    _land(put, "a.csv", rows, date(2026, 6, 30))
    assert read.quality("t_staff").duplicates == {"same_key": 0, "near_identical": 1}
    twice = [f"示例乙,{number(4)},{same}", f"示例乙,{number(4)},示例乡,2026-01-05,3000"]
    _land(put, "b.csv", twice, date(2026, 6, 30))
    assert read.quality("t_staff").duplicates == {"same_key": 1, "near_identical": 1}


def test_a_batch_beside_the_one_before(lake_home: Path, put: Put) -> None:
    first = _land(
        put, "a.csv", [f"示例甲,{number(n)},示例镇,2026-01-05,1" for n in range(4)], date(2026, 5, 1)
    )
    alone = read.quality("t_staff")
    assert (alone.previous, alone.warnings) == (None, ())
    worse = ["示例乙,,示例镇,2026-02-05,1", f"示例乙,{number(9)},示例镇,二月,1"]
    second = _land(put, "b.csv", worse, date(2026, 6, 1))
    report = read.quality("t_staff", batch=second)
    assert report.batch is not None and report.previous is not None
    assert (report.rows, report.batch.read, report.previous.batch) == (1, 2, first)
    assert report.warnings == (
        "“身份证号”的填写率由 100% 降为 0%",
        "剔除比例由 0.0% 升为 50.0%",
    )
    third = _land(put, "c.csv", [f"示例丙,{number(20)},示例镇,2026-03-05,1"] * 9, date(2026, 6, 2))
    assert "行数由上一批的 2 变为 9" in read.quality("t_staff", batch=third).warnings
    assert read.quality("t_staff", batch=first).rows == 4
    with pytest.raises(BadInput) as unknown:
        read.quality("t_staff", batch="batch-nosuch")
    assert [fault.code for fault in unknown.value.faults] == ["unknown_batch"]


def test_thin_months_are_told_but_not_the_first_nor_the_one_that_runs(lake_home: Path, put: Put) -> None:
    path = lake_home / "catalogue" / "sources" / "t_staff.yaml"
    path.write_text(path.read_text("utf-8").replace("key:", "expect_monthly: {min: 2}\nkey:"), "utf-8")
    days = ("2026-01-31", "2026-02-01", "2026-02-02", "2026-04-01", "2026-06-01")
    _land(put, "a.csv", [f"示例甲,{number(at)},,{day}," for at, day in enumerate(days)], date(2026, 6, 15))
    claim = Coverage(date(2026, 3, 1), date(2026, 3, 31), stated_by="来函")
    service.declare_coverage("t_staff", [claim])
    report = read.quality("t_staff")
    assert [(one.month, one.rows, one.declared) for one in report.thin] == [
        ("2026-03", 0, "declared"),
        ("2026-04", 1, "undeclared"),
        ("2026-05", 0, "undeclared"),
    ]
    assert (report.due_on, report.overdue) == (date(2026, 7, 15), False)


def test_texts_that_carry_numbers_or_tell_of_minors_are_counted(lake_home: Path, put: Put) -> None:
    told = [f"证号{number(5)}电话10012345678", "家里小孩上学", "编号2026063012345", ""]
    rows = [f"示例甲,2026-01-05,{text}" for text in told]
    service.ingest("t_staff", [put("a.csv", "姓名,入编日期,备注\n" + "\n".join(rows) + "\n")])
    assert read.quality("t_staff").leaks == {"remark": {"ids": 1, "phones": 1, "minors": 1}}
