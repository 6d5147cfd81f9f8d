"""Login, logout, password."""

from __future__ import annotations

from typing import Any

from django.contrib import auth, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from shujian.accounts import read as accounts
from shujian.accounts import service
from shujian.accounts.errors import FactorRefused, PasswordRefused, SignInRefused
from shujian.accounts.read import Actor
from shujian.faces.plain.doors import FORM, actor_of, route
from shujian.kernel.clock import now

PENDING = "shujian_pending"
DEVICE, YEAR = "shujian_device", 365 * 24 * 3600


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
            request.POST.get("username", ""), request.POST.get("password", ""), request.COOKIES.get(DEVICE)
        )
    except SignInRefused as refused:
        words = {
            "next": onward,
            "refused": refused.faults[0].message,
            "username": request.POST.get("username", ""),
        }
        return render(request, "plain/login.html", words, status=403)
    if entered.second:
        request.session.cycle_key()
        request.session[PENDING] = {"user": entered.user_id, "until": in_five_minutes(), "next": onward}
        return redirect("login_second")
    return _welcome(request, entered, onward)


@require_http_methods(["GET", "POST"])
def login_second(request: HttpRequest) -> HttpResponse:
    """The code of the second factor, for five minutes after name and password were right."""
    pending = request.session.get(PENDING)
    if not isinstance(pending, dict) or now().timestamp() > float(pending["until"]):
        request.session.pop(PENDING, None)
        return redirect("login")
    if request.method == "GET":
        return render(request, "plain/login_second.html")
    try:
        entered = service.second_step(
            int(pending["user"]), request.POST.get("code", "")[:40], request.COOKIES.get(DEVICE)
        )
    except SignInRefused as refused:
        return render(request, "plain/login_second.html", {"refused": refused.faults[0].message}, status=403)
    request.session.pop(PENDING, None)
    return _welcome(request, entered, str(pending["next"]))


def in_five_minutes() -> float:
    """How long the second step waits: an instant in seconds."""
    return now().timestamp() + 300


def _welcome(request: HttpRequest, entered: service.SignedIn, onward: str) -> HttpResponse:
    service.begin_session(request, entered)
    response = redirect(onward)
    response.set_cookie(
        DEVICE, entered.device, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
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
        service.end_session(actor, request.session.get(service.SESSION_MARK))
    auth.logout(request)
    messages.success(request, "已退出登录")
    return redirect("login")


@route("self.change", methods=FORM, before_change=True)
def password(request: HttpRequest, actor: Actor) -> HttpResponse:
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


@route("self.change", methods=FORM, before_change=True)
def factor(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One's second factor: take a generator into use, or make new recovery codes."""
    assert actor.id is not None
    told: dict[str, Any] = {"status": 200}
    if request.method == "POST":
        act = service.renew_codes if accounts.confirmed(actor.id) else service.confirm
        try:
            told["codes"] = act(actor.id, request.POST.get("code", "")[:40])
        except FactorRefused as refused:
            told = {"status": 400, "refused": refused.faults[0].message}
    stands = accounts.confirmed(actor.id)
    told |= {
        "stands": stands, "left": accounts.codes_left(actor.id), "demanded": accounts.demanded(),
        "enrolment": None if stands else service.enrol(actor.id),
    }  # fmt: skip
    return render(request, "plain/factor.html", told, status=told.pop("status"))


@route("self.change", before_change=True)
def factor_picture(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The QR code of one's own key, while it is not confirmed."""
    assert actor.id is not None
    try:
        made = service.picture(actor.id)
    except FactorRefused:
        raise Http404 from None
    return HttpResponse(made, content_type="image/svg+xml")
