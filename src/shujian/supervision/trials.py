"""Try one mutant on the bench: the proofs that are likeliest to notice it first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shujian.kernel.errors import BadInput
from shujian.supervision.bench import Bench, Case
from shujian.supervision.compile import Plan
from shujian.supervision.mutants import Mutant, nudged
from shujian.supervision.proof import disagreements, run_proof


def caught(bench: Bench, mutant: Mutant) -> bool:
    """Whether some proof notices the mutant."""
    plans: dict[str, Plan | None] = {}
    for case in sorted(
        bench.cases,
        key=lambda each: (-each.caught.get(mutant.step, 0), -sum(each.caught.values()), each.tried),
    ):
        values = _values(case, mutant)
        if case.group not in plans:
            try:
                plans[case.group] = bench.changed(mutant.model, case.group, values)
            except BadInput:
                plans[case.group] = None
        plan = plans[case.group]
        if bench.notices(case, plan) if plan is not None else _slowly(bench, case, mutant, values):
            case.caught[mutant.step] = case.caught.get(mutant.step, 0) + 1
            return True
    return False


def _values(case: Case, mutant: Mutant) -> Mapping[str, Any]:
    return {
        name: nudged(case.plan.parameters[name], sign)
        for name, sign in mutant.nudged.items()
        if name in case.plan.parameters
    }


def _slowly(bench: Bench, case: Case, mutant: Mutant, values: Mapping[str, Any]) -> bool:
    """A mutant that reads other columns than its model runs from the beginning."""
    try:
        result = run_proof(mutant.model, case.proof.proof, bench.book, bench.contracts, overrides=values)
    except BadInput:
        return True
    return bool(disagreements(case.proof.proof, result))
