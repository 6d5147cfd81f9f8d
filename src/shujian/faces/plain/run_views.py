"""Versions of models that wait for a second person, and regular runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from shujian.accounts.read import Actor
from shujian.faces.plain.desk_views import day_of
from shujian.faces.plain.doors import POST, route
from shujian.faces.plain.titles import model_titles
from shujian.kernel.clock import today
from shujian.kernel.errors import BadInput, GuardRefused
from shujian.runs import read, service
from shujian.supervision import read as supervision


@route("run.read")
def run_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Both lists, and what this person may do."""
    return _page(request, actor)


def _page(
    request: HttpRequest, actor: Actor, kept: Mapping[str, str] | None = None, status: int = 200
) -> HttpResponse:
    if not read.may_see_runs(actor):
        raise Http404
    titles = model_titles()
    ready = [name for name, spec in supervision.models().items() if spec.status in ("trial", "stable")]
    context = {
        "publications": [
            {"one": one, "title": titles.get(one.model, ("", one.model)), "waits": not one.second,
             "may": read.may_let_pass(actor, one.by)}
            for one in read.publications()
        ],
        "schedules": [{"one": one, "title": titles.get(one.model, ("", one.model))} for one in read.schedules()],
        "models": [(name, titles.get(name, ("", name))) for name in ready],
        "may": read.may_manage_runs(actor), "kept": kept or {}, "day": today(),
    }  # fmt: skip
    return render(request, "plain/runs.html", context, status=status)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _propose(actor: Actor, told: QueryDict) -> str:
    service.propose(actor=actor, model=told.get("model", ""), why=told.get("why", ""))
    return "已提出发布，等另一个人确认。"


def _decide(actor: Actor, told: QueryDict) -> str:
    passed = told.get("verdict", "") == "passed"
    service.decide(
        actor=actor, number=_number(told.get("number", "")), passed=passed, why=told.get("why", "")
    )
    return "已确认发布。" if passed else "已记下不同意。"


def _add(actor: Actor, told: QueryDict) -> str:
    service.add_schedule(
        actor=actor, model=told.get("model", ""), starts=day_of(told.get("starts", "")) or today(),
        every_days=_number(told.get("every", "")), on_batch="on_batch" in told, purpose=told.get("purpose", ""),
        purpose_until=day_of(told.get("until", "")) or today().replace(year=1970),
    )  # fmt: skip
    return "已安排定期运行。"


def _stop(actor: Actor, told: QueryDict) -> str:
    service.stop_schedule(actor=actor, number=_number(told.get("number", "")))
    return "已停止定期运行。"


ACTS: Mapping[str, Callable[[Actor, QueryDict], str]] = {
    "propose": _propose, "decide": _decide, "add": _add, "stop": _stop,
}  # fmt: skip


@route("run.read", methods=POST)
def run_act(request: HttpRequest, actor: Actor, act: str) -> HttpResponse:
    """Do one of ``ACTS``; the server decides whether it may be done."""
    if act not in ACTS or not read.may_see_runs(actor):
        raise Http404
    try:
        messages.success(request, ACTS[act](actor, request.POST))
    except (BadInput, GuardRefused) as error:
        for fault in error.faults:
            messages.error(request, fault.message)
        kept = {name: value[:400] for name, value in request.POST.items() if isinstance(value, str)}
        return _page(request, actor, {**kept, "act": act}, status=400 if isinstance(error, BadInput) else 403)
    return redirect("runs")
