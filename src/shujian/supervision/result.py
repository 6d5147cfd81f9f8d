"""What a run answers: hits that say why, and the counts of each step. Frozen; nothing here touches a store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

GRADES = ("A", "A-", "B", "B-", "C")
"""Person grades of domain.md §5.0, best first. X never matches, so it never appears."""

JUDGED = "judged"
"""A pair that the machine doubts and a person has judged to be one: less than A, because only A is pushed by a machine."""
JUDGED_RANK = "0.5"
"""Its rank in SQL, between A (0) and A- (1)."""


def grade_of(rank: Any) -> str:
    """The grade of a rank; what is no match at all (a near pair) counts as the least."""
    return JUDGED if 0 < rank < 1 else GRADES[min(int(rank), len(GRADES) - 1)]


ABSENCES = ("none", "proved", "possible", "unknown")
"""``none``: the model asks no absence. Only ``none`` and ``proved`` may be pushed."""


@dataclass(frozen=True)
class EvidenceRow:
    """One source row behind a hit: where it came from and the fields that the model shows."""

    alias: str
    dataset: str
    source_title: str
    row: str
    file: str
    sheet: str | None
    line: int
    sha256: str
    batch: str
    received_at: datetime
    fields: Mapping[str, Any]
    titles: Mapping[str, str]
    types: Mapping[str, str]


@dataclass(frozen=True)
class Compared:
    """One field looked at when two rows were matched. ``outcome``: same, close, differs, missing, masked."""

    field: str
    left: str | None
    right: str | None
    outcome: str


@dataclass(frozen=True)
class MatchFound:
    """Two rows taken for the same subject, with the grade and every field compared.

    ``judged``: the numbers of the judgements by which they are; the grade is then ``judged``.
    """

    step: str
    left: str
    right: str
    grade: str
    compared: tuple[Compared, ...]
    judged: str = ""


@dataclass(frozen=True)
class KeywordHit:
    """A word found in a stored text. ``offset`` and ``length`` count code points in that text."""

    word: str
    dataset: str
    row: str
    field: str
    offset: int
    length: int
    snippet: str


@dataclass(frozen=True)
class AbsenceFound:
    """Why ``absent`` answered as it did: the source asked, the span asked, the span it declares, in words."""

    step: str
    dataset: str
    state: str
    asked_from: date | None
    asked_to: date | None
    because: str


@dataclass(frozen=True)
class Hit:
    """One subject that satisfies one emit of a model. ``subject_id`` is plain: never print or store it."""

    emit: str
    subject_kind: str
    subject_id: str
    title: str
    grade: str
    absence: str
    strength: str
    score: int
    score_parts: Mapping[str, int]
    basis: tuple[Mapping[str, Any], ...]
    evidence: tuple[EvidenceRow, ...]
    matches: tuple[MatchFound, ...]
    keywords: tuple[KeywordHit, ...]
    absences: tuple[AbsenceFound, ...]
    explanation: tuple[str, ...]
    region: str | None
    mask: str = ""
    """The subject as a reader without the right sees it, e.g. ``张某某``."""
    figures: Mapping[str, Any] = field(default_factory=dict)
    """Computed values that the emit shows, e.g. an estimate; never a finding."""
    path: tuple[str, ...] = ()
    """Ids of the steps that the subject went through, in order."""
    unit: str = ""
    """The unit that gets the clue, where the emit names another than the model's."""

    @property
    def pushable(self) -> bool:
        """Whether a machine may push this by itself: identity sure, and absence proved or not asked."""
        return self.grade == "A" and self.absence in ("none", "proved")


@dataclass(frozen=True)
class StepCount:
    """Rows that left a step; ``unknown`` rows whose condition was null; ``by_grade`` where rows have one."""

    id: str
    says: str
    rows: int
    unknown: int
    by_grade: Mapping[str, int]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RunResult:
    """One execution of one model on one snapshot. The bytes under ``result_sm3`` agree across engines."""

    model: str
    title: str
    unit: str
    fingerprint: str
    snapshot: str
    as_of: date
    engine: str
    engine_version: str
    parameters: Mapping[str, Any]
    steps: tuple[StepCount, ...]
    hits: tuple[Hit, ...]
    result_sm3: str
    seconds: float
    verify: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    frozen: str = ""
    """JSON of the model, its keywords and parameter values: what ``replay`` needs years later."""
