"""``shujian people``: the first administrators, accounts, a way back in, and who may do what."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from shujian.cli.output import emit_items, emit_json, say, table
from shujian.cli.rooms import open_rooms
from shujian.kernel.errors import Fault, GuardRefused

if TYPE_CHECKING:
    from shujian.accounts.read import Actor

group = typer.Typer(help="账号：第一批管理员、列出、重置、谁能做什么", no_args_is_help=True)
_JSON = typer.Option("--json", help="输出一个 JSON 对象")


@group.callback()
def root() -> None:
    """账号和权限。建账号、改角色在网页上由系统管理员和安全管理员两个人办；这里只有第一批管理员和救急。"""


@group.command("first")
def first(as_json: Annotated[bool, _JSON] = False) -> None:
    """新装的系统：建立系统、安全、审计三名管理员，只能用一次。"""
    open_rooms()
    from shujian.accounts import service

    path = service.ensure_first_administrators()
    if path is None:
        raise GuardRefused(
            Fault(
                code="not_first", message="已经有账号，第一批管理员只能建立一次",
                expected="在网页上由系统管理员建账号；进不去时用 shujian people reset",
            )
        )  # fmt: skip
    if as_json:
        emit_json("people.first", {"file": str(path), "accounts": ["xitong", "anquan", "shenji"]})
    say(
        f"已建立三名管理员：xitong（系统）、anquan（安全）、shenji（审计）。一次性口令在 {path}，只有本用户能读。"
    )
    say("请分别交给三个人；第一次登录须改口令并启用第二因子，之后删掉这个文件。")


@group.command("list")
def people_list(as_json: Annotated[bool, _JSON] = False) -> None:
    """全部账号：机构、部门、角色、状态；没有口令，也没有个人号码。"""
    open_rooms()
    from shujian.accounts import read

    rows = read.accounts()
    if as_json:
        emit_items("people.list", [asdict(row) for row in rows])
        return
    table(
        "账号", ["账号", "姓名", "机构", "部门", "角色", "状态"],
        [
            [row.username, row.display, row.agency, "、".join(row.units), "、".join(row.roles),
             ("在用" if row.active else "已停用") + ("，待确认角色" if row.waiting else "")]
            for row in rows
        ],
    )  # fmt: skip


@group.command("reset")
def reset(
    username: Annotated[str, typer.Argument(help="账号名")], as_json: Annotated[bool, _JSON] = False
) -> None:
    """救急：给一个账号发一次性口令，清除第二因子和会话；记入审计。"""
    actor = open_rooms()
    from shujian.accounts import service

    password = service.reset_account(by=actor, username=username)
    if as_json:
        emit_json("people.reset", {"username": username, "password": password})
        return
    typer.echo(password)
    say("只显示这一次，请当面交给本人。")


@group.command("may")
def may_do(
    username: Annotated[str, typer.Argument(help="账号名")],
    action: Annotated[str, typer.Argument(help="动作，如 clue.read；不认识的会列出全部")],
    clue: Annotated[str, typer.Option(help="对哪一条线索，如 XS000001")] = "",
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """一个人能不能做一件事、依据哪条规则；不能时退出码为 3。"""
    open_rooms()
    from shujian.accounts import read
    from shujian.clues import read as clues

    person = _person(username)
    if action not in read.table().actions:
        known = "、".join(read.table().actions)
        raise GuardRefused(Fault(code="no_action", message="没有这个动作", found=action, expected=known))
    decision = clues.rights(person, clue).get(action) if clue else read.may(person, action)
    decision = decision or read.may(person, action)
    if as_json:
        emit_json("people.may", {"username": username, "action": action, **asdict(decision)})
    else:
        typer.echo(f"{'可以' if decision else '不可以'}：{decision.because}（{decision.rule or '—'}）")
    if not decision:
        raise typer.Exit(3)


def _person(username: str) -> Actor:
    from shujian.accounts import read

    found = read.colleague(username)
    if found is None:
        raise GuardRefused(
            Fault(code="no_account", message="没有这个账号，或者已经停用", found=username[:60])
        )
    return found
