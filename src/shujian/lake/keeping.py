"""Snapshots that somebody keeps (保全): neither retention nor erasure takes their files until they are released."""

from __future__ import annotations

import json
from pathlib import Path

from shujian.kernel.clock import now
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import home, private_folder
from shujian.lake.snapshots import Snapshot, readable, snapshot, snapshots


def _path() -> Path:
    return home().lake / "kept.json"


def kept() -> dict[str, dict[str, str]]:
    """Snapshot id → why, by whom, since when."""
    return dict(json.loads(_path().read_text("utf-8"))) if _path().exists() else {}


def keep_snapshot(snapshot_id: str, reason: str, actor: str) -> None:
    """Keep a snapshot. Raises BadInput for an unknown one or a missing reason, GuardRefused where it is gone."""
    if not reason.strip():
        raise BadInput(Fault(code="no_reason", message="保全快照须写明理由", field="--reason"))
    snapshot(snapshot_id)
    _write({**kept(), snapshot_id: {"reason": reason.strip(), "actor": actor, "at": now().isoformat()}})


def release_snapshot(snapshot_id: str) -> None:
    """Keep a snapshot no longer. Raises BadInput where it is not kept."""
    every = kept()
    if snapshot_id not in every:
        raise BadInput(Fault(code="not_kept", message="这个快照没有保全", found=snapshot_id[:60]))
    _write({name: told for name, told in every.items() if name != snapshot_id})


def _write(every: dict[str, dict[str, str]]) -> None:
    private_folder(home().lake)
    draft = _path().with_suffix(".draft")
    draft.write_text(json.dumps(every, ensure_ascii=False), "utf-8")
    draft.replace(_path())


def kept_snapshots() -> list[Snapshot]:
    """The kept ones that can still be read."""
    wanted = kept()
    return [one for one in snapshots() if one.id in wanted and readable(one)]


def kept_files(dataset: str) -> dict[str, str]:
    """Data file of a dataset → a kept snapshot that names it."""
    found: dict[str, str] = {}
    for one in kept_snapshots():
        pin = one.datasets.get(dataset)
        found |= {Path(name).name: one.id for name in (pin.files if pin else ())}
    return found
