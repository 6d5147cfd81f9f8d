"""Persons of a generated county: what each grade is worth, by kind of error, beside Splink on the same rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from shujian.evaluation.homes import own_home
from shujian.evaluation.people.linking import linked
from shujian.evaluation.people.peers import splink_best
from shujian.evaluation.people.truth import KINDS, RECOVERABLE, Ints, Listed, lists
from shujian.evaluation.scores import Counts, Score, Task, scored

PEOPLE, DIRTY = 1_000_000, 200_000
PEER_PEOPLE, PEER_DIRTY = 200_000, 40_000
SURE = ("A", "A-")
_NOTE = (
    "召回率的分母是名册上确有其人、且证号仍可确定读出的行（"
    + "、".join(KINDS[name] for name in RECOVERABLE)
    + "）；全部真实对的召回率见 facts.recall_of_all"
)


def persons(people: int = PEOPLE, dirty: int = DIRTY) -> list[Score]:
    """One score for A and A− together, and one for each grade."""
    left, right = lists(people, dirty)
    with own_home() as home:
        found = linked(home, left, right)
    peer = splink_best(*lists(min(people, PEER_PEOPLE), min(dirty, PEER_DIRTY)))
    true = (left.person >= 0) & (left.person < people)
    readable = true & np.isin(left.kind, [list(KINDS).index(name) for name in RECOVERABLE])
    sure = [found.get(grade, _NOTHING) for grade in SURE]
    lefts, rights = (np.concatenate([pair[side] for pair in sure]) for side in (0, 1))
    right_ones = left.person[lefts] == right.person[rights]
    reached = np.unique(lefts[right_ones])
    facts: dict[str, Any] = {
        "false_at_a": int((~_true_pairs(left, right, found.get("A", _NOTHING))).sum()),
        "recall_of_all": round(len(reached) / int(true.sum()), 4),
        "by_kind": _by_kind(left, right, found, true),
        "splink_rows": peer.rows,
        "splink_threshold": peer.threshold,
    }
    counts = Counts(
        right=int(np.isin(reached, np.flatnonzero(readable)).sum()),
        false=int((~right_ones).sum()),
        missed=int(readable.sum()) - int(np.isin(reached, np.flatnonzero(readable)).sum()),
    )
    whole = scored(
        "persons", "人员比对，A 与 A− 级", people + dirty, counts, bars={"precision": 0.999, "recall": 0.98},
        most={"false_at_a": 0}, baseline=peer.title, baseline_f1=peer.f1, note=_NOTE, facts=facts,
    )  # fmt: skip
    return [
        whole,
        *(_of_grade(grade, left, right, found.get(grade, _NOTHING), int(true.sum())) for grade in _GRADES),
    ]


_GRADES = ("A", "A-", "B", "B-", "C")
_NOTHING = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


def _true_pairs(left: Listed, right: Listed, pairs: tuple[Ints, Ints]) -> Any:
    return left.person[pairs[0]] == right.person[pairs[1]]


def _of_grade(grade: str, left: Listed, right: Listed, pairs: tuple[Ints, Ints], true: int) -> Score:
    met = _true_pairs(left, right, pairs)
    counts = Counts(
        right=int(met.sum()), false=int((~met).sum()), missed=true - len(np.unique(pairs[0][met]))
    )
    title = f"{grade} 级各对" + ("（已压同名、已封顶）" if grade == "C" else "")
    return scored(f"persons.{grade}", title, len(pairs[0]), counts, interval_of="precision")


def _by_kind(
    left: Listed, right: Listed, found: Mapping[str, tuple[Ints, Ints]], true: Any
) -> dict[str, dict[str, int]]:
    """Of each kind: rows that are in the register, and in what best grade their own row was found."""
    best = np.full(len(left.kind), len(_GRADES))
    for rank, grade in reversed(list(enumerate(_GRADES))):
        pairs = found.get(grade, _NOTHING)
        best[pairs[0][_true_pairs(left, right, pairs)]] = rank
    told = {}
    for number, name in enumerate(KINDS):
        rows = (left.kind == number) & true
        told[name] = {"rows": int(rows.sum())} | {
            grade: int((rows & (best == rank)).sum()) for rank, grade in enumerate(_GRADES)
        }
    return told


TASKS = [Task("persons", "人员比对", persons)]
