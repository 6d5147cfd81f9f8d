"""消息: a person's own news, read and unread. Works without a script."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from shujian.accounts.read import Actor
from shujian.faces.addresses import address_of
from shujian.faces.plain.doors import POST, route
from shujian.notify import read, service

_PAGE = 50


@route("news.read")
def news(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Newest first; each line leads to its thing."""
    found, following = read.news(actor, before=_number(request.GET.get("before", "")), limit=_PAGE)
    context = {
        "rows": [{"one": one, "address": address_of(one.thing)} for one in found],
        "next": following,
        "newest": found[0].seq if found else 0,
        "any_unread": any(one.unread for one in found),
    }
    return render(request, "plain/news.html", context)


@route("news.read", methods=POST)
def news_read(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Mark one line as read, or all that were on the page and older."""
    seq, upto = _number(request.POST.get("seq", "")), _number(request.POST.get("upto", ""))
    if service.mark_read(actor=actor, seq=seq, upto=upto):
        messages.success(request, "已标为已读。")
    return redirect("news")


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None
