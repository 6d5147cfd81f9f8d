"""Accounts for the three administrators: one makes and proposes, another confirms and hands out passwords."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from shujian.accounts import read, service
from shujian.accounts.errors import AccountRefused, AccountUnknown
from shujian.accounts.read import Actor, Role, may
from shujian.audit import read as audit
from shujian.faces.plain.doors import POST, route
from shujian.kernel.errors import ShujianError

_SIGN_INS = {
    "account.signed_in": "登录", "account.signed_out": "退出", "account.sign_in_failed": "口令或动态码错误",
    "account.sign_in_delayed": "失败过多，暂不受理",
}  # fmt: skip


@route("account.list")
def people(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every account, what waits for a second person, and the form for a new one."""
    return _list(request, actor)


def _list(
    request: HttpRequest, actor: Actor, kept: QueryDict | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "rows": read.accounts(), "requests": read.requests(), "agencies": read.agencies(), "kinds": read.kinds(),
        "roles": Role.choices, "rights": _rights(actor), "kept": kept or QueryDict(),
        "kept_roles": kept.getlist("roles") if kept else [], "name": actor.name,
    }  # fmt: skip
    return render(request, "plain/people.html", context, status=status)


def _rights(actor: Actor) -> dict[str, bool]:
    return {
        name: bool(may(actor, f"account.{name}"))
        for name in ("create", "switch", "reset", "propose", "decide", "sign_ins")
    }


@route("account.create", methods=POST)
def people_new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A new account; it cannot sign in before a second person confirms its roles."""
    told = request.POST
    try:
        service.create_account(
            by=actor, username=told.get("username", "").strip(), display=told.get("display", ""),
            agency=told.get("agency", ""), kind=told.get("kind", ""), roles=told.getlist("roles"), units=_units(told),
        )  # fmt: skip
    except AccountRefused as refused:
        _say(request, refused)
        return _list(request, actor, told, status=400)
    messages.success(request, "账号已建立，等安全管理员确认角色之后才能登录")
    return redirect("people")


def _units(told: QueryDict) -> list[str]:
    return [
        one.strip()[:80]
        for one in told.get("units", "").replace("，", ",").replace("、", ",").split(",")
        if one.strip()
    ]


@route("account.decide", methods=POST)
def people_decide(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """Confirm or refuse roles that another administrator proposed."""
    confirm = request.POST.get("confirm") == "1"
    try:
        password = service.decide_roles(by=actor, number=number, confirm=confirm)
    except AccountRefused as refused:
        _say(request, refused)
        return redirect("people")
    if password:
        return render(request, "plain/people_password.html", {"password": password})
    messages.success(request, "已确认，立即生效；本人须重新登录" if confirm else "已退回，原有角色不变")
    return redirect("people")


@route("account.list")
def people_one(request: HttpRequest, actor: Actor, username: str) -> HttpResponse:
    """One account: roles, scope, what may be done with it."""
    row = read.account(username)
    if row is None:
        raise Http404
    held = {str(grant["role"]): grant for grant in row.grants}
    choices = [
        {"code": code, "title": title, "held": code in held, "reach": held.get(code, {}).get("reach", ""),
         "level": held.get(code, {}).get("level", 2)}
        for code, title in Role.choices
    ]  # fmt: skip
    context = {
        "row": row, "rights": _rights(actor), "choices": choices, "mine": row.username == actor.name,
        "levels": [(str(value), name) for name, value in read.table().levels.items()],
    }  # fmt: skip
    return render(request, "plain/people_one.html", context)


@route("account.propose", methods=POST)
def people_roles(request: HttpRequest, actor: Actor, username: str) -> HttpResponse:
    """Propose other roles, scopes, levels and units."""
    told = request.POST
    grants = [
        {
            "role": role,
            "reach": told.get(f"reach-{role}", "").strip(),
            "level": _level(told.get(f"level-{role}", "2")),
        }
        for role in told.getlist("roles")
    ]
    return _done(
        request, username, lambda: service.propose_roles(by=actor, username=username, grants=grants, units=_units(told)),
        "已提出，等安全管理员确认后生效",
    )  # fmt: skip


def _level(told: str) -> int:
    return int(told) if told in ("0", "1", "2") else 0


@route("account.switch", methods=POST)
def people_switch(request: HttpRequest, actor: Actor, username: str) -> HttpResponse:
    """Switch an account off or on."""
    on = request.POST.get("on") == "1"
    return _done(
        request, username,
        lambda: service.switch_account(by=actor, username=username, on=on, why=request.POST.get("why", "")),
        "已启用" if on else "已停用，正在使用的会话已经结束",
    )  # fmt: skip


@route("account.switch", methods=POST)
def people_noted(request: HttpRequest, actor: Actor, username: str) -> HttpResponse:
    """Keep the handle of the person's own number, so that look-ups of colleagues are noticed."""
    number = request.POST.get("id_number", "")[:40]
    return _done(
        request, username, lambda: service.note_person(by=actor, username=username, id_number=number),
        "已登记代号；号码本身没有保存" if number.strip() else "已清除",
    )  # fmt: skip


@route("account.reset", methods=POST)
def people_reset(request: HttpRequest, actor: Actor, username: str) -> HttpResponse:
    """A one-time password, shown once; second factor and sessions are dropped."""
    try:
        password = service.reset_account(by=actor, username=username)
    except AccountUnknown:
        raise Http404 from None
    except AccountRefused as refused:
        _say(request, refused)
        return redirect("people_one", username=username)
    return render(request, "plain/people_password.html", {"password": password, "username": username})


@route("account.sign_ins")
def people_sign_ins(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who signed in, failed or was made to wait, the newest first."""
    who = request.GET.get("actor", "").strip()[:60]
    before = request.GET.get("before", "")
    rows = audit.entries(
        before=int(before) if before.isdigit() else None, actor=who, action="account.sign", limit=51
    )
    context = {
        "rows": [{"entry": row, "what": _SIGN_INS.get(row.action, row.action)} for row in rows[:50]], "who": who,
        "next": rows[49].seq if len(rows) > 50 else None,
    }  # fmt: skip
    return render(request, "plain/people_sign_ins.html", context)


def _done(request: HttpRequest, username: str, act: Any, words: str) -> HttpResponse:
    try:
        act()
    except AccountUnknown:
        raise Http404 from None
    except AccountRefused as refused:
        _say(request, refused)
    else:
        messages.success(request, words)
    return redirect("people_one", username=username)


def _say(request: HttpRequest, error: ShujianError) -> None:
    for fault in error.faults:
        messages.error(request, fault.message + (f"：{fault.found}" if fault.found else ""))
