"""Login, logout, password."""

from __future__ import annotations

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from shujian.accounts import service
from shujian.accounts.errors import PasswordRefused, SignInRefused
from shujian.accounts.read import Actor
from shujian.faces.plain.doors import actor_of, signed_in

_DEVICE, _YEAR = "shujian_device", 365 * 24 * 3600


@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """The login page; the one place besides ``/healthz`` that a stranger may see."""
    onward = _onward(request)
    if actor_of(request) is not None:
        return redirect(onward)
    if request.method == "GET":
        return render(request, "plain/login.html", {"next": onward})
    try:
        entered = service.sign_in(
            request.POST.get("username", ""), request.POST.get("password", ""), request.COOKIES.get(_DEVICE)
        )
    except SignInRefused as refused:
        words = {
            "next": onward,
            "refused": refused.faults[0].message,
            "username": request.POST.get("username", ""),
        }
        return render(request, "plain/login.html", words, status=403)
    service.begin_session(request, entered)
    response = redirect(onward)
    response.set_cookie(
        _DEVICE, entered.device, max_age=_YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


def _onward(request: HttpRequest) -> str:
    told = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(told, allowed_hosts=None, require_https=False)
    return told if safe and told.startswith("/") and not told.startswith("//") else "/"


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    actor = actor_of(request)
    if actor is not None:
        service.end_session(actor)
    auth.logout(request)
    messages.success(request, "已退出登录")
    return redirect("login")


def _password(request: HttpRequest, actor: Actor) -> HttpResponse:
    if request.method != "POST":
        return render(request, "plain/password.html")
    old, new = request.POST.get("old", ""), request.POST.get("new", "")
    try:
        if new != request.POST.get("again", ""):
            return render(request, "plain/password.html", {"refused": ["两次输入的新口令不一致"]}, status=400)
        assert actor.id is not None
        service.change_password(user_id=actor.id, old=old, new=new)
    except PasswordRefused as refused:
        words = {"refused": [fault.message for fault in refused.faults]}
        return render(request, "plain/password.html", words, status=400)
    service.keep_session(request, actor)
    messages.success(request, "口令已修改")
    return redirect("home")


password = require_http_methods(["GET", "POST"])(signed_in(_password, before_change=True))
