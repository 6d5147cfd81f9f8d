"""The proofs of every model on Spark: as few as reach every step, or all of them with ``SOAK_PROOFS=all``."""

from __future__ import annotations

import os

import pytest

from shujian.supervision.library import find_model, load_models
from shujian.supervision.parameters import parameter_book
from shujian.supervision.proof import disagreements, read_proofs, run_proof


@pytest.mark.parametrize("name", sorted(load_models()))
def test_proofs_give_the_same_bytes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHUJIAN_SPARK", "local[1]")
    model, book = find_model(name), parameter_book()
    proofs = [each.proof for each in read_proofs(model)[0]]
    ours = [run_proof(model, proof, book) for proof in proofs]
    reached = [{step.id for step in result.steps if step.rows} for result in ours]
    left = {step.id for step in model.spec.steps}
    chosen = set(range(len(proofs))) if os.environ.get("SOAK_PROOFS") == "all" else set()
    while left:
        best = max(range(len(proofs)), key=lambda number: len(reached[number] & left))
        assert reached[best] & left, f"no proof reaches {left}"
        chosen.add(best)
        left -= reached[best]
    for number in sorted(chosen):
        theirs = run_proof(model, proofs[number], book, engine="spark")
        assert disagreements(proofs[number], theirs) == [], proofs[number].name
        assert theirs.engine == "spark" and theirs.result_sm3 == ours[number].result_sm3, proofs[number].name
        assert theirs.steps == ours[number].steps
