"""The lake as it was known on a day of the past: what had been *received* by the end of that day, in China.

That is transaction time. The extract date (as of when the provider drew his list) is another thing and is shown
beside it. What was erased since is not in any state of the past either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

from shujian.kernel.canonical import digest
from shujian.kernel.clock import CHINA
from shujian.lake import register as registers
from shujian.lake.engines.duckdb import Scratch, scan
from shujian.lake.engines.session import current_rows
from shujian.lake.folding import fold, moment
from shujian.lake.log import Commit
from shujian.lake.snapshots import DatasetPin, Snapshot, pin_of, readable, snapshot_id


def end_of_day(day: date) -> datetime:
    """The last instant of a day in China."""
    return datetime.combine(day, time.max, CHINA)


def histories(day: date | None = None) -> dict[str, list[Commit]]:
    """The commits of each dataset in order, up to the end of a day. Those that say no time belong to the first."""
    found: dict[str, list[Commit]] = {}
    limit = end_of_day(day) if day else None
    with registers.register() as connection:
        for commit in registers.commits(connection):
            at = moment(commit)
            if limit is None or at is None or at <= limit:
                found.setdefault(commit.dataset, []).append(commit)
    return {name: told for name, told in found.items() if any(moment(commit) for commit in told)}


def snapshot_as_of(day: date) -> Snapshot:
    """The lake as known on ``day``. Where nothing was erased since, the id is that of the snapshot of then.

    Such a state is read, not pinned: no run stands on it.
    """
    then, all_of_it = histories(day), histories()
    pins = {dataset: pin_of(dataset, told) for dataset, told in sorted(then.items())}
    exact = Snapshot(snapshot_id(pins), end_of_day(day), pins)
    untouched = all(_erasures(told) == _erasures(all_of_it[name]) for name, told in then.items())
    if untouched and readable(exact):
        return exact
    seen = {name: _through_present(one, all_of_it[name], day) for name, one in pins.items()}
    if untouched:
        return Snapshot(exact.id, exact.pinned_at, seen)
    return Snapshot(f"asof-{digest([day, _contents(seen)])[:24]}", exact.pinned_at, seen)


def _erasures(history: Sequence[Commit]) -> int:
    return sum(commit.kind == "erase" for commit in history)


def _contents(pins: Mapping[str, DatasetPin]) -> dict[str, str]:
    return {name: one.content for name, one in pins.items()}


def _through_present(then: DatasetPin, history: Sequence[Commit], day: date) -> DatasetPin:
    """Present files read up to an instant: they hold every row that there was, but for the erased ones."""
    present = pin_of(then.dataset, history)
    until = end_of_day(day).astimezone(UTC).replace(tzinfo=None)
    found = replace(
        then, files=present.files, superseding=fold(then.dataset, history).changed > 0, until=until
    )
    if not found.files:
        return replace(found, rows=0, content=present.content)
    with Scratch() as scratch:
        rows = scratch.row(f"select count(*) from ({current_rows(found, set(), scan(found))})")[0]
    return replace(found, rows=int(str(rows)), content=present.content)
