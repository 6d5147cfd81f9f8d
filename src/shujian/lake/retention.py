"""How long rows stay: by the agreement of their source, else by a dated parameter. Time runs from their receipt.

A row counts from the day on which it was first received; a row that is gone and delivered again lands anew.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from shujian.kernel.clock import CHINA, now, today
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import home
from shujian.kernel.yamlfile import read_yaml
from shujian.lake import log
from shujian.lake.contracts import source
from shujian.lake.erasing.finding import Target, find
from shujian.lake.erasing.tables import history_of, stale_files
from shujian.lake.errors import UnknownSource
from shujian.lake.folding import erased_batches, moment
from shujian.lake.keeping import kept_files


@dataclass(frozen=True)
class Due:
    """What falls out of one dataset now. ``rows``: all versions; ``files``: data files that only old snapshots name;
    ``next_on``: when the next batch falls out; ``held_by``: a kept snapshot that stands in the way.
    """

    dataset: str
    retain: str
    stated: bool
    cutoff: date
    rows: int
    batches: tuple[str, ...]
    files: int
    next_on: date | None
    held_by: str | None

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def earlier(day: date, duration: str) -> date:
    """The day so long before (``P3Y``, ``P6M``, ``P90D``), by the calendar; the last of a shorter month."""
    count = int(duration[1:-1])
    if duration.endswith("D"):
        return day - timedelta(days=count)
    months = day.year * 12 + day.month - 1 - count * (12 if duration.endswith("Y") else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def later(day: date, duration: str) -> date:
    """The first day on which a row of ``day`` falls out."""
    found = day
    while earlier(found, duration) <= day:
        found += max(timedelta(days=1), (day - earlier(found, duration)) // 2)
    return found


def default_retain(day: date) -> str:
    """The dated parameter ``retention.default_months``. Raises BadInput where it says nothing for the day."""
    for root in home().catalogue_roots():
        path = root / "parameters" / "retention.yaml"
        if path.exists():
            values = read_yaml(path).value["default_months"]["values"]
            holding = [one for one in values if one["from"] <= day and (one.get("to") or date.max) >= day]
            if holding:
                return f"P{max(holding, key=lambda one: one['from'])['value']}M"
    raise BadInput(Fault(code="no_parameter", message="没有默认的留存期限", field="retention.default_months"))


def retain_of(dataset: str, day: date) -> tuple[str, bool]:
    """How long rows of a dataset stay, and whether its agreement says so."""
    try:
        stated = source(dataset).agreement.retain
    except UnknownSource:
        stated = None
    return (stated, True) if stated else (default_retain(day), False)


def cutoff_of(dataset: str, day: date) -> tuple[date, datetime]:
    """The first day that stays, and its beginning in China as stored (UTC, without zone)."""
    first = earlier(day, retain_of(dataset, day)[0])
    return first, datetime.combine(first, time(), CHINA).astimezone(UTC).replace(tzinfo=None)


def _day() -> date:
    """The day by which time is counted: rows carry the real time of their receipt, so no stopped clock counts."""
    return max(today(), now().astimezone(CHINA).date())


def due(day: date | None = None) -> list[Due]:
    """What falls out of each dataset."""
    return [_due(dataset, day or _day()) for dataset in log.dataset_names()]


def _due(dataset: str, day: date) -> Due:
    retain, stated = retain_of(dataset, day)
    first, before = cutoff_of(dataset, day)
    found = find(dataset, Target("retention", before={dataset: before}))
    received = _received(dataset)
    stale = stale_files(dataset, before)
    held = next((by for name, by in kept_files(dataset).items() if name in found.files), None)
    young = [at for at in received.values() if at >= first]
    return Due(
        dataset=dataset, retain=retain, stated=stated, cutoff=first, rows=len(found.rows),
        batches=tuple(sorted(batch for batch, at in received.items() if at < first)) if found.rows else (),
        files=len(stale), next_on=later(min(young), retain) if young else None, held_by=held,
    )  # fmt: skip


def _received(dataset: str) -> dict[str, date]:
    history = history_of(dataset)
    gone = erased_batches(history)
    return {
        str(one.batch): at.astimezone(CHINA).date()
        for one in history
        if one.kind == "land" and one.batch not in gone and (at := moment(one)) is not None
    }


def target_of(dues: Sequence[Due], day: date | None = None) -> Target | None:
    """What retention takes now; None where nothing is due or all of it is kept."""
    wanted = [one for one in dues if (one.rows or one.files) and not one.held_by]
    before = {one.dataset: cutoff_of(one.dataset, day or _day())[1] for one in wanted}
    return Target("retention", before=before) if before else None
