"""The invented county at other seeds and sizes: nothing missed, nobody falsely accused."""

from __future__ import annotations

from pathlib import Path

import pytest

from house import House


@pytest.mark.parametrize(("seed", "rows"), [(7, 60_000), (19, 120_000), (2026, 60_000)])
def test_the_county_at_another_seed(tmp_path: Path, seed: int, rows: int) -> None:
    house = House(tmp_path / "home")
    answer = house.ask("demo", "--seed", str(seed), "--rows", str(rows))
    assert answer["seed"] == seed
    for model, counts in answer["models"].items():
        for grade, found in counts["grade"].items():
            assert (found["missed"], found["false"]) == (0, 0), (model, grade)
        for state in ("possible", "unknown"):
            assert counts[state]["planted"] == counts[state]["found"], (model, state)
    assert house.ask("audit", "verify")["ok"] is True
