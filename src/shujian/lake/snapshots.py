"""Pinned snapshots: which files, extract dates and declarations a run reads. The id says the content.

Two lakes that hold the same rows, dates and declarations give the same id, whatever the order of their files.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from shujian.kernel.canonical import canonical, digest
from shujian.kernel.clock import now
from shujian.kernel.errors import BadInput, Fault, GuardRefused
from shujian.kernel.home import home, private_folder
from shujian.lake import register as registers
from shujian.lake.coverage import Coverage, as_plain, from_plain
from shujian.lake.folding import Folded, fold
from shujian.lake.log import Commit


@dataclass(frozen=True)
class DatasetPin:
    """One dataset as a run sees it. ``files``: absolute Parquet paths; ``superseding``: whether some row
    replaces another; ``rows``: current rows; ``content``: digest of all rows, whatever their order; ``until``: only
    rows received by this instant (UTC, without zone) are seen, as a state of the past is read.
    """

    dataset: str
    version: int
    files: tuple[str, ...]
    superseding: bool
    rows: int
    extract_on: date | None
    coverage: tuple[Coverage, ...]
    content: str = ""
    until: datetime | None = None


@dataclass(frozen=True)
class Snapshot:
    """All datasets at one moment."""

    id: str
    pinned_at: datetime
    datasets: Mapping[str, DatasetPin]


def pin_of(dataset: str, history: Sequence[Commit]) -> DatasetPin:
    """The newest state of one dataset, from its commits in order."""
    found = fold(dataset, history)
    table = home().lake / "tables" / dataset
    return DatasetPin(
        dataset=dataset,
        version=max((commit.version for commit in history), default=0),
        files=tuple(str(table / name) for name in found.files),
        superseding=found.changed > 0,
        rows=found.rows,
        extract_on=found.extract_on,
        coverage=found.coverage,
        content=_content(found),
    )


def _content(found: Folded) -> str:
    """Sums of row digests, so that neither the order of rows nor that of files matters."""
    sums = [str(total) for total in found.sums]
    return digest({"rows": found.rows + found.changed, "sums": sums})[:32]


def _plain(pin: DatasetPin) -> dict[str, Any]:
    lake = home().lake
    return {
        "version": pin.version,
        "files": [str(Path(path).relative_to(lake)) for path in pin.files],
        "superseding": pin.superseding,
        "rows": pin.rows,
        "extract_on": pin.extract_on.isoformat() if pin.extract_on else None,
        "coverage": [as_plain(claim) for claim in pin.coverage],
        "content": pin.content,
    }


def _from_plain(dataset: str, body: Mapping[str, Any]) -> DatasetPin:
    lake = home().lake
    told = body["extract_on"]
    return DatasetPin(
        dataset=dataset,
        version=body["version"],
        files=tuple(str(lake / path) for path in body["files"]),
        superseding=body["superseding"],
        rows=body["rows"],
        extract_on=date.fromisoformat(told) if told else None,
        coverage=tuple(from_plain(claim) for claim in body["coverage"]),
        content=body["content"],
    )


def snapshot_id(pins: Mapping[str, DatasetPin]) -> str:
    """The id of a set of pins: contents, extract dates and declarations."""
    named = {
        name: {key: value for key, value in _plain(pin).items() if key not in ("version", "files")}
        for name, pin in pins.items()
    }
    return f"snap-{digest(named)[:24]}"


def pin() -> Snapshot:
    """Pin the newest version of every dataset; the same state gives the same id and is kept once."""
    with registers.register() as connection:
        history: dict[str, list[Commit]] = {}
        for commit in registers.commits(connection):
            history.setdefault(commit.dataset, []).append(commit)
        pins = {dataset: pin_of(dataset, told) for dataset, told in sorted(history.items())}
        made = Snapshot(snapshot_id(pins), now(), pins)
        known = _kept(connection, made.id)
        if known is not None and readable(known) and known.datasets == made.datasets:
            return known
        _keep(connection, made)
    return made


def _keep(connection: sqlite3.Connection, made: Snapshot) -> None:
    body = {name: _plain(one) for name, one in made.datasets.items()}
    told = {"pinned_at": made.pinned_at.isoformat(), "datasets": body}
    target = private_folder(registers.snapshots_folder()) / f"{made.id}.json"
    draft = target.with_suffix(f".{os.getpid()}.draft")
    draft.write_text(canonical(told), "utf-8")
    draft.replace(target)
    connection.execute(
        "insert or replace into snapshots values (?, ?, ?)",
        (made.id, made.pinned_at.isoformat(), json.dumps(body)),
    )


def _kept(connection: sqlite3.Connection, snapshot_id: str) -> Snapshot | None:
    row = connection.execute("select pinned_at, body from snapshots where id = ?", (snapshot_id,)).fetchone()
    if row is None:
        return None
    pins = {name: _from_plain(name, body) for name, body in json.loads(row[1]).items()}
    return Snapshot(snapshot_id, datetime.fromisoformat(row[0]), pins)


def readable(told: Snapshot) -> bool:
    """Whether the files of a snapshot are all there."""
    return all(Path(path).exists() for one in told.datasets.values() for path in one.files)


def snapshot(snapshot_id: str) -> Snapshot:
    """A snapshot pinned before. Raises BadInput for an unknown id, GuardRefused where its files are gone."""
    with registers.register() as connection:
        found = _kept(connection, snapshot_id)
    if found is None:
        raise BadInput(
            Fault(
                code="unknown_snapshot",
                message="没有这个快照",
                found=snapshot_id,
                expected="shujian lake snapshots 中的编号",
            )
        )
    if not readable(found):
        raise gone(snapshot_id)
    return found


def gone(snapshot_id: str) -> GuardRefused:
    """The answer about a snapshot whose files retention or an erasure has taken."""
    return GuardRefused(
        Fault(code="snapshot_gone", message="这个快照的数据已按留存期限或删除请求清除，不能再读",
              found=snapshot_id)
    )  # fmt: skip


def snapshots() -> list[Snapshot]:
    """Every pinned snapshot, newest first."""
    with registers.register() as connection:
        ids = connection.execute("select id from snapshots order by pinned_at desc, id").fetchall()
        return [found for (one,) in ids if (found := _kept(connection, one)) is not None]
