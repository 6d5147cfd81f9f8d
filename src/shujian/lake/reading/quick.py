"""CSV by Arrow, for files whose quotes all stand as RFC 4180 wants them; ten times faster than record by record."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from shujian.kernel.errors import ShujianError
from shujian.lake.reading.careful import ragged
from shujian.lake.reading.records import BadRecord, Chunk

BLOCK = 16 << 20
_QUOTE, _LF, _CR = 0x22, 0x0A, 0x0D


class NeedsCare(ShujianError):
    """The file has something that only the careful reader can settle."""


def strictly_quoted(path: Path, at: int, delimiter: str) -> bool:
    """Whether every quote opens at the start of a cell, closes at its end, or is doubled."""
    return strict_quotes(path, at, delimiter) is not None


def strict_quotes(path: Path, at: int, delimiter: str) -> int | None:
    """How many quotes a file has whose quotes all stand as they should; None for any other file.

    Only then can no torn quote swallow lines unseen. Quotes are counted through the file: the even ones
    open (or follow another quote), the odd ones close (or are followed by one).
    """
    borders = np.array([ord(delimiter), _LF, _CR, _QUOTE], dtype=np.uint8)
    seen, before, waiting = 0, _LF, False
    with path.open("rb") as source:
        source.seek(at)
        while block := source.read(BLOCK):
            data = np.frombuffer(block, dtype=np.uint8)
            if waiting and data[0] not in borders:
                return None
            waiting = False
            if b'"' in block:
                places = np.flatnonzero(data == _QUOTE)
                opens, closes = (places[seen % 2 :: 2], places[1 - seen % 2 :: 2])
                left = np.where(opens > 0, data[opens - 1], before)
                inner = closes[closes + 1 < len(data)]
                if not (np.isin(left, borders).all() and np.isin(data[inner + 1], borders).all()):
                    return None
                waiting = len(inner) < len(closes)
                seen += len(places)
            before = int(data[-1])
    return seen if seen % 2 == 0 else None


def quick_chunks(path: Path, at: int, lines_before: int, delimiter: str, width: int) -> Iterator[Chunk]:
    """Read from byte ``at``. Raises NeedsCare, possibly after some chunks, where the file is not plain."""
    quotes = strict_quotes(path, at, delimiter)
    if quotes is None:
        raise NeedsCare(())
    if path.stat().st_size <= at:
        return
    names = [f"c{index}" for index in range(width)]
    refused: list[Any] = []

    def on_bad(row: Any) -> str:
        refused.append(row)
        return "skip"

    reading = pa_csv.ReadOptions(use_threads=False, block_size=BLOCK, column_names=names)
    parsing = pa_csv.ParseOptions(
        delimiter=delimiter,
        newlines_in_values=quotes > 0,
        ignore_empty_lines=False,
        invalid_row_handler=on_bad,
    )
    typing = pa_csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()),
        null_values=[""],
        strings_can_be_null=True,
        check_utf8=False,
    )
    with path.open("rb") as source:
        source.seek(at)
        try:
            reader = pa_csv.open_csv(source, reading, parsing, typing)
            yield from _placed(reader, refused, lines_before, width, delimiter, broken=quotes > 0)
        except pa.ArrowInvalid as error:
            raise NeedsCare(()) from error


def _placed(
    reader: Any, refused: list[Any], lines_before: int, width: int, delimiter: str, *, broken: bool
) -> Iterator[Chunk]:
    """Give every row its line: records are numbered through the file, and cells may hold line breaks (``broken``)."""
    number, shift, taken = 1, lines_before, 0
    for batch in reader:
        rows = batch.num_rows
        held = np.array([row.number for row in refused[taken:]], dtype=np.int64)
        numbers = np.arange(number, number + rows + len(held))
        if len(held):
            numbers = np.setdiff1d(numbers, held)[:rows]
        last = int(numbers[-1]) if rows else number - 1
        mine = held[held < last]
        breaks = np.cumsum(_line_breaks(batch) if broken else np.zeros(rows, dtype=np.int64))
        lines = numbers + shift
        lines[1:] += breaks[:-1]
        bad = [
            one
            for place, at in enumerate(mine)
            if (
                one := _refused(
                    refused[taken + place], int(at) + shift + _before(breaks, numbers, at), width, delimiter
                )
            )
        ]
        taken += len(mine)
        number, shift = last + 1, shift + (int(breaks[-1]) if rows else 0)
        yield _without_blank(batch, lines, bad)
    rest = [one for row in refused[taken:] if (one := _refused(row, row.number + shift, width, delimiter))]
    if rest:
        yield Chunk([pa.array([], pa.string())] * width, np.array([], dtype=np.int64), rest)


def _before(breaks: np.ndarray[Any, Any], numbers: np.ndarray[Any, Any], at: int) -> int:
    rows = int(np.searchsorted(numbers, at))
    return int(breaks[rows - 1]) if rows else 0


def _line_breaks(batch: pa.RecordBatch) -> np.ndarray[Any, Any]:
    """Line breaks inside the cells of every row."""
    total = np.zeros(batch.num_rows, dtype=np.int64)
    for column in batch.columns:
        offsets = np.frombuffer(column.buffers()[1], dtype=np.int32)[
            column.offset : column.offset + len(column) + 1
        ]
        data = column.buffers()[2]
        if data is None or len(offsets) == 0:
            continue
        text = np.frombuffer(data, dtype=np.uint8)[: offsets[-1]]
        places = np.flatnonzero(text == _LF)
        if len(places):
            total += np.diff(np.searchsorted(places, offsets))
    return total


def _refused(row: Any, line: int, width: int, delimiter: str) -> BadRecord | None:
    """Why a record is no row; None where it is blank."""
    if "\n" in row.text or "\r" in row.text.rstrip("\r"):
        raise NeedsCare(())
    cells = next(csv.reader([row.text], delimiter=delimiter), [])
    if not any(cells):
        return None
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        raise NeedsCare(())
    return ragged(line, row.actual_columns, width, row.text)


def _without_blank(batch: pa.RecordBatch, lines: np.ndarray[Any, Any], bad: list[BadRecord]) -> Chunk:
    """Rows in which every cell is empty are lines that somebody left blank."""
    blank = np.ones(batch.num_rows, dtype=bool)
    for column in batch.columns:
        if column.null_count == 0:
            return Chunk(batch.columns, lines, bad)
        blank &= np.asarray(column.is_null())
    if not blank.any():
        return Chunk(batch.columns, lines, bad)
    kept = pa.array(~blank)
    return Chunk([column.filter(kept) for column in batch.columns], lines[~blank], bad)
