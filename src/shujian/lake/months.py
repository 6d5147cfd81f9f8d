"""Rows by month and town beside what the provider declared of them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from shujian.lake.coverage import state_of
from shujian.lake.depth import region_sql
from shujian.lake.engines.duckdb import Session
from shujian.lake.physical import day_sql
from shujian.lake.snapshots import DatasetPin
from shujian.lake.sources import SourceContract

MONTHS_SHOWN = 20_000


@dataclass(frozen=True)
class MonthCovered:
    """Rows of one month (``2026-03``; None: no date) and region, and what the provider declared of it."""

    month: str | None
    region: str | None
    rows: int
    state: str


def coverage_by_month(
    session: Session, contract: SourceContract, one: DatasetPin, view: str
) -> tuple[MonthCovered, ...]:
    """Rows of each month and town, months without rows between the first and the last among them."""
    if contract.date_field is None:
        return ()
    month = f"strftime({day_sql(contract.date_field)}, '%Y-%m')"
    region = region_sql(contract)
    found = session.sql(
        f"select {month} as month, {region} as region, count(*) as n from {view} group by all"
    )
    counted = {(row["month"], row["region"]): int(row["n"]) for row in found.to_pylist()}
    spans = [text for text, _ in counted if text is not None]
    spans += [day.isoformat()[:7] for claim in one.coverage for day in (claim.from_, claim.to)]
    regions = sorted({region for _, region in counted}, key=lambda name: (name is None, name or "")) or [None]
    if spans:
        for text in _months(min(spans), max(spans)):
            for name in regions:
                counted.setdefault((text, name), 0)
    entries = [
        MonthCovered(text, name, rows, month_state(one, text, name))
        for (text, name), rows in sorted(
            counted.items(), key=lambda item: (item[0][0] or "", item[0][1] or "")
        )
    ]
    return tuple(entries[:MONTHS_SHOWN])


def _months(first: str, last: str) -> list[str]:
    year, month = int(first[:4]), int(first[5:])
    found: list[str] = []
    while (text := f"{year:04d}-{month:02d}") <= last and len(found) < 1200:
        found.append(text)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def month_state(one: DatasetPin, month: str | None, region: str | None) -> str:
    """What the provider declared of a month, as far as the extract can know it: declared, gap, undeclared."""
    if month is None:
        return "undeclared"
    year, number = int(month[:4]), int(month[5:])
    last = date(year, number, calendar.monthrange(year, number)[1])
    if one.extract_on and date(year, number, 1) <= one.extract_on:
        last = min(last, one.extract_on)
    return state_of(one.coverage, date(year, number, 1), last, region)
