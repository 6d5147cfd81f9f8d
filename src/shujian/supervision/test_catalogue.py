"""The models of the catalogue: every proof holds; of the smallest no change survives (of all: ``make soak``)."""

from __future__ import annotations

import pytest

from shujian.supervision.library import find_model, load_models
from shujian.supervision.prove import prove_models

SMALLEST = "support_litigation"


@pytest.mark.parametrize("name", sorted(load_models()))
def test_every_proof_holds(name: str) -> None:
    report = prove_models([find_model(name).file.path], mutants=name == SMALLEST)
    assert [(item.proof, item.because) for item in report.items if not item.ok] == []
    assert report.steps_unreached == []
    assert report.survived == [] and report.stale == []
    assert (report.made > 40) is (name == SMALLEST)
