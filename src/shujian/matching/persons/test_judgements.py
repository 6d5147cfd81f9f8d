"""Judgements: whatever was done can be undone, the order of records is nothing, no cluster holds a forbidden pair."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.matching.persons.judgements import Clusters, Judgement, Verdict, clusters, in_force

AT = datetime(2026, 6, 1, tzinfo=UTC)
KEYS = "abcdef"


def judged(number: int, pair: str, verdict: Verdict, undoes: int | None = None) -> Judgement:
    return Judgement(number, pair[0], pair[1], verdict, "u1", AT, "核对档案", undoes)


def of(*told: tuple[str, Verdict]) -> Clusters:
    return clusters([judged(n, pair, verdict) for n, (pair, verdict) in enumerate(told, 1)])


@st.composite
def records(draw: st.DrawFn) -> list[Judgement]:
    """Judgements of few keys, some of them taken back."""
    made: list[Judgement] = []
    for number in range(1, draw(st.integers(0, 14)) + 1):
        if made and draw(st.integers(0, 3)) == 0:
            target = draw(st.sampled_from(made))
            made.append(judged(number, target.left + target.right, "undone", target.number))
        else:
            pair = draw(st.lists(st.sampled_from(KEYS), min_size=2, max_size=2, unique=True))
            verdicts: list[Verdict] = ["same", "different", "unsure"]
            made.append(judged(number, "".join(pair), draw(st.sampled_from(verdicts))))
    return made


def reach(edges: Sequence[tuple[str, str]], start: str) -> set[str]:
    """Independent oracle: walk the positive edges."""
    seen, todo = set[str](), [start]
    while todo:
        key = todo.pop()
        if key not in seen:
            seen.add(key)
            todo += [b if a == key else a for a, b in edges if key in (a, b)]
    return seen


def test_joins_carry_on_and_the_smallest_key_names_the_cluster() -> None:
    told = of(("cb", "same"), ("ab", "same"), ("de", "unsure"))
    assert told.joined == {"a": ("a", "b", "c")} and told.conflicts == ()
    assert (told.canonical("c"), told.canonical("d")) == ("a", "d")
    assert (told.standing("a", "c"), told.standing("d", "e"), told.standing("a", "d")) == (
        "same",
        "unsure",
        "none",
    )


def test_what_differs_from_one_member_differs_from_all() -> None:
    told = of(("ab", "same"), ("bc", "different"))
    assert (told.standing("a", "c"), told.standing("c", "a"), told.standing("a", "b")) == (
        "different", "different", "same",
    )  # fmt: skip


def test_a_forbidden_pair_makes_a_conflict_and_joins_nothing() -> None:
    told = of(("ab", "same"), ("bc", "same"), ("ac", "different"), ("de", "same"))
    assert told.joined == {"d": ("d", "e")}
    (conflict,) = told.conflicts
    assert (conflict.members, conflict.apart) == (("a", "b", "c"), (("a", "c"),))
    assert [told.standing(*pair) for pair in ("ab", "bc", "ac", "de")] == [
        "conflict",
        "conflict",
        "different",
        "same",
    ]


@pytest.mark.parametrize(
    ("first", "second"), [("same", "different"), ("different", "same"), ("same", "unsure")]
)
def test_a_later_judgement_replaces_and_taking_it_back_restores(first: Verdict, second: Verdict) -> None:
    made = [judged(1, "ab", first), judged(2, "ba", second)]
    assert clusters(made).standing("a", "b") == second
    made.append(judged(3, "ab", "undone", 2))
    assert clusters(made).standing("a", "b") == first
    made.append(judged(4, "ab", "undone", 1))
    assert clusters(made) == clusters([])


@given(records(), st.sampled_from(["same", "different", "unsure"]), st.permutations(list(KEYS)))
def test_judge_then_undo_is_nothing(made: list[Judgement], verdict: Verdict, keys: list[str]) -> None:
    number = len(made) + 1
    more = [
        judged(number, keys[0] + keys[1], verdict),
        judged(number + 1, keys[0] + keys[1], "undone", number),
    ]
    assert clusters([*made, *more]) == clusters(made)


@given(records(), st.randoms())
def test_the_order_of_records_is_nothing(made: list[Judgement], chance: random.Random) -> None:
    mixed = list(made)
    chance.shuffle(mixed)
    assert clusters(mixed) == clusters(made)


@given(records())
def test_clusters_are_what_walking_the_edges_finds(made: list[Judgement]) -> None:
    told, force = clusters(made), in_force(made)
    same = [pair for pair, one in force.items() if one.verdict == "same"]
    apart = [pair for pair, one in force.items() if one.verdict == "different"]
    members = [key for keys in told.joined.values() for key in keys]
    assert len(members) == len(set(members)) and not set(members) & told.conflicted
    for left, right in combinations(KEYS, 2):
        walked = reach(same, left)
        broken = any({*pair} <= walked for pair in apart)
        together = right in walked and not broken
        assert (told.canonical(left) == told.canonical(right)) == together
        assert (left in told.conflicted) == (broken and len(walked) > 1)
        assert told.standing(left, right) == told.standing(right, left)
    for keys in told.joined.values():
        assert not any({*pair} <= {*keys} for pair in apart)
