"""Hashes of whole columns of names, of every name less one character, and of every beginning of a name.

A name is read as code points, never as bytes. Equal names have equal hashes; two different names may share one
(64 bits), so whoever joins on a hash compares the texts afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

_BASE = np.uint64(0x9E3779B97F4A7C15 | 1)
_SPREAD = np.uint64(0xD6E8FEB86659FD93)
_SHIFT = np.uint64(32)


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
    plain = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    filled = pc.fill_null(plain.cast(pa.large_string()), "")
    starts = np.zeros(len(filled) + 1, dtype=np.int64)
    np.cumsum(np.asarray(pc.utf8_length(filled)), out=starts[1:])
    if not len(filled):
        return Signs(np.zeros(0, dtype=np.uint32), starts)
    offsets = np.frombuffer(filled.buffers()[1], dtype=np.int64)[
        filled.offset : filled.offset + len(filled) + 1
    ]
    text = filled.buffers()[2]
    data = b"" if text is None else memoryview(text)[int(offsets[0]) : int(offsets[-1])]
    codes = np.frombuffer(str(data, "utf-8").encode("utf-32-le"), dtype=np.uint32)
    return Signs(codes, starts)


class Rolling:
    """Sums over a run of code points, from which the hash of any stretch follows at once."""

    def __init__(self, read: Signs) -> None:
        self.starts = read.starts
        size = len(read.codes)
        with np.errstate(over="ignore"):
            power = np.full(size + 1, _BASE, dtype=np.uint64)
            power[0] = 1
            np.cumprod(power, out=power)
            self._inverse = np.full(size + 1, _inverse(_BASE), dtype=np.uint64)
            self._inverse[0] = 1
            np.cumprod(self._inverse, out=self._inverse)
            self._sums = np.zeros(size + 1, dtype=np.uint64)
            np.cumsum(_mixed(read.codes.astype(np.uint64) + np.uint64(1)) * power[:-1], out=self._sums[1:])

    def stretch(self, first: Places, last: Places) -> Hashes:
        """The hash of the code points from ``first`` up to, without, ``last``; unmixed, so that stretches can be added."""
        with np.errstate(over="ignore"):
            found: Hashes = (self._sums[last] - self._sums[first]) * self._inverse[first]
            return found

    def less_one(self, first: Places, gap: Places, last: Places) -> Hashes:
        """The hash of the text from ``first`` to ``last`` without the character at ``gap``."""
        with np.errstate(over="ignore"):
            before = (self._sums[gap] - self._sums[first]) * self._inverse[first]
            after = (self._sums[last] - self._sums[gap + 1]) * self._inverse[first + 1]
            return _mixed(before + after)


_CHUNK = 1 << 16


def whole(values: pa.Array) -> Hashes:
    """One hash a text; 0 for null and empty texts, and for no other."""
    found = np.zeros(len(values), dtype=np.uint64)
    for start in range(0, len(values), _CHUNK):
        found[start : start + _CHUNK] = whole_of(Rolling(signs(values.slice(start, _CHUNK))))
    return found


def paired(one: Hashes, other: Hashes) -> Hashes:
    """One hash for two."""
    with np.errstate(over="ignore"):
        return _mixed(one * _BASE + other)


def whole_of(rolling: Rolling) -> Hashes:
    """One hash a text of a column that is already read."""
    first, last = rolling.starts[:-1], rolling.starts[1:]
    found = _mixed(rolling.stretch(first, last))
    found[found == 0] = 1
    found[first == last] = 0
    return found


@dataclass(frozen=True)
class Variants:
    """Hashes made of texts: ``text`` says of which, ``place`` which character was left out (-1: none)."""

    hashes: Hashes
    text: Places
    place: Places


def neighbourhood(values: pa.Array, *, shortest: int) -> Variants:
    """Each text whole and with each one of its characters left out; texts under ``shortest`` characters have none."""
    read = signs(values)
    rolling = Rolling(read)
    long_enough = read.lengths >= shortest
    lengths = np.where(long_enough, read.lengths, 0)
    text = np.repeat(np.arange(len(lengths)), lengths)
    gap = _within(read.starts[:-1], lengths)
    first, last = read.starts[:-1][text], read.starts[1:][text]
    dropped = rolling.less_one(first, gap, last)
    kept = np.flatnonzero(long_enough)
    return Variants(
        np.concatenate([dropped, whole_of(rolling)[kept]]),
        np.concatenate([text, kept]),
        np.concatenate([gap - first, np.full(len(kept), -1, dtype=np.int64)]),
    )


def beginnings(values: pa.Array, *, shortest: int) -> Variants:
    """Each proper beginning of at least ``shortest`` characters; ``place`` is its length."""
    read = signs(values)
    rolling = Rolling(read)
    counts: Places = np.maximum(read.lengths - shortest, 0)
    text = np.repeat(np.arange(len(counts)), counts)
    last = _within(read.starts[:-1] + shortest, counts)
    first = read.starts[:-1][text]
    found = _mixed(rolling.stretch(first, last))
    found[found == 0] = 1
    return Variants(found, text, last - first)


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


def _inverse(odd: np.uint64) -> np.uint64:
    return np.uint64(pow(int(odd), -1, 1 << 64))
