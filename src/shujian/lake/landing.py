"""Lands one file: read, type, sort out versions, write rows and rejects, commit. Dies safely at every step."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shujian.kernel.canonical import digest
from shujian.kernel.clock import today
from shujian.kernel.errors import Fault
from shujian.kernel.failpoints import failpoint
from shujian.kernel.home import private_folder
from shujian.kernel.progress import Progress
from shujian.lake import log, store
from shujian.lake import register as registers
from shujian.lake.closing import CODE, LATER, Closing
from shujian.lake.columns.table import Told, typed_chunk
from shujian.lake.columns.telling import told_by
from shujian.lake.coverage import Coverage, as_plain
from shujian.lake.erasing.tombstones import ERASED_EXPECTED, Gate
from shujian.lake.limits import RejectLimit
from shujian.lake.mappings import reading_digest
from shujian.lake.reading.encoding import Sniffed, sniff
from shujian.lake.reading.opening import open_any
from shujian.lake.reading.quick import NeedsCare
from shujian.lake.reading.records import Chunk, Opened
from shujian.lake.rejects import Reject, RejectWriter, batch_folder
from shujian.lake.reports import FileReport
from shujian.lake.shutting import Shut
from shujian.lake.snapshots import DatasetPin, pin_of
from shujian.lake.sources import SourceContract
from shujian.lake.staging import Stage
from shujian.lake.versions import Settled, settle, sums_sql


@dataclass(frozen=True)
class Delivery:
    """What is the same for all files of a batch."""

    contract: SourceContract
    batch: str
    received: datetime
    as_of: date | None
    sheet: str | None
    limit: RejectLimit
    coverage: tuple[Coverage, ...]
    progress: Progress

    @property
    def fingerprint(self) -> str:
        """Digest of what decides how a file is read: a changed contract reads known bytes anew."""
        told = self.contract.model_dump(mode="json", include={"id", "key", "fields", "subjects", "shut"})
        mapped = reading_digest(self.contract.id)
        return digest(told | {"mappings": mapped} if mapped else told)[:16]


Opener = Callable[[Sniffed, Delivery, Path], Opened]
"""Opens what arrived, given its digest, its batch and a private work folder. Raises FileRefused."""


@dataclass(frozen=True)
class Arrival:
    """One thing to land by one commit. ``name``: what ``_file`` says of its rows; ``line``: what ``_line`` says of
    every row, where rows are whole documents.
    """

    path: Path
    name: str
    sniff: Callable[[], Sniffed]
    open: Opener
    line: int | None = None


def file_arrival(path: Path) -> Arrival:
    """A file that somebody named."""
    return Arrival(
        path,
        path.name,
        lambda: sniff(path),
        lambda sniffed, delivery, work: open_any(path, sniffed, delivery.contract, delivery.sheet, work),
    )


class Landing:
    """One file on its way into its dataset."""

    def __init__(self, delivery: Delivery, arrival: Arrival, sniffed: Sniffed, number: int) -> None:
        self.delivery = delivery
        self.contract = delivery.contract
        self.arrival = arrival
        self.path = arrival.path
        self.name = arrival.name
        self.sniffed = sniffed
        self.number = number
        self.gate = Gate()
        self.rejects = RejectWriter(delivery.batch, number, self.gate)
        self.read = 0
        self.rejected = 0
        self.sealed = self.erased = 0
        self.told: Told | None = None

    def land(self, work: Path) -> FileReport:
        """Read and commit. Raises FileRefused where the file is no table of this source."""
        opened = self.arrival.open(self.sniffed, self.delivery, work)
        told: dict[str, Any] = {
            "_file": self.name, "_sha256": self.sniffed.sha256, "_sheet": opened.sheet, "_batch": self.delivery.batch,
            "_received": self.delivery.received.replace(tzinfo=None), "_as_of": self.delivery.as_of,
        }  # fmt: skip
        if self.arrival.line is not None:
            told["_line"] = self.arrival.line
        with Stage(self.contract, work, list(opened.columns.extra), told) as stage:
            closing = Closing(self.contract)
            try:
                self._fill(stage, closing, opened, opened.chunks())
            except NeedsCare:
                self._fill(stage, closing, opened, opened.careful())
            if self.delivery.limit.exceeded(self.rejected - self.sealed - self.erased, self.read):
                return self._refused(opened)
            return self._commit(stage, closing, opened)

    def _fill(self, stage: Stage, closing: Closing, opened: Opened, chunks: Iterator[Chunk]) -> None:
        self.read = self.rejected = self.sealed = self.erased = 0
        self.told = None
        self.rejects.restart()
        closing.restart()
        stage.restart()
        for chunk in chunks:
            rows = self._typed(chunk, closing, opened)
            stage.add(rows)
            self.delivery.progress.advance(len(chunk.lines) + len(chunk.bad))
        stage.finish()

    def _typed(self, chunk: Chunk, closing: Closing, opened: Opened) -> pa.Table:
        """The good rows of a chunk with ``_line`` and extra columns; the others go to the rejects."""
        size = len(chunk.lines)
        self.read += size + len(chunk.bad)
        self.rejected += len(chunk.bad)
        self.rejects.add([
            Reject(bad.file or self.name, opened.sheet, bad.line, bad.field, bad.found, bad.expected, bad.code,
                   "" if self.contract.shut else bad.raw)
            for bad in chunk.bad
        ])  # fmt: skip
        columns = {field_id: chunk.arrays[index] for field_id, index in opened.columns.fields.items()}
        if self.told is None:  # the first rows decide for the whole file
            titles = {field_id: opened.columns.titles[at] for field_id, at in opened.columns.fields.items()}
            self.told = told_by(
                self.contract, titles, columns, units=opened.columns.units, serial=opened.serial
            )
        typed = typed_chunk(self.contract, columns, size, told=self.told)
        table = typed.table.append_column("_line", pa.array(chunk.lines, pa.int64()))
        for place, name in enumerate(sorted(opened.columns.extra)):
            table = table.append_column(f"_x{place}", chunk.arrays[opened.columns.extra[name]])
        for name, cells in chunk.told.items():
            table = table.append_column(name, cells)
        shut = closing.find(typed)
        out = typed.bad if shut is None else typed.bad | shut.rows
        if not out.any():
            return self._admitted(table, opened)
        self.rejected += int(out.sum())
        self.rejects.add([
            Reject(self._file_of(chunk, fault.row), opened.sheet, self.arrival.line or int(chunk.lines[fault.row]),
                   fault.field, fault.found, fault.expected, fault.code,
                   "" if shut is not None and shut.unsure[fault.row] else _raw(chunk, opened, fault.row))
            for fault in typed.faults
        ])  # fmt: skip
        if shut is not None:
            self._shut(chunk, closing, opened, shut)
        return self._admitted(table.filter(pa.array(~out)), opened)

    def _shut(self, chunk: Chunk, closing: Closing, opened: Opened, shut: Shut) -> None:
        rows = np.flatnonzero(shut.rows).tolist()
        self.sealed += len(rows)
        self.rejects.add([
            closing.reject(self._file_of(chunk, row), opened.sheet, self.arrival.line or int(chunk.lines[row]),
                           int(shut.rule[row]))
            for row in rows
        ])  # fmt: skip

    def _close(self, closing: Closing, stage: Stage, before: DatasetPin | None, opened: Opened) -> None:
        """Shut what lies under the keys of shut rows, staged or landed, before anything else is committed."""
        if not self.contract.shut:
            return
        lines = closing.settle(stage.scratch, before)
        self.rejected += len(lines)
        self.sealed += len(lines)
        self.rejects.add(
            [Reject(self.name, opened.sheet, line, None, None, LATER, CODE, "") for line in lines]
        )
        body = {
            "batch": self.delivery.batch, "number": self.number, "file": self.name, "as_of": None,
            "received": self.delivery.received.isoformat(), "coverage": [],
        }  # fmt: skip
        closing.commit(stage.scratch, before, body, stage.told)

    def _admitted(self, table: pa.Table, opened: Opened) -> pa.Table:
        """The rows without those of erased persons, of which only the place is kept."""
        shut = self.gate.rows(table)
        if shut is None:
            return table
        out = table.filter(shut)
        files = out["_file"].to_pylist() if "_file" in out.column_names else [self.name] * out.num_rows
        self.erased += out.num_rows
        self.rejected += out.num_rows
        self.rejects.add([
            Reject(file, opened.sheet, self.arrival.line or line, None, None, ERASED_EXPECTED, "erased_person", "")
            for file, line in zip(files, out["_line"].to_pylist(), strict=True)
        ])  # fmt: skip
        return table.filter(pc.invert(shut))

    def _file_of(self, chunk: Chunk, row: int) -> str:
        return str(chunk.told["_file"][row].as_py()) if "_file" in chunk.told else self.name

    def _report(self, state: str, opened: Opened, *told: str, **more: Any) -> FileReport:
        return FileReport(
            path=str(self.path), state=state, sha256=self.sniffed.sha256, encoding=opened.encoding,
            sheet=opened.sheet, header_line=opened.header_line, read=self.read,
            sealed=self.sealed, extra_columns=tuple(sorted(opened.columns.extra)),
            warnings=(*opened.warnings, *told), mapping=opened.columns.mapping, **more,
        )  # fmt: skip

    def _refused(self, opened: Opened) -> FileReport:
        self.rejects.finish()
        fault = Fault(
            code="too_many_rejects", file=str(self.path), found=f"{self.rejected} / {self.read} 行",
            message=f"不合格的行超过上限，整个文件未导入（用 shujian lake rejects {self.delivery.batch} 查看）",
            expected=f"不超过 {self.delivery.limit.text}",
        )  # fmt: skip
        return self._report("refused", opened, rejected=self.read, faults=(fault,), over_limit=True)

    def _commit(self, stage: Stage, closing: Closing, opened: Opened) -> FileReport:
        dataset = self.contract.id
        with registers.register() as connection:
            history = registers.commits(connection, dataset)
        as_of = self.delivery.as_of
        if as_of is None and self.contract.extract_field is not None:
            as_of = stage.extract_date(self.contract.extract_field)
        before = pin_of(dataset, history) if history else None
        self._close(closing, stage, before, opened)
        settled = settle(stage.scratch, before, as_of)
        table = store.ensure_table(self.contract)
        filled = stage.filled()
        told = self._future(stage)
        added: Path | None = None
        if settled.kept:
            added = log.table_path(dataset) / f"{self.delivery.batch}-{self.number:04d}.parquet"
            stage.write(added, settled, as_of)
        failpoint("ingest.after_files")
        self.rejects.finish()
        self._write_quality(settled, filled)
        failpoint("ingest.after_rejects")
        commit = store.commit(table, dataset, added, self._body(stage, opened, settled, added, as_of))
        failpoint("ingest.after_delta")
        with registers.register() as connection:
            failpoint("ingest.before_register")
            registers.keep_commit(connection, commit)
        failpoint("ingest.after_register")
        counts = {"landed": settled.landed, "changed": settled.changed, "unchanged": settled.unchanged}
        return self._report("landed", opened, *told, rejected=self.rejected, **counts)

    def _future(self, stage: Stage) -> list[str]:
        """Days to come in the column that dates the rows: real days, so they land, but somebody should look."""
        spec = self.contract.field(self.contract.date_field or "")
        found = stage.later_than(spec.id, today()) if spec else None
        if spec is None or found is None or found[0] == 0:
            return []
        return [f"有 {found[0]} 行的“{spec.title}”晚于今天，已照样入库，请核对，如第 {found[1]} 行"]

    def _write_quality(self, settled: Settled, filled: Mapping[str, int]) -> None:
        body = {
            "file": self.name, "read": self.read, "rejected": self.rejected, "unchanged": settled.unchanged,
            "filled": dict(filled),
        }  # fmt: skip
        path = private_folder(batch_folder(self.delivery.batch)) / f"quality-{self.number:04d}.json"
        path.write_text(json.dumps(body, ensure_ascii=False), "utf-8")

    def _body(
        self, stage: Stage, opened: Opened, settled: Settled, added: Path | None, as_of: date | None
    ) -> dict[str, Any]:
        sums = stage.scratch.row(sums_sql("kept"))
        return {
            "kind": "land", "batch": self.delivery.batch, "number": self.number, "file": self.name,
            "sha256": self.sniffed.sha256, "encoding": opened.encoding, "sheet": opened.sheet,
            "header_line": opened.header_line, "read": self.read, "landed": settled.landed,
            "changed": settled.changed, "unchanged": settled.unchanged, "rejected": self.rejected,
            "as_of": as_of.isoformat() if as_of else None, "received": self.delivery.received.isoformat(),
            "coverage": [as_plain(claim) for claim in self.delivery.coverage], "sums": [str(one) for one in sums],
            "path": added.name if added else None, "contract": self.delivery.fingerprint,
        }  # fmt: skip


def _raw(chunk: Chunk, opened: Opened, row: int) -> str:
    """The row as the file has it: titles and cells."""
    cells = {
        title: array[row].as_py() for title, array in zip(opened.columns.titles, chunk.arrays, strict=True)
    }
    return json.dumps({title: cell for title, cell in cells.items() if cell is not None}, ensure_ascii=False)


def work_folder(batch: str, staging: Path) -> Path:
    """A private folder for decoded copies; what dead processes left is removed first."""
    if staging.is_dir():
        shutil.rmtree(staging)
    return private_folder(staging / batch)


def statement_body(
    kind: str,
    batch: str,
    received: datetime,
    *,
    as_of: date | None,
    coverage: Sequence[Coverage],
    more: Mapping[str, Any],
) -> dict[str, Any]:
    """A commit without rows: a newer extract date of known bytes, or a declaration."""
    return {
        "kind": kind, "batch": batch, "received": received.isoformat(),
        "as_of": as_of.isoformat() if as_of else None, "coverage": [as_plain(one) for one in coverage], **more,
    }  # fmt: skip
