"""The models: what each looks for, in one sentence, and what became of what it found."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shujian.accounts.read import Actor, may_read_models
from shujian.clues import read as clues
from shujian.faces.plain import words
from shujian.faces.plain.doors import signed_in
from shujian.faces.plain.model_facts import facts_of
from shujian.kernel.errors import BadInput, ShujianError
from shujian.runs import read as runs
from shujian.supervision import read as supervision


@require_safe
@signed_in
def model_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All models of the catalogue with their sentence and counts."""
    if not may_read_models(actor):
        raise Http404
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


@require_safe
@signed_in
def model_page(request: HttpRequest, actor: Actor, model: str) -> HttpResponse:
    """One model: sentence, picture, law, steps with the last run's counts, words, numbers, proofs, false positives, checklist."""
    if not may_read_models(actor):
        raise Http404
    try:
        context = facts_of(model)
    except BadInput:
        raise Http404 from None
    return render(request, "plain/model.html", {**context, "see_clues": bool(clues.may_list_clues(actor))})
