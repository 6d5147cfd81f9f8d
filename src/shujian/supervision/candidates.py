"""The right rows that kept an absence from being proved: shown with the hit, so that a person can compare them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shujian.lake.read import Session
from shujian.supervision.comparing import grade_rows
from shujian.supervision.compile import Plan
from shujian.supervision.emission import EmitPlan
from shujian.supervision.relation import quoted
from shujian.supervision.result import GRADES, Compared, MatchFound

Row = Mapping[str, Any]


class Candidates:
    """The tables ``maybe_<step>`` of a plan, by the left rows that they belong to."""

    def __init__(self, plan: Plan, session: Session) -> None:
        self._plan = plan
        self._found: dict[str, dict[tuple[str | None, ...], list[Row]]] = {}
        for step, (left, _) in plan.candidates.items():
            by_left: dict[tuple[str | None, ...], list[Row]] = {}
            for row in session.sql(f"SELECT * FROM {quoted(f'maybe_{step}')}").to_pylist():
                key = tuple(row[f"{alias}._row"] for alias in left.relation.aliases)
                by_left.setdefault(key, []).append(row)
            self._found[step] = by_left

    def of(self, emit: EmitPlan, row: Row) -> list[tuple[MatchFound, str]]:
        """Each possible match of a row, with the alias of its right side. Groups show none: their members do."""
        found: list[tuple[MatchFound, str]] = []
        for step in emit.relation.path:
            if emit.relation.grouped or row.get(f"{step}_state") != "possible" or step not in self._found:
                continue
            left, right = self._plan.candidates[step]
            key = tuple(row[f"{alias}._row"] for alias in left.relation.aliases)
            alias = right.alias or right.relation.aliases[0]
            holder = left.alias or left.relation.aliases[0]
            for other in self._found[step].get(key, []):
                compared = _compared(left, right, other)
                grade = GRADES[min(other["_m"], len(GRADES) - 1)]
                found.append(
                    (
                        MatchFound(step, other[f"{holder}._row"], other[f"{alias}._row"], grade, compared),
                        alias,
                    )
                )
        return sorted(found, key=lambda pair: (pair[0].step, pair[0].grade, pair[0].right))


def _compared(left: Any, right: Any, row: Row) -> tuple[Compared, ...]:
    if left.kind not in ("person", "org"):
        return ()
    sides = [(side.alias, side.subject, side.kind) for side in (left, right)]
    graded = grade_rows(row, sides[0], sides[1])
    return tuple(Compared(each.field, each.left, each.right, each.outcome) for each in graded.compared)
