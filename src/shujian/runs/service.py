"""The only way to run models so that it counts: pinned, stored in one commit, replayable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from shujian.audit import service as audit
from shujian.clues import read as clues_read
from shujian.clues import service as clues
from shujian.kernel.clock import now, today
from shujian.kernel.errors import ShujianError
from shujian.kernel.failpoints import failpoint
from shujian.kernel.ids import new_id
from shujian.kernel.progress import Progress
from shujian.kernel.secrets import pseudonym
from shujian.lake import read as lake
from shujian.runs import records
from shujian.runs.erasing import (
    check_order,
    erase,
    lift_erasure,
    plan_erasure,
    resume_erasure,
    retain,
    target_of,
)
from shujian.runs.errors import SomeRunsFailed
from shujian.runs.exchange import Overlap, Packed, overlaps, pack, unpack
from shujian.runs.fairness import fairness
from shujian.runs.models import Run
from shujian.runs.planning import ModelPlan, plan
from shujian.runs.publications import decide, propose, require_published
from shujian.runs.purposes import able_to_judge, require_own_purpose, require_purpose
from shujian.runs.read import RunRecord, last_run, record_of, run
from shujian.runs.schedules import TickTold, add_schedule, stop_schedule
from shujian.runs.schedules import run_due as do_due
from shujian.runs.subjects import read_subject
from shujian.supervision import read as supervision
from shujian.supervision import service as engine
from shujian.supervision.service import Explanation

__all__ = [
    "Explanation", "ModelPlan", "Overlap", "Packed", "Replay", "TickTold", "add_schedule", "check_order", "decide",
    "erase", "explain", "fairness", "lift_erasure", "overlaps", "pack", "plan", "plan_erasure", "propose", "replay",
    "resume_erasure", "retain", "run_due", "run_models", "stop_schedule", "target_of", "unpack",
]  # fmt: skip


def run_models(
    models: Sequence[str],
    *,
    actor: str,
    purpose: str | None = None,
    as_of: date | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    on: str = "duckdb",
) -> list[RunRecord]:
    """Run models on one pinned snapshot and one engine (``on``); each is stored in a transaction of its own.

    One transaction holds the run, its hits, what became of the clues, and the audit: all or nothing. With one
    model its error comes through as it is; with several the rest goes on and SomeRunsFailed tells at the end.
    Raises NoPurpose outside evaluation mode without a 事由 number (PIPL 6, 34).
    """
    require_purpose(purpose)
    snapshot, day, judgements = lake.pin(), as_of or today(), clues_read.judged_people()
    done: list[RunRecord] = []
    failed: list[ShujianError] = []
    allowed = [name for name in models if _allowed(name, purpose, failed)]
    found = engine.run_many(
        allowed,
        snapshot=snapshot,
        as_of=day,
        threads=threads,
        progress=progress,
        judgements=judgements,
        engine=on,
    )
    for _, result in found:
        try:
            if isinstance(result, ShujianError):
                raise result
            done.append(_store(result, snapshot, actor, purpose or "", threads))
        except ShujianError as error:
            failed.append(error)
    if failed and len(models) == 1:
        raise failed[0]
    if failed:
        raise SomeRunsFailed(failed, done)
    return done


def _allowed(name: str, purpose: str | None, failed: list[ShujianError]) -> bool:
    """Whether a model may run under this purpose, as it is published; why not is added to ``failed``."""
    try:
        require_own_purpose(supervision.model(name), purpose)
        require_published(supervision.model(name).id)
    except ShujianError as error:
        failed.append(error)
        return False
    return True


def run_due(*, threads: int | None = None, progress: Progress | None = None) -> list[tuple[str, TickTold]]:
    """Do every regular run that is due, under its own purpose number. Raises Unavailable where it is being done."""
    return do_due(
        lambda one: run_models(
            [one.model], actor=f"schedule:{one.pk}", purpose=one.purpose, threads=threads, progress=progress
        )
    )


def _store(
    result: supervision.RunResult, snapshot: lake.Snapshot, actor: str, purpose: str, threads: int | None
) -> RunRecord:
    run_id, judged = new_id("run"), able_to_judge(supervision.model(result.model), snapshot)
    with transaction.atomic():
        audit.record(
            actor=actor, action="model.run", thing=f"run:{run_id}",
            detail={"model": result.model, "fingerprint": result.fingerprint, "snapshot": result.snapshot,
                    "as_of": result.as_of, "purpose": purpose, "result_sm3": result.result_sm3},
        )  # fmt: skip
        merged = clues.merge_hits(run=run_id, result=result, judged=judged)
        row = records.new_run(
            run_id, result, merged, judged, actor=actor, purpose=purpose, threads=threads, at=now()
        )
        row.save(force_insert=True)
        records.store_hits(row, result)
        failpoint("run.before_commit")
    failpoint("run.after_commit")
    return record_of(row)


@dataclass(frozen=True)
class Replay:
    """A run done again. ``first_difference``: what differs first, in words; None where the bytes agree."""

    run: str
    same: bool
    expected_sm3: str
    found_sm3: str
    first_difference: str | None


def replay(run_id: str, *, actor: str, threads: int | None = None, on: str = "duckdb") -> Replay:
    """Run a stored run again on its snapshot, on either engine, and compare; stores nothing but the audit entry.

    Raises RunUnknown, and GuardRefused ``snapshot_gone`` where retention removed the snapshot.
    """
    stored = run(run_id)
    audit.record(actor=actor, action="model.replay", thing=f"run:{run_id}", detail={"model": stored.model})
    row = Run.objects.get(pk=run_id)
    found = engine.replay(
        row.frozen, snapshot=lake.snapshot(stored.snapshot), as_of=stored.as_of, expected_sm3=stored.result_sm3,
        threads=threads or stored.threads, engine=on,
    )  # fmt: skip
    difference = None if found.same else records.first_difference(row, found.result)
    return Replay(run_id, found.same, found.expected_sm3, found.found_sm3, difference)


def explain(
    model: str,
    *,
    actor: str,
    subject_key: str | None = None,
    subject_id: str | None = None,
    run_id: str | None = None,
    as_of: date | None = None,
) -> Explanation:
    """What happened to one subject at each step, as the run saw it (the last one unless told).

    The subject is told by the key of its clue, or by its plain number, which is never stored; the audit chain
    keeps the key. With ``as_of`` and no run, the present model and lake answer. Raises BadInput, GuardRefused.
    """
    spec = supervision.model(model)
    kind, subject_id = read_subject(subject_id) if subject_id else ("", None)
    key = subject_key or pseudonym(kind, subject_id or "")
    audit.record(actor=actor, action="model.explain", thing=f"subject:{key}", detail={"model": spec.id})
    subject = None if subject_id else clues_read.subject(key)
    stored = run(run_id) if run_id else (None if as_of else last_run(spec.id))
    return engine.explain(
        spec.id,
        snapshot=lake.snapshot(stored.snapshot) if stored else lake.pin(),
        as_of=as_of or (stored.as_of if stored else today()),
        subject=key,
        subject_id=subject_id or (subject.plain if subject else None),
        rows=subject.rows if subject else None,
        frozen=Run.objects.get(pk=stored.run).frozen or None if stored else None,
        judgements=clues_read.judged_people(),
    )
