"""Equal keys of two columns as pairs of rows; a block that is too large is left out and counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shujian.matching.firms.hashing import Hashes, Places

_BITS = 24
_WORD = np.uint64((1 << _BITS) - 1)


@dataclass(frozen=True)
class Cut:
    """What a limit left out. ``why``: ``block`` (too many rows under one key), ``common`` (a name that many firms bear)
    or ``pairs`` (too many answers for one row). ``keys``: how many keys; ``pairs``: how many pairs of rows.
    """

    stage: str
    why: str
    limit: int
    keys: int
    pairs: int


@dataclass(frozen=True)
class Pairs:
    """Pairs of places in the two columns that were joined, and what the block limit left out."""

    left: Places
    right: Places
    cut_keys: int = 0
    cut_pairs: int = 0


def equal(left: Hashes, right: Hashes, *, cap: int) -> Pairs:
    """Every pair with one key, 0 being no key. Of a key with more than ``cap`` rows on the right, none is paired."""
    keys, first = np.unique(left, return_inverse=True)
    if len(keys) and keys[0] == 0:
        keys, first = keys[1:], first - 1
    place, row = _members(keys, right)
    counts = np.bincount(place, minlength=len(keys))
    sizes = np.bincount(first[first >= 0], minlength=len(keys))
    over = counts > cap
    cut_keys, cut_pairs = int(over.sum()), int((counts * sizes)[over].sum())
    rows = grouped(place, row, len(keys))
    asked = np.flatnonzero((first >= 0) & ~np.append(over, True)[first])
    which, found = spread(first[asked], rows)
    return Pairs(asked[which], found, cut_keys, cut_pairs)


@dataclass(frozen=True)
class Grouped:
    """Rows by key: those of key ``k`` are ``rows[starts[k] : starts[k] + counts[k]]``, in their order."""

    rows: Places
    starts: Places
    counts: Places


def grouped(keys: Places, rows: Places, size: int) -> Grouped:
    """Group rows by keys from 0 to ``size`` - 1."""
    counts = np.bincount(keys, minlength=size)
    return Grouped(rows[np.argsort(keys, kind="stable")], np.cumsum(counts) - counts, counts)


def spread(keys: Places, groups: Grouped) -> tuple[Places, Places]:
    """Each key with each of its rows: the place in ``keys``, the row."""
    taken = groups.counts[keys]
    before = np.cumsum(taken) - taken
    spots = np.arange(int(taken.sum())) + np.repeat(groups.starts[keys] - before, taken)
    return np.repeat(np.arange(len(keys)), taken), groups.rows[spots]


def _members(keys: Hashes, values: Hashes) -> tuple[Places, Places]:
    """The values that are among the sorted keys: which key, and where in the column."""
    if not len(keys) or not len(values):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    # Most values are no key: a table of the last bits turns them away before the search.
    seen = np.zeros(1 << _BITS, dtype=bool)
    seen[(keys & _WORD).astype(np.int64)] = True
    row = np.flatnonzero(seen[(values & _WORD).astype(np.int64)])
    chosen = values[row]
    place = np.searchsorted(keys, chosen)
    place[place == len(keys)] = 0
    met = keys[place] == chosen
    return place[met], row[met]
