"""Sign in, second factor, password, sign out: what a person does with the own account."""

from __future__ import annotations

from typing import Any

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from ninja import Router, Schema

from shujian.accounts import read as accounts
from shujian.accounts import service
from shujian.accounts.errors import SignInRefused
from shujian.faces.api.doors import operation, who
from shujian.faces.api.parsing import Body, Short
from shujian.faces.plain.context import evaluation
from shujian.faces.plain.door_views import DEVICE, PENDING, YEAR, in_five_minutes
from shujian.faces.plain.doors import actor_of
from shujian.kernel.clock import now
from shujian.kernel.errors import Fault

router = Router()
_TAG = "登录"


class Session(Schema):
    """现在是谁；``csrf`` 写进以后每个改动请求的 X-CSRFToken。``second``：还差第二因子的动态码。"""

    signed_in: bool
    second: bool
    csrf: str
    username: str
    display: str
    roles: list[str]
    units: list[str]
    must_change: bool
    needs_factor: bool
    evaluation: bool


class SignIn(Body):
    """账号和口令。"""

    username: Short
    password: Short


class Code(Body):
    """手机验证器的动态码，或者一个恢复码。"""

    code: Short


class Password(Body):
    """原口令和新口令。"""

    old: Short
    new: Short


class Factor(Schema):
    """第二因子：是否启用、是否要求、剩几个恢复码；没有启用时给出要录入验证器的密钥。"""

    stands: bool
    demanded: bool
    codes_left: int
    key: str
    address: str


class Codes(Schema):
    """十个恢复码，只显示这一次。"""

    codes: list[str]


def _told(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    pending = request.session.get(PENDING)
    return {
        "signed_in": actor is not None, "second": actor is None and isinstance(pending, dict), "csrf": get_token(request),
        "username": actor.name if actor else "", "display": actor.display if actor else "",
        "roles": sorted(str(role) for role in actor.roles) if actor else [],
        "units": sorted(actor.units) if actor else [], "must_change": bool(actor and actor.must_change),
        "needs_factor": bool(actor and actor.needs_factor), "evaluation": evaluation() is not None,
    }  # fmt: skip


@operation(
    router,
    "GET",
    "/session",
    action="",
    stranger=True,
    summary="现在是谁，和表单令牌",
    answer=Session,
    tag=_TAG,
)
def session_read(request: HttpRequest) -> dict[str, Any]:
    """没有登录也可以问；答复里的 csrf 用于以后的改动。"""
    return _told(request)


@operation(router, "POST", "/session", action="", stranger=True, summary="登录", answer=Session, tag=_TAG)
def session_begin(request: HttpRequest, response: HttpResponse, body: SignIn) -> dict[str, Any]:
    """账号、口令都对才登录；要第二因子的，``second`` 为 true，再送动态码。失败过多的 429。"""
    entered = service.sign_in(body.username, body.password, request.COOKIES.get(DEVICE))
    if not entered.second:
        return _welcome(request, response, entered)
    request.session.cycle_key()
    request.session[PENDING] = {"user": entered.user_id, "until": in_five_minutes(), "next": "/"}
    return _told(request)


@operation(
    router, "POST", "/session/second", action="", stranger=True, summary="第二因子", answer=Session, tag=_TAG
)
def session_second(request: HttpRequest, response: HttpResponse, body: Code) -> dict[str, Any]:
    """口令对了以后五分钟内送动态码或恢复码。"""
    pending = request.session.get(PENDING)
    if not isinstance(pending, dict) or now().timestamp() > float(pending["until"]):
        request.session.pop(PENDING, None)
        raise SignInRefused(Fault(code="sign_in", message="请重新登录"))
    entered = service.second_step(int(pending["user"]), body.code, request.COOKIES.get(DEVICE))
    request.session.pop(PENDING, None)
    return _welcome(request, response, entered)


def _welcome(request: HttpRequest, response: HttpResponse, entered: service.SignedIn) -> dict[str, Any]:
    service.begin_session(request, entered)
    request.META.pop("shujian_actor", None)
    response.set_cookie(
        DEVICE, entered.device, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return _told(request)


@operation(
    router, "DELETE", "/session", action="self.change", before_change=True, summary="退出", answer=None, status=204, tag=_TAG
)  # fmt: skip
def session_end(request: HttpRequest) -> None:
    """结束这次登录。"""
    service.end_session(who(request), request.session.get(service.SESSION_MARK))
    auth.logout(request)


@operation(
    router, "POST", "/me/password", action="self.change", before_change=True, once=True, summary="修改口令",
    answer=Session, tag=_TAG,
)  # fmt: skip
def password_change(request: HttpRequest, body: Password) -> dict[str, Any]:
    """不合规矩的新口令，一次说完全部问题；其他登录同时结束。"""
    actor = who(request)
    service.change_password(user_id=_id(request), old=body.old, new=body.new)
    service.keep_session(request, actor)
    request.META.pop("shujian_actor", None)
    return _told(request)


@operation(
    router, "GET", "/me/factor", action="self.change", before_change=True, summary="第二因子的情况", answer=Factor, tag=_TAG
)  # fmt: skip
def factor_read(request: HttpRequest) -> dict[str, Any]:
    """没有启用时给出密钥，启用以后不再给出。"""
    me = _id(request)
    stands = accounts.confirmed(me)
    enrolment = None if stands else service.enrol(me)
    return {
        "stands": stands, "demanded": accounts.demanded(), "codes_left": accounts.codes_left(me),
        "key": enrolment.key if enrolment else "", "address": enrolment.address if enrolment else "",
    }  # fmt: skip


@operation(
    router, "POST", "/me/factor", action="self.change", before_change=True, once=True,
    summary="启用第二因子，或换一组恢复码", answer=Codes, tag=_TAG,
)  # fmt: skip
def factor_use(request: HttpRequest, body: Code) -> dict[str, Any]:
    """第一个动态码启用验证器；已启用的换一组恢复码。恢复码只显示这一次。"""
    me = _id(request)
    act = service.renew_codes if accounts.confirmed(me) else service.confirm
    return {"codes": act(me, body.code)}


def _id(request: HttpRequest) -> int:
    found = who(request).id
    assert found is not None
    return found
