"""Many small Parquet files become few, by one Delta commit. The rows, their order and the snapshot stay the same.

The old files stay where they are, for the snapshots that name them; ``retention`` removes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from shujian.kernel.clock import now
from shujian.kernel.errors import Fault, FaultsFound
from shujian.kernel.failpoints import failpoint
from shujian.kernel.ids import new_id
from shujian.kernel.progress import Progress, Silent
from shujian.lake import log, store
from shujian.lake import register as registers
from shujian.lake.folding import fold
from shujian.lake.locks import writing
from shujian.lake.rewriting import tally, write_again
from shujian.lake.screening import store as hit_store
from shujian.lake.snapshots import pin

SMALL = 64 << 20
"""A file below this size, in bytes, is small."""
FULL = 256 << 20
"""No new file is made of more than so many bytes."""
MANY = 32
"""From so many small files on, ``doctor`` suggests to compact."""


@dataclass(frozen=True)
class Compacted:
    """What became of one dataset. ``snapshot`` is the lake's state behind it, by content the same as before."""

    dataset: str
    files_before: int
    files_after: int
    rows: int
    bytes_before: int
    bytes_after: int
    snapshot: str

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def small_files(dataset: str) -> int:
    """How many current files of a dataset could be put together with a neighbour."""
    return sum(len(run) for run in _runs(_current(dataset)))


def compact(datasets: Sequence[str], *, progress: Progress | None = None) -> list[Compacted]:
    """Compact datasets one after another. Raises Unavailable while another process writes one of them.

    A process that dies on the way leaves the dataset as it was, or compacted: nothing between.
    """
    told = progress or Silent()
    return [_compact(dataset, told) for dataset in datasets]


def _compact(dataset: str, progress: Progress) -> Compacted:
    with writing(dataset):
        store.sweep(dataset)
        before = _current(dataset)
        runs = _runs(before)
        progress.begin(f"合并 {dataset}", len(runs))
        rows = 0
        for run in runs:
            rows += _merge(dataset, run)
            progress.advance(1)
        after = _current(dataset)
    return Compacted(dataset, len(before), len(after), rows, _bytes(before), _bytes(after), pin().id)


def _current(dataset: str) -> list[Path]:
    with registers.register() as connection:
        names = fold(dataset, registers.commits(connection, dataset)).files
    return [log.table_path(dataset) / name for name in names]


def _runs(files: Sequence[Path]) -> list[list[Path]]:
    """Neighbouring small files that go together, so that the order of rows stays."""
    runs: list[list[Path]] = []
    size = FULL
    sizes = [path.stat().st_size if path.exists() else FULL for path in files]
    for place, (path, bytes_) in enumerate(zip(files, sizes, strict=True)):
        follows = place > 0 and sizes[place - 1] < SMALL and bytes_ < SMALL
        if follows and size + bytes_ <= FULL:
            runs[-1].append(path)
            size += bytes_
        else:
            runs.append([path])
            size = bytes_
    return [run for run in runs if len(run) > 1]


def _merge(dataset: str, run: Sequence[Path]) -> int:
    name = new_id("compact")
    target = log.table_path(dataset) / f"{name}.parquet"
    rows = write_again(run, target)
    if tally(run) != tally([target]):
        target.unlink()
        raise FaultsFound(
            Fault(
                code="compaction_differs",
                message="合并后的行与合并前不一致，已放弃合并，数据没有改动",
                found=dataset,
            )
        )
    failpoint("compact.after_files")
    body = {
        "kind": "compact", "at": now().isoformat(), "removed": [path.name for path in run],
        "paths": [target.name], "rows": rows,
    }  # fmt: skip
    commit = store.exchange(dataset, run, {target: rows}, body, same_rows=True)
    failpoint("compact.after_delta")
    with registers.register() as connection:
        registers.keep_commit(connection, commit)
    failpoint("compact.after_register")
    hit_store.carry(dataset, run, target)
    failpoint("compact.after_hits")
    return rows


def _bytes(files: Sequence[Path]) -> int:
    return sum(path.stat().st_size for path in files if path.exists())
