"""Names one slip apart among many: each name less one character meets each other name less one character.

Two names one slip apart (a character left out, added, changed, or two neighbours swapped) share such a remainder,
so a join finds them without comparing everything with everything. What meets is then measured by rapidfuzz.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from shujian.matching.firms import joins
from shujian.matching.firms.hashing import Places, Signs, Variants, neighbourhood, signs
from shujian.matching.firms.joins import Cut
from shujian.matching.normalise.lookalikes import CJK, LATIN, others

_CHUNK = 1 << 16
Mask = npt.NDArray[np.bool_]
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
    the right, in one stretch of 65,536, pairs nobody and is counted.
    """
    mine = neighbourhood(left, shortest=shortest)
    keys = joins.Keys(mine.hashes)
    work = partial(_stretch, left, right, mine, keys, shortest, cap)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as threads:
        parts = list(threads.map(work, range(0, len(right) if len(mine.hashes) else 0, _CHUNK)))
    met = [np.concatenate([_NOWHERE, *(part[side] for part in parts)]) for side in (0, 1)]
    cut = [sum(int(part[2][place]) for part in parts) for place in (0, 1)]
    return Neighbours(met[0], met[1], (Cut(stage, "block", cap, *cut),) if cut[0] else ())


_NOWHERE = np.zeros(0, dtype=np.int64)


def _stretch(
    left: pa.Array, right: pa.Array, mine: Variants, keys: joins.Keys, shortest: int, cap: int, start: int
) -> tuple[Places, Places, tuple[int, int]]:
    """The neighbours among one stretch of the right column, and how many keys and pairs were cut."""
    theirs = neighbourhood(right.slice(start, _CHUNK), shortest=shortest)
    met = _met(mine, theirs, keys.meet(theirs.hashes, cap=cap))
    first, second = met.left, met.right + start
    kept = _measured(left, right, first, second)
    return first[kept], second[kept], (met.cut_keys, met.cut_pairs)


@dataclass(frozen=True)
class Slips:
    """Of pairs one slip apart: which may be one name at all, and whose slip is one that people and scanners make."""

    one_name: Mask
    likely: Mask


def slips(left: pa.Array, right: pa.Array, first: Places, second: Places) -> Slips:
    """Names that differ by a numeral, or by which of two sides stands in one place, are two names. Likely is a character
    lost or written twice, two that swap places, and one taken for another that looks like it.
    """
    one, other = signs(left), signs(right)
    counts = _numerals(one), _numerals(other)
    answer = Slips(np.ones(len(first), dtype=bool), np.ones(len(first), dtype=bool))
    for start in range(0, len(first), _CHUNK):
        part = slice(start, start + _CHUNK)
        a, b = first[part], second[part]
        level = one.lengths[a] == other.lengths[b]
        answer.one_name[part] = level | (counts[0][a] == counts[1][b])
        rows = np.flatnonzero(level)
        if len(rows):
            twins, likely = _changed(one, other, a[rows], b[rows])
            answer.one_name[part][rows] = ~twins
            answer.likely[part][rows] = likely
    return answer


def _changed(left: Signs, right: Signs, first: Places, second: Places) -> tuple[Mask, Mask]:
    """Of pairs of one length: whether one numeral or side stands for another; whether it is a swap or a look-alike."""
    lengths = left.lengths[first]
    place = np.arange(int(lengths.max()))
    inside = place < lengths[:, None]
    a, b = (
        side.codes[np.minimum(side.starts[at][:, None] + place, len(side.codes) - 1)]
        for side, at in ((left, first), (right, second))
    )
    unlike = (a != b) & inside
    spot, each = unlike.argmax(axis=1), np.arange(len(first))
    one, other = a[each, spot], b[each, spot]
    single = unlike.sum(axis=1) == 1
    twins = single & ((_in(one, NUMERALS) & _in(other, NUMERALS)) | (_in(one, SIDES) & _in(other, SIDES)))
    told = (one.astype(np.uint64) << np.uint64(32)) | other
    return twins, ~single | np.isin(told, _ALIKE)


def _numerals(read: Signs) -> Places:
    """How many numerals each text has."""
    sums = np.zeros(len(read.codes) + 1, dtype=np.int64)
    np.cumsum(_in(read.codes, NUMERALS), out=sums[1:])
    return np.asarray(sums[read.starts[1:]] - sums[read.starts[:-1]])


def _in(codes: npt.NDArray[np.uint32], signs: str) -> Mask:
    table = np.zeros(1 << 16, dtype=bool)
    table[[ord(sign) for sign in signs]] = True
    return table[np.minimum(codes, (1 << 16) - 1)]


def _alike() -> npt.NDArray[np.uint64]:
    """Every pair of characters that look alike, as one number."""
    groups = (sign for group in (*LATIN, *CJK) for sign in group)
    return np.unique(
        np.array([ord(one) << 32 | ord(other) for one in groups for other in others(one)], dtype=np.uint64)
    )


_ALIKE = _alike()


def _met(mine: Variants, theirs: Variants, joined: joins.Pairs) -> joins.Pairs:
    """Pairs of texts with a shared remainder, each once; remainders too far apart to be one slip are dropped."""
    here, there = mine.place[joined.left], theirs.place[joined.right]
    possible = (here < 0) | (there < 0) | (np.abs(here - there) <= 1)
    one, other = mine.text[joined.left[possible]], theirs.text[joined.right[possible]]
    both = np.unique((one << np.int64(32)) | other)
    return joins.Pairs(both >> 32, both & np.int64(0xFFFFFFFF), joined.cut_keys, joined.cut_pairs)


def _measured(left: pa.Array, right: pa.Array, first: Places, second: Places) -> Mask:
    if not len(first):
        return np.zeros(0, dtype=bool)
    one = left.take(pa.array(first)).to_pylist()
    other = right.take(pa.array(second)).to_pylist()
    apart = cpdist(one, other, scorer=OSA.distance, score_cutoff=1, dtype=np.int8, workers=1)
    return np.asarray(apart == 1)
