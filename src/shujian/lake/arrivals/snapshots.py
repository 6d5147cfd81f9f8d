"""What arrived from elsewhere, kept as it came: ``lake/arrivals/<source>/<snapshot>/`` with a record of how.

A snapshot is never changed, except that ``forget`` takes a person out of it, and says so in its record.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shujian.kernel.clock import now
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import home, private_folder
from shujian.lake.arrivals.searching import holds, without

RECORD = "record.json"


@dataclass(frozen=True)
class Snapshot:
    """One kept arrival. ``record``: kind, source, time, digests and where it came from; no row of it."""

    id: str
    folder: Path
    record: Mapping[str, Any]


@dataclass(frozen=True)
class Removed:
    """What ``forget`` did to one file. ``left``: rows that stay, None where the whole file is gone."""

    snapshot: str
    file: str
    sha256: str
    rows: int
    left: int | None


def root() -> Path:
    """The folder of all snapshots."""
    return home().lake / "arrivals"


def draft_folder(source_id: str, name: str) -> Path:
    """A private folder beside the snapshots in which one is made; what a dead process left there goes first."""
    folder = root() / source_id / f".draft-{name}"
    shutil.rmtree(folder, ignore_errors=True)
    return private_folder(folder)


def keep(draft: Path, source_id: str, snapshot_id: str, record: Mapping[str, Any]) -> Snapshot:
    """Give a finished draft its name, whole or not at all. A snapshot of this id that is there already stays."""
    target = root() / source_id / snapshot_id
    if target.exists():
        shutil.rmtree(draft)
        return read_snapshot(source_id, snapshot_id)
    for path in draft.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    body = {"id": snapshot_id, "source": source_id, "kept_at": now().isoformat(), **record}
    _write(draft / RECORD, body)
    draft.rename(target)
    return Snapshot(snapshot_id, target, body)


def _write(path: Path, body: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
    path.chmod(0o600)


def read_snapshot(source_id: str, snapshot_id: str) -> Snapshot:
    """A snapshot by its id. Raises BadInput where there is none."""
    folder = root() / source_id / snapshot_id
    if "/" in snapshot_id or snapshot_id.startswith(".") or not (folder / RECORD).is_file():
        raise BadInput(
            Fault(code="unknown_arrival", message="没有这份原始快照", found=snapshot_id,
                  expected="、".join(one.id for one in snapshots(source_id)) or "（这个数据源还没有快照）")
        )  # fmt: skip
    return Snapshot(snapshot_id, folder, json.loads((folder / RECORD).read_text("utf-8")))


def snapshots(source_id: str) -> list[Snapshot]:
    """Every snapshot of a source, the oldest first."""
    found = [
        Snapshot(path.parent.name, path.parent, json.loads(path.read_text("utf-8")))
        for path in (root() / source_id).glob(f"[!.]*/{RECORD}")
    ]
    return sorted(found, key=lambda one: (str(one.record.get("kept_at")), one.id))


def _kept_files() -> Iterator[tuple[Path, Path]]:
    """Every snapshot folder with each file in it; drafts of dead processes are among them."""
    if not root().is_dir():
        return
    for folder in sorted(path for path in root().glob("*/*") if path.is_dir()):
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != RECORD):
            yield folder, path


def forget(identifiers: Collection[bytes]) -> list[Removed]:
    """Take everything that tells one of these identifiers (UTF-8 text) out of every snapshot; as ``remove``."""
    wanted = sorted(one.decode("utf-8") for one in identifiers if one)
    return remove(re.compile("|".join(map(re.escape, wanted)))) if wanted else []


def remove(wanted: re.Pattern[str], *, dry: bool = False) -> list[Removed]:
    """Take everything in which an expression is found out of every snapshot; with ``dry`` only look.

    Rows leave a table; a page, a scan's reading or any other file goes as a whole. The record of the snapshot keeps
    the digest of what was there, never the text. Not to be undone; safe to call again after a crash.
    """
    removed: list[Removed] = []
    for folder, path in _kept_files():
        found = holds(path, wanted)
        if not found:
            continue
        left = None if dry else without(path, wanted)
        told = Removed(folder.name, path.relative_to(folder).as_posix(), found.sha256, found.rows, left)
        if not dry:
            _note(folder, told)
        removed.append(told)
    return removed


def landed(kept: Snapshot, batch: str) -> None:
    """Note in the record that a batch came of this snapshot, so that erasing the batch finds it."""
    body = json.loads((kept.folder / RECORD).read_text("utf-8"))
    if batch not in body.setdefault("batches", []):
        body["batches"].append(batch)
        _replace(kept.folder / RECORD, body)


def of_batches(batches: Collection[str]) -> list[Snapshot]:
    """Snapshots of which nothing but these batches came."""
    sources = sorted(path.name for path in root().iterdir()) if root().is_dir() else []
    every = [kept for source_id in sources for kept in snapshots(source_id)]
    return [
        kept for kept in every if kept.record.get("batches") and set(kept.record["batches"]) <= set(batches)
    ]


def drop(kept: Snapshot) -> None:
    """Remove a snapshot with its record."""
    shutil.rmtree(kept.folder)


def _note(folder: Path, told: Removed) -> None:
    path = folder / RECORD
    if not path.is_file():
        return
    body = json.loads(path.read_text("utf-8"))
    entry = {
        "file": told.file,
        "sha256": told.sha256,
        "rows": told.rows,
        "left": told.left,
        "at": now().isoformat(),
    }
    body.setdefault("forgotten", []).append(entry)
    _replace(path, body)


def _replace(path: Path, body: Mapping[str, Any]) -> None:
    draft = path.with_suffix(".draft")
    _write(draft, body)
    draft.replace(path)
