"""``shujian audit``: is the chain of what was done still whole?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from shujian.cli.output import emit_items, emit_json, say, table
from shujian.cli.rooms import clue_thing, open_rooms, reads_persons
from shujian.kernel.errors import BadInput, Fault, FaultsFound

group = typer.Typer(help="审计链：核验、日锚、谁看过、异常查看", no_args_is_help=True)


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
        days = f"，与 {found.anchors} 天的日锚相符" if found.anchors else ""
        say(f"审计链完整：{found.entries} 条{days}。锚 {found.anchor}")
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


@group.command("anchors")
def anchors(as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False) -> None:
    """每天最后一条的锚；文件请抄到本机以外的地方。"""
    open_rooms()
    from shujian.audit import read

    kept = read.kept_anchors()
    if as_json:
        emit_items("audit.anchors", [asdict(one) for one in kept])
        return
    table("日锚", ["日期", "序号", "锚"], [[one.day, one.seq, one.hash] for one in kept])
    say(f"文件 {read.anchor_file()}")


@group.command("looks")
@reads_persons("audit.looks", lambda **told: _thing(told["thing"]))
def looks(
    thing: Annotated[
        str, typer.Argument(help="线索编号，或审计里的名称，如 subject:代号、row:数据集/行编号")
    ],
    limit: Annotated[int, typer.Option(min=1, max=5000, help="最多几条")] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
) -> None:
    """谁看过一条线索、一个主体或一行数据，被拒绝的也列出。"""
    from shujian.audit import read

    rows = read.looks({_thing(thing)}, limit=limit)
    if as_json:
        emit_items("audit.looks", [asdict(row) for row in rows])
        return
    table(
        f"谁看过 {thing}", ["序号", "时间", "谁", "做了什么", "详情"],
        [[row.seq, f"{row.at:%Y-%m-%d %H:%M:%S}", row.actor, row.action, row.detail or ""] for row in rows],
    )  # fmt: skip


@group.command("curiosity")
@reads_persons("audit.curiosity", lambda **told: "curiosity")
def curiosity(
    since: Annotated[str, typer.Option(help="从哪天起，如 2026-06-01；不写是三十天")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
) -> None:
    """异常查看：没有线索、范围以外、夜间、查同事。只是请人去问一问的提示。"""
    from datetime import date, datetime, time, timedelta

    from shujian.audit.read import KINDS
    from shujian.faces.supervising import curious_looks
    from shujian.kernel.clock import CHINA, now

    try:
        day = date.fromisoformat(since) if since else (now().astimezone(CHINA) - timedelta(days=30)).date()
    except ValueError:
        raise BadInput(
            Fault(
                code="bad_day", message="日期写法不对", field="since", found=since, expected="如 2026-06-01"
            )
        ) from None
    found = curious_looks(datetime.combine(day, time(), CHINA))
    if as_json:
        emit_items("audit.curiosity", [asdict(one) for one in found])
        return
    rows = [
        (one.seq, f"{one.at.astimezone(CHINA):%Y-%m-%d %H:%M}", one.actor, one.look, one.object, f"{KINDS[one.kind]}：{one.says}")
        for one in found
    ]  # fmt: skip
    table("异常查看（提示，不是结论）", ("序号", "时间", "谁", "看了什么", "对象", "为什么提示"), rows)


def _thing(told: str) -> str:
    return told if ":" in told else clue_thing(told)
