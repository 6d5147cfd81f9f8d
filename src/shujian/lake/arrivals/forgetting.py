"""What leaves the snapshots of arrivals: persons and batches that are erased, and rows that the law shuts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from shujian.lake.arrivals import snapshots
from shujian.lake.arrivals.searching import drop_rows
from shujian.lake.arrivals.snapshots import Snapshot
from shujian.lake.closing import CODE
from shujian.lake.derived import Forgotten, Gone
from shujian.lake.rejects import Reject, read_rejects
from shujian.lake.reports import IngestReport

_NOT_KEPT = frozenset({CODE, "erased_person"})
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


def settle_table(kept: Snapshot, table: Path, report: IngestReport) -> None:
    """Behind a landing: note the batch, and take out of a kept table the rows that must not be kept at all."""
    if _erased_whole(kept, report):
        return
    snapshots.landed(kept, report.batch)
    lines = {one.line for one in _not_to_be_kept(report.batch)}
    if lines:
        drop_rows(table, lines)


def settle_documents(kept: Snapshot, files: Mapping[str, Sequence[Path]], report: IngestReport) -> None:
    """The same for documents: ``files`` are what is kept of each document, by its name in the rejects."""
    if _erased_whole(kept, report):
        return
    snapshots.landed(kept, report.batch)
    for name in {one.file for one in _not_to_be_kept(report.batch)}:
        for path in files.get(name, ()):
            path.unlink(missing_ok=True)


def _not_to_be_kept(batch: str) -> list[Reject]:
    """Rows that a rule of law shut, and rows of persons who were erased."""
    return [one for one in read_rejects(batch) if one.code in _NOT_KEPT]


def _erased_whole(kept: Snapshot, report: IngestReport) -> bool:
    """A batch that was erased came again: nothing of it stays."""
    gone = any(fault.code == "erased_file" for fault in report.faults)
    if gone:
        snapshots.drop(kept)
    return gone
