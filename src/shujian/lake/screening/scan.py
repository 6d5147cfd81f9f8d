"""Every word in every row of a text column: one scan over the Arrow value buffer, ends mapped to rows.

Words are literals in UTF-8, matched byte for byte. Every occurrence of every word is found, also those
that overlap or lie inside one another; an occurrence that only arises where two rows meet is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from shujian.kernel.errors import BadInput, Fault
from shujian.lake.screening.matchers import Matcher, checked, matcher

SLICE_BYTES = 8 << 20
"""Bytes handed to the engine at once; offsets in a slice stay far below 2³², speed does not depend on it."""

HITS = pa.schema(
    [("row", pa.int64()), ("word", pa.int32()), ("start", pa.int32()), ("end", pa.int32())]
)  # fmt: skip
TEXT_HITS = pa.schema(
    [("_row", pa.string()), ("word", pa.string()), ("offset", pa.int32()), ("length", pa.int32())]
)  # fmt: skip

Ints = npt.NDArray[np.int64]


def scan(column: pa.Array | pa.ChunkedArray, words: Sequence[str], *, engine: str | None = None) -> pa.Table:
    """All hits as ``(row int64, word int32, start int32, end int32)``, sorted by row, start, end.

    ``row`` counts from the head of the column, ``word`` is the place in ``words``, start and end (exclusive)
    are bytes within the row's UTF-8. A null row has no hits. Raises BadInput for a word that is empty,
    doubled or holds a NUL, and for a column that is not text.
    """
    return find(column, prepared(words, engine))


@dataclass(frozen=True)
class Needles:
    """Words ready to be looked for in any number of columns. ``engine`` is None where there are no words."""

    words: tuple[str, ...]
    engine: Matcher | None
    bytes_each: Ints
    as_array: pa.Array
    characters_each: npt.NDArray[np.int32]


def prepared(words: Sequence[str], engine: str | None = None) -> Needles:
    """Check and compile words once. Raises BadInput as ``scan``."""
    whole = checked(words)
    return Needles(
        words=whole,
        engine=matcher(whole, engine) if whole else None,
        bytes_each=np.array([len(word.encode()) for word in whole], np.int64),
        as_array=pa.array(whole, pa.string()),
        characters_each=np.array([len(word) for word in whole], np.int32),
    )


def find(column: pa.Array | pa.ChunkedArray, needles: Needles) -> pa.Table:
    """As ``scan``, with words prepared before."""
    found, base = [], 0
    for chunk in text_chunks(column):
        if needles.engine is not None:
            found.append(_scan_chunk(chunk, base, needles.engine, needles.bytes_each))
        base += len(chunk)
    return pa.concat_tables(found) if found else HITS.empty_table()


def to_code_points(column: pa.Array | pa.ChunkedArray, hits: pa.Table) -> Ints:
    """The start of each hit of ``scan`` in code points of its row, in the order of ``hits``."""
    if not hits.num_rows:
        return np.empty(0, np.int64)
    rows = hits["row"].to_numpy()
    starts = hits["start"].to_numpy().astype(np.int64)
    first_of_row = np.flatnonzero(np.diff(rows, prepend=-1))
    texts = pa.chunked_array([*text_chunks(column)]).take(pa.array(rows[first_of_row])).combine_chunks()
    offsets, data, _ = buffers(texts.cast(pa.large_string()))
    group = np.repeat(np.arange(len(first_of_row)), np.diff(first_of_row, append=len(rows)))
    # Borders that never go back: head of the row, its hits, head of the next row, …; characters are counted
    # between neighbours, so that each byte is looked at once.
    heads = first_of_row + np.arange(len(first_of_row))
    borders = np.empty(len(rows) + len(first_of_row) + 1, np.int64)
    borders[heads] = offsets[:-1]
    borders[np.arange(len(rows)) + group + 1] = offsets[:-1][group] + starts
    borders[-1] = offsets[-1]
    pieces = pa.Array.from_buffers(
        pa.large_string(), len(borders) - 1, [None, pa.py_buffer(borders), pa.py_buffer(data)]
    )
    counted = np.concatenate([[0], np.cumsum(pc.utf8_length(pieces).to_numpy(zero_copy_only=False))])
    place = np.arange(len(rows)) + group + 1
    answer: Ints = counted[place] - counted[heads[group]]
    return answer


def text_hits(
    rows: pa.Array | pa.ChunkedArray, column: pa.Array | pa.ChunkedArray, needles: Needles
) -> pa.Table:
    """Hits as they are stored: ``(_row, word, offset, length)``, offset and length in code points.

    ``rows`` holds the row ids beside ``column``.
    """
    hits = find(column, needles)
    if not hits.num_rows:
        return TEXT_HITS.empty_table()
    return pa.table(
        [
            _one_array(rows).take(_one_array(hits["row"])).cast(pa.string()),
            needles.as_array.take(_one_array(hits["word"])),
            pa.array(to_code_points(column, hits).astype(np.int32)),
            pa.array(needles.characters_each[hits["word"].to_numpy()]),
        ],
        schema=TEXT_HITS,
    )


def text_chunks(column: pa.Array | pa.ChunkedArray) -> Iterator[pa.Array]:
    """The pieces of a text column as string or large_string arrays. Raises BadInput for other columns."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    known = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_null)
    if not any(test(kind) for test in known):
        raise BadInput(Fault(code="not_text", message="只能在文本列中查找关键词", found=str(column.type)))
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    for chunk in chunks or [pa.array([], pa.large_string())]:
        plain = pa.types.is_string(chunk.type) or pa.types.is_large_string(chunk.type)
        yield chunk if plain else chunk.cast(pa.large_string())


def buffers(chunk: pa.Array) -> tuple[Ints, memoryview, npt.NDArray[np.bool_] | None]:
    """Offsets of the rows (one more than rows), the whole value buffer, and which rows are null, if any."""
    _, offset_buffer, value_buffer = chunk.buffers()
    width = np.int64 if pa.types.is_large_string(chunk.type) else np.int32
    if offset_buffer is None or not len(chunk):
        offsets = np.zeros(len(chunk) + 1, np.int64)
    else:
        counted = np.frombuffer(
            offset_buffer, width, count=len(chunk) + 1, offset=chunk.offset * np.dtype(width).itemsize
        )
        offsets = counted.astype(np.int64, copy=False)
    data = memoryview(value_buffer if value_buffer is not None else b"").cast("B")
    nulls = chunk.is_null().to_numpy(zero_copy_only=False) if chunk.null_count else None
    return offsets, data, nulls


def slices(offsets: Ints, data: memoryview) -> list[tuple[int, memoryview]]:
    """The value buffer in pieces of about ``SLICE_BYTES``, cut only where a row ends."""
    pieces, start, last = [], int(offsets[0]), int(offsets[-1])
    while start < last:
        border = int(np.searchsorted(offsets, start + SLICE_BYTES, side="right")) - 1
        end = int(offsets[border])
        if end <= start:  # one row is longer than a slice
            end = int(offsets[int(np.searchsorted(offsets, start, side="right"))])
        pieces.append((start, data[start:end]))
        start = end
    return pieces


def _scan_chunk(chunk: pa.Array, base: int, engine: Matcher, lengths: Ints) -> pa.Table:
    offsets, data, nulls = buffers(chunk)
    words, ends = engine.find(slices(offsets, data))
    starts = ends - lengths[words]
    rows = np.searchsorted(offsets, starts, side="right") - 1
    inside = (rows >= 0) & (ends <= offsets[np.clip(rows + 1, 0, len(offsets) - 1)])
    if nulls is not None:
        inside &= ~nulls[np.clip(rows, 0, len(nulls) - 1)]
    words, starts, ends, rows = words[inside], starts[inside], ends[inside], rows[inside]
    heads = offsets[rows]
    order = np.lexsort((ends, starts))
    return pa.table(
        [
            pa.array(rows[order] + base, pa.int64()),
            pa.array(words[order].astype(np.int32)),
            pa.array((starts - heads)[order].astype(np.int32)),
            pa.array((ends - heads)[order].astype(np.int32)),
        ],
        schema=HITS,
    )


def _one_array(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
