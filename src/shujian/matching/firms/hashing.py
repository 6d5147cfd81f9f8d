"""Hashes of whole columns of names, of every name less one character, and of every beginning of a name.

Equal names have equal hashes; two different names may share one (64 bits), so whoever joins on a hash compares the
texts afterwards. Whole names and beginnings are read as words of eight bytes, names less one character as code points;
hashes of the one kind are never held against hashes of the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from shujian.matching.firms.parts import PART, in_parts

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

_BASE = np.uint64(0x9E3779B97F4A7C15 | 1)
_SPREAD = np.uint64(0xD6E8FEB86659FD93)
_SHIFT = np.uint64(32)
_WORD = 8
_KEEP = np.array([(1 << 8 * size) - 1 for size in range(_WORD + 1)], dtype=np.uint64)
"""Masks that keep the first bytes of a word."""


@dataclass(frozen=True)
class Bytes:
    """A text column as one run of UTF-8 bytes, with a word to spare. ``starts`` has one entry more than there are texts;
    a null text is empty.
    """

    data: npt.NDArray[np.uint8]
    starts: Places

    def hashes(self, first: Places, sizes: Places) -> Hashes:
        """One hash for each stretch of ``sizes`` bytes from ``first`` on; 0 for an empty one, and for no other."""
        words = np.ndarray(len(self.data) - _WORD + 1, dtype="<u8", buffer=self.data, strides=(1,))
        found = _mixed(sizes.astype(np.uint64))
        for offset in range(0, int(sizes.max(initial=0)), _WORD):
            rows = np.flatnonzero(sizes > offset)
            word = words[first[rows] + offset] & _KEEP[np.minimum(sizes[rows] - offset, _WORD)]
            with np.errstate(over="ignore"):
                found[rows] = _mixed((found[rows] ^ word) * _BASE)
        found[found == 0] = 1
        found[sizes == 0] = 0
        return found


def utf8(values: pa.Array | pa.ChunkedArray) -> Bytes:
    """Read a text column."""
    plain = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    filled = pc.fill_null(plain, "") if plain.null_count else plain
    if pa.types.is_null(filled.type) or not len(filled):
        return Bytes(np.zeros(_WORD, dtype=np.uint8), np.zeros(len(filled) + 1, dtype=np.int64))
    wide = np.int64 if pa.types.is_large_string(filled.type) else np.int32
    offsets = np.frombuffer(filled.buffers()[1], dtype=wide)[
        filled.offset : filled.offset + len(filled) + 1
    ].astype(np.int64)
    size = int(offsets[-1] - offsets[0])
    data = np.zeros(size + _WORD, dtype=np.uint8)
    if size:
        data[:size] = np.frombuffer(filled.buffers()[2], dtype=np.uint8)[offsets[0] : offsets[-1]]
    return Bytes(data, offsets - offsets[0])


def whole(values: pa.Array) -> Hashes:
    """One hash a text; 0 for null and empty texts, and for no other."""
    found = np.zeros(len(values), dtype=np.uint64)

    def part(start: int) -> None:
        read = utf8(values.slice(start, PART))
        found[start : start + PART] = read.hashes(read.starts[:-1], np.diff(read.starts))

    in_parts(part, len(values))
    return found


def paired(one: Hashes, other: Hashes) -> Hashes:
    """One hash for two."""
    with np.errstate(over="ignore"):
        return _mixed(one * _BASE + other)


@dataclass(frozen=True)
class Signs:
    """A text column as one run of code points. ``starts`` has one entry more than there are texts; a null text is empty."""

    codes: npt.NDArray[np.uint32]
    starts: Places

    @property
    def lengths(self) -> Places:
        """Characters of each text."""
        return np.diff(self.starts)


def signs(values: pa.Array | pa.ChunkedArray) -> Signs:
    """Read a text column; nulls are empty texts."""
    read = utf8(values)
    size = int(read.starts[-1])
    codes = np.frombuffer(str(read.data[:size].data, "utf-8").encode("utf-32-le"), dtype=np.uint32)
    return Signs(codes, _characters(read)[read.starts])


def _characters(read: Bytes) -> Places:
    """How many characters begin before each byte."""
    before = np.zeros(len(read.data) + 1, dtype=np.int64)
    np.cumsum((read.data & 0xC0) != 0x80, out=before[1:])
    return before


@dataclass(frozen=True)
class Variants:
    """Hashes made of texts: ``text`` says of which, ``place`` which character was left out (-1: none)."""

    hashes: Hashes
    text: Places
    place: Places


def neighbourhood(read: Signs, *, shortest: int) -> Variants:
    """Each text whole and with each one of its characters left out; texts under ``shortest`` characters have none."""
    with np.errstate(over="ignore"):
        mixed = _mixed(read.codes.astype(np.uint64) + np.uint64(1))
    lengths = read.lengths
    sizes = np.flatnonzero(np.bincount(lengths)) if len(lengths) else np.zeros(0, dtype=np.int64)
    parts = [
        _less_one(read, mixed, np.flatnonzero(lengths == size), size)
        for size in sizes.tolist()
        if size >= shortest
    ]
    nothing = np.zeros(0, dtype=np.int64)
    return Variants(
        np.concatenate([np.zeros(0, dtype=np.uint64), *(part.hashes for part in parts)]),
        np.concatenate([nothing, *(part.text for part in parts)]),
        np.concatenate([nothing, *(part.place for part in parts)]),
    )


def _less_one(read: Signs, mixed: Hashes, rows: Places, size: int) -> Variants:
    """The variants of the texts of one length, column by column: what stands before the gap, then what stands after."""
    column = [mixed[read.starts[rows] + place] for place in range(size)]
    found = np.zeros((size + 1, len(rows)), dtype=np.uint64)
    with np.errstate(over="ignore"):
        for place in range(size):
            found[place + 1] = found[place] * _BASE + column[place]
        power, after = np.uint64(1), np.zeros(len(rows), dtype=np.uint64)
        for place in reversed(range(size)):
            found[place] = found[place] * power + after
            after += column[place] * power
            power = power * _BASE
    return Variants(
        _mixed(found).reshape(-1), np.tile(rows, size + 1), np.repeat(np.array([*range(size), -1]), len(rows))
    )


def beginnings(values: pa.Array, *, shortest: int) -> Variants:
    """Each proper beginning of at least ``shortest`` characters; ``place`` is its length. Comparable with ``whole``."""
    read = utf8(values)
    begins = np.flatnonzero((read.data & 0xC0) != 0x80)
    starts = _characters(read)[read.starts]
    counts: Places = np.maximum(np.diff(starts) - shortest, 0)
    text = np.repeat(np.arange(len(counts)), counts)
    last = _within(starts[:-1] + shortest, counts)
    first = read.starts[:-1][text]
    return Variants(read.hashes(first, begins[last] - first), text, last - starts[:-1][text])


def _within(starts: Places, counts: Places) -> Places:
    """``starts[i], starts[i]+1, …`` (``counts[i]`` of them), one after the other."""
    before = np.cumsum(counts) - counts
    places: Places = np.arange(int(counts.sum())) + np.repeat(starts - before, counts)
    return places


def _mixed(values: Any) -> Hashes:
    with np.errstate(over="ignore"):
        found: Hashes = (values ^ (values >> _SHIFT)) * _SPREAD
        found ^= found >> _SHIFT
        return found
