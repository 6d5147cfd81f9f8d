"""Whether the two rows of a match are one person: said on the clue's page, and taken back there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from shujian.accounts.read import Actor
from shujian.clues import read, service
from shujian.clues.errors import ClueRefused
from shujian.faces.plain.clue_views import clue_answer
from shujian.faces.plain.doors import POST, route
from shujian.kernel.errors import BadInput, ShujianError


@route("clue.read", methods=POST)
def clue_judge(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Judge one match of a clue; the pair that was on the page is sent along, so that no other one is judged."""
    told = request.POST
    place = told.get("match", "")
    try:
        made = service.judge(
            actor=actor, number=number, match=int(place) if place.isdecimal() and len(place) < 6 else 0,
            verdict=told.get("verdict", ""), reason=told.get("reason", ""),
            seen=(told.get("left", ""), told.get("right", "")),
        )  # fmt: skip
    except (ClueRefused, BadInput) as error:
        return _refused(request, actor, number, error)
    messages.success(request, f"已记下认定 {made}。以后的运行都照此办理，可以撤销。")
    return redirect("clue", number=number)


@route("clue.read", methods=POST)
def clue_judge_undo(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Take a judgement back; what stood before it stands again."""
    try:
        service.undo(
            actor=actor, number=request.POST.get("judgement", ""), reason=request.POST.get("reason", "")
        )
    except (ClueRefused, BadInput) as error:
        return _refused(request, actor, number, error)
    messages.success(request, "已撤销；之前的结论重新有效。")
    return redirect("clue", number=number)


def _refused(request: HttpRequest, actor: Actor, number: str, error: ShujianError) -> HttpResponse:
    detail = read.clue(actor, number)
    for fault in error.faults:
        messages.error(request, fault.message)
    kept = {name: request.POST.get(name, "")[:500] for name in ("match", "judgement", "verdict", "reason")}
    status = 403 if isinstance(error, ClueRefused) else 400
    return clue_answer(request, actor, detail, kept=kept, status=status)
