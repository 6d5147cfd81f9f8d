"""The audit chain for the audit administrator: what was done, and whether the chain is whole."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shujian.accounts.read import Actor, displays
from shujian.audit import read
from shujian.audit.read import AuditEntry
from shujian.clues import read as clues
from shujian.faces.plain.doors import route
from shujian.faces.plain.words import LOOKS
from shujian.faces.supervising import curious_looks
from shujian.kernel.clock import CHINA, now

_PAGE = 50


@route("audit.read")
def audit_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Newest entries first; ``?verify=1`` walks the whole chain."""
    before = request.GET.get("before", "")
    who, what = request.GET.get("actor", "").strip(), request.GET.get("action", "").strip()
    rows = read.entries(
        before=int(before) if before.isdigit() else None, actor=who, action=what, limit=_PAGE + 1
    )
    kept = request.GET.copy()
    for name in ("before", "verify"):
        kept.pop(name, None)
    context = {
        "rows": rows[:_PAGE], "next": rows[_PAGE - 1].seq if len(rows) > _PAGE else None, "kept": kept.urlencode(),
        "who": who, "what": what, "checked": read.verify() if request.GET.get("verify") else None,
    }  # fmt: skip
    return render(request, "plain/audit.html", context)


def _of_clue(request: HttpRequest, actor: Actor, number: str) -> str:
    return clues.thing_of(number)


def _of_thing(request: HttpRequest, actor: Actor) -> str:
    return request.GET.get("thing", "").strip()[:120] or "looks"


def _of_findings(request: HttpRequest, actor: Actor) -> str:
    return "curiosity"


@route("clue.looks", reads="clue.looks", thing=_of_clue)
def clue_looks(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Who looked at a clue or its subject: for the audit administrator, and for the head of the clue's department."""
    return _looks(request, number.upper()[:20], clues.looked_at(actor, number))


@route("audit.looks", reads="audit.looks", thing=_of_thing)
def audit_looks(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who looked at anything: a clue's number, ``subject:<key>`` or ``row:<dataset>/<row>`` as the chain calls it."""
    asked = request.GET.get("thing", "").strip()[:120]
    thing = clues.thing_of(asked) if asked[:2].upper() == "XS" or asked.isdecimal() else asked
    return _looks(request, asked, frozenset({thing}) if thing else frozenset(), form=True)


def _looks(request: HttpRequest, called: str, things: frozenset[str], *, form: bool = False) -> HttpResponse:
    before = request.GET.get("before", "")
    rows = read.looks(things, before=int(before) if before.isdigit() else None, limit=_PAGE + 1)
    names = displays({row.actor for row in rows})
    context = {
        "called": called, "form": form, "rows": [_look(row, names) for row in rows[:_PAGE]],
        "next": rows[_PAGE - 1].seq if len(rows) > _PAGE else None,
    }  # fmt: skip
    return render(request, "plain/audit_looks.html", context)


def _look(row: AuditEntry, names: dict[str, str]) -> dict[str, object]:
    look = str(row.detail.get("look", row.action))
    return {
        "entry": row, "who": names.get(row.actor, ""), "what": LOOKS.get(look, look), "refused": row.action == "look.refused",
        "why": row.detail.get("reason") or row.detail.get("purpose") or "",
    }  # fmt: skip


@route("audit.curiosity", reads="audit.curiosity", thing=_of_findings)
def audit_curiosity(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Looks that somebody should be asked about, of the last thirty days or since a day."""
    day = (now().astimezone(CHINA) - timedelta(days=30)).date()
    with suppress(ValueError):
        day = date.fromisoformat(request.GET.get("since", ""))
    found = curious_looks(datetime.combine(day, time(), CHINA))
    kind = request.GET.get("kind", "")
    shown = [one for one in found if not kind or one.kind == kind]
    names = displays({one.actor for one in shown})
    counts = [(code, title, sum(one.kind == code for one in found)) for code, title in read.KINDS.items()]
    context = {
        "rows": [
            {"one": one, "who": names.get(one.actor, ""), "what": LOOKS.get(one.look, one.look), "kind": read.KINDS[one.kind]}
            for one in shown[:500]
        ],
        "counts": counts, "since": day, "kind": kind, "all": len(shown),
    }  # fmt: skip
    return render(request, "plain/audit_curiosity.html", context)
