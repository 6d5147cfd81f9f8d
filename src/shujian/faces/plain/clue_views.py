"""Clue list, one clue, its print view, and what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from shujian.accounts.read import Actor
from shujian.audit.read import AuditEntry, history
from shujian.clues import read, service
from shujian.clues.errors import ClueRefused, ClueUnknown
from shujian.clues.read import ClueDetail, Filters, Held, State
from shujian.faces.plain import words
from shujian.faces.plain.doors import POST, route
from shujian.faces.plain.marking import evidence_cards, explained, match_cards
from shujian.faces.plain.timeline import timeline
from shujian.faces.plain.titles import model_titles
from shujian.kernel.clock import today
from shujian.kernel.errors import BadInput, ShujianError
from shujian.supervision import read as supervision

_PAGE = 30
FILTERS = ("model", "grade", "state", "unit", "held", "mark", "text", "order")


def _clue_thing(request: HttpRequest, actor: Actor, number: str, *_: Any, **__: Any) -> str:
    return read.thing_of(number)


def _list_thing(request: HttpRequest, actor: Actor) -> str:
    told = [f"{name}={request.GET[name][:40]}" for name in (*FILTERS, "since") if request.GET.get(name)]
    return "clues:" + (" ".join(told) or "all")


@route("clue.list", reads="clue.list", thing=_list_thing)
def clue_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The list, filtered, page by page."""
    faults: tuple[str, ...] = ()
    try:
        filters = filters_of(request.GET)
        page = read.list_clues(actor, filters, limit=_PAGE, cursor=request.GET.get("cursor"))
    except BadInput as error:
        faults, filters = tuple(fault.sentence() for fault in error.faults), Filters()
        page = read.list_clues(actor, filters, limit=_PAGE)
    titles, above = model_titles(), read.above_list(actor)
    kept = request.GET.copy()
    kept.pop("cursor", None)
    context = {
        "page": page, "rows": [{"row": row, "model": titles.get(row.model, ("", row.model))} for row in page.items],
        "filters": filters, "since": request.GET.get("since", ""), "faults": faults, "kept": kept.urlencode(),
        "paged": bool(request.GET.get("cursor")), "filtered": any(kept.values()), "words": words,
        "models": sorted(titles.items(), key=lambda item: (item[1][0] or "Z", item[0])), "states": State.choices,
        "grades": read.GRADES, "marks": list(read.MARK_TITLES.items()),
        "may_type": read.may_type_anywhere(actor),
        "may_look": bool(read.may_look_again(actor)), "units": above.units, "helds": [choice for choice in Held.choices if choice[0]],
        "as_of": above.as_of,
    }  # fmt: skip
    return render(request, "plain/clues.html", context, status=400 if faults else 200)


def filters_of(told: QueryDict) -> Filters:
    """The filters of an address. Raises BadInput."""
    since: date | None = None
    day = told.get("since", "")
    if day:
        try:
            since = date.fromisoformat(day)
        except ValueError:
            raise BadInput(read.bad_filter("since", "发现日期不对", day, "如 2026-06-01")) from None
    named = {name: told.get(name, "").strip()[:80] for name in FILTERS}
    return Filters(**{**named, "order": named["order"] or "new"}, since=since)


@route("clue.read", reads="clue.show", thing=_clue_thing)
def clue_page(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """One clue, masked."""
    return clue_answer(request, actor, read.clue(actor, number))


@route("clue.read", reads="clue.print", thing=_clue_thing)
def clue_print(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """One clue on paper: masked, with who printed it and when on every page."""
    return clue_answer(request, actor, read.clue(actor, number), template="plain/clue_print.html")


@route("clue.read", methods=POST)
def clue_unmask(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """One clue in full, once, for a reason that is on record; reloading asks again."""
    try:
        detail = service.unmask_clue(actor=actor, number=number, reason=request.POST.get("reason", ""))
    except ClueRefused as refused:
        messages.error(request, refused.faults[0].message)
        return redirect("clue", number=number)
    return clue_answer(request, actor, detail, shown_for=request.POST.get("reason", "").strip())


@route("clue.read", methods=POST)
def clue_move(request: HttpRequest, actor: Actor, number: str, verb: str) -> HttpResponse:
    """Take a step; the server decides whether it may be taken."""
    told = request.POST
    revision = told.get("revision", "")
    try:
        state = service.move_clue(
            actor=actor, number=number, verb=verb, reason=told.get("reason", ""), note=told.get("note", ""),
            to=told.get("to", ""), revision=int(revision) if revision.isdigit() else None,
        )  # fmt: skip
    except ClueRefused as refused:
        return _refused(request, actor, number, refused, verb, 403)
    except BadInput as error:
        if error.faults[0].code in ("unknown_clue", "unknown_step"):
            raise Http404 from None
        return _refused(request, actor, number, error, verb, 400)
    messages.success(request, f"{number} 已办理，现在是“{State(state).label}”")
    try:
        read.clue(actor, number)
    except ClueUnknown:  # it went to another unit
        return redirect("clues")
    return redirect("clue", number=number)


def _refused(
    request: HttpRequest, actor: Actor, number: str, error: ShujianError, verb: str, status: int
) -> HttpResponse:
    for fault in error.faults:
        messages.error(request, fault.message)
    kept = {"verb": verb, **{name: request.POST.get(name, "") for name in ("reason", "note", "to")}}
    return clue_answer(request, actor, read.clue(actor, number), kept=kept, status=status)


def clue_answer(
    request: HttpRequest,
    actor: Actor,
    detail: ClueDetail,
    *,
    template: str = "plain/clue.html",
    shown_for: str = "",
    kept: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of one clue as this reader may see it; ``kept``: what he had typed where it was refused."""
    row, told = detail.row, read.of_clue(actor, detail.row.id)
    most = max([abs(part) for part in row.score_parts.values()] or [1])
    context = {
        "clue": detail, "row": row, "model": model_titles().get(row.model, ("", row.model)),
        "grade": _grade_words(detail),
        "figures": [(supervision.column_title(row.model, name), value) for name, value in detail.figures.items()],
        "absence": words.ABSENCES.get(row.absence, ("", "")),
        "held_says": words.HELD.get(row.held, ""), "kind": words.KINDS.get(row.subject_kind, "主体"),
        "see_looks": bool(read.rights(actor, row.id).get("clue.looks")),
        "evidence": evidence_cards(detail), "matches": match_cards(detail, told.matches),
        "told": told, "verdicts": list(words.VERDICTS.items()),
        "records": [one for one in told.judgements if not one.in_force], "may_judge": told.may_judge and template == "plain/clue.html",
        "explanation": explained(detail), "ghosts": words.LESSER,
        "parts": [(name, part, round(120 * abs(part) / most)) for name, part in row.score_parts.items()],
        "timeline": timeline(detail, _machine(row.id)), "exclusions": read.Exclusion.choices,
        "around": read.around(actor, row.id, today()) if template == "plain/clue.html" else None,
        "as_of": row.as_of, "shown_for": shown_for, "kept": kept or {},
    }  # fmt: skip
    return render(request, template, context, status=status)


def _grade_words(detail: ClueDetail) -> tuple[str, str]:
    """What the grade rests on: compared rows, members of a group that were compared, or nothing compared."""
    if detail.matches:
        return words.GRADES.get(detail.row.grade, (detail.row.grade, ""))
    return words.GROUPED if "主体核对" in detail.row.score_parts else words.UNMATCHED


def _machine(number: str) -> list[AuditEntry]:
    return history(f"clue:{number}", actions=tuple(words.MACHINE), limit=60)
