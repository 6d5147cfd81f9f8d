"""Accounts for the administrators: one makes and proposes, another confirms and hands out passwords."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from shujian.accounts import read, service
from shujian.accounts.read import AccountRow, RequestRow
from shujian.audit import read as audit
from shujian.faces.api.cursors import open_cursor, seal_cursor
from shujian.faces.api.doors import operation, who
from shujian.faces.api.parsing import Body, Flag, Short, Whole, Words, small
from shujian.faces.api.shapes import Entry, Made, Page

router = Router()
_TAG = "账号"


class Agency(Schema):
    """一个单位和它的部门。"""

    name: str
    kind: str
    units: list[str]


class Option(Schema):
    """一个代号和它的名称。"""

    code: str
    title: str


class Accounts(Schema):
    """全部账号、等待确认的角色变动、单位和可选的角色。"""

    items: list[AccountRow]
    requests: list[RequestRow]
    agencies: list[Agency]
    kinds: list[Option]
    roles: list[Option]


class NewAccount(Body):
    """新账号；安全管理员确认角色以前不能登录。"""

    username: Short
    display: Short
    agency: Short
    kind: Short
    roles: Annotated[list[Short], Field(max_length=40)]
    units: Annotated[list[Short], Field(max_length=100, default_factory=list)]


class Grant(Body):
    """一个角色、范围（空、unit、region:地区名）、字段级别（0 低、1 中、2 高）。"""

    role: Short
    reach: Short = ""
    level: Annotated[Whole, Field(le=2)] = 2


class Roles(Body):
    """提出的角色和部门。"""

    grants: Annotated[list[Grant], Field(max_length=40)]
    units: Annotated[list[Short], Field(max_length=100, default_factory=list)]


class Switch(Body):
    """启用还是停用，为什么。"""

    on: Flag
    why: Words


class Confirm(Body):
    """确认还是退回。"""

    confirm: Flag


class Noted(Body):
    """本人的身份证号，只留代号；空着是清除。"""

    id_number: Short


class Granted(Schema):
    """办理结果；第一次确认的账号带一次性口令，只显示这一次。"""

    done: str
    password: str | None


@operation(router, "GET", "/accounts", action="account.list", summary="账号", answer=Accounts, tag=_TAG)
def account_list(request: HttpRequest) -> dict[str, Any]:
    """没有口令、密钥和身份证号。"""
    return {
        "items": read.accounts(), "requests": read.requests(),
        "agencies": [{"name": name, "kind": kind, "units": units} for name, kind, units in read.agencies()],
        "kinds": [{"code": code, "title": title} for code, title in read.kinds()],
        "roles": [{"code": code, "title": title} for code, title in read.Role.choices],
    }  # fmt: skip


@operation(
    router, "POST", "/accounts", action="account.create", summary="建账号", answer=Made, status=201, tag=_TAG
)
def account_create(request: HttpRequest, body: NewAccount) -> dict[str, str]:
    """系统管理员建；安全管理员确认角色之后才能登录。"""
    made = service.create_account(by=who(request), **body.dict())
    return {"done": "账号已建立，等安全管理员确认角色", "number": str(made)}


@operation(
    router,
    "GET",
    "/accounts/sign-ins",
    action="account.sign_ins",
    summary="登录记录",
    answer=Page[Entry],
    tag=_TAG,
)
def account_sign_ins(
    request: HttpRequest,
    actor: Annotated[str, Query(max_length=60)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str, Query(max_length=600)] = "",
) -> dict[str, Any]:
    """登录、退出、失败、暂不受理，新的在前。"""
    me, question = who(request), {"actor": actor}
    inner = open_cursor(me, "account_sign_ins", question, cursor)
    rows = audit.entries(
        before=int(inner) if inner else None, actor=actor, action="account.sign", limit=limit + 1
    )
    more = str(rows[limit - 1].seq) if len(rows) > limit else None
    return {"items": rows[:limit], "next": seal_cursor(me, "account_sign_ins", question, more)}


@operation(
    router, "POST", "/accounts/requests/{number}", action="account.decide", once=True, summary="确认或退回角色变动",
    answer=Granted, tag=_TAG,
)  # fmt: skip
def account_decide(request: HttpRequest, number: int, body: Confirm) -> dict[str, Any]:
    """提出的人不能自己确认；第一次确认时给出一次性口令。"""
    password = service.decide_roles(by=who(request), number=small(number), confirm=body.confirm)
    return {"done": "已确认，立即生效" if body.confirm else "已退回，原有角色不变", "password": password}


@operation(
    router,
    "GET",
    "/accounts/{username}",
    action="account.list",
    summary="一个账号",
    answer=AccountRow,
    tag=_TAG,
)
def account_read(request: HttpRequest, username: str) -> AccountRow:
    """角色、范围、部门、状态。"""
    row = read.account(username)
    if row is None:
        raise Http404
    return row


@operation(
    router, "POST", "/accounts/{username}/roles", action="account.propose", summary="提出角色变动", answer=Made, status=201,
    tag=_TAG,
)  # fmt: skip
def account_roles(request: HttpRequest, username: str, body: Roles) -> dict[str, str]:
    """由安全管理员确认后生效。"""
    grants = [one.dict() for one in body.grants]
    made = service.propose_roles(by=who(request), username=username, grants=grants, units=body.units)
    return {"done": "已提出，等安全管理员确认", "number": str(made)}


@operation(
    router,
    "POST",
    "/accounts/{username}/switch",
    action="account.switch",
    summary="停用或启用",
    answer=Made,
    tag=_TAG,
)
def account_switch(request: HttpRequest, username: str, body: Switch) -> dict[str, str]:
    """停用立即结束正在使用的登录。"""
    service.switch_account(by=who(request), username=username, on=body.on, why=body.why)
    return {"done": "已启用" if body.on else "已停用", "number": username}


@operation(
    router,
    "POST",
    "/accounts/{username}/noted",
    action="account.switch",
    summary="登记本人代号",
    answer=Made,
    tag=_TAG,
)
def account_noted(request: HttpRequest, username: str, body: Noted) -> dict[str, str]:
    """用来发现查同事的查看；号码本身不保存。"""
    service.note_person(by=who(request), username=username, id_number=body.id_number)
    return {"done": "已登记代号" if body.id_number.strip() else "已清除", "number": username}


@operation(
    router, "POST", "/accounts/{username}/reset", action="account.reset", once=True, summary="重置口令和第二因子",
    answer=Granted, tag=_TAG,
)  # fmt: skip
def account_reset(request: HttpRequest, username: str) -> dict[str, Any]:
    """一次性口令只显示这一次；第二因子和登录都清除。"""
    return {"done": "已重置", "password": service.reset_account(by=who(request), username=username)}
