"""CSV and TSV: finds delimiter and header anywhere in the first rows, then reads by ``quick`` or ``careful``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from shujian.kernel.errors import Fault
from shujian.lake.errors import FileRefused
from shujian.lake.reading.bounds import bounds
from shujian.lake.reading.careful import careful_chunks
from shujian.lake.reading.encoding import TextFile
from shujian.lake.reading.headers import LOOK_AHEAD, Matcher, find_header, no_header
from shujian.lake.reading.quick import NeedsCare, quick_chunks
from shujian.lake.reading.records import Chunk, Opened

DELIMITERS = (",", "\t", ";", "|")
_HEAD = 1 << 18
_LONGEST_HEAD = 1 << 22


@dataclass(frozen=True)
class Peeked:
    """The first records under one delimiter; for each its first line, and the byte and line behind it."""

    delimiter: str
    records: list[list[str]]
    starts: list[int]
    ends: list[tuple[int, int]]


def peek(text: TextFile, delimiter: str, limit: int = LOOK_AHEAD) -> Peeked:
    """Read the first records of a file."""
    with text.path.open("rb") as source:
        source.seek(text.start)
        head = source.read(_HEAD)
        if b"\n" not in head:
            head += source.readline(_LONGEST_HEAD)
        lines = io.BytesIO(head).readlines()
    bytes_behind = np.cumsum([0, *(len(line) for line in lines)])
    reader = csv.reader((line.decode("utf-8", "replace") for line in lines), delimiter=delimiter)
    found = Peeked(delimiter, [], [], [])
    before = 0
    try:
        for record in reader:
            found.records.append(record)
            found.starts.append(before + 1)
            before = reader.line_num
            found.ends.append((text.start + int(bytes_behind[before]), before))
            if len(found.records) >= limit:
                break
    except csv.Error:
        return found
    return found


def best_peek(text: TextFile, matcher: Matcher) -> tuple[Peeked, int] | None:
    """The delimiter under which some record names most fields, and that record's place; None where none does."""
    best: tuple[int, Peeked, int] | None = None
    for delimiter in DELIMITERS:
        peeked = peek(text, delimiter)
        index = find_header(matcher, peeked.records)
        if index is None:
            continue
        score = matcher.score(peeked.records[index])
        if best is None or score > best[0]:
            best = (score, peeked, index)
    return (best[1], best[2]) if best else None


def open_delimited(text: TextFile, matcher: Matcher, shown: str) -> Opened:
    """Find delimiter and header. Raises FileRefused with every fault of the header."""
    found = best_peek(text, matcher)
    if found is None:
        if text.bad:
            raise FileRefused(unread_head(text, shown))
        first = next((record for record in peek(text, ",").records if any(record)), None)
        raise FileRefused(no_header(matcher.contract, first, shown))
    peeked, index = found
    line = peeked.starts[index]
    columns = matcher.columns(_bounded(peeked.records[index]), file=shown, line=line)
    at, lines_before = peeked.ends[index]
    width = len(columns.titles)

    def quickly() -> Iterator[Chunk]:
        if text.bad:
            raise NeedsCare(())
        chunks = quick_chunks(text.path, at, lines_before, peeked.delimiter, width)
        return chunks if text.whole else _marked(chunks)

    def carefully() -> Iterator[Chunk]:
        chunks = careful_chunks(text.path, at, lines_before, peeked.delimiter, width, text.bad)
        return chunks if text.whole else _marked(chunks)

    told = list(text.told)
    if not text.whole:
        told.append("文件末尾没有换行：如果传送曾经中断，最后一行可能不完整，请核对")
    return Opened(columns, line, text.encoding, None, False, quickly, carefully, tuple(told))


def _bounded(titles: list[str]) -> list[str]:
    """A header without its empty tail where it is wider than a table can be."""
    if len(titles) <= bounds().columns:
        return titles
    while titles and not titles[-1].strip():
        titles = titles[:-1]
    return titles


def unread_head(text: TextFile, shown: str) -> Fault:
    """The fault of a file in which no header is found and some line cannot be read: that line."""
    first = next(iter(text.bad.values()))
    return Fault(
        code=first.code, message="文件开头的行读不出来，找不到表头，整个文件未导入", file=shown, line=first.line,
        found=first.found, expected=first.expected,
    )  # fmt: skip


def _marked(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """The last record of a file without a last line break: where it is no row, the file was cut there."""
    before: Chunk | None = None
    for chunk in chunks:
        if before is not None:
            yield before
        before = chunk
    if before is None:
        return
    last = max(before.bad, key=lambda bad: bad.line, default=None)
    if (
        last is not None
        and last.line > max(before.lines, default=0)
        and last.code in ("ragged", "torn_quote")
    ):
        before.bad = [
            replace(bad, code="truncated", expected=f"完整的一行（文件可能被截断），{bad.expected}")
            if bad is last
            else bad
            for bad in before.bad
        ]
    yield before
