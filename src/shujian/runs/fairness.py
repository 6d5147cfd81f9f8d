"""``model fairness``: whom a stored run flagged how often; the counts are kept with the run for its model's page."""

from __future__ import annotations

from shujian.audit import service as audit
from shujian.kernel.errors import BadInput, Fault
from shujian.lake import read as lake
from shujian.runs.models import Run
from shujian.runs.read import last_run, run
from shujian.supervision import read as supervision
from shujian.supervision import service as engine
from shujian.supervision.service import Fairness


def fairness(
    model: str, *, actor: str, run_id: str | None = None, among: str | None = None
) -> tuple[str, Fairness]:
    """(run, report) of the last run of a model, or of the one told. Raises BadInput, RunUnknown, and GuardRefused
    ``snapshot_gone`` where retention removed the snapshot. The whole comparison, not one among the rows of a step, is kept.
    """
    spec = supervision.model(model)
    stored = run(run_id) if run_id else last_run(spec.id)
    if stored is None or stored.model != spec.id:
        raise BadInput(
            Fault(
                code="no_run", message="这个模型还没有运行过" if stored is None else "这次运行不是这个模型的",
                found=run_id or spec.id, expected=f"shujian model run {spec.number or spec.id}",
            )
        )  # fmt: skip
    row = Run.objects.get(pk=stored.run)
    audit.record(
        actor=actor,
        action="model.fairness",
        thing=f"run:{row.pk}",
        detail={"model": spec.id, "among": among or ""},
    )
    found = engine.fairness(
        row.frozen, snapshot=lake.snapshot(stored.snapshot), as_of=stored.as_of, among=among
    )
    if among is None:
        Run.objects.filter(pk=row.pk).update(fairness=found.plain())
    return row.pk, found
