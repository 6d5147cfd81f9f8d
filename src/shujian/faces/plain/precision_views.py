"""What became of the clues of each model, and what that suggests; a person decides."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from shujian.accounts.read import WHOLE_PROCURATORATE, Actor
from shujian.clues import read, service
from shujian.clues.errors import ClueRefused
from shujian.faces.plain.doors import signed_in
from shujian.faces.plain.titles import model_titles
from shujian.kernel.errors import BadInput


@require_safe
@signed_in
def precision_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The funnel of each model."""
    if not read.may_see_precision(actor):
        raise Http404
    titles = model_titles()
    rows = [{"one": one, "title": titles.get(one.name, ("", one.name))} for one in read.all_outcomes()]
    rows.sort(key=lambda row: str(row["title"]))
    return render(request, "plain/precision.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def precision_page(request: HttpRequest, actor: Actor, model: str) -> HttpResponse:
    """One model: its funnel, its words, what is suggested; POST decides one suggestion."""
    titles = model_titles()
    if not read.may_see_precision(actor) or model not in {one.name for one in read.all_outcomes()} | set(
        titles
    ):
        raise Http404
    status = 200
    if request.method == "POST":
        told = request.POST
        try:
            service.decide_proposal(
                actor=actor, model=model, kind=told.get("kind", ""), what=told.get("what", ""),
                accepted=told.get("verdict") == "accepted", why=told.get("why", ""),
            )  # fmt: skip
        except (ClueRefused, BadInput) as error:
            messages.error(request, error.faults[0].message)
            status = 403 if isinstance(error, ClueRefused) else 400
        else:
            messages.success(request, "已记下决定。采纳的，请修改关键词或参数、跑过证明，再由两个人发布。")
            return redirect("precision_model", model=model)
    context = {
        "told": read.precision_of(model), "title": titles.get(model, ("", model)), "model": model,
        "may": read.may_decide_proposals(actor), "kinds": read.PROPOSALS, "kept": request.POST,
        "whole": bool(actor.roles & WHOLE_PROCURATORATE),
    }  # fmt: skip
    return render(request, "plain/precision_model.html", context, status=status)
