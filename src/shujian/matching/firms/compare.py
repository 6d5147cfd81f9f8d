"""What two firms' other fields say for or against their being one: legal representative, address, town.

Only pairs that a name or number has brought together are compared, each distinct pair of texts once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz

from shujian.matching.firms.hashing import Hashes, Places, utf8, whole
from shujian.matching.firms.lists import Firms
from shujian.matching.firms.parts import PART, in_parts, mapped
from shujian.matching.grades import Outcome

Codes = npt.NDArray[np.int8]
TownOf = Callable[[str], str | None]

OUTCOMES: tuple[Outcome, ...] = ("missing", "same", "close", "masked", "differs")
MISSING, SAME, CLOSE, MASKED, DIFFERS = range(5)

_MASK = re.compile(r"[*＊×xX某○〇●]+")
_ABOVE = re.compile(
    "(?:[\u4e00-\u9fff]{2,3}省)?(?:[\u4e00-\u9fff]{1,4}?(?:市|地区|自治州))?(?:[\u4e00-\u9fff]{1,4}?[市县区])?"
)
_TOWN = re.compile("(?:^|[省市县区旗])(?P<town>[\u4e00-\u9fff]{2,4}?)(?:街道办事处|街道|镇|乡)")
_PUNCTUATION = re.compile(r"[()\-,，、.。]+")
_SHORTEST_INSIDE = 6


@dataclass(frozen=True)
class Seen:
    """Outcomes of the fields of each pair, as places in ``OUTCOMES``."""

    rep: Codes
    address: Codes
    town: Codes

    @property
    def strong(self) -> npt.NDArray[np.bool_]:
        """One field alone carries a name that is not the same: the whole representative's name, or the address."""
        return np.asarray((self.rep == SAME) | (self.address == SAME) | (self.address == CLOSE))

    @property
    def backed(self) -> npt.NDArray[np.bool_]:
        """Strong, or town and the visible part of the representative's name together."""
        return np.asarray(self.strong | ((self.rep == MASKED) & (self.town == SAME)))

    @property
    def against(self) -> npt.NDArray[np.bool_]:
        """Something differs and nothing agrees."""
        return np.asarray(((self.rep == DIFFERS) | (self.town == DIFFERS)) & ~self.backed)

    @property
    def score(self) -> Codes:
        """How much speaks for the pair; only for telling candidates of one row apart."""
        points = np.zeros(len(self.rep), dtype=np.int8)
        for field, worth in (
            (self.address, {SAME: 4, CLOSE: 3}),
            (self.rep, {SAME: 4, MASKED: 2, DIFFERS: -1}),
        ):
            for outcome, point in worth.items():
                points[field == outcome] += point
        points[self.town == SAME] += 1
        points[self.town == DIFFERS] -= 1
        return points

    def only(self, kept: npt.NDArray[np.bool_]) -> Seen:
        """The kept pairs."""
        return Seen(self.rep[kept], self.address[kept], self.town[kept])


def see(left: Firms, right: Firms, one: Places, other: Places, *, town_of: TownOf, similarity: float) -> Seen:
    """Compare the side fields of pairs of rows. ``similarity``: of two addresses that count as one, 0 to 1."""
    return Seen(
        _reps(left.rep, right.rep, one, other),
        _each(left.address, right.address, one, other, lambda a, b: addresses(a, b, similarity)),
        _each(left.address, right.address, one, other, lambda a, b: towns(town_of(a), town_of(b))),
    )


class Hope:
    """What rows show of representative and address at a glance: pairs that agree in neither need no closer look."""

    def __init__(self, firms: Firms) -> None:
        self.surname = whole(mapped(_surname, firms.rep))
        self.number = _numbers_of(firms.address)
        self.placed = np.asarray(firms.address.is_valid())


def _surname(reps: pa.Array) -> pa.Array:
    """The first character that is not hidden."""
    hidden = pc.fill_null(pc.match_substring_regex(reps, _MASK.pattern), False)
    shown = pc.replace_substring_regex(reps.filter(hidden), _MASK.pattern, "")
    return pc.utf8_slice_codeunits(pc.replace_with_mask(reps, hidden, shown), 0, 1)


def _numbers_of(addresses: pa.Array) -> Hashes:
    """The first run of digits in each, hashed; 0 for none."""
    found = np.zeros(len(addresses), dtype=np.uint64)

    def part(start: int) -> None:
        read = utf8(addresses.slice(start, PART))
        digit = (read.data >= ord("0")) & (read.data <= ord("9"))
        first = _next(digit, read.starts[:-1], read.starts[1:])
        found[start : start + PART] = read.hashes(first, _next(~digit, first, read.starts[1:]) - first)

    in_parts(part, len(addresses))
    return found


def _next(which: npt.NDArray[np.bool_], since: Places, until: Places) -> Places:
    """The first marked place from ``since`` on, or ``until`` if none comes before it."""
    marked = np.append(np.flatnonzero(which), len(which))
    found: Places = np.minimum(marked[np.searchsorted(marked, since)], until)
    return found


def hopeful(one: Hope, other: Hope, left: Places, right: Places) -> npt.NDArray[np.bool_]:
    """Whether representative or address of a pair of rows may agree."""
    a, b = one.surname[left], other.surname[right]
    numbers, others = one.number[left], other.number[right]
    placed = one.placed[left] & other.placed[right]
    return np.asarray(
        ((a == b) & (a != 0)) | (placed & ((numbers == others) | (numbers == 0) | (others == 0)))
    )


def _each(
    left: pa.Array, right: pa.Array, one: Places, other: Places, told: Callable[[str, str], int]
) -> Codes:
    if left.null_count == len(left) or right.null_count == len(right):
        return np.zeros(len(one), dtype=np.int8)
    known: dict[tuple[str, str], int] = {}
    found = np.zeros(len(one), dtype=np.int8)
    texts = zip(left.take(pa.array(one)).to_pylist(), right.take(pa.array(other)).to_pylist(), strict=True)
    for place, (a, b) in enumerate(texts):
        if a is None or b is None:
            continue
        if (a, b) not in known:
            known[a, b] = told(a, b)
        found[place] = known[a, b]
    return found


def _reps(left: pa.Array, right: pa.Array, one: Places, other: Places) -> Codes:
    """Representatives of pairs; only where one is masked a closer look is needed."""
    a, b = left.take(pa.array(one)), right.take(pa.array(other))
    same = pc.if_else(pc.equal(a, b), SAME, DIFFERS)
    found = np.array(pc.fill_null(same, MISSING), dtype=np.int8)
    masked = pc.or_(pc.match_substring_regex(a, _MASK.pattern), pc.match_substring_regex(b, _MASK.pattern))
    rows = np.flatnonzero(np.asarray(pc.fill_null(masked, False), dtype=bool))
    found[rows] = _each(left, right, one[rows], other[rows], reps)
    return found


def reps(one: str, other: str) -> int:
    """Two legal representatives: same, masked (what both show agrees, and something is hidden), or differs."""
    hidden, also = _MASK.search(one), _MASK.search(other)
    if not hidden and not also:
        return SAME if one == other else DIFFERS
    shown, seen = _MASK.split(one)[0], _MASK.split(other)[0]
    if not shown or not seen:
        return MISSING
    length = min(len(shown), len(seen))
    return MASKED if shown[:length] == seen[:length] else DIFFERS


def addresses(one: str, other: str, similarity: float) -> int:
    """Two address keys without province, prefecture and county: same, close (one inside the other, or alike), differs."""
    a, b = _local(one), _local(other)
    if not a or not b:
        return MISSING
    if a == b:
        return SAME
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) >= _SHORTEST_INSIDE and shorter in longer:
        return CLOSE
    alike = len(shorter) >= _SHORTEST_INSIDE and fuzz.ratio(a, b) >= 100 * similarity
    return CLOSE if alike and _numbers(a) == _numbers(b) else DIFFERS


def towns(one: str | None, other: str | None) -> int:
    """Two towns: same, differs, or missing where one is not known."""
    if one is None or other is None:
        return MISSING
    return SAME if one == other else DIFFERS


@lru_cache(maxsize=1 << 16)
def written_town(address: str) -> str | None:
    """The town as written in an address, without its mark; where no gazetteer of the county is at hand."""
    found = _TOWN.search(address)
    return found["town"] if found else None


@lru_cache(maxsize=1 << 16)
def _local(address: str) -> str:
    above = _ABOVE.match(address)
    bare = address[above.end() :] if above and len(address) - above.end() >= 3 else address
    return _PUNCTUATION.sub("", bare)


def _numbers(address: str) -> list[str]:
    return re.findall("[0-9]+", address)
