"""The invented lists of firms: half of those that ask are registered, and most of them are found again."""

from __future__ import annotations

from shujian.bench.firm_lists import lists, made_apart
from shujian.bench.measures.firms import _quality, _resolved


def test_the_lists_are_the_same_each_time_and_resolvable() -> None:
    given, again = lists(400, 2000), made_apart(400, 2000)
    assert given.left.full.equals(again.left.full) and given.right.uscc.equals(again.right.uscc)
    assert given.truth.tolist() == again.truth.tolist()
    told = _quality(given, _resolved(given))
    assert 150 < told["true"] < 250
    assert told["right"] >= 0.97 * told["true"] and told["false"] <= 5
