"""The casework measure: the pages are those of the hand-written SQL, and a difference would be seen."""

from __future__ import annotations

from shujian.bench.measures.casework import PEOPLE, at, measured


def test_the_pages_are_those_of_bare_sql() -> None:
    *lists, asked = measured(rows=400, rounds=1)
    assert [item.same for item in lists] == [True] * len(PEOPLE)
    assert all(item.figure and item.peer_figure and item.facts["differs"] == [] for item in lists)
    assert asked.figure is not None and 5 < asked.figure <= 12
    assert at([3.0, 1.0, 2.0], 0.5) == 2.0 and at([1.0], 0.95) == 1.0
