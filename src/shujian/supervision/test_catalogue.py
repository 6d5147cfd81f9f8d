"""The smallest model of the catalogue: every proof holds and no change survives (of the others: ``make soak``)."""

from __future__ import annotations

from shujian.supervision.library import find_model
from shujian.supervision.prove import prove_models

SMALLEST = "support_litigation"


def test_every_proof_holds_and_no_change_survives() -> None:
    report = prove_models([find_model(SMALLEST).file.path], mutants=True)
    assert [(item.proof, item.because) for item in report.items if not item.ok] == []
    assert report.steps_unreached == []
    assert report.survived == [] and report.stale == []
    assert report.made == report.caught + len(report.equivalent) and report.caught > 40
