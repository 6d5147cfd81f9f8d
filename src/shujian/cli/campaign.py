"""``shujian campaign``: set up, list, show, and write the report; closing is done by a person on the page."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from shujian.cli.output import emit_items, emit_json, say, table
from shujian.cli.rooms import open_rooms
from shujian.kernel.errors import BadInput, Fault, Unavailable

group = typer.Typer(help="专题监督：部署、列出、查看进展、报告", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")]
Number = Annotated[str, typer.Argument(metavar="专项", help="形如 ZX0012")]


@group.command("add")
def add(
    title: Annotated[str, typer.Argument(metavar="名称")],
    model: Annotated[list[str], typer.Option(help="监督模型，可写多次")],
    unit: Annotated[list[str], typer.Option(help="参加部门，可写多次")],
    purpose: Annotated[str, typer.Option(help="事由编号")],
    starts: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="起")],
    ends: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="止")],
    target: Annotated[
        list[str] | None,
        typer.Option(help="目标，如 filed=3；signed 签收、registered 登记、filed 立案、settled 办结"),
    ] = None,
    as_json: Json = False,
) -> None:
    """部署一个专项。"""
    actor = open_rooms()
    from shujian.campaigns import service

    targets = {}
    for one in target or ():
        name, _, value = one.partition("=")
        targets[name] = int(value) if value.isdecimal() and len(value) < 9 else -1
    number = service.set_up(
        actor=actor, title=title, purpose=purpose, starts=starts.date(), ends=ends.date(), models=model, units=unit, targets=targets
    )  # fmt: skip
    if as_json:
        emit_json("campaign.add", {"campaign": number})
        return
    say(f"已部署专项 {number}")


@group.command("list")
def list_campaigns(as_json: Json = False) -> None:
    """列出专项和进展。"""
    actor = open_rooms()
    from shujian.campaigns import read

    found = read.campaigns(actor)
    if as_json:
        emit_items("campaign.list", [asdict(one) for one in found])
        return
    rows = [
        (one.number, one.title, f"{one.starts} 至 {one.ends}", one.whole.found, one.whole.registered, one.whole.filed, one.whole.open,
         "已结项" if one.closed_at else "进行中")
        for one in found
    ]  # fmt: skip
    table("专题监督", ("编号", "名称", "期间", "发现", "登记", "立案", "在办", "情况"), rows)


@group.command("show")
def show(number: Number, as_json: Json = False) -> None:
    """一个专项的进展：总体、各模型、各部门、目标。"""
    actor = open_rooms()
    from shujian.campaigns import read

    told = read.campaign(actor, number)
    if as_json:
        emit_json("campaign.show", asdict(told))
        return
    rows = [
        (one.name or "合计", one.found, one.signed, one.registered, one.filed, one.excluded, one.open)
        for one in (told.whole, *told.by_model, *told.by_unit)
    ]
    table(f"{told.number} {told.title}", ("", "发现", "签收", "登记", "立案", "排除", "在办"), rows)
    for one in told.targets:
        say(f"{one.title}：{one.reached} / {one.wanted}（{one.per_cent}%）")


@group.command("report")
def report(
    number: Number,
    file: Annotated[Path, typer.Argument(metavar="文件", help="以 .docx 结尾")],
    as_json: Json = False,
) -> None:
    """写出报告：结项的写结项报告，没有结项的写进展情况。"""
    actor = open_rooms()
    from shujian.campaigns import read
    from shujian.faces import service

    if file.suffix.lower() != ".docx":
        raise BadInput(Fault(code="export_format", message="导出格式不认识", found=file.suffix or file.name, expected=".docx"))  # fmt: skip
    made = service.campaign_report(read.campaign(actor, number), actor.display)
    try:
        file.write_bytes(made)
    except OSError as error:
        raise Unavailable(Fault(code="cannot_write", message="文件写不进去", file=str(file), found=error.strerror)) from None  # fmt: skip
    if as_json:
        emit_json("campaign.report", {"campaign": number, "path": str(file), "bytes": len(made)})
        return
    say(f"已写出 {file}")
