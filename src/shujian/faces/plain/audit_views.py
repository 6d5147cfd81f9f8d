"""The audit chain for the audit administrator: what was done, and whether the chain is whole."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shujian.accounts.read import Actor
from shujian.audit import read
from shujian.faces.plain.doors import route

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
