"""The peers of a keyword scan, written without our code, and whether their answers are ours."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shujian.bench.complaints import Complaints

hyperscan: Any
polars: Any
try:
    import hyperscan
except ImportError:  # no wheel for this platform
    hyperscan = None
try:
    import polars
except ImportError:  # only in the development environment
    polars = None

SLICE_ROWS = 10_000
_ID_BITS = 24

Pairs = npt.NDArray[np.int64]


def bare_hyperscan(data: Complaints) -> Callable[[], Any] | None:
    """The value buffer in slices of ten thousand rows through a compiled database, with the callback that we
    use: one packed integer a match. Nothing is mapped to rows. None where hyperscan is not installed.
    """
    if hyperscan is None:
        return None
    patterns = [word.encode() for word in data.words]
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    numbers = list(range(len(patterns)))
    database.compile(expressions=patterns, ids=numbers, elements=len(patterns), flags=0, literal=True)
    offsets, values = _buffers(data.column)

    def scanned() -> list[tuple[int, array[int]]]:
        found = []
        for first in range(0, len(offsets) - 1, SLICE_ROWS):
            start, end = int(offsets[first]), int(offsets[min(first + SLICE_ROWS, len(offsets) - 1)])
            packed = array("Q")
            keep = packed.append

            def on_match(
                word: int, _from: int, to: int, _flags: int, _context: Any, keep: Any = keep
            ) -> None:
                keep(to << _ID_BITS | word)

            database.scan(values[start:end], match_event_handler=on_match)
            found.append((start, packed))
        return found

    return scanned


def polars_extract(data: Complaints) -> Callable[[], Any] | None:
    """``extract_many`` with overlaps on a polars column of the same texts; None without polars."""
    if polars is None:
        return None
    column = polars.Series(data.column)
    return lambda: column.str.extract_many(list(data.words), overlapping=True)


def same_as_polars(ours: pa.Table, theirs: Any, words: tuple[str, ...]) -> bool:
    """The same words the same number of times in the same rows."""
    lists = theirs.to_arrow()
    rows = np.repeat(np.arange(len(lists)), np.diff(np.asarray(lists.offsets)))
    encoded = lists.flatten().cast(pa.large_string()).dictionary_encode()
    place = {word: number for number, word in enumerate(words)}
    number_of = np.array([place[word] for word in encoded.dictionary.to_pylist()], np.int64)
    return _equal(_pairs(ours), np.stack([rows, number_of[np.asarray(encoded.indices)]]))


def same_as_bare(ours: pa.Table, theirs: Any, data: Complaints) -> bool:
    """Bare hyperscan's matches without those that cross a row border are ours."""
    offsets, _ = _buffers(data.column)
    lengths = np.array([len(word.encode()) for word in data.words], np.int64)
    parts = [
        np.frombuffer(each, np.uint64).astype(np.int64) + (start << _ID_BITS)
        for start, each in theirs
        if each
    ]
    packed = np.concatenate(parts) if parts else np.empty(0, np.int64)
    word, end = packed & ((1 << _ID_BITS) - 1), packed >> _ID_BITS
    row = np.searchsorted(offsets, end - 1, side="right") - 1
    inside = end - lengths[word] >= offsets[row]
    return _equal(_pairs(ours), np.stack([row[inside], word[inside]]))


def _buffers(column: pa.LargeStringArray) -> tuple[Pairs, memoryview]:
    _, offsets, values = column.buffers()
    return np.frombuffer(offsets, np.int64, count=len(column) + 1), memoryview(values).cast("B")


def _pairs(hits: pa.Table) -> Pairs:
    return np.stack([hits["row"].to_numpy(), hits["word"].to_numpy().astype(np.int64)])


def _equal(ours: Pairs, theirs: Pairs) -> bool:
    return np.array_equal(ours[:, np.lexsort(ours[::-1])], theirs[:, np.lexsort(theirs[::-1])])
