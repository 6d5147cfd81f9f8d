"""JSON records as a table: the keys of all records are its columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from shujian.kernel.errors import Fault
from shujian.lake.errors import FileRefused
from shujian.lake.reading.bounds import bounds
from shujian.lake.reading.encoding import TextFile
from shujian.lake.reading.headers import Matcher, no_header
from shujian.lake.reading.json_cells import cell_text
from shujian.lake.reading.json_records import Record, records
from shujian.lake.reading.records import BadRecord, Chunk, Opened

CHUNK_ROWS = 20_000


def open_json(text: TextFile, kind: str, matcher: Matcher, shown: str) -> Opened:
    """Gather the keys of all records, then match them as headers. Raises FileRefused."""
    titles: dict[str, None] = {}
    spoilt: BadRecord | None = None
    for _, record in records(text, kind, shown):
        if isinstance(record, BadRecord):
            spoilt = spoilt or record
            continue
        titles.update(dict.fromkeys(record))
        if len(titles) > bounds().columns:
            break
    names = list(titles)
    if not names and spoilt:
        raise FileRefused(_no_record(shown, spoilt))
    if not matcher.score(names):
        raise FileRefused(no_header(matcher.contract, names, shown))
    columns = matcher.columns(names, file=shown, line=None)

    def chunks() -> Iterator[Chunk]:
        return _chunks(records(text, kind, shown), names)

    return Opened(columns, None, text.encoding, None, False, chunks, chunks, text.told)


def json_head(text: TextFile, kind: str, shown: str, most: int) -> list[list[str]]:
    """The keys of the first records, and these records as cells. Raises FileRefused where there is no record."""
    found: list[dict[str, Any]] = []
    spoilt: BadRecord | None = None
    for _, record in records(text, kind, shown):
        if isinstance(record, BadRecord):
            spoilt = spoilt or record
        else:
            found.append(record)
        if len(found) >= most:
            break
    names = list(dict.fromkeys(key for record in found for key in record))
    if not names and spoilt:
        raise FileRefused(_no_record(shown, spoilt))
    return (
        [names, *([cell_text(record.get(name)) or "" for name in names] for record in found)] if names else []
    )


def _chunks(found: Iterator[Record], names: list[str]) -> Iterator[Chunk]:
    rows: list[dict[str, Any]] = []
    numbers: list[int] = []
    bad: list[BadRecord] = []
    for number, record in found:
        if isinstance(record, BadRecord):
            bad.append(record)
        elif record:
            rows.append(record)
            numbers.append(number)
        if len(rows) + len(bad) >= CHUNK_ROWS:
            yield _chunk(rows, numbers, bad, names)
            rows, numbers, bad = [], [], []
    if rows or bad:
        yield _chunk(rows, numbers, bad, names)


def _chunk(rows: list[dict[str, Any]], numbers: list[int], bad: list[BadRecord], names: list[str]) -> Chunk:
    arrays = [pa.array([cell_text(row.get(name)) for row in rows], pa.string()) for name in names]
    return Chunk(arrays, np.array(numbers, dtype=np.int64), bad)


def _no_record(shown: str, first: BadRecord) -> Fault:
    return Fault(
        code=first.code, message="没有一条记录读得出来，整个文件未导入", file=shown, line=first.line,
        found=first.found, expected=first.expected,
    )  # fmt: skip
