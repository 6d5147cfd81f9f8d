"""The only way to read runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from shujian.kernel.errors import Fault
from shujian.runs.errors import RunUnknown
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


def run(run_id: str) -> RunRecord:
    """One run. Raises RunUnknown."""
    row = Run.objects.filter(pk=run_id).first()
    if row is None:
        raise RunUnknown(Fault(code="unknown_run", message="没有这次运行", found=run_id[:60]))
    return record_of(row)


def last_run(model: str) -> RunRecord | None:
    """The newest run of a model; None before the first."""
    row = Run.objects.filter(model=model).order_by("-at").first()
    return record_of(row) if row else None


def runs(model: str | None = None, *, limit: int = 50) -> list[RunRecord]:
    """Runs, newest first."""
    found = Run.objects.order_by("-at")
    if model:
        found = found.filter(model=model)
    return [record_of(row) for row in found[:limit]]


def last_fairness(model: str) -> tuple[RunRecord, Mapping[str, Any]] | None:
    """The newest run of a model of which the shares were counted, and the counts; None where nobody asked yet."""
    row = Run.objects.filter(model=model, fairness__isnull=False).order_by("-at").first()
    return None if row is None or row.fairness is None else (record_of(row), row.fairness)
