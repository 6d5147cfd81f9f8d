"""Which days are working days: one dated file a year, with its notice. A year without a file is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shujian.kernel.errors import BadInput, Fault, FaultList
from shujian.kernel.home import home
from shujian.kernel.yamlfile import YamlFile, read_yaml
from shujian.supervision.keywords import Stamp, stamp

TABLE = "holidays.years"
"""The name under which the years that a run counted with are kept with it."""


class Off(BaseModel):
    """Days on which nobody works, both ends included."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    name: str
    from_: date = Field(alias="from")
    to: date

    def days(self) -> list[date]:
        """Each day."""
        return [self.from_ + timedelta(days=step) for step in range((self.to - self.from_).days + 1)]


class Year(BaseModel):
    """One year's notice: holidays, and the days of a weekend that are worked. ``verified``: read against the gazette."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    year: int
    basis: str
    source: str
    verified: bool = False
    off: list[Off] = Field(min_length=1)
    work: list[date] = []


@dataclass(frozen=True)
class HolidayShelf:
    """The sound years, and the faults of the other files."""

    years: Mapping[int, Year]
    faults: tuple[Fault, ...] = ()

    def table(self) -> dict[str, Any]:
        """What a run keeps: year → holidays on weekdays, worked days of weekends, whether verified."""
        return {
            str(year): {
                "off": [day.isoformat() for off in told.off for day in off.days() if day.weekday() < 5],
                "work": [day.isoformat() for day in sorted(told.work)],
                "verified": told.verified,
            }
            for year, told in sorted(self.years.items())
        }


def _check(file: YamlFile, told: Year, faults: FaultList) -> None:
    seen: dict[date, str] = {}
    for place, off in enumerate(told.off):
        if off.from_ > off.to:
            faults.add(
                file.fault(
                    ("off", place),
                    "wrong_order",
                    "起止颠倒",
                    found=f"{off.from_} 至 {off.to}",
                    expected="从早到晚",
                )
            )
            continue
        for day in (off.from_, off.to):
            if day.year != told.year:
                faults.add(
                    file.fault(
                        ("off", place), "other_year", "不在这一年", found=str(day), expected=str(told.year)
                    )
                )
        if any(day in seen for day in off.days()):
            faults.add(
                file.fault(
                    ("off", place), "repeated_day", "两个假期重叠", found=off.name, expected="每天只写一次"
                )
            )
        seen |= dict.fromkeys(off.days(), off.name)
    for place, day in enumerate(told.work):
        code, said = "", ""
        if day.year != told.year:
            code, said = "other_year", "不在这一年"
        elif day.weekday() < 5:
            code, said = "plain_weekday", "调休上班日应是周六或周日"
        elif day in seen:
            code, said = "repeated_day", "同一天既放假又上班，或写了两次"
        if code:
            faults.add(
                file.fault(
                    ("work", place), code, said, found=str(day), expected=f"{told.year} 年的周六、周日"
                )
            )
        seen[day] = "上班"


def load_holidays(roots: tuple[Path, ...]) -> HolidayShelf:
    """Read ``holidays/*.yaml`` of all roots; a file with faults is left out, its faults are kept."""
    faults, years = FaultList(), dict[int, Year]()
    for root in roots:
        for path in sorted((root / "holidays").glob("*.yaml")):
            try:
                file = read_yaml(path)
                told = Year.model_validate(file.value)
            except BadInput as error:
                faults.items.extend(error.faults)
                continue
            except ValidationError as error:
                faults.items.extend(file.faults_of(error))
                continue
            before = len(faults.items)
            if told.year in years:
                faults.add(
                    file.fault(
                        ("year",),
                        "duplicate_id",
                        "这一年已有节假日表",
                        found=str(told.year),
                        expected="每年一份",
                    )
                )
            _check(file, told, faults)
            if len(faults.items) == before:
                years[told.year] = told
    return HolidayShelf(years, tuple(faults.items))


def holiday_shelf() -> HolidayShelf:
    """The catalogue's years; read again only when a file changed."""
    roots = home().catalogue_roots()
    stamps = tuple(stamp(path) for root in roots for path in sorted((root / "holidays").glob("*.yaml")))
    return _shelf(roots, stamps)


@lru_cache(maxsize=4)
def _shelf(roots: tuple[Path, ...], _stamps: tuple[Stamp, ...]) -> HolidayShelf:
    return load_holidays(roots)


def calendar_sql(table: Mapping[str, Any]) -> str:
    """SQL of every day of the known years: ``d``, ``run`` (years without a gap between them), ``w`` (worked)."""
    runs: list[list[int]] = []
    for year in sorted(int(each) for each in table):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    parts = []
    for place, years in enumerate(runs):
        off = _days([day for year in years for day in table[str(year)]["off"]])
        work = _days([day for year in years for day in table[str(year)]["work"]])
        span = f"range(DATE '{years[0]}-01-01', DATE '{years[-1] + 1}-01-01', INTERVAL 1 DAY)"
        weekday = "dayofweek(d) NOT IN (0, 6)"
        parts.append(
            f"SELECT d, {place} AS run, ({weekday} AND d NOT IN ({off})) OR d IN ({work}) AS w "
            f"FROM (SELECT CAST(x AS DATE) AS d FROM (SELECT unnest({span}) AS x) AS t) AS t"
        )
    return " UNION ALL ".join(parts) or "SELECT CAST(NULL AS DATE) AS d, 0 AS run, FALSE AS w WHERE FALSE"


def _days(days: list[str]) -> str:
    return ", ".join(f"DATE '{day}'" for day in days) or "CAST(NULL AS DATE)"


def due_sql(table: Mapping[str, Any], count: str, *, forward: bool) -> str:
    """SQL of ``d`` and ``due``: the count-th working day after (or before) each day, the day itself not counted."""
    counted = f"SELECT d, run, w, sum(CASE WHEN w THEN 1 ELSE 0 END) OVER (PARTITION BY run ORDER BY d) AS n FROM ({calendar_sql(table)})"
    wanted = f"a.n + ({count})" if forward else f"a.n - CASE WHEN a.w THEN 1 ELSE 0 END - ({count}) + 1"
    return (
        f"WITH c AS MATERIALIZED ({counted}) SELECT a.d, CASE WHEN ({count}) = 0 THEN a.d ELSE t.d END AS due "
        f"FROM c AS a LEFT JOIN c AS t ON t.run = a.run AND t.w AND t.n = {wanted}"
    )


def roll_sql(table: Mapping[str, Any]) -> str:
    """SQL of ``d`` and ``due``: each day itself where it is worked, else the first working day after."""
    calendar = calendar_sql(table)
    return (
        f"WITH c AS MATERIALIZED ({calendar}) SELECT d, "
        f"min(CASE WHEN w THEN d END) OVER (PARTITION BY run ORDER BY d ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS due FROM c"
    )
