"""News of the clues room: numbers, verbs and units, never a person's data. People are told by the ids of their accounts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ClueMoved:
    """A person moved a clue. ``handler``: its undertaker after the step; ``offered``: the unit that it is offered to."""

    number: str
    verb: str
    title: str
    source: str
    target: str
    unit: str
    offered: str = ""
    handler: int | None = None
    by: int | None = None


@dataclass(frozen=True)
class CluesMerged:
    """A run was merged: so many clues were pushed to a unit, so many of its clues lost their ground."""

    run: str
    model: str
    unit: str
    pushed: int
    withdrawn: int


@dataclass(frozen=True)
class GroundChanged:
    """依据已变: a clue that somebody handles lost its ground."""

    number: str
    unit: str
    handler: int


@dataclass(frozen=True)
class SnoozeEnded:
    """The day until which a clue was set aside has come. ``once``: told once for this day."""

    number: str
    unit: str
    handler: int | None
    until: str
    once: str


@dataclass(frozen=True)
class ObjectionRaised:
    """Somebody objected to a clue; it is to be answered by the day ``due``."""

    number: str
    unit: str
    handler: int | None
    by: int | None
    due: str


@dataclass(frozen=True)
class ObjectionAnswered:
    """An objection was answered."""

    number: str
    unit: str
    handler: int | None
    by: int | None
    upheld: bool


@dataclass(frozen=True)
class HelpAsked:
    """A colleague was asked to help with a clue."""

    number: str
    unit: str
    helper: int
