"""CSV record by record, for files that are not plain: a quote that never ends costs one line, never the rest."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from shujian.kernel.errors import ShujianError
from shujian.lake.reading.records import BadRecord, Chunk

CHUNK_ROWS = 50_000
LONGEST_RECORD_LINES = 500
_LONGEST_CELL = 1 << 24
_RAW_KEPT = 2000

csv.field_size_limit(_LONGEST_CELL)


class _TooLong(ShujianError):
    """One record took more lines than a record can have: its quote never ends."""


class _Lines:
    """Physical lines that can be given back. ``taken`` are those of the record being read."""

    def __init__(self, source: BinaryIO) -> None:
        self.source = source
        self.back: list[str] = []
        self.taken: list[str] = []
        self.size = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= LONGEST_RECORD_LINES or self.size > _LONGEST_CELL:
            raise _TooLong(())
        line = self.back.pop() if self.back else self.source.readline().decode("utf-8")
        if not line:
            raise StopIteration
        self.taken.append(line)
        self.size += len(line)
        return line

    def next_record(self) -> None:
        """Forget the lines of the record that has been read."""
        self.taken, self.size = [], 0

    def give_back(self, kept: int) -> None:
        """Return all lines of this record but the first ``kept``."""
        self.back += reversed(self.taken[kept:])
        del self.taken[kept:]


def careful_records(
    source: BinaryIO, lines_before: int, delimiter: str, width: int, unread: Mapping[int, BadRecord]
) -> Iterator[tuple[int, list[str] | BadRecord]]:
    """Every record with its first line: cells, or why they are no row. Blank lines are passed over; a line of
    ``unread`` spoils the record in which it lies.
    """
    lines = _Lines(source)
    line = lines_before + 1
    while True:
        lines.next_record()
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        torn = False
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _TooLong):
            torn, cells = True, []
        if torn and len(lines.taken) == 1:
            cells = _forgiven(lines.taken, delimiter)
            torn = len(cells) != width
        if (torn or (not _fits(cells, width) and any(cells))) and len(lines.taken) > 1:
            torn = True
            lines.give_back(1)
        raw = "".join(lines.taken).rstrip("\r\n")
        spoilt = [unread[at] for at in range(line, line + len(lines.taken)) if at in unread] if unread else []
        if spoilt:
            yield line, spoilt[0]
        elif torn:
            yield line, BadRecord(line, "torn_quote", "引号没有成对", "成对的引号", raw[:_RAW_KEPT])
        elif not any(cells):
            pass
        elif not _fits(cells, width):
            yield line, ragged(line, len(cells), width, raw)
        else:
            yield line, cells[:width]
        line += len(lines.taken)


def _forgiven(lines: list[str], delimiter: str) -> list[str]:
    """The cells of a line whose quotes stand oddly; none where it holds a stray carriage return."""
    try:
        return next(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return []


def _fits(cells: Sequence[str], width: int) -> bool:
    return len(cells) == width or (len(cells) > width and not any(cell.strip() for cell in cells[width:]))


def ragged(line: int, found: int, width: int, raw: str) -> BadRecord:
    """A record with too many or too few cells."""
    return BadRecord(line, "ragged", f"{found} 列", f"{width} 列", raw[:_RAW_KEPT])


def careful_chunks(
    path: Path, at: int, lines_before: int, delimiter: str, width: int, unread: Mapping[int, BadRecord]
) -> Iterator[Chunk]:
    """Read from byte ``at`` in chunks."""
    rows: list[list[str]] = []
    lines: list[int] = []
    bad: list[BadRecord] = []
    with path.open("rb") as source:
        source.seek(at)
        for line, record in careful_records(source, lines_before, delimiter, width, unread):
            if isinstance(record, BadRecord):
                bad.append(record)
            else:
                rows.append(record)
                lines.append(line)
            if len(rows) + len(bad) >= CHUNK_ROWS:
                yield _chunk(rows, lines, bad, width)
                rows, lines, bad = [], [], []
    if rows or bad:
        yield _chunk(rows, lines, bad, width)


def _chunk(rows: list[list[str]], lines: list[int], bad: list[BadRecord], width: int) -> Chunk:
    columns = zip(*rows, strict=True) if rows else [()] * width
    arrays = [pa.array([cell or None for cell in column], pa.string()) for column in columns]
    return Chunk(arrays, np.array(lines, dtype=np.int64), bad)
