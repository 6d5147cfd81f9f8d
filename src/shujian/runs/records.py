"""Between a result and its rows: counts, hits as digests, and the first place where a replay differs."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from shujian.clues.read import hit_digests
from shujian.clues.service import Merged
from shujian.kernel.canonical import canonical
from shujian.runs.models import Run, RunHit
from shujian.supervision.read import JUDGED, RunResult


def new_run(
    run_id: str,
    result: RunResult,
    merged: Merged,
    judged: bool,
    *,
    actor: str,
    purpose: str,
    threads: int | None,
    at: datetime,
) -> Run:
    """The row of a run."""
    return Run(
        id=run_id, model=result.model, title=result.title, unit=result.unit, fingerprint=result.fingerprint,
        snapshot=result.snapshot, as_of=result.as_of, engine=result.engine, engine_version=result.engine_version,
        parameters=_plain(result.parameters), steps=[_plain(asdict(step)) for step in result.steps],
        warnings=list(result.warnings), hits=len(result.hits), by_state=_states(result), by_grade=_grades(result),
        clues=asdict(merged), judged=judged, result_sm3=result.result_sm3,
        seconds=Decimal(f"{result.seconds:.3f}"), threads=threads, frozen=result.frozen,
        purpose=purpose, actor=actor, at=at,
    )  # fmt: skip


def store_hits(run: Run, result: RunResult) -> None:
    """Keep key and digest of each hit, so that a replay can name the first that differs."""
    digests = hit_digests(result)
    RunHit.objects.bulk_create((RunHit(run=run, key=key, content=text) for key, text in digests.items()), 500)


def first_difference(run: Run, result: RunResult) -> str:
    """Where a replay parts from its run, most telling thing first; a Chinese sentence."""
    for title, was, now in (
        ("模型指纹", run.fingerprint, result.fingerprint),
        ("参数", canonical(run.parameters), canonical(result.parameters)),
        ("引擎版本", run.engine_version, result.engine_version),
    ):
        if was != now:
            return f"{title}不同：当时 {was}，现在 {now}"
    stored, found = dict(run.found.values_list("key", "content")), hit_digests(result)
    for key in sorted(stored.keys() | found.keys()):
        if key not in found:
            return f"少了一条命中，线索键 {key}"
        if key not in stored:
            return f"多了一条命中，线索键 {key}"
        if stored[key] != found[key]:
            return f"命中内容不同，线索键 {key}"
    return "逐条命中相同，整体摘要不同（未进入线索内容的字段有变）"


def _states(result: RunResult) -> dict[str, int]:
    counted = Counter(hit.absence for hit in result.hits)
    return {state: counted[state] for state in ("proved", "possible", "unknown", "none")}


def _grades(result: RunResult) -> dict[str, int]:
    counted = Counter(hit.grade for hit in result.hits)
    judged = {JUDGED: counted[JUDGED]} if counted[JUDGED] else {}
    return {**{grade: counted[grade] for grade in ("A", "A-", "B", "B-", "C")}, **judged}


def _plain(value: Any) -> Any:
    return json.loads(canonical(value))
