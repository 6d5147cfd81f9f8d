"""A stored run as a frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from shujian.runs.models import Run


@dataclass(frozen=True)
class RunRecord:
    """A stored run: what was run, on what, with which parameters, and what came of it."""

    run: str
    model: str
    title: str
    unit: str
    fingerprint: str
    snapshot: str
    as_of: date
    engine: str
    engine_version: str
    parameters: Mapping[str, Any]
    steps: tuple[Mapping[str, Any], ...]
    warnings: tuple[str, ...]
    hits: int
    by_state: Mapping[str, int]
    by_grade: Mapping[str, int]
    clues: Mapping[str, int]
    judged: bool
    result_sm3: str
    seconds: Decimal
    threads: int | None
    purpose: str
    actor: str
    at: datetime

    def item(self) -> dict[str, Any]:
        """One item of ``model run`` as CONTRACT has it; ``seconds`` is a JSON number there."""
        body: dict[str, Any] = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {**body, "seconds": float(self.seconds)}


def record_of(row: Run) -> RunRecord:
    """The frozen value of a row."""
    return RunRecord(
        run=row.id, model=row.model, title=row.title, unit=row.unit, fingerprint=row.fingerprint,
        snapshot=row.snapshot, as_of=row.as_of, engine=row.engine, engine_version=row.engine_version,
        parameters=row.parameters, steps=tuple(row.steps), warnings=tuple(row.warnings), hits=row.hits,
        by_state=row.by_state, by_grade=row.by_grade, clues=row.clues, judged=row.judged, result_sm3=row.result_sm3,
        seconds=row.seconds, threads=row.threads, purpose=row.purpose, actor=row.actor, at=row.at,
    )  # fmt: skip
