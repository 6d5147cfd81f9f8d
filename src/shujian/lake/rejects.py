"""Rows that could not land, kept with their place and reason under the batch, before anything is committed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import home, private_folder
from shujian.lake.erasing.tombstones import Gate

_BUFFER = 20_000


@dataclass(frozen=True)
class Reject:
    """One fault of one row. ``line``: physical line or sheet row; ``raw``: the row as the file has it."""

    file: str
    sheet: str | None
    line: int
    field: str | None
    found: str | None
    expected: str | None
    code: str
    raw: str

    def as_dict(self) -> dict[str, Any]:
        """The contract's item."""
        return asdict(self)


_SCHEMA = pa.schema([(one.name, pa.int64() if one.name == "line" else pa.string()) for one in fields(Reject)])


def batch_folder(batch: str) -> Path:
    """Where the rejects, quality and report of a batch lie."""
    return home().lake / "batches" / batch


class RejectWriter:
    """Writes the rejects of one file of a batch; nothing is kept in memory beyond a buffer."""

    def __init__(self, batch: str, number: int, gate: Gate | None = None) -> None:
        self._gate = gate or Gate()
        folder = private_folder(batch_folder(batch))
        self.path = folder / f"rejects-{number:04d}.parquet"
        self._draft = self.path.with_suffix(".draft")
        self._writer: pq.ParquetWriter | None = None
        self._waiting: list[Reject] = []

    def add(self, found: Sequence[Reject]) -> None:
        """Keep some rejects."""
        self._waiting += [self._told(one) for one in found]
        if len(self._waiting) >= _BUFFER:
            self._flush()

    def _told(self, one: Reject) -> Reject:
        """The reject without its words where they name an erased person."""
        if self._gate.text(one.raw) or self._gate.text(one.found):
            return replace(one, raw="", found=None)
        return one

    def restart(self) -> None:
        """Forget everything: the file is read again."""
        self._waiting = []
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self._draft.unlink(missing_ok=True)

    def finish(self) -> None:
        """Put the file in its place, whole; no file where there was nothing to reject."""
        self._flush()
        if self._writer is not None:
            self._writer.close()
            self._draft.chmod(0o600)
            self._draft.replace(self.path)

    def _flush(self) -> None:
        if not self._waiting:
            return
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._draft, _SCHEMA)
        self._writer.write_table(pa.Table.from_pylist([asdict(one) for one in self._waiting], _SCHEMA))
        self._waiting = []


def read_rejects(batch: str) -> Iterator[Reject]:
    """Every reject of a batch, file by file, in line order. Raises BadInput for an unknown batch."""
    folder = batch_folder(batch)
    if "/" in batch or batch in ("", ".", "..") or not folder.is_dir():
        raise BadInput(
            Fault(
                code="unknown_batch",
                message="没有这个批次",
                found=batch,
                expected="lake ingest 输出的 batch 编号",
            )
        )
    for path in sorted(folder.glob("rejects-*.parquet")):
        rows = pq.read_table(path).sort_by([("line", "ascending")])
        for row in rows.to_pylist():
            yield Reject(**row)
