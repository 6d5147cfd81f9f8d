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
    for case in sorted(bench.cases, key=lambda each: _likely(each, mutant)):
        if not bench.touches(case, mutant.steps):
            continue
        values = changed_values(case, mutant)
        if case.work.group not in plans:
            plans[case.work.group] = bench.changed(mutant.model, case, values)
        plan = plans[case.work.group]
        if bench.notices(case, plan) if plan is not None else _slowly(bench, case, mutant, values):
            for step in mutant.steps:
                case.caught[step] = case.caught.get(step, 0) + 1
            return True
    return False


def _likely(case: Case, mutant: Mutant) -> tuple[int, int, int]:
    """First the proofs that caught most of what was changed in these steps before, then in any."""
    return (-sum(case.caught.get(step, 0) for step in mutant.steps), -sum(case.caught.values()), case.tried)


def changed_values(case: Case, mutant: Mutant) -> Mapping[str, Any]:
    """The parameters that a mutant nudges, as they then are on the day of a proof."""
    known = case.work.plan.parameters
    return {
        name: nudged(known[name], sign, mutant.scores)
        for name, sign in mutant.nudged.items()
        if name in known
    }


def _slowly(bench: Bench, case: Case, mutant: Mutant, values: Mapping[str, Any]) -> bool:
    """A mutant that reads other columns than its model runs from the beginning."""
    try:
        result = run_proof(mutant.model, case.proof.proof, bench.book, bench.contracts, overrides=values)
    except BadInput:
        return True
    return bool(disagreements(case.proof.proof, result))
