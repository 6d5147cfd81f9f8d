"""Between a hit and its rows: what is stored in clear, what is sealed, and the digest that tells a change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from shujian.clues.models import Clue, ClueEvidence
from shujian.clues.numbers import subject_key_of
from shujian.clues.sealing import sealed_with
from shujian.clues.states import Held, State
from shujian.kernel.canonical import canonical, digest
from shujian.supervision.read import JUDGED, EvidenceRow, Hit, RunResult


def plain(value: Any) -> Any:
    """The value as JSON would have it: decimals and dates as text, mappings in their own order."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return json.loads(canonical(value))


def distinct(rows: Iterable[EvidenceRow]) -> list[EvidenceRow]:
    """Each row once for each part it plays, in order."""
    return list({(row.alias, row.dataset, row.row): row for row in rows}.values())


def dossier(hit: Hit) -> dict[str, Any]:
    """Everything of a hit that may hold a person's data and is no evidence row."""
    return {
        "subject": hit.subject_id,
        "matches": [
            {
                "step": match.step, "left": match.left, "right": match.right, "grade": match.grade,
                "compared": [
                    {"field": c.field, "left": c.left, "right": c.right, "outcome": c.outcome} for c in match.compared
                ],
                **({"judged": match.judged} if match.judged else {}),
            }
            for match in hit.matches
        ],
        "keywords": [
            {
                "word": word.word, "dataset": word.dataset, "row": word.row, "field": word.field,
                "offset": word.offset, "length": word.length, "snippet": word.snippet,
            }
            for word in hit.keywords
        ],
        "absences": [
            {
                "step": a.step, "dataset": a.dataset, "state": a.state, "asked_from": a.asked_from,
                "asked_to": a.asked_to, "because": a.because,
            }
            for a in hit.absences
        ],
        "explanation": list(hit.explanation),
    }  # fmt: skip


def content_of(hit: Hit, result: RunResult) -> str:
    """SM3 over all that a reader would see of a hit; times, run and file places stand outside."""
    rows = sorted((row.alias, row.dataset, row.row) for row in distinct(hit.evidence))
    return digest([_shown(hit, result), rows, dossier(hit)])


def _shown(hit: Hit, result: RunResult) -> dict[str, Any]:
    return {
        "title": hit.title[:300],
        "subject_masked": (hit.mask or hit.title)[:120],
        "grade": hit.grade,
        "absence": hit.absence,
        "strength": hit.strength,
        "score": hit.score,
        "score_parts": plain(hit.score_parts),
        "figures": plain(hit.figures),
        "basis": plain(hit.basis),
        "verify": list(result.verify),
        "region": (hit.region or "")[:120],
        "unit": hit.unit or result.unit,
    }


def new_clue(key: str, hit: Hit, result: RunResult, run: str, at: datetime, held: Held) -> Clue:
    """A clue that was never seen before: pushed where the hit is sure by itself, held otherwise."""
    sure = held == Held.NONE
    clue = Clue(
        key=key, model=result.model, emit=hit.emit, fingerprint=result.fingerprint, run=run,
        subject_kind=hit.subject_kind, subject_key=subject_key_of(hit),
        state=State.C1 if sure else State.C0, held=held, sure=sure, pushed_at=at if sure else None,
        as_of=result.as_of, found_at=at, changed_at=at, evidence_count=len(distinct(hit.evidence)),
        content=content_of(hit, result), **_shown(hit, result),
    )  # fmt: skip
    return sealed_with(clue, dossier(hit))


def refresh(clue: Clue, hit: Hit, result: RunResult, run: str) -> None:
    """Set on a known clue what the model says now; states and marks are not touched."""
    for name, value in _shown(hit, result).items():
        if name == "unit":  # people and rules of routing may have moved it since
            continue
        setattr(clue, name, value)
    clue.fingerprint, clue.run, clue.as_of = result.fingerprint, run, result.as_of
    clue.content = content_of(hit, result)
    sealed_with(clue, dossier(hit))
    clue.erased_at, clue.erased_by = None, ""
    clue.evidence_count = clue.evidence.filter(current=True, moved_to=None).count()


def new_evidence(clue: Clue, row: EvidenceRow, run: str) -> ClueEvidence:
    """One source row behind a clue: where it came from in clear, its fields sealed."""
    fields = {"fields": row.fields, "titles": row.titles, "types": row.types, "order": list(row.fields)}
    made = ClueEvidence(
        clue=clue, alias=row.alias, dataset=row.dataset, source=row.source_title, row=row.row, file=row.file,
        sheet=row.sheet or "", line=row.line, sha256=row.sha256, batch=row.batch, received_at=_instant(row.received_at),
        run=run,
    )  # fmt: skip
    return sealed_with(made, fields)


def _instant(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def doubt(hit: Hit) -> str:
    """Why a hit is not sure, in words; holds no person's data."""
    return doubt_of(hit.grade, hit.absence)


def doubt_of(grade: str, absence: str) -> str:
    """The same, of a stored clue."""
    if grade == JUDGED:
        return "主体由人工认定为同一人，由承办人决定是否推送"
    if grade != "A":
        return f"主体比对为 {grade} 级，须先核实身份"
    if absence == "possible":
        return "另一名册中可能存在记录"
    return "另一名册的数据不足以断定没有记录"
