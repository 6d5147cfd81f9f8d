"""请假与代理, 回避: everybody's own, and for a head those of the department."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from shujian.accounts import read, service
from shujian.accounts.errors import DutyRefused
from shujian.accounts.read import Actor
from shujian.clues import read as clues
from shujian.clues.errors import ClueUnknown
from shujian.faces.plain.doors import POST, route


@route("duty.own")
def duty(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who is away, who stands in, who keeps away from what."""
    recusals = [{"row": row, "thing": _called(row.thing)} for row in read.recusals(actor)]
    context = {
        "absences": read.absences(actor), "recusals": recusals, "people": read.people(actor),
        "colleagues": read.colleagues(actor), "grounds": read.grounds(), "number": request.GET.get("clue", "")[:20],
    }  # fmt: skip
    return render(request, "plain/duty.html", context)


def _called(thing: str) -> str:
    kind, _, name = thing.partition(":")
    return f"线索 {name}" if kind == "clue" else f"主体 {name} 的全部线索"


@route("duty.own", methods=POST)
def duty_absence(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Put an absence down."""
    told = request.POST
    try:
        from_on, to_on = (date.fromisoformat(told.get(name, "")) for name in ("from_on", "to_on"))
    except ValueError:
        messages.error(request, "日期写法不对，应为 2026-06-01 的样子")
        return redirect("duty")
    return _done(
        request,
        lambda: service.enter_absence(
            actor, username=told.get("username", actor.name), deputy=told.get("deputy", ""), from_on=from_on, to_on=to_on
        ),
        "已登记；代理从起日生效，止日之后自动结束",
    )  # fmt: skip


@route("duty.own", methods=POST)
def duty_absence_end(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """Back before the time."""
    return _done(request, lambda: service.end_absence(actor, number), "已销假，代理同时结束")


@route("duty.own", methods=POST)
def duty_recusal(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Keep somebody away from a clue, or from everything about its subject."""
    told = request.POST
    try:
        row = clues.clue(actor, told.get("clue", "")[:20]).row
    except ClueUnknown:
        messages.error(request, "没有这条线索，或者不在您的职责范围内")
        return redirect("duty")
    thing = f"subject:{row.subject_key}" if told.get("whole") else f"clue:{row.id}"
    return _done(
        request,
        lambda: service.recuse(
            actor, username=told.get("username", actor.name), thing=thing, ground=told.get("ground", "")
        ),
        "已登记回避，立即生效",
    )  # fmt: skip


@route("duty.own", methods=POST)
def duty_recusal_lift(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """Let somebody come near again."""
    return _done(request, lambda: service.lift_recusal(actor, number), "已解除回避")


def _done(request: HttpRequest, act: Callable[[], object], words: str) -> HttpResponse:
    try:
        act()
    except DutyRefused as refused:
        for fault in refused.faults:
            messages.error(request, fault.message)
    else:
        messages.success(request, words)
    return redirect("duty")
