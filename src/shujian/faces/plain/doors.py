"""Who stands before the page: every view asks here first, and is closed to strangers unless it says otherwise.

``route`` is the one decorator of all views: it names the right that is asked (``accounts/rights.yaml``) and what is put on
record when persons' data are read. ``tests/architecture`` holds the list of all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from shujian.accounts import read as accounts
from shujian.accounts.read import Actor, by_any_hat, may
from shujian.audit import service as audit
from shujian.clues.errors import ClueUnknown

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
ActorView = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]
SAFE, POST, FORM = ("GET", "HEAD"), ("POST",), ("GET", "HEAD", "POST")


def actor_of(request: HttpRequest) -> Actor | None:
    """The signed-in person, read once for each request; None for a stranger and for a session that has ended."""
    if "shujian_actor" not in request.META:
        session = getattr(request, "session", None)
        request.META["shujian_actor"] = None if session is None else accounts.entered(session)
    found: Actor | None = request.META["shujian_actor"]
    return found


def route(
    action: str,
    *,
    methods: tuple[str, ...] = SAFE,
    reads: str = "",
    thing: Callable[..., str] | None = None,
    before_change: bool = False,
) -> Callable[[ActorView[P]], View[P]]:
    """Give the view its actor, who may do ``action`` somewhere; which clue or row, the view's own room decides.

    ``reads``: the view shows persons' data; the look at ``thing(request, actor, …)`` is on record under this name before
    it happens, and once more where it was refused. ``before_change``: open before a one-time password is changed and a
    second factor enrolled.
    """

    def decorate(view: ActorView[P]) -> View[P]:
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            actor = actor_of(request)
            if actor is None:
                return redirect_to_login(request.get_full_path(), reverse("login"))
            if not before_change and (actor.must_change or actor.needs_factor):
                return redirect("password" if actor.must_change else "factor")
            looked = thing(request, actor, *args, **kwargs) if reads and thing else ""
            if reads:
                audit.record(actor=actor.name, action=reads, thing=looked)
            try:
                if not by_any_hat(actor, lambda hat: may(hat, action)):
                    raise Http404
                answer = view(request, actor, *args, **kwargs)
            except (ClueUnknown, Http404):
                if reads:
                    audit.record(
                        actor=actor.name, action="look.refused", thing=looked, detail={"look": reads}
                    )
                raise Http404 from None
            return answer

        update_wrapper(guarded, view)
        told: Any = guarded
        told.route = {"action": action, "methods": methods, "reads": reads}
        return guarded

    return decorate


def signed_in(view: ActorView[P], *, before_change: bool = False) -> View[P]:
    """A view for everybody who is signed in, that shows no person's data."""
    return route("home.read", methods=FORM, before_change=before_change)(view)
