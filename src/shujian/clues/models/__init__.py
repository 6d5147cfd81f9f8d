"""Tables of the clues room: the clue and what a machine says of it, and the work of people around it."""

from __future__ import annotations

from shujian.clues.models.clue import Clue, ClueEvidence, ClueFold, ClueNote, Judgement
from shujian.clues.models.desk import (
    ClueComment,
    ClueFile,
    ClueHelper,
    ClueJoin,
    Objection,
    ProposalDecision,
    SecondLook,
)

__all__ = [
    "Clue", "ClueComment", "ClueEvidence", "ClueFile", "ClueFold", "ClueHelper", "ClueJoin", "ClueNote", "Judgement",
    "Objection", "ProposalDecision", "SecondLook",
]  # fmt: skip
