"""The casework measure: the pages are those of the hand-written SQL, and a difference would be seen."""

from __future__ import annotations

import pytest

from shujian.bench import casework_data
from shujian.bench.measures.casework import PEOPLE, at, measured
from shujian.clues.models import Clue, ClueEvidence
from shujian.clues.sealing import unsealed


@pytest.mark.django_db
def test_the_copies_open_as_the_clues_that_they_were_made_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(casework_data, "SAMPLE", 16)
    casework_data.fill(40)
    told = [unsealed(row) for row in Clue.objects.order_by("pk")]
    shown = [unsealed(row) for row in ClueEvidence.objects.select_related("clue").order_by("pk")]
    assert len(told) == 40 and len(shown) >= 40
    assert all(told[number] in told[:16] for number in range(16, 40)) and all(told) and all(shown)


def test_the_pages_are_those_of_bare_sql() -> None:
    *lists, asked = measured(rows=400, rounds=1)
    assert [item.same for item in lists] == [True] * len(PEOPLE)
    assert all(item.figure and item.peer_figure and item.facts["differs"] == [] for item in lists)
    assert asked.figure is not None and 5 < asked.figure <= 12
    assert at([3.0, 1.0, 2.0], 0.5) == 2.0 and at([1.0], 0.95) == 1.0
