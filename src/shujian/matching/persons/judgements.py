"""What people judged about two subjects being one, and the clusters that follow; pure, whatever the order of records.

A subject is a key (a keyed handle); a pair has no sides. Records are only added. Of one pair the judgement with the
highest number that was not taken back is in force, so that taking a judgement back restores what stood before it.
Judged ``same`` joins, and joins carry on (A and B, B and C: one cluster). Judged ``different`` forbids: where a
forbidden pair would come to stand in one cluster, the cluster is a conflict, and none of its pairs is joined before a
person has settled it. ``unsure`` neither joins nor forbids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal

Verdict = Literal["same", "different", "unsure", "undone"]
Standing = Literal["same", "different", "unsure", "conflict", "none"]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One record. ``undone`` takes back the record whose number is ``undoes``; the other verdicts leave it None."""

    number: int
    left: str
    right: str
    verdict: Verdict
    by: str
    at: datetime
    why: str
    undoes: int | None = None

    @property
    def pair(self) -> Pair:
        """Both keys, the smaller first."""
        return pair_of(self.left, self.right)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A would-be cluster that holds pairs judged different; ``apart``: those pairs."""

    members: tuple[str, ...]
    apart: tuple[Pair, ...]


@dataclass(frozen=True)
class Clusters:
    """``joined``: canonical key (the smallest) → members, two or more; ``in_force``: pair → its judgement."""

    joined: Mapping[str, tuple[str, ...]]
    conflicts: tuple[Conflict, ...]
    in_force: Mapping[Pair, Judgement] = field(default_factory=dict)

    @cached_property
    def home(self) -> Mapping[str, str]:
        """Member → canonical key, of those that are joined to another."""
        return {member: first for first, members in self.joined.items() for member in members}

    @cached_property
    def conflicted(self) -> frozenset[str]:
        """Every member of a conflict."""
        return frozenset(member for conflict in self.conflicts for member in conflict.members)

    @cached_property
    def _apart(self) -> frozenset[Pair]:
        pairs = (pair for pair, one in self.in_force.items() if one.verdict == "different")
        return frozenset(pair_of(self.canonical(left), self.canonical(right)) for left, right in pairs)

    def canonical(self, key: str) -> str:
        """The smallest key of the cluster; the key itself where it is joined to nothing."""
        return self.home.get(key, key)

    def standing(self, left: str, right: str) -> Standing:
        """What holds of a pair: its own judgement first, then what follows from the clusters.

        A pair judged different stays so in a conflict; nothing that would join does.
        """
        told = self.in_force.get(pair_of(left, right))
        if told is not None and told.verdict == "different":
            return "different"
        if left in self.conflicted and right in self.conflicted and self._in_one_conflict(left, right):
            return "conflict"
        if told is not None and told.verdict == "unsure":
            return "unsure"
        if told is not None or (left != right and self.canonical(left) == self.canonical(right)):
            return "same"
        return "different" if pair_of(self.canonical(left), self.canonical(right)) in self._apart else "none"

    def _in_one_conflict(self, left: str, right: str) -> bool:
        return any(left in one.members and right in one.members for one in self.conflicts)


def pair_of(left: str, right: str) -> Pair:
    """Both keys, the smaller first."""
    return (left, right) if left <= right else (right, left)


def in_force(judgements: Iterable[Judgement]) -> dict[Pair, Judgement]:
    """For each pair the judgement that counts now. A record that was taken back by a record that counts is void."""
    void: set[int] = set()
    found: dict[Pair, Judgement] = {}
    for one in sorted(judgements, key=lambda one: one.number, reverse=True):
        if one.number in void:
            continue
        if one.verdict == "undone":
            void |= {one.undoes} if one.undoes is not None else set()
        else:
            found.setdefault(one.pair, one)
    return found


def clusters(judgements: Iterable[Judgement]) -> Clusters:
    """Join what was judged same, and report where that would join what was judged different."""
    force = in_force(judgements)
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while (above := parent.setdefault(key, key)) != key:
            parent[key] = parent[above]
            key = parent[key]
        return key

    for (left, right), one in force.items():
        if one.verdict == "same":
            small, large = pair_of(root(left), root(right))
            parent[large] = small
    members: dict[str, list[str]] = {}
    for key in list(parent):
        members.setdefault(root(key), []).append(key)
    apart: dict[str, list[Pair]] = {}
    for (left, right), one in force.items():
        joined = left in parent and right in parent and root(left) == root(right)
        if one.verdict == "different" and joined:
            apart.setdefault(root(left), []).append((left, right))
    told = {first: tuple(sorted(keys)) for first, keys in sorted(members.items()) if len(keys) > 1}
    return Clusters(
        joined={first: keys for first, keys in told.items() if first not in apart},
        conflicts=tuple(Conflict(told[first], tuple(sorted(apart[first]))) for first in sorted(apart)),
        in_force=force,
    )
