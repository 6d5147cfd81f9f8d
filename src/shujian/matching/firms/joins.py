"""Equal keys of two columns as pairs of rows; a block that is too large is left out and counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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


class Keys:
    """A column of keys made ready to be met by other columns; 0 is no key."""

    def __init__(self, column: Hashes) -> None:
        held = np.flatnonzero(column)
        self._keys, inverse = np.unique(column[held], return_inverse=True)
        self._rows = grouped(inverse, held, len(self._keys))
        # Most values of the other column are no key: a table of the last bits turns them away before the search.
        self._seen = np.zeros(1 << _BITS, dtype=bool)
        self._seen[(self._keys & _WORD).astype(np.int64)] = True

    def meet(self, column: Hashes, *, cap: int) -> Pairs:
        """Every pair with one key, in no order. Of a key with more than ``cap`` rows in ``column``, none is paired."""
        place, row = self._members(column)
        counts = np.bincount(place, minlength=len(self._keys))
        over = counts > cap
        cut_pairs = int((counts * self._rows.counts)[over].sum())
        if over.any():
            kept = ~over[place]
            place, row = place[kept], row[kept]
        which, mine = spread(place, self._rows)
        return Pairs(mine, row[which], int(over.sum()), cut_pairs)

    def _members(self, values: Hashes) -> tuple[Places, Places]:
        """The values that are among the keys: which key, and where in the column."""
        if not len(self._keys) or not len(values):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        row = np.flatnonzero(self._seen.take((values & _WORD).view(np.int64)))
        # In order the search walks through the keys; out of order it would jump about in memory.
        row = row[np.argsort(values[row])]
        chosen = values[row]
        place = np.searchsorted(self._keys, chosen)
        place[place == len(self._keys)] = 0
        met = self._keys[place] == chosen
        return place[met], row[met]


def equal(left: Hashes, right: Hashes, *, cap: int) -> Pairs:
    """Every pair of rows with one key, by left and then right row; see ``Keys.meet``."""
    met = Keys(left).meet(right, cap=cap)
    order = np.lexsort((met.right, met.left))
    return Pairs(met.left[order], met.right[order], met.cut_keys, met.cut_pairs)


def among(values: Hashes, wanted: Hashes) -> npt.NDArray[np.bool_]:
    """Which values are among the wanted ones."""
    seen = np.zeros(1 << _BITS, dtype=bool)
    seen[(wanted & _WORD).view(np.int64)] = True
    found = seen.take((values & _WORD).view(np.int64))
    rows = np.flatnonzero(found)
    found[rows] = np.isin(values[rows], wanted)
    return found


def above(values: Hashes, limit: int) -> Hashes:
    """The values that occur more often than ``limit``, each once."""
    ordered = np.sort(values)
    firsts = np.flatnonzero(ordered != np.roll(ordered, 1))
    if len(ordered) and not len(firsts):
        firsts = np.zeros(1, dtype=np.int64)
    return np.asarray(ordered[firsts[np.diff(firsts, append=len(ordered)) > limit]])


def distinct(values: Hashes) -> tuple[Places, Places]:
    """The rows where a value other than 0 stands for the first time, and for each row the place of its value among
    those; -1 for 0. Fast where few values come twice.
    """
    again = np.flatnonzero(among(values, above(values, 1)) & (values != 0))
    _, once, which = np.unique(values[again], return_index=True, return_inverse=True)
    first = values != 0
    first[again] = False
    first[again[once]] = True
    places = np.cumsum(first) - 1
    places[again] = places[again[once]][which]
    places[values == 0] = -1
    return np.flatnonzero(first), places


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
