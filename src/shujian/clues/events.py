"""News of the clues room, published after commit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ClueMoved:
    """A person moved a clue."""

    number: str
    verb: str
    source: str
    target: str
    unit: str


@dataclass(frozen=True)
class CluesMerged:
    """A run was merged: so many clues were pushed to their unit, so many lost their ground."""

    run: str
    model: str
    unit: str
    pushed: int
    withdrawn: int
