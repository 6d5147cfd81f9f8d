"""The rungs of the ladder: each brings pairs of rows together by one kind of key. None of them decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from shujian.matching.firms import joins, near
from shujian.matching.firms.compare import Hope, hopeful
from shujian.matching.firms.hashing import Hashes, Places, beginnings, whole
from shujian.matching.firms.joins import Cut
from shujian.matching.firms.limits import Limits
from shujian.matching.firms.lists import Firms
from shujian.matching.firms.names import FORM_AT_END
from shujian.matching.firms.parts import mapped

Stage = Literal["code", "tax", "name", "core", "former", "alias", "near", "short"]
STAGES: tuple[Stage, ...] = ("code", "tax", "name", "core", "former", "alias", "near", "short")
TITLES: dict[Stage, str] = {
    "code": "统一社会信用代码", "tax": "纳税人识别号（组织机构代码）", "name": "名称相同", "core": "核心名称相同", "former": "曾用名",
    "alias": "字号或别名", "near": "名称一字之差", "short": "名称简写",
}  # fmt: skip

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Found:
    """Pairs that a rung brought together. ``dated``: of a former name, that it was in force on the left row's day (1), was
    not (-1), or that nobody can say (0); of a near name, that its slip is no likely one (-1), so that other fields must
    speak for it; of an abbreviation, that it is a beginning of the name as written, place and all (1).
    """

    left: Places
    right: Places
    dated: npt.NDArray[np.int8]
    cuts: tuple[Cut, ...] = ()


class Rungs:
    """The two lists with their hashes, made once and when first asked for."""

    def __init__(self, left: Firms, right: Firms, limits: Limits) -> None:
        self.left, self.right, self.limits = left, right, limits
        self._hashes: dict[tuple[str, str], Hashes] = {}
        self._hopes: tuple[Hope, Hope] | None = None

    def hopeful(self, left: Places, right: Places) -> Mask:
        """Pairs whose other fields may agree, at a glance."""
        if self._hopes is None:
            self._hopes = Hope(self.left), Hope(self.right)
        return hopeful(*self._hopes, left, right)

    def hashes(self, side: str, column: str) -> Hashes:
        """One hash a row of a column of ``left`` or ``right``."""
        if (side, column) not in self._hashes:
            self._hashes[side, column] = whole(getattr(getattr(self, side), column))
        return self._hashes[side, column]

    def find(self, stage: Stage, todo: Mask) -> Found:
        """Pairs of the rows still to do."""
        return _FINDERS[stage](self, todo)

    def missing(self, stage: Stage) -> Mask:
        """Left rows that lack what the rung compares."""
        column = {"code": "uscc", "tax": "tax", "name": "full"}.get(stage, "core")
        return np.asarray(self.hashes("left", column) == 0)


def _column(column: str, stage: Stage) -> Callable[[Rungs, Mask], Found]:
    def find(rungs: Rungs, todo: Mask) -> Found:
        mine = np.where(todo, rungs.hashes("left", column), np.uint64(0))
        met = joins.equal(mine, rungs.hashes("right", column), cap=rungs.limits.block)
        one, other = getattr(rungs.left, column), getattr(rungs.right, column)
        kept = _same(one, other, met.left, met.right)
        return _plain(met.left[kept], met.right[kept], _cut(stage, rungs, met))

    return find


def _same(one: pa.Array, other: pa.Array, left: Places, right: Places) -> Mask:
    """Hashes may agree by chance; texts do not."""
    same = pc.equal(one.take(pa.array(left)), other.take(pa.array(right)))
    return np.asarray(pc.fill_null(same, False), dtype=bool)


def _plain(left: Places, right: Places, cuts: tuple[Cut, ...] = ()) -> Found:
    return Found(left, right, np.zeros(len(left), dtype=np.int8), cuts)


def _cut(stage: Stage, rungs: Rungs, met: joins.Pairs) -> tuple[Cut, ...]:
    return (Cut(stage, "block", rungs.limits.block, met.cut_keys, met.cut_pairs),) if met.cut_keys else ()


def _other(kind: str, stage: Stage) -> Callable[[Rungs, Mask], Found]:
    """Names of either side against other names of the other, and other names against each other."""

    def find(rungs: Rungs, todo: Mask) -> Found:
        mine, theirs = (
            one.other.filter(pc.equal(one.other["kind"], kind)) for one in (rungs.left, rungs.right)
        )
        sides = (
            (_current(rungs, "left", todo), _listed(theirs)),
            (_listed(mine, todo), _current(rungs, "right", None)),
            (_listed(mine, todo), _listed(theirs)),
        )
        found: list[tuple[Places, Places, npt.NDArray[np.int8]]] = []
        cuts: list[Cut] = []
        for (one, rows, _, _), (other, others, since, until) in sides:
            if not len(one) or not len(other):
                continue
            met = joins.equal(whole(one), whole(other), cap=rungs.limits.block)
            kept = _same(one, other, met.left, met.right)
            left, right = rows[met.left[kept]], others[met.right[kept]]
            dated = _in_force(rungs, left, since, until, met.right[kept])
            found.append((left, right, dated))
            cuts += _cut(stage, rungs, met)
        return _joined(found, tuple(cuts))

    return find


_Listed = tuple[pa.Array, Places, pa.Array | None, pa.Array | None]


def _current(rungs: Rungs, side: str, todo: Mask | None) -> _Listed:
    column = getattr(rungs, side).core
    rows = np.arange(len(column)) if todo is None else np.flatnonzero(todo)
    return (column if todo is None else column.take(pa.array(rows))), rows, None, None


def _listed(table: pa.Table, todo: Mask | None = None) -> _Listed:
    rows = np.asarray(table["row"], dtype=np.int64)
    if todo is not None:
        table, rows = table.filter(pa.array(todo[rows])), rows[todo[rows]]
    return table["core"].combine_chunks(), rows, table["from"].combine_chunks(), table["to"].combine_chunks()


def _in_force(
    rungs: Rungs, left: Places, since: pa.Array | None, until: pa.Array | None, place: Places
) -> npt.NDArray[np.int8]:
    """Whether the right side's former name held on the left row's day."""
    answer = np.zeros(len(left), dtype=np.int8)
    if since is None or until is None:
        return answer
    day = rungs.left.on.take(pa.array(left))
    first, last = since.take(pa.array(place)), until.take(pa.array(place))
    told = pc.and_(pc.is_valid(day), pc.or_(pc.is_valid(first), pc.is_valid(last)))
    held = pc.and_(
        pc.fill_null(pc.less_equal(first, day), True), pc.fill_null(pc.less_equal(day, last), True)
    )
    answer[np.asarray(told)] = -1
    answer[np.asarray(pc.and_(told, held))] = 1
    return answer


def _joined(found: list[tuple[Places, Places, npt.NDArray[np.int8]]], cuts: tuple[Cut, ...]) -> Found:
    """Pairs found on several ways, each once, with the best word on its date."""
    if not found:
        return Found(_none(), _none(), np.zeros(0, dtype=np.int8), cuts)
    left, right, dated = (np.concatenate([each[place] for each in found]) for place in range(3))
    order = np.lexsort((-dated, right, left))
    left, right, dated = left[order], right[order], dated[order]
    first = np.ones(len(left), dtype=bool)
    first[1:] = (left[1:] != left[:-1]) | (right[1:] != right[:-1])
    return Found(left[first], right[first], dated[first].astype(np.int8), cuts)


def _none() -> Places:
    return np.zeros(0, dtype=np.int64)


def _short(rungs: Rungs, todo: Mask) -> Found:
    """A core, or a name as written, that is the beginning of the other's, and has no legal form of its own.

    With one (示例鸿达陶瓷有限公司 beside 示例鸿达陶瓷机械有限公司) it is a whole name, and another firm's.
    """
    limits = rungs.limits
    found: list[tuple[Places, Places, npt.NDArray[np.int8]]] = []
    keys = pairs = 0
    for column, least in (("core", _SHORTEST_BEGINNING), ("full", limits.shortest)):
        (left, right, _), cut = _begun(rungs, column, todo, least)
        found.append((left, right, np.full(len(left), int(column == "full"), dtype=np.int8)))
        keys, pairs = keys + cut[0], pairs + cut[1]
    both = _joined(found, (Cut("short", "block", limits.block, keys, pairs),) if keys else ())
    return both


_SHORTEST_BEGINNING = 2
"""Beginnings under the limit for near names count only where other fields speak for them."""


def _begun(
    rungs: Rungs, column: str, todo: Mask, least: int
) -> tuple[tuple[Places, Places, npt.NDArray[np.int8]], tuple[int, int]]:
    """Pairs of which one text of the column begins the other, whichever side is the shorter."""
    left, right = getattr(rungs.left, column), getattr(rungs.right, column)
    rows = np.flatnonzero(todo)
    mine = left.take(pa.array(rows))
    wholes = np.where(
        _open(rungs.left)[rows] & _long(mine, least), rungs.hashes("left", column)[rows], np.uint64(0)
    )
    heads = np.where(_open(rungs.right) & _long(right, least), rungs.hashes("right", column), np.uint64(0))
    longer = _beginning(wholes, right, least, rungs.limits.block)
    shorter = _beginning(heads, mine, least, rungs.limits.block)
    one = np.concatenate([rows[longer.left], rows[shorter.right]])
    another = np.concatenate([longer.right, shorter.left])
    texts = zip(left.take(pa.array(one)).to_pylist(), right.take(pa.array(another)).to_pylist(), strict=True)
    kept = np.asarray([a.startswith(b) or b.startswith(a) for a, b in texts], dtype=bool)
    return _of_text(one[kept], another[kept]), (
        longer.cut_keys + shorter.cut_keys,
        longer.cut_pairs + shorter.cut_pairs,
    )


def _beginning(wholes: Hashes, texts: pa.Array, least: int, cap: int) -> joins.Pairs:
    """Places of ``wholes`` that begin places of ``texts``, which are read a stretch at a time."""
    parts = [joins.Pairs(_none(), _none())]
    keys = joins.Keys(wholes) if wholes.any() else None
    for start in range(0, len(texts) if keys else 0, _STRETCH):
        begun = beginnings(texts.slice(start, _STRETCH), shortest=least)
        met = keys.meet(begun.hashes, cap=cap) if keys else parts[0]
        parts.append(joins.Pairs(met.left, begun.text[met.right] + start, met.cut_keys, met.cut_pairs))
    left, right = (np.concatenate([getattr(part, side) for part in parts]) for side in ("left", "right"))
    return joins.Pairs(
        left, right, sum(part.cut_keys for part in parts), sum(part.cut_pairs for part in parts)
    )


_STRETCH = 1 << 16


def _open(firms: Firms) -> Mask:
    """Names without a legal form at their end."""
    closed = mapped(lambda fulls: pc.match_substring_regex(fulls, FORM_AT_END), firms.full)
    return ~np.asarray(pc.fill_null(closed, True))


def _of_text(left: Places, right: Places) -> tuple[Places, Places, npt.NDArray[np.int8]]:
    return left, right, np.zeros(len(left), dtype=np.int8)


def _long(cores: pa.Array, shortest: int) -> Mask:
    return np.asarray(pc.fill_null(pc.greater_equal(pc.utf8_length(cores), shortest), False))


def _near(rungs: Rungs, todo: Mask) -> Found:
    """Cores, or names as written where no place was known before them, one slip apart. A core one character under the
    limit may be what is left of one at the limit, so it is compared too.

    Names that differ by a numeral or a side only (一分厂, 二分厂) are two firms. Another character that does not look
    like the one it stands for is no likely slip.
    """
    found: list[tuple[Places, Places, npt.NDArray[np.int8]]] = []
    cuts: list[Cut] = []
    for column, least in (("core", rungs.limits.shortest - 1), ("full", rungs.limits.shortest + 1)):
        met, more = _slipped(rungs, column, todo, least)
        found.append(met)
        cuts += more
    return _joined(found, tuple(cuts))


def _slipped(
    rungs: Rungs, column: str, todo: Mask, least: int
) -> tuple[tuple[Places, Places, npt.NDArray[np.int8]], list[Cut]]:
    limits, left_texts, right_texts = rungs.limits, getattr(rungs.left, column), getattr(rungs.right, column)
    asked = todo & (rungs.hashes("left", column) != 0)
    ours = _texts(
        rungs, "left", column, np.flatnonzero(asked & _placeless(rungs.left) if column == "full" else asked)
    )
    bearers = np.arange(len(rungs.right))
    if column == "full":
        bearers = np.flatnonzero(joins.among(_tails(right_texts), _tails(ours.texts)))
    theirs = _texts(rungs, "right", column, bearers)
    met = near.one_slip(ours.texts, theirs.texts, shortest=least, cap=limits.block)
    one, other, likely = met.left[met.one_name], met.right[met.one_name], met.likely[met.one_name]
    often = theirs.rows.counts[other]
    common = often > limits.common
    cut = Cut("near", "common", limits.common, len(np.unique(other[common])), int(often[common].sum()))
    place, left = joins.spread(one[~common], ours.rows)
    again, right = joins.spread(other[~common][place], theirs.rows)
    likely, left = likely[~common][place][again], left[again]
    shown = likely.copy()
    shown[~likely] = rungs.hopeful(left[~likely], right[~likely])
    left, right, dated = left[shown], right[shown], np.where(likely[shown], 0, -1).astype(np.int8)
    kept = _one_apart(left_texts, right_texts, left, right)
    return (left[kept], right[kept], dated[kept]), [*met.cuts, *([cut] if common.any() else [])]


@dataclass(frozen=True)
class _Texts:
    """The distinct texts of some rows of a column, in the order of their first rows, and the rows of each."""

    texts: pa.Array
    rows: joins.Grouped


def _texts(rungs: Rungs, side: str, column: str, rows: Places) -> _Texts:
    firsts, places = joins.distinct(rungs.hashes(side, column)[rows])
    held = np.flatnonzero(places >= 0)
    texts = getattr(getattr(rungs, side), column).take(pa.array(rows[firsts]))
    return _Texts(texts, joins.grouped(places[held], rows[held], len(firsts)))


def _one_apart(one: pa.Array, other: pa.Array, left: Places, right: Places) -> Mask:
    """Hashes may agree by chance; texts do not."""
    a, b = one.take(pa.array(left)).to_pylist(), other.take(pa.array(right)).to_pylist()
    return np.asarray(cpdist(a, b, scorer=OSA.distance, score_cutoff=1, dtype=np.int8, workers=1) == 1)


def _placeless(firms: Firms) -> Mask:
    """Names of which nothing was cut before the core: a slip in the place may have kept it from being known."""
    begun = pc.equal(pc.utf8_slice_codeunits(firms.full, 0, 2), pc.utf8_slice_codeunits(firms.core, 0, 2))
    return np.asarray(pc.fill_null(begun, False), dtype=bool)


def _tails(fulls: pa.Array) -> Hashes:
    """The last characters of a name, which a slip in the place before it leaves as they are."""
    return whole(mapped(lambda some: pc.utf8_slice_codeunits(some, -_TAIL), fulls))


_TAIL = 7


_FINDERS: dict[Stage, Callable[[Rungs, Mask], Found]] = {
    "code": _column("uscc", "code"),
    "tax": _column("tax", "tax"),
    "name": _column("full", "name"),
    "core": _column("core", "core"),
    "former": _other("former", "former"),
    "alias": _other("alias", "alias"),
    "near": _near,
    "short": _short,
}
