"""What leaves the snapshots of arrivals: persons and batches that are erased, and rows that the law shuts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from shujian.lake.arrivals import snapshots
from shujian.lake.arrivals.searching import drop_rows
from shujian.lake.closing import CODE
from shujian.lake.derived import Forgotten, Gone
from shujian.lake.rejects import read_rejects

_NOTE = (
    "原始快照里有此人的行已删去，网页和扫描件的识别结果整份删除；提供单位的数据库、网站和扫描原件不在本系统内"
)


def forget_arrivals(gone: Gone, dry: bool) -> Forgotten:
    """The store's answer to an erasure (``lake.derived``): snapshots of erased batches go whole, a person row by row."""
    whole = snapshots.of_batches(gone.batches)
    parts = snapshots.remove(gone.pattern, dry=dry) if gone.pattern else []
    if not dry:
        for kept in whole:
            snapshots.drop(kept)
    found = len(whole) + len(parts)
    return Forgotten("arrivals", "原始快照", found, 0 if dry else found, _NOTE if found else "")


def keep_no_shut_rows(table: Path, batch: str) -> int:
    """Take rows that a shut rule kept out of the lake out of the kept table too; how many."""
    lines = {one.line for one in read_rejects(batch) if one.code == CODE}
    if lines:
        drop_rows(table, lines)
    return len(lines)


def keep_no_shut_documents(batch: str, files: Mapping[str, Sequence[Path]]) -> int:
    """The same for documents: ``files`` are what is kept of each document, by its name in the rejects."""
    names = {one.file for one in read_rejects(batch) if one.code == CODE}
    for name in names:
        for path in files.get(name, ()):
            path.unlink(missing_ok=True)
    return len(names)
