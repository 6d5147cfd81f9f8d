"""The steps that one row went through: behind a union only those of its own branches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shujian.supervision.compile import Plan
from shujian.supervision.emission import EmitPlan
from shujian.supervision.further_forms import ResolveStep, UnionStep
from shujian.supervision.relation import Relation


def way_of(plan: Plan, emit: EmitPlan, row: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of the steps on the way of a row of an emit, in order. A group stands for rows of all branches."""
    path = emit.relation.path
    steps = {step.id: step for step in plan.model.spec.steps if step.id in path}
    if not any(isinstance(step, UnionStep | ResolveStep) for step in steps.values()):
        return path
    reached: set[str] = set()
    queue = [emit.emit.from_]
    while queue:
        name = queue.pop()
        if name not in steps or name in reached:
            continue
        reached.add(name)
        told = row.get(f"{name}_from") if isinstance(steps[name], UnionStep | ResolveStep) else None
        taken = str(told).split("、") if told else steps[name].inputs()
        queue.extend(taken)
    return tuple(name for name in path if name in reached)


def ref_of(relation: Relation, holder: str, row: Mapping[str, Any]) -> str | None:
    """The source row behind a subject: of its alias; of a subject that a union made, that of the row's branch."""
    if holder in relation.aliases:
        found = row[f"{holder}._row"]
    else:
        found = next((row[f"{alias}._row"] for alias in relation.aliases if row.get(f"{alias}._row")), None)
    return None if found is None else str(found)
