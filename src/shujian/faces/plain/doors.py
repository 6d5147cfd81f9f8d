"""Who stands before the page: every view asks here first, and is closed to strangers unless it says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shujian.accounts import read as accounts
from shujian.accounts.read import Actor
from shujian.clues.errors import ClueUnknown

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
ActorView = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]


def actor_of(request: HttpRequest) -> Actor | None:
    """The signed-in person, read once for each request; None for a stranger."""
    if "shujian_actor" not in request.META:
        user = getattr(request, "user", None)
        known = user is not None and user.is_authenticated
        request.META["shujian_actor"] = accounts.actor(user.pk) if known and user else None
    found: Actor | None = request.META["shujian_actor"]
    return found


def signed_in(view: ActorView[P], *, before_change: bool = False) -> View[P]:
    """Give the view its actor; send strangers to the login page and one-time passwords to be changed first."""

    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        actor = actor_of(request)
        if actor is None:
            return redirect_to_login(request.get_full_path(), reverse("login"))
        if actor.must_change and not before_change:
            return redirect("password")
        try:
            return view(request, actor, *args, **kwargs)
        except ClueUnknown:
            raise Http404 from None

    update_wrapper(guarded, view)
    return guarded
