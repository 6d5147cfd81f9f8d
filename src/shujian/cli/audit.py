"""``shujian audit``: is the chain of what was done still whole?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from shujian.cli.output import emit_json, say
from shujian.cli.rooms import open_rooms
from shujian.kernel.errors import Fault, FaultsFound

group = typer.Typer(help="审计链：核验", no_args_is_help=True)


@group.callback()
def root() -> None:
    """审计链：谁、何时、做了什么；每条以 SM3 与前一条相扣，改动一个字节就能发现。"""


@group.command("verify")
def verify(
    anchor: Annotated[str, typer.Option(help="以前记下的锚（64 位十六进制），核对它仍在链上")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
) -> None:
    """从第一条核验到最后一条；发现断链时退出码为 1。"""
    open_rooms()
    from shujian.audit import read

    found = read.verify(anchor or None)
    if as_json:
        emit_json("audit.verify", asdict(found))
    if found.ok:
        say(f"审计链完整：{found.entries} 条。锚 {found.anchor}")
        say("请把锚抄到本机以外的地方；日后用 --anchor 核对，可以发现整链被换掉。")
        return
    words = (
        f"审计链在第 {found.first_bad} 条断开：该条被改动、删除或插入"
        if found.first_bad is not None
        else "记下的锚不在链上：整条链可能被换过"
    )
    if not as_json:
        raise FaultsFound(Fault(code="chain_broken", message=words, found=str(found.first_bad)))
    say("错误：" + words)
    raise typer.Exit(1)
