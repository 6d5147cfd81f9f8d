"""CSV and TSV: finds delimiter and header anywhere in the first rows, then reads by ``quick`` or ``careful``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from shujian.lake.errors import FileRefused
from shujian.lake.reading.careful import careful_chunks
from shujian.lake.reading.encoding import TextFile
from shujian.lake.reading.headers import LOOK_AHEAD, Matcher, find_header, no_header
from shujian.lake.reading.quick import quick_chunks
from shujian.lake.reading.records import Chunk, Opened

DELIMITERS = (",", "\t", ";", "|")
_HEAD = 1 << 18


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
        lines = io.BytesIO(source.read(_HEAD)).readlines()
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
        first = next((record for record in peek(text, ",").records if any(record)), None)
        raise FileRefused(no_header(matcher.contract, first, shown))
    peeked, index = found
    line = peeked.starts[index]
    columns = matcher.columns(peeked.records[index], file=shown, line=line)
    at, lines_before = peeked.ends[index]
    width = len(columns.titles)

    def quickly() -> Iterator[Chunk]:
        return quick_chunks(text.path, at, lines_before, peeked.delimiter, width)

    def carefully() -> Iterator[Chunk]:
        return careful_chunks(text.path, at, lines_before, peeked.delimiter, width)

    return Opened(columns, line, text.encoding, None, False, quickly, carefully)
