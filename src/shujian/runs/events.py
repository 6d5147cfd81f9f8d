"""News of the runs room: models and days, no person's data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PublicationAsked:
    """A version of a model waits for a second person."""

    proposal: int
    model: str
    title: str
    by: int | None


@dataclass(frozen=True)
class PublicationDecided:
    """A second person let a version pass, or not. ``asked_by``: account id of whoever proposed it."""

    proposal: int
    model: str
    title: str
    passed: bool
    asked_by: int | None


@dataclass(frozen=True)
class ScheduleMissed:
    """A regular run did not take place on its day."""

    schedule: int
    model: str
    due: str


@dataclass(frozen=True)
class ScheduleFailed:
    """A regular run took place and did not succeed; ``state`` in Chinese; told ``once``."""

    schedule: int
    model: str
    due: str
    state: str
    once: str
