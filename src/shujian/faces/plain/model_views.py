"""The models: what each looks for, in one sentence, and what became of what it found."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from shujian.accounts.read import Actor
from shujian.clues import read as clues
from shujian.faces.plain import words
from shujian.faces.plain.doors import route
from shujian.faces.plain.model_facts import facts_of
from shujian.kernel.errors import BadInput, ShujianError
from shujian.runs import read as runs
from shujian.supervision import read as supervision


@route("model.read")
def model_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All models of the catalogue with their sentence and counts."""
    faults: tuple[str, ...] = ()
    specs: dict[str, Any] = {}
    try:
        specs = dict(supervision.models())
    except ShujianError as error:
        faults = tuple(fault.sentence() for fault in error.faults)
    rows = [
        {"spec": spec, "sentence": supervision.sentence(spec), "figures": clues.model_figures(name),
         "run": runs.last_run(name), "status": words.STATUS[spec.status]}
        for name, spec in specs.items()
    ]  # fmt: skip
    rows.sort(key=lambda row: row["spec"].number or "Z")
    days = [row["run"].as_of for row in rows if row["run"]]
    return render(
        request, "plain/models.html", {"rows": rows, "faults": faults, "as_of": max(days, default=None)}
    )


@route("model.read")
def model_page(request: HttpRequest, actor: Actor, model: str) -> HttpResponse:
    """One model: sentence, picture, law, steps with the last run's counts, words, numbers, proofs, false positives, checklist."""
    try:
        context = facts_of(model)
    except BadInput:
        raise Http404 from None
    return render(request, "plain/model.html", {**context, "see_clues": bool(clues.may_list_clues(actor))})
