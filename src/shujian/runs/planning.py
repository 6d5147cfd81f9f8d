"""``model plan``: what running a model file now would change among the clues, before anybody runs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shujian.audit import service as audit
from shujian.clues import read as clues_read
from shujian.clues import service as clues
from shujian.clues.service import Tried
from shujian.kernel.clock import today
from shujian.kernel.progress import Progress, Silent
from shujian.lake import read as lake
from shujian.runs.purposes import able_to_judge, require_purpose
from shujian.supervision import read as supervision
from shujian.supervision import service as engine


@dataclass(frozen=True)
class ModelPlan:
    """The clues that a run would add and drop. ``judged``: False where a source holds nothing, so that nothing that
    is missed means anything and nothing would be dropped.
    """

    model: str
    title: str
    draft: bool
    fingerprint: str
    snapshot: str
    as_of: date
    hits: int
    judged: bool
    warnings: tuple[str, ...]
    added: tuple[Mapping[str, Any], ...]
    dropped: tuple[Mapping[str, Any], ...]
    unchanged: int


def plan(
    model: str,
    *,
    actor: str,
    purpose: str | None = None,
    as_of: date | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> ModelPlan:
    """Run a model of the catalogue, or the file of a draft, on the present lake and compare with the clues that stand.

    Stores nothing but the audit entry. It reads persons' rows, so it asks for a purpose like a run.
    Raises BadInput (unknown or faulty model), NoPurpose, GuardRefused.
    """
    require_purpose(purpose)
    wanted = named(model)
    spec = supervision.model(wanted)
    snapshot, day = lake.pin(), as_of or today()
    audit.record(
        actor=actor, action="model.plan", thing=f"model:{spec.id}",
        detail={"draft": isinstance(wanted, Path), "snapshot": snapshot.id, "as_of": day, "purpose": purpose or ""},
    )  # fmt: skip
    result = engine.run(
        wanted, snapshot=snapshot, as_of=day, threads=threads, progress=progress or Silent(),
        judgements=clues_read.judged_people(),
    )  # fmt: skip
    judged = able_to_judge(spec, snapshot)
    trial = clues.try_hits(result=result, judged=judged)
    return ModelPlan(
        model=spec.id, title=spec.title, draft=isinstance(wanted, Path), fingerprint=result.fingerprint,
        snapshot=snapshot.id, as_of=day, hits=len(result.hits), judged=judged, warnings=result.warnings,
        added=tuple(_item(one) for one in trial.added), dropped=tuple(_item(one) for one in trial.dropped),
        unchanged=trial.unchanged,
    )  # fmt: skip


def named(model: str) -> str | Path:
    """A path where the word looks like one (``.yaml``, a slash, a folder); else an id or number."""
    path = Path(model)
    return path if model.endswith((".yaml", ".yml")) or path.name != model or path.is_dir() else model


def _item(one: Tried) -> dict[str, Any]:
    """The item of ``clue list``; a clue that would be new has no number, run or day of finding yet."""
    body = clues_read.row_item(one.row)
    if not one.known:
        body |= {"id": None, "run": None, "found_at": None}
    return {**body, "why": one.why}
