"""``shujian lake seal``: what the law shuts and what this office itself adds to the lake."""

from __future__ import annotations

from typing import Annotated

import typer

from shujian.cli import output
from shujian.cli.rooms import open_rooms

AsJson = Annotated[bool, typer.Option("--json", help="只在标准输出打印一个 JSON 对象")]
Dataset = Annotated[str, typer.Argument(metavar="DATASET", help="数据集编号（与数据源相同）")]


def register(group: typer.Typer) -> None:
    """Add the commands to ``shujian lake``."""
    group.command("seal")(seal)


def seal(dataset: Dataset, as_json: AsJson = False) -> None:
    """按数据源现在的封存规则，关闭规则写明以前已经入库的行：模型、检索、清单从此读不到。"""
    from shujian.lake.service import seal as shut

    actor = open_rooms()
    from shujian.audit.service import record

    record(actor=actor.name, action="lake.seal", thing=f"dataset:{dataset}", detail={})
    closed = shut(dataset)
    if as_json:
        output.emit_json("lake.seal", {"dataset": dataset, "sealed": closed})
        return
    output.say(f"依法封存 {closed} 行；旧快照里的原文用 shujian lake erase 物理清除")
