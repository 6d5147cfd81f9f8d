"""The ladder: each left row climbs until a rung brings it to a right row, and what was tried on the way is kept.

Credit code → taxpayer number → name → core name → former name → alias → abbreviation → one slip → a person. A pair whose
valid codes differ is never one firm, whatever the names say. Of several right rows equally good none is picked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from shujian.matching.firms import joins
from shujian.matching.firms.compare import Seen, TownOf, see, written_town
from shujian.matching.firms.hashing import Hashes, Places, paired
from shujian.matching.firms.joins import Cut
from shujian.matching.firms.limits import Limits
from shujian.matching.firms.lists import Firms
from shujian.matching.firms.stages import STAGES, Found, Rungs, Stage
from shujian.matching.grades import Grade, at_most_one_apart

Decision = Literal["same", "check", "ambiguous", "different", "none"]
GRADES: tuple[Grade, ...] = ("A", "A-", "B", "C", "X")
_A, _A_MINUS, _B, _C, _X = range(5)
_WEAK: frozenset[Stage] = frozenset({"alias", "short", "near"})
"""Rungs whose names differ: a pair that other fields speak against is dropped."""
_BY_CORE: frozenset[Stage] = frozenset({"core", "alias", "short", "near"})
"""Rungs on which a core that is short or borne by many firms says nothing by itself."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Trail:
    """What one rung did, a number for each left row: pairs met, and of them dropped because codes differ (``excluded``),
    because the core is common (``common``) or because other fields differ (``against``). ``asked``: whether the row
    came to this rung at all; ``missing``: whether it lacks what the rung compares.
    """

    stage: Stage
    asked: Mask
    missing: Mask
    met: npt.NDArray[np.int32]
    excluded: npt.NDArray[np.int32]
    common: npt.NDArray[np.int32]
    against: npt.NDArray[np.int32]


@dataclass(frozen=True)
class Pairing:
    """The pairs that stood, and those with one name and two codes (grade X), sorted by left row and best first.

    ``stage`` is a place in ``STAGES``, ``grade`` one in ``GRADES``; ``best``: the one pair that is shown as the answer.
    """

    left: Places
    right: Places
    stage: npt.NDArray[np.int8]
    grade: npt.NDArray[np.int8]
    score: npt.NDArray[np.int8]
    seen: Seen
    best: Mask

    def __len__(self) -> int:
        return len(self.left)


@dataclass(frozen=True)
class Resolved:
    """The answer for every left row: ``answer`` is a place in ``pairs`` or -1. Lists are those that were compared."""

    left: Firms
    right: Firms
    pairs: Pairing
    answer: Places
    decision: list[Decision]
    trail: tuple[Trail, ...]
    cuts: tuple[Cut, ...]


def resolve(left: Firms, right: Firms, limits: Limits, *, town_of: TownOf = written_town) -> Resolved:
    """Find each left row's firm among the right rows. Both lists are ``aligned`` to each other.

    ``town_of`` names the town of an address key. The same lists in another order give the same answers.
    """
    climb = _Climb(left, right, limits, town_of)
    for stage in STAGES:
        climb.rung(stage)
    return climb.answer()


class _Climb:
    def __init__(self, left: Firms, right: Firms, limits: Limits, town_of: TownOf) -> None:
        self.rungs = Rungs(left, right, limits)
        self.town_of = town_of
        self.todo = np.ones(len(left), dtype=bool)
        self.stood: list[Pairing] = []
        self.refused: list[Pairing] = []
        self.trail: list[Trail] = []
        self.cuts: list[Cut] = []
        self._generic: Mask | None = None

    def rung(self, stage: Stage) -> None:
        """Try one rung for the rows that have no answer yet."""
        asked = self.todo.copy()
        found = self.rungs.find(stage, asked)
        self.cuts += found.cuts
        excluded = self._codes_differ(found)
        open_ = _only(found, ~excluded)
        seen = self._see(open_)
        common = self._common(stage, open_) & ~seen.strong
        against = self._against(stage, open_, seen) & ~common
        kept = ~common & ~against
        if stage in ("name", "core", "former"):
            self.refused.append(self._pairing(stage, _only(found, excluded), refused=True))
        stood = _only(open_, kept)
        self.stood.append(self._pairing(stage, stood, seen=seen.only(kept)))
        self.todo[stood.left] = False
        count = self._count
        self.trail.append(
            Trail(
                stage, asked, self.rungs.missing(stage), count(found.left), count(found.left[excluded]),
                count(open_.left[common]), count(open_.left[against]),
            )
        )  # fmt: skip

    def _count(self, left: Places) -> npt.NDArray[np.int32]:
        return np.bincount(left, minlength=len(self.todo)).astype(np.int32)

    def _codes_differ(self, found: Found) -> Mask:
        one, other = (
            self.rungs.hashes("left", "uscc")[found.left],
            self.rungs.hashes("right", "uscc")[found.right],
        )
        return np.asarray((one != 0) & (other != 0) & (one != other))

    def _see(self, found: Found) -> Seen:
        rungs = self.rungs
        return see(
            rungs.left, rungs.right, found.left, found.right,
            town_of=self.town_of, similarity=float(rungs.limits.similarity),
        )  # fmt: skip

    def _against(self, stage: Stage, found: Found, seen: Seen) -> Mask:
        """Pairs of unlike names that other fields speak against, or whose slip is unlikely and that nothing speaks for."""
        if stage not in _WEAK:
            return np.zeros(len(found.left), dtype=bool)
        unlikely = (found.dated < 0) & ~seen.backed if stage == "near" else False
        return np.asarray(seen.against | unlikely)

    def _common(self, stage: Stage, found: Found) -> Mask:
        """Pairs whose core is short, or borne by more right firms than the limit."""
        if stage not in _BY_CORE:
            return np.zeros(len(found.left), dtype=bool)
        if self._generic is None:
            self._generic = _generic(self.rungs)
        least = self.rungs.limits.shortest - (stage == "core")
        cores = (
            self.rungs.left.core.take(pa.array(found.left)),
            self.rungs.right.core.take(pa.array(found.right)),
        )
        small = _short(cores[0], least) | _short(cores[1], least)
        if stage == "short":
            small &= found.dated != 1
        return np.asarray(self._generic[found.right] | small)

    def _pairing(
        self, stage: Stage, found: Found, *, seen: Seen | None = None, refused: bool = False
    ) -> Pairing:
        seen = seen or self._see(found)
        size = len(found.left)
        grade = np.full(size, _X, dtype=np.int8) if refused else self._grades(stage, found, seen)
        score = seen.score + (stage == "former") * (found.dated == 1).astype(np.int8)
        return Pairing(
            found.left, found.right, np.full(size, STAGES.index(stage), dtype=np.int8), grade,
            score.astype(np.int8), seen, np.zeros(size, dtype=bool),
        )  # fmt: skip

    def _grades(self, stage: Stage, found: Found, seen: Seen) -> npt.NDArray[np.int8]:
        size = len(found.left)
        if stage in ("code", "tax"):
            return np.where(self._names_close(found), _A, _A_MINUS).astype(np.int8)
        if stage == "name":
            return np.full(size, _B, dtype=np.int8)
        backed = {"core": seen.backed, "former": seen.backed | (found.dated == 1)}.get(stage, seen.strong)
        return np.where(backed, _B, _C).astype(np.int8)

    def _names_close(self, found: Found) -> Mask:
        """Core names equal or one character apart, as ``grades`` has it for grade A."""
        one = self.rungs.left.core.take(pa.array(found.left)).to_pylist()
        other = self.rungs.right.core.take(pa.array(found.right)).to_pylist()
        close = [
            a is not None and b is not None and at_most_one_apart(a, b)
            for a, b in zip(one, other, strict=True)
        ]
        return np.asarray(close, dtype=bool)

    def answer(self) -> Resolved:
        """The best pair of each row, or none where several are equally good."""
        pairs = _sorted(_together([*self.stood, *self.refused]))
        size = len(self.todo)
        decision: list[Decision] = ["none"] * size
        answer = np.full(size, -1, dtype=np.int64)
        best = np.zeros(len(pairs), dtype=bool)
        firsts = np.flatnonzero(np.diff(pairs.left, prepend=-1))
        alone = _alone(pairs, firsts, self.rungs)
        for place, one in zip(firsts.tolist(), alone.tolist(), strict=True):
            row, grade = int(pairs.left[place]), int(pairs.grade[place])
            if grade == _X:
                decision[row] = "different"
            elif not one:
                decision[row] = "ambiguous"
            else:
                decision[row] = "same" if grade == _A else "check"
                answer[row], best[place] = place, True
        return Resolved(
            self.rungs.left, self.rungs.right, replace(pairs, best=best), answer, decision,
            tuple(self.trail), tuple(self.cuts),
        )  # fmt: skip


def _only(found: Found, kept: Mask) -> Found:
    return Found(found.left[kept], found.right[kept], found.dated[kept])


def _generic(rungs: Rungs) -> Mask:
    """Right rows whose core names nobody in particular: too many different firms bear it."""
    cores, codes, fulls = (rungs.hashes("right", name) for name in ("core", "uscc", "full"))
    # Only a core that stands in more rows than the limit can be borne by more firms.
    often = np.flatnonzero(joins.among(cores, joins.above(cores, rungs.limits.common)))
    who = np.where(codes[often] != 0, codes[often], fulls[often])
    _, once = np.unique(paired(cores[often], who), return_index=True)
    return joins.among(cores, joins.above(cores[often][once], rungs.limits.common))


def _short(cores: pa.Array, shortest: int) -> Mask:
    return np.asarray(pc.fill_null(pc.less(pc.utf8_length(cores), shortest), True), dtype=bool)


def _together(parts: list[Pairing]) -> Pairing:
    def joined(name: str) -> npt.NDArray[np.int8]:
        return np.concatenate([getattr(part, name) for part in parts])

    seen = Seen(
        *(np.concatenate([getattr(part.seen, name) for part in parts]) for name in ("rep", "address", "town"))
    )
    return Pairing(
        np.concatenate([part.left for part in parts]), np.concatenate([part.right for part in parts]),
        joined("stage"), joined("grade"), joined("score"), seen, np.concatenate([part.best for part in parts]),
    )  # fmt: skip


def _sorted(pairs: Pairing) -> Pairing:
    """By left row; of one row the rungs in their order, X last, the better score first, then the place on the right."""
    order = np.lexsort((pairs.right, -pairs.score, pairs.grade, pairs.grade == _X, pairs.left))
    return Pairing(
        pairs.left[order], pairs.right[order], pairs.stage[order], pairs.grade[order], pairs.score[order],
        Seen(pairs.seen.rep[order], pairs.seen.address[order], pairs.seen.town[order]), pairs.best[order],
    )  # fmt: skip


def _alone(pairs: Pairing, firsts: Places, rungs: Rungs) -> Mask:
    """For the first pair of each row: whether all pairs as good as it speak of one firm.

    Rows of one code are one firm, and so are rows of one full name of which at most one code is known.
    """
    if not len(firsts):
        return np.zeros(0, dtype=bool)
    run = np.repeat(np.arange(len(firsts)), np.diff(firsts, append=len(pairs)))
    top = firsts[run]
    tied = (pairs.grade == pairs.grade[top]) & (pairs.score == pairs.score[top])
    group, right = run[tied], pairs.right[tied]
    codes, fulls = rungs.hashes("right", "uscc")[right], rungs.hashes("right", "full")[right]
    many_codes = _distinct(group[codes != 0], codes[codes != 0], len(firsts))
    many_names = _distinct(group, fulls, len(firsts))
    nameless = np.bincount(group[codes == 0], minlength=len(firsts))
    one_code = (many_codes == 1) & (nameless == 0)
    return np.asarray(one_code | ((many_codes <= 1) & (many_names == 1)))


def _distinct(groups: Places, values: Hashes, size: int) -> Places:
    _, once = np.unique(paired(values, groups.astype(np.uint64)), return_index=True)
    return np.bincount(groups[once], minlength=size)
