"""Names one slip apart among many: each name less one character meets each other name less one character.

Two names one slip apart (a character left out, added, changed, or two neighbours swapped) share such a remainder,
so a join finds them without comparing everything with everything. Which slip it was follows from the places left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shujian.matching.firms import joins
from shujian.matching.firms.hashing import Places, Signs, Variants, neighbourhood, signs
from shujian.matching.firms.joins import Cut
from shujian.matching.firms.parts import PART, in_parts
from shujian.matching.normalise.lookalikes import CJK, LATIN, others

Mask = npt.NDArray[np.bool_]
NUMERALS = "第一二三四五六七八九十百0123456789甲乙丙丁"
"""Names that differ by one of these only name two firms: 一分厂 and 二分厂, 甲 and 乙."""
SIDES = "东南西北上下新老"
"""Names that differ by which of these stands in one place name two firms: 东区 and 西区."""


@dataclass(frozen=True)
class Neighbours:
    """Places of texts exactly one slip apart, and what the block limit left out.

    ``one_name``: not so for names that differ by a numeral, or by which of two sides stands in one place. ``likely``: a
    slip that people and scanners make, which is a character lost or written twice, two that swap places, and one taken
    for another that looks like it.
    """

    left: Places
    right: Places
    one_name: Mask
    likely: Mask
    cuts: tuple[Cut, ...]


def one_slip(left: pa.Array, right: pa.Array, *, shortest: int, cap: int, stage: str = "near") -> Neighbours:
    """Pairs of distinct texts one slip apart, each once, in no order. Both columns hold each text once, without nulls.

    ``shortest``: texts of fewer characters (at least 2) are not compared. ``cap``: a remainder shared by more names than
    this on the right, in one stretch of 65,536, pairs nobody and is counted. Texts meet by hash, so whoever relies on a
    pair compares the texts.
    """
    mine = signs(left)
    variants = neighbourhood(mine, shortest=shortest)
    keys = joins.Keys(variants.hashes)

    def stretch(start: int) -> tuple[_Told, joins.Pairs]:
        theirs = signs(right.slice(start, PART))
        more = neighbourhood(theirs, shortest=shortest)
        met = keys.meet(more.hashes, cap=cap)
        one, other, one_name, likely = _told(_Sides(mine, theirs, variants, more), met)
        return (one, other + start, one_name, likely), met

    parts = in_parts(stretch, len(right) if len(variants.hashes) else 0)
    told = [part for part, _ in parts]
    keys_cut, pairs_cut = sum(met.cut_keys for _, met in parts), sum(met.cut_pairs for _, met in parts)
    return Neighbours(
        np.concatenate([_NOWHERE, *(part[0] for part in told)]), np.concatenate([_NOWHERE, *(part[1] for part in told)]),
        np.concatenate([_NOTHING, *(part[2] for part in told)]), np.concatenate([_NOTHING, *(part[3] for part in told)]),
        (Cut(stage, "block", cap, keys_cut, pairs_cut),) if keys_cut else (),
    )  # fmt: skip


_Told = tuple[Places, Places, Mask, Mask]
_NOWHERE = np.zeros(0, dtype=np.int64)
_NOTHING = np.zeros(0, dtype=bool)


@dataclass(frozen=True)
class _Sides:
    """Two columns and their variants, of which some share a remainder."""

    left: Signs
    right: Signs
    mine: Variants
    theirs: Variants

    def gap(self, met: Places, side: str) -> tuple[Places, Places]:
        """Text and left out place (-1: none) of variants."""
        variants = self.mine if side == "left" else self.theirs
        return variants.text[met], variants.place[met]


def _told(sides: _Sides, met: joins.Pairs) -> _Told:
    """Of variants that share a remainder, each pair of texts one slip apart once: left, right, one name, likely.

    Lost or added: one side is whole, and of a doubled character only the first counts. Changed: one place on both sides.
    Swapped: neighbouring places, the left side's first. Any other meeting is of equal texts, or is two slips.
    """
    (one, here), (other, there) = sides.gap(met.left, "left"), sides.gap(met.right, "right")
    found = [
        _lost(sides.right, other, there, one, np.flatnonzero((here < 0) & (there >= 0))),
        _lost(sides.left, one, here, other, np.flatnonzero((there < 0) & (here >= 0))),
        _changed(sides, one, other, here, np.flatnonzero((here == there) & (here >= 0))),
        _swapped(sides, one, other, here, np.flatnonzero((there == here + 1) & (here >= 0))),
    ]
    rows, one_name, likely = (np.concatenate([each[part] for each in found]) for part in range(3))
    return one[rows], other[rows], one_name, likely


_Kind = tuple[Places, Mask, Mask]


def _lost(longer: Signs, text: Places, place: Places, _: Places, rows: Places) -> _Kind:
    spot = longer.starts[text[rows]] + place[rows]
    sign = longer.codes[spot]
    first = (place[rows] == 0) | (longer.codes[spot - 1] != sign)
    return rows[first], ~_in(sign[first], NUMERALS), np.ones(int(first.sum()), dtype=bool)


def _changed(sides: _Sides, one: Places, other: Places, place: Places, rows: Places) -> _Kind:
    a = sides.left.codes[sides.left.starts[one[rows]] + place[rows]]
    b = sides.right.codes[sides.right.starts[other[rows]] + place[rows]]
    unlike = a != b
    rows, a, b = rows[unlike], a[unlike], b[unlike]
    twins = (_in(a, NUMERALS) & _in(b, NUMERALS)) | (_in(a, SIDES) & _in(b, SIDES))
    return rows, ~twins, _alike(a, b)


def _swapped(sides: _Sides, one: Places, other: Places, place: Places, rows: Places) -> _Kind:
    a, b = sides.left.starts[one[rows]] + place[rows], sides.right.starts[other[rows]] + place[rows]
    mine, theirs = sides.left.codes, sides.right.codes
    first, second = mine[a], mine[a + 1]
    swapped = (first != second) & (first == theirs[b + 1]) & (second == theirs[b])
    yes = np.ones(int(swapped.sum()), dtype=bool)
    return rows[swapped], yes, yes


def _in(codes: npt.NDArray[np.uint32], which: str) -> Mask:
    table = np.zeros(1 << 16, dtype=bool)
    table[[ord(sign) for sign in which]] = True
    return table[np.minimum(codes, (1 << 16) - 1)]


def _alike(one: npt.NDArray[np.uint32], other: npt.NDArray[np.uint32]) -> Mask:
    """Whether characters look alike. Most have no look-alike at all, which a table tells at once."""
    found = np.zeros(len(one), dtype=bool)
    rows = np.flatnonzero(_in(one, _WITH_LOOK_ALIKES))
    found[rows] = np.isin((one[rows].astype(np.uint64) << np.uint64(32)) | other[rows], _ALIKE)
    return found


_WITH_LOOK_ALIKES = "".join({sign for group in (*LATIN, *CJK) for sign in group})
_ALIKE = np.unique(
    np.array(
        [ord(one) << 32 | ord(other) for one in _WITH_LOOK_ALIKES for other in others(one)], dtype=np.uint64
    )
)
"""Every pair of characters that look alike, as one number."""
