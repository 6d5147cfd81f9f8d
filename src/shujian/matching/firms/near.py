"""Names one slip apart among many: each name less one character meets each other name less one character.

Two names one slip apart (a character left out, added, changed, or two neighbours swapped) share such a remainder,
so a join finds them without comparing everything with everything. What meets is then measured by rapidfuzz.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from shujian.matching.firms import joins
from shujian.matching.firms.hashing import Places, Variants, neighbourhood
from shujian.matching.firms.joins import Cut

_CHUNK = 200_000
NUMERALS = "第一二三四五六七八九十百0123456789甲乙丙丁"
"""Names that differ by one of these only name two firms: 一分厂 and 二分厂, 甲 and 乙."""
SIDES = "东南西北上下新老"
"""Names that differ by which of these stands in one place name two firms: 东区 and 西区."""


@dataclass(frozen=True)
class Neighbours:
    """Places of texts exactly one slip apart, and what the block limit left out."""

    left: Places
    right: Places
    cuts: tuple[Cut, ...]


def one_slip(left: pa.Array, right: pa.Array, *, shortest: int, cap: int, stage: str = "near") -> Neighbours:
    """Pairs of distinct texts one slip apart. Both columns hold each text once, without nulls.

    ``shortest``: texts of fewer characters (at least 2) are not compared. ``cap``: a remainder shared by more names than this on
    the right, in one stretch of 200,000, pairs nobody and is counted.
    """
    mine = neighbourhood(left, shortest=shortest)
    found: list[tuple[Places, Places]] = []
    keys = pairs = 0
    for start in range(0, len(right), _CHUNK):
        theirs = neighbourhood(right.slice(start, _CHUNK), shortest=shortest)
        met = _met(mine, theirs, cap)
        keys, pairs = keys + met.cut_keys, pairs + met.cut_pairs
        found.append((met.left, met.right + start))
    first = np.concatenate([each[0] for each in found]) if found else np.zeros(0, dtype=np.int64)
    second = np.concatenate([each[1] for each in found]) if found else np.zeros(0, dtype=np.int64)
    kept = _measured(left, right, first, second)
    cuts = (Cut(stage, "block", cap, keys, pairs),) if keys else ()
    return Neighbours(first[kept], second[kept], cuts)


def _met(mine: Variants, theirs: Variants, cap: int) -> joins.Pairs:
    """Pairs of texts with a shared remainder, each once; remainders too far apart to be one slip are dropped."""
    joined = joins.equal(mine.hashes, theirs.hashes, cap=cap)
    here, there = mine.place[joined.left], theirs.place[joined.right]
    possible = (here < 0) | (there < 0) | (np.abs(here - there) <= 1)
    one, other = mine.text[joined.left[possible]], theirs.text[joined.right[possible]]
    both = np.unique((one << np.int64(32)) | other)
    return joins.Pairs(both >> 32, both & np.int64(0xFFFFFFFF), joined.cut_keys, joined.cut_pairs)


def _measured(
    left: pa.Array, right: pa.Array, first: Places, second: Places
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    if not len(first):
        return np.zeros(0, dtype=bool)
    one = left.take(pa.array(first)).to_pylist()
    other = right.take(pa.array(second)).to_pylist()
    apart = cpdist(one, other, scorer=OSA.distance, score_cutoff=1, dtype=np.int8, workers=-1)
    return np.asarray(apart == 1)
