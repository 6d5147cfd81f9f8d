"""Many clues at once, who is who, the second look, and clues typed in or handed over."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from shujian.accounts.read import Actor, unit_names
from shujian.clues import read, service
from shujian.clues.errors import ClueRefused
from shujian.clues.read import Filters, Previewed
from shujian.clues.service import Pick
from shujian.faces.plain import words
from shujian.faces.plain.clue_views import FILTERS, filters_of
from shujian.faces.plain.desk_views import day_of
from shujian.faces.plain.doors import FORM, route
from shujian.faces.plain.marking import match_cards
from shujian.faces.plain.titles import model_titles
from shujian.kernel.errors import BadInput, ShujianError


def _bulk_thing(request: HttpRequest, actor: Actor) -> str:
    told = [f"{name}={request.GET[name][:40]}" for name in FILTERS if request.GET.get(name)]
    return "clues:bulk " + " ".join(told)


@route("clue.list", methods=FORM, reads="clue.list", thing=_bulk_thing)
def bulk(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose (GET), look at what would change (POST preview), do it (POST do)."""
    if not read.may_list_clues(actor):
        raise Http404
    verb = (request.POST if request.method == "POST" else request.GET).get("verb", "sign")
    step = request.POST.get("step", "")
    try:
        if step == "do":
            return _done(request, actor, verb)
        if step == "preview":
            picks = request.POST.getlist("all" if "whole" in request.POST else "pick")
            return _bulk_page(
                request, actor, verb, read.preview_bulk(actor, [one.partition(":")[0] for one in picks], verb), "preview",
            )  # fmt: skip
        filters = filters_of(request.GET)
        return _bulk_page(
            request, actor, verb, read.choose_bulk(actor, filters, verb), "choose", filters=filters
        )
    except BadInput as error:
        for fault in error.faults:
            messages.error(request, fault.message if fault.found is None else fault.sentence())
        if step == "do":
            numbers = [one.partition(":")[0] for one in request.POST.getlist("pick")][: read.bulk_most()]
            known = verb if verb in read.BULK else "sign"
            chosen = read.preview_bulk(actor, numbers, known) if numbers else []
            return _bulk_page(request, actor, known, chosen, "preview", status=400)
        return _bulk_page(
            request, actor, "sign", read.choose_bulk(actor, Filters(), "sign"), "choose", status=400
        )


def _done(request: HttpRequest, actor: Actor, verb: str) -> HttpResponse:
    told = request.POST
    picks = []
    for one in told.getlist("pick"):
        number, _, revision = one.partition(":")
        picks.append(Pick(number, int(revision) if revision.isdecimal() and len(revision) < 9 else -1))
    done = service.move_many(
        actor=actor, picks=picks, verb=verb, reason=told.get("reason", ""), note=told.get("note", ""),
        to=told.get("to", ""), until=day_of(told.get("until", "")),
    )  # fmt: skip
    return render(request, "plain/bulk_done.html", {"done": done, "verb": words.BULK[verb]})


def _bulk_page(
    request: HttpRequest,
    actor: Actor,
    verb: str,
    found: Sequence[Previewed],
    step: str,
    *,
    filters: Filters | None = None,
    status: int = 200,
) -> HttpResponse:
    titles = model_titles()
    able = [one for one in found if one.allowed]
    context = {
        "verb": verb, "verbs": list(words.BULK.items()), "step": step, "status": status, "most": read.bulk_most(),
        "rows": [{"one": one, "model": titles.get(one.row.model, ("", one.row.model))} for one in found], "able": able,
        "unable": [one for one in found if not one.allowed], "title": words.BULK[verb], "form": words.BULK_ASKS[verb],
        "reasons": words.reasons_of(verb), "units": unit_names(), "kept": request.POST if step == "preview" else {},
        "filters": [(name, value) for name in FILTERS if (value := getattr(filters, name, ""))] if filters else [],
    }  # fmt: skip
    return render(request, "plain/bulk.html", context, status=status)


def _queue_thing(request: HttpRequest, actor: Actor) -> str:
    return "clues:held=identity"


@route("clue.list", reads="clue.list", thing=_queue_thing)
def identity(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The queue of doubtful identities, each with the fields that were compared."""
    if not read.may_list_clues(actor):
        raise Http404
    told = request.GET
    faults: tuple[str, ...] = ()
    try:
        doubts, page = read.identity_queue(
            actor,
            model=told.get("model", "")[:80],
            grade=told.get("grade", "")[:8],
            cursor=told.get("cursor"),
        )
    except BadInput as error:
        faults = tuple(fault.sentence() for fault in error.faults)
        doubts, page = read.identity_queue(actor)
    titles = model_titles()
    context = {
        "page": page, "grade": told.get("grade", ""), "grades": [g for g in read.GRADES if g != "A"], "faults": faults,
        "cards": [
            {"row": one.clue.row, "model": titles.get(one.clue.row.model, ("", "")), "told": one.told,
             "matches": match_cards(one.clue, one.told.matches), "may_judge": one.told.may_judge,
             "grade": words.GRADES.get(one.clue.row.grade, ("", ""))}
            for one in doubts
        ],
        "verdicts": list(words.VERDICTS.items()), "paged": bool(told.get("cursor")),
    }  # fmt: skip
    return render(request, "plain/identity.html", context, status=400 if faults else 200)


def _look_thing(request: HttpRequest, actor: Actor) -> str:
    return "clues:second-look"


@route("clue.second_look", reads="clue.list", thing=_look_thing)
def second_look(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Exclusions that were drawn by lot, and how often the second look disagreed."""
    found = read.looks(actor)
    if found is None:
        raise Http404
    return render(request, "plain/second_look.html", {"looks": found, "titles": model_titles()})


@route("clue.import", methods=FORM)
def clue_new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Type a clue in, or hand over a list."""
    units = [unit for unit in unit_names() if read.may_type(actor, unit)]
    if not units:
        raise Http404
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            done = _handed(request, actor)
        except (BadInput, ClueRefused) as error:
            faults = _faults(error)
        else:
            same = f"，{done.same} 条以前录过、没有重复录入" if done.same else ""
            messages.success(request, f"录入 {len(done.made)} 条{same}。")
            return (
                redirect("clue", number=done.made[0])
                if len(done.made) == 1
                else redirect("/clues/?mark=hand")
            )
    context = {
        "columns": read.HAND_COLUMNS, "units": units, "kinds": list(read.HAND_KINDS), "strengths": read.STRENGTHS,
        "kept": request.POST, "faults": faults[:100], "more": max(len(faults) - 100, 0),
    }  # fmt: skip
    return render(request, "plain/clue_new.html", context, status=400 if faults else 200)


def _handed(request: HttpRequest, actor: Actor) -> Any:
    if "list" not in request.POST:
        return service.type_in(
            actor=actor,
            told={one.id: str(request.POST.get(one.id, ""))[:5000] for one in read.HAND_COLUMNS},
        )
    sent = request.FILES.get("file")
    with tempfile.TemporaryDirectory(prefix="shujian-") as work:
        path = Path(work) / "handed"
        with path.open("wb") as out:
            for part in sent.chunks() if sent else ():
                out.write(part)
        return service.import_list(actor=actor, path=path, name=str(sent.name if sent else "")[-120:])


def _faults(error: ShujianError) -> tuple[str, ...]:
    return tuple(fault.sentence() for fault in error.faults)
