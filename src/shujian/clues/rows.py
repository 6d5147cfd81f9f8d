"""Clue lists: filters, scope, cursor. Every row is masked; nothing sealed is opened here."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet

from shujian.accounts.read import Actor
from shujian.clues.marks import MARKS
from shujian.clues.models import Clue
from shujian.clues.numbers import number_of
from shujian.clues.policy import visible
from shujian.clues.states import Held, State
from shujian.kernel.clock import CHINA
from shujian.kernel.errors import BadInput, Fault, FaultList
from shujian.supervision.read import JUDGED

BY_HAND = "by_hand"
"""In the place of a model's id: a clue that a person typed in or handed over."""
GRADES = ("A", JUDGED, "A-", "B", "B-", "C")
MOST = 500


@dataclass(frozen=True)
class ClueRow:
    """One line of a clue list, masked."""

    id: str
    key: str
    model: str
    fingerprint: str
    run: str
    title: str
    subject_kind: str
    subject_key: str
    subject_masked: str
    absence: str
    grade: str
    strength: str
    score: int
    score_parts: Mapping[str, int]
    state: str
    state_title: str
    held: str
    unit: str
    found_at: datetime
    as_of: date
    evidence_count: int
    ground_changed: bool
    fresh_evidence: bool
    complaints: int
    relapsed: bool
    erased: bool
    handler: str
    origin: str
    snoozed_until: date | None
    joined_to: str
    objected: bool


@dataclass(frozen=True)
class Filters:
    """What to look for; empty means any. ``mark``: a key of ``MARKS``."""

    model: str = ""
    grade: str = ""
    state: str = ""
    unit: str = ""
    held: str = ""
    mark: str = ""
    text: str = ""
    since: date | None = None
    order: str = "new"


@dataclass(frozen=True)
class CluePage:
    """Some rows, the cursor of the next page or None, and how many there are in all."""

    items: tuple[ClueRow, ...]
    next: str | None
    total: int


def list_clues(actor: Actor, filters: Filters, *, limit: int = 50, cursor: str | None = None) -> CluePage:
    """The clues that the actor may know of, newest first (``order="score"``: strongest first).

    Raises BadInput with every filter that is wrong.
    """
    _check(filters, limit)
    found = matching(actor, filters)
    if found is None:
        return CluePage((), None, 0)
    order = ("-score", "-id") if filters.order == "score" else ("-id",)
    wanted = _after(found, filters.order, cursor) if cursor else found
    # The rows are chosen in a narrow index; only those of the page are read whole, and never what is sealed.
    chosen = wanted.order_by(*order).values("pk")[: limit + 1]
    rows = list(Clue.objects.filter(pk__in=chosen).order_by(*order).select_related("handler").defer("sealed"))
    more = len(rows) > limit
    total = found.count() if more or cursor else len(rows)
    rows = rows[:limit]
    return CluePage(
        tuple(row_of(row) for row in rows), _cursor(filters.order, rows[-1]) if more else None, total
    )


def matching(actor: Actor, filters: Filters) -> QuerySet[Clue] | None:
    """The clues in the actor's scope that fit, in no order; None where he has no scope."""
    scope = visible(actor)
    return None if scope is None else Clue.objects.filter(scope & _wanted(actor, filters))


def _check(filters: Filters, limit: int) -> None:
    faults = FaultList()
    if filters.grade and filters.grade not in GRADES:
        faults.add(bad_filter("grade", "比对等级不认识", filters.grade, "、".join(GRADES)))
    if filters.state and filters.state not in State.values:
        faults.add(bad_filter("state", "线索状态不认识", filters.state, "、".join(State.values)))
    if filters.held and filters.held not in Held.values:
        faults.add(
            bad_filter(
                "held", "暂缓原因不认识", filters.held, "、".join(value for value in Held.values if value)
            )
        )
    if filters.mark and filters.mark not in MARKS:
        faults.add(bad_filter("mark", "标记不认识", filters.mark, "、".join(MARKS)))
    if filters.order not in ("new", "score"):
        faults.add(bad_filter("order", "排序方式不认识", filters.order, "new、score"))
    if not 1 <= limit <= MOST:
        faults.add(bad_filter("limit", "每页条数不对", str(limit), f"1 至 {MOST}"))
    faults.raise_if_any()


def bad_filter(field: str, message: str, found: str, expected: str) -> Fault:
    """A filter value that means nothing."""
    return Fault(code="bad_filter", message=message, field=field, found=found[:60], expected=expected)


def _wanted(actor: Actor, filters: Filters) -> Q:
    same = {"model": filters.model, "grade": filters.grade, "state": filters.state, "unit": filters.unit}
    wanted = Q(**{name: value for name, value in same.items() if value})
    if filters.held:
        wanted &= Q(state=State.C0, held=filters.held)
    if filters.mark:
        wanted &= MARKS[filters.mark](actor)
    wanted &= Q(joined_to__isnull=filters.mark != "joined")
    if filters.text:
        wanted &= Q(title__contains=filters.text) | Q(subject_masked__contains=filters.text)
    if filters.since:
        wanted &= Q(found_at__gte=datetime.combine(filters.since, time(), CHINA))
    return wanted


def _after(found: QuerySet[Clue], order: str, cursor: str) -> QuerySet[Clue]:
    try:
        told = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=="))
        said, score, pk = told
        if said != order or not isinstance(score, int) or not isinstance(pk, int):
            raise ValueError
    except (ValueError, TypeError, binascii.Error):
        raise BadInput(bad_filter("cursor", "翻页标记不对", cursor, "上一页给出的 next")) from None
    if order == "score":
        return found.filter(Q(score__lt=score) | Q(score=score, id__lt=pk))
    return found.filter(id__lt=pk)


def _cursor(order: str, last: Clue) -> str:
    raw = json.dumps([order, last.score, last.pk], separators=(",", ":"))
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def grade_title(grade: str) -> str:
    """How a grade is said: ``B 级``, or that a person judged."""
    if not grade:
        return "未比对"
    return "人工认定" if grade == JUDGED else f"{grade} 级"


def row_of(clue: Clue) -> ClueRow:
    """The masked line of one clue."""
    return ClueRow(**row_fields(clue))


def row_fields(clue: Clue) -> dict[str, Any]:
    """The fields of ``ClueRow``, for the list and for the page of one clue."""
    same = ("key", "model", "fingerprint", "run", "title", "subject_kind", "subject_key", "subject_masked",
            "absence", "grade", "strength", "score", "score_parts", "state", "held", "unit", "found_at", "as_of",
            "evidence_count", "ground_changed", "fresh_evidence", "complaints", "relapsed", "erased",
            "origin", "snoozed_until", "objected")  # fmt: skip
    return {
        "id": number_of(clue.pk),
        "state_title": str(State(clue.state).label),
        "handler": clue.handler.display if clue.handler else "",
        "joined_to": number_of(clue.joined_to_id) if clue.joined_to_id else "",
        **{name: getattr(clue, name) for name in same},
    }
