"""后台任务: what is done behind the pages, for the system administrator. No person's data stand here."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from shujian.accounts.read import Actor
from shujian.faces.plain.doors import POST, route
from shujian.jobs import read, service
from shujian.jobs.errors import JobRefused, JobUnknown
from shujian.kernel.errors import BadInput

_PAGE = 50


@route("jobs.read")
def job_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All jobs, or those of one state; what was put aside is counted at the top."""
    state, before = request.GET.get("state", ""), request.GET.get("before", "")
    state = state if state in read.STATES else ""
    found = read.jobs(
        state=state, before=int(before) if before.isdecimal() and len(before) < 18 else None, limit=_PAGE + 1
    )
    counts = read.counts()
    context = {
        "jobs": found[:_PAGE], "state": state, "next": found[_PAGE - 1].number if len(found) > _PAGE else None,
        "states": [(code, title, counts[code]) for code, title in read.STATES.items()], "aside": counts["quarantined"],
    }  # fmt: skip
    return render(request, "plain/jobs.html", context)


@route("jobs.read")
def job_page(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """One job, with what may be done about it."""
    return _page(request, actor, number)


def _page(request: HttpRequest, actor: Actor, number: int, kept: str = "", status: int = 200) -> HttpResponse:
    try:
        one = read.job(number)
    except JobUnknown:
        raise Http404 from None
    context = {"job": one, "may": read.may_tend_jobs(actor), "kept": kept}
    return render(request, "plain/job.html", context, status=status)


ACTS: dict[str, tuple[Callable[..., None], str]] = {
    "retry": (service.retry, "已重新放入，尝试次数从头算。"),
    "drop": (service.drop, "已放弃这个任务。"),
}


@route("jobs.tend", methods=POST)
def job_act(request: HttpRequest, actor: Actor, number: int, act: str) -> HttpResponse:
    """Put a job in again, or give it up; the reason goes on record."""
    if act not in ACTS:
        raise Http404
    do, done = ACTS[act]
    reason = request.POST.get("reason", "")
    try:
        do(actor=actor, number=number, reason=reason)
    except JobUnknown:
        raise Http404 from None
    except (BadInput, JobRefused) as error:
        for fault in error.faults:
            messages.error(request, fault.message)
        status = 403 if isinstance(error, JobRefused) else 400
        return _page(request, actor, number, reason[:200], status)
    messages.success(request, done)
    return redirect("job", number)
