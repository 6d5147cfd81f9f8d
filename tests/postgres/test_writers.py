"""Several people at once on the same clues, on SQLite and on PostgreSQL: what each was told is what stands there."""

from __future__ import annotations

import pytest

from shujian.bench.measures.casework_writers import measured

pytestmark = pytest.mark.lane("postgres")


def test_nothing_that_somebody_was_told_is_lost_or_stands_twice() -> None:
    on_sqlite, on_postgresql = measured(seconds=3.0, writers=16, processes=2)
    for item in (on_sqlite, on_postgresql):
        assert item.facts["wrong"] == [] and item.figure == 0.0 and item.passed
        assert item.facts["comments"] > 0 and item.facts["steps"] > 0
