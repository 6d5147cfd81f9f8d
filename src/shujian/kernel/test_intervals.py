from __future__ import annotations

import pytest

from shujian.kernel.intervals import wilson


def test_wilson_agrees_with_published_values() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    # R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3.
    for hits, trials, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611)):
        assert list(wilson(hits, trials)) == pytest.approx([low, high], abs=5e-5)
    assert wilson(29, 29)[1] == 1.0


@pytest.mark.parametrize(
    ("flagged", "base", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (1, 100, 0.0018, 0.0545), (10, 10, 0.7225, 1.0), (0, 0, 0.0, 1.0)],
)  # fmt: skip
def test_wilson(flagged: int, base: int, low: float, high: float) -> None:
    assert wilson(flagged, base) == pytest.approx((low, high), abs=5e-5)
