"""The only way to read runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shujian.kernel.errors import Fault
from shujian.runs.errors import RunUnknown
from shujian.runs.models import Run
from shujian.runs.policy import may_let_pass, may_manage_runs, may_see_runs
from shujian.runs.publications import publications, published
from shujian.runs.recorded import RunRecord, record_of
from shujian.runs.schedules import notices, schedules

__all__ = [
    "RunRecord", "last_fairness", "last_run", "may_let_pass", "may_manage_runs", "may_see_runs", "notices", "publications",
    "published", "record_of", "run", "runs", "schedules",
]  # fmt: skip


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
