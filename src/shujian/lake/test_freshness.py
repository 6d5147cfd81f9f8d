"""Days of delivery by the calendar, and the states of an agreement at their edges."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from shujian.lake import read, service
from shujian.lake.freshness import after, agreement_state, delivery


@pytest.mark.parametrize(
    ("day", "period", "due"),
    [
        ("2026-06-30", "P7D", "2026-07-07"),
        ("2026-06-30", "P2W", "2026-07-14"),
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2024-01-31", "P1M", "2024-02-29"),
        ("2026-11-30", "P3M", "2027-02-28"),
        ("2026-12-31", "P1M", "2027-01-31"),
        ("2024-02-29", "P1Y", "2025-02-28"),
    ],
)
def test_the_next_extract_is_due_by_the_calendar(day: str, period: str, due: str) -> None:
    assert after(date.fromisoformat(day), period) == date.fromisoformat(due)


def test_overdue_from_the_day_after(lake_home: Path) -> None:
    contract = read.source("t_staff")
    assert delivery(contract, date(2026, 5, 30), date(2026, 6, 30)).overdue is False
    assert delivery(contract, date(2026, 5, 29), date(2026, 6, 30)).overdue is True
    assert delivery(contract, None, date(2026, 6, 30)).overdue is None
    assert delivery(None, date(2026, 5, 29), date(2026, 6, 30)).due_on is None


@pytest.mark.parametrize(
    ("expires", "state"),
    [("null", "open"), ("2026-06-29", "expired"), ("2026-06-30", "ending"), ("2026-07-30", "ending"),
     ("2026-07-31", "running")],
)  # fmt: skip
def test_an_agreement_holds_through_its_last_day(lake_home: Path, expires: str, state: str) -> None:
    path = lake_home / "catalogue" / "sources" / "t_staff.yaml"
    path.write_text(path.read_text("utf-8").replace("expires: null", f"expires: {expires}"), "utf-8")
    assert agreement_state(read.source("t_staff"), date(2026, 6, 30)) == state


def test_datasets_tell_what_is_overdue(lake_home: Path, put: Callable[..., Path]) -> None:
    file = put("a.csv", "姓名,身份证号,入编日期\n张三,,2020-01-01\n")
    service.ingest("t_staff", [file], as_of=date(2026, 5, 1))
    (one,) = read.datasets()
    assert (one.fresh, one.due_on, one.overdue) == (True, date(2026, 6, 1), True)
    service.ingest("t_staff", [file], as_of=date(2026, 6, 29))
    (one,) = read.datasets()
    assert (one.due_on, one.overdue) == (date(2026, 7, 29), False)
