"""Shares with Wilson intervals, and which cells of a table must not be shown because they would point at few people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shujian.kernel.intervals import wilson

FEWEST = 10
"""A group of fewer is not shown."""
FEW = 5
"""Nor one of which fewer were flagged, or were not, unless it was none."""


@dataclass(frozen=True)
class Cell:
    """One group. ``base``, ``flagged`` and the share with its interval are None where the cell is hidden.

    ``apart``: 高 or 低 where its interval does not meet that of everybody else.
    """

    group: str
    hidden: bool
    base: int | None = None
    flagged: int | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    apart: str = ""


def small(base: int, flagged: int) -> bool:
    """Whether so few stand in a cell that it must not be shown."""
    return base < FEWEST or 0 < flagged < FEW or 0 < base - flagged < FEW


def cells_of(counted: Mapping[str, tuple[int, int]], order: Sequence[str] = ()) -> tuple[Cell, ...]:
    """The cells of one division of everybody: group → (base, flagged). ``order``: groups that come first, in this order.

    Where only one cell is hidden its numbers follow from the total: then the smallest of the others is hidden too.
    """
    hidden = {group for group, (base, flagged) in counted.items() if base and small(base, flagged)}
    others = sorted((base, group) for group, (base, _) in counted.items() if base and group not in hidden)
    if len(hidden) == 1 and others:
        hidden.add(others[0][1])
    whole = (sum(base for base, _ in counted.values()), sum(flagged for _, flagged in counted.values()))
    places = {group: place for place, group in enumerate(order)}
    groups = sorted(counted, key=lambda group: (places.get(group, len(places)), -counted[group][0], group))
    return tuple(
        Cell(group, True) if group in hidden else _shown(group, *counted[group], whole)
        for group in groups
        if counted[group][0]
    )


def _shown(group: str, base: int, flagged: int, whole: tuple[int, int]) -> Cell:
    low, high = wilson(flagged, base)
    rest = (whole[0] - base, whole[1] - flagged)
    apart = ""
    if rest[0] >= FEWEST:
        below, above = wilson(rest[1], rest[0])
        apart = "高" if low > above else "低" if high < below else ""
    return Cell(group, False, base, flagged, round(flagged / base, 4), round(low, 4), round(high, 4), apart)
