"""The right rows that kept an absence from being proved: shown with the hit, so that a person can compare them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shujian.lake.read import Session
from shujian.supervision.comparing import compared_of, grade_rows
from shujian.supervision.compile import Plan
from shujian.supervision.emission import EmitPlan
from shujian.supervision.result import Compared, MatchFound, grade_of
from shujian.supervision.way import ref_of

Row = Mapping[str, Any]


class Candidates:
    """The candidates of a plan's possible rows, by the left rows that they belong to; asked for when first needed."""

    def __init__(self, plan: Plan, session: Session) -> None:
        self._plan, self._session = plan, session
        self._found: dict[str, dict[tuple[str | None, ...], list[Row]]] = {}

    def _of_step(self, step: str) -> dict[tuple[str | None, ...], list[Row]]:
        if step not in self._found:
            left, _, sql = self._plan.candidates[step]
            by_left: dict[tuple[str | None, ...], list[Row]] = {}
            for row in self._session.sql(sql).to_pylist():
                key = tuple(row[f"{alias}._row"] for alias in left.relation.aliases)
                by_left.setdefault(key, []).append(row)
            self._found[step] = by_left
        return self._found[step]

    def of(self, emit: EmitPlan, row: Row) -> list[tuple[MatchFound, str]]:
        """Each possible match of a row, with the alias of its right side. Groups show none: their members do."""
        found: list[tuple[MatchFound, str]] = []
        for step in emit.relation.path:
            if (
                emit.relation.grouped
                or row.get(f"{step}_state") != "possible"
                or step not in self._plan.candidates
            ):
                continue
            left, right, _ = self._plan.candidates[step]
            key = tuple(row[f"{alias}._row"] for alias in left.relation.aliases)
            alias = right.alias or right.relation.aliases[0]
            holder = left.alias or left.relation.aliases[0]
            for other in self._of_step(step).get(key, []):
                compared = _compared(self._plan, left, right, other)
                ref = str(ref_of(left.relation, holder, other))
                told = self._plan.judged.get(step)
                numbers = told.same.get((ref, other[f"{alias}._row"]), ()) if told else ()
                found.append(
                    (
                        MatchFound(
                            step,
                            ref,
                            other[f"{alias}._row"],
                            grade_of(other["_m"]),
                            compared,
                            "、".join(numbers),
                        ),
                        alias,
                    )
                )
        return sorted(found, key=lambda pair: (pair[0].step, pair[0].grade, pair[0].right))


def _compared(plan: Plan, left: Any, right: Any, row: Row) -> tuple[Compared, ...]:
    if left.kind not in ("person", "org"):
        return ()
    sides = (left.alias, left.subject, left.kind), (right.alias, right.subject, right.kind)
    return compared_of(grade_rows(row, *sides), plan.model.spec, plan.contracts, sides)
