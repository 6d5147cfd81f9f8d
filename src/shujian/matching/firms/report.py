"""One left row's way up the ladder in words: what each rung compared, what it met, and why it went on or stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shujian.matching.firms.compare import OUTCOMES
from shujian.matching.firms.ladder import GRADES, Decision, Resolved, Trail
from shujian.matching.firms.lists import Firms
from shujian.matching.firms.stages import STAGES, TITLES, Stage
from shujian.matching.grades import FieldCompared, Grade, Outcome, at_most_one_apart

DECISIONS: dict[Decision, str] = {
    "same": "同一家（A 级）", "check": "可能同一家，须人工核对", "ambiguous": "有几家同样像，须人工辨认",
    "different": "名称相同但信用代码不同，不是同一家", "none": "没有找到",
}  # fmt: skip


@dataclass(frozen=True)
class Tried:
    """One rung for one row. ``outcome``: ``met`` (it stopped here), ``empty``, ``lacking``, ``dropped`` or ``not_asked``."""

    stage: Stage
    title: str
    outcome: str
    says: str


@dataclass(frozen=True)
class Candidate:
    """One right row that the left row met, with its grade and every field compared."""

    right: int
    stage: Stage
    grade: Grade
    compared: tuple[FieldCompared, ...]


@dataclass(frozen=True)
class Answered:
    """One left row: what was decided, the candidates (best first, at most as many as asked for) and the rungs."""

    left: int
    decision: Decision
    candidates: tuple[Candidate, ...]
    more: int
    tried: tuple[Tried, ...]


def answered(resolved: Resolved, row: int, *, limit: int) -> Answered:
    """The whole story of one left row; ``more`` counts the candidates beyond ``limit``."""
    pairs = resolved.pairs
    first, last = np.searchsorted(pairs.left, [row, row + 1])
    shown = range(int(first), min(int(last), int(first) + limit))
    return Answered(
        row, resolved.decision[row], tuple(_candidate(resolved, place) for place in shown),
        int(last) - int(first) - len(shown), tuple(_tried(trail, row) for trail in resolved.trail),
    )  # fmt: skip


def _candidate(resolved: Resolved, place: int) -> Candidate:
    pairs = resolved.pairs
    left, right = int(pairs.left[place]), int(pairs.right[place])
    one, other = resolved.left, resolved.right
    compared = [
        *(_plain(name, one, other, left, right) for name in ("uscc", "tax")),
        *(_named(name, one, other, left, right) for name in ("full", "core")),
        *_former(one, other, left, right),
        _told("rep", one, other, left, right, OUTCOMES[pairs.seen.rep[place]]),
        _told("address", one, other, left, right, OUTCOMES[pairs.seen.address[place]]),
        FieldCompared("town", None, None, OUTCOMES[pairs.seen.town[place]]),
        _plain("parent", one, other, left, right),
    ]
    return Candidate(right, STAGES[pairs.stage[place]], GRADES[pairs.grade[place]], tuple(compared))


def _values(name: str, one: Firms, other: Firms, left: int, right: int) -> tuple[str | None, str | None]:
    return getattr(one, name)[left].as_py(), getattr(other, name)[right].as_py()


def _plain(name: str, one: Firms, other: Firms, left: int, right: int) -> FieldCompared:
    a, b = _values(name, one, other, left, right)
    outcome: Outcome = "missing" if a is None or b is None else "same" if a == b else "differs"
    return FieldCompared(name, a, b, outcome)


def _named(name: str, one: Firms, other: Firms, left: int, right: int) -> FieldCompared:
    found = _plain(name, one, other, left, right)
    close = found.outcome == "differs" and at_most_one_apart(str(found.left), str(found.right))
    return FieldCompared(name, found.left, found.right, "close") if close else found


def _told(name: str, one: Firms, other: Firms, left: int, right: int, outcome: Outcome) -> FieldCompared:
    return FieldCompared(name, *_values(name, one, other, left, right), outcome)


def _former(one: Firms, other: Firms, left: int, right: int) -> list[FieldCompared]:
    mine, theirs = _names_of(one, left), _names_of(other, right)
    if not mine and not theirs:
        return []
    ours, others = {one.core[left].as_py(), *mine.values()}, {other.core[right].as_py(), *theirs.values()}
    shared = (ours & others) - {None} and one.core[left].as_py() != other.core[right].as_py()
    return [FieldCompared("former", _listed(mine), _listed(theirs), "same" if shared else "differs")]


def _names_of(firms: Firms, row: int) -> dict[str, str]:
    rows = np.flatnonzero(np.asarray(firms.other["row"]) == row)
    return {
        str(firms.other["name"][place].as_py()): str(firms.other["core"][place].as_py())
        for place in rows.tolist()
    }


def _listed(names: Sequence[str] | dict[str, str]) -> str | None:
    return "、".join(names) or None


def _tried(trail: Trail, row: int) -> Tried:
    stage, title = trail.stage, TITLES[trail.stage]
    if not trail.asked[row]:
        return Tried(stage, title, "not_asked", "前面一级已有结果")
    met = int(trail.met[row])
    if met == 0:
        lacking = bool(trail.missing[row])
        return Tried(
            stage, title, "lacking" if lacking else "empty", "本行没有这一项" if lacking else "对方没有相同的"
        )
    dropped = [
        f"{int(count[row])} 条{why}"
        for count, why in (
            (trail.excluded, "信用代码不同，排除"), (trail.common, "名称太短或太常见，没有其他印证，不采用"),
            (trail.against, "法定代表人或地址不符，不采用"),
        )
        if count[row]
    ]  # fmt: skip
    left = met - int(trail.excluded[row]) - int(trail.common[row]) - int(trail.against[row])
    says = "；".join([f"找到 {met} 条", *dropped])
    return Tried(stage, title, "met" if left else "dropped", says)
