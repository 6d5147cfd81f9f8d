"""``shujian lake seal`` and ``publish``: what the law shuts, and what this office itself adds to the lake."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from shujian.cli import output
from shujian.cli.rooms import open_rooms

AsJson = Annotated[bool, typer.Option("--json", help="只在标准输出打印一个 JSON 对象")]
Dataset = Annotated[str, typer.Argument(metavar="DATASET", help="数据集编号（与数据源相同）")]


def register(group: typer.Typer) -> None:
    """Add the commands to ``shujian lake``."""
    group.command("seal")(seal)
    group.command("publish")(publish)


def seal(dataset: Dataset, as_json: AsJson = False) -> None:
    """按数据源现在的封存规则，关闭规则写明以前已经入库的行：模型、检索、清单从此读不到。"""
    from shujian.lake.read import pin, sealed_rows
    from shujian.lake.service import seal as shut

    actor = open_rooms()
    from shujian.audit.service import record

    record(actor=actor.name, action="lake.seal", thing=f"dataset:{dataset}", detail={})
    closed = shut(dataset)
    left = sealed_rows(dataset, pin())
    if as_json:
        output.emit_json("lake.seal", {"dataset": dataset, "sealed": closed, "to_erase": left})
        return
    output.say(f"依法封存 {closed} 行；旧快照里的原文用 shujian lake erase 物理清除")
    if left:
        output.say(
            f"待物理清除 {len(left)} 个版本，编号见 --json 的 to_erase：shujian lake erase --row {dataset}/编号"
        )


class What(StrEnum):
    """What this office can publish."""

    CLUES = "clues"


def publish(
    what: Annotated[What, typer.Argument(metavar="WHAT", help="发布什么：clues（线索登记簿）")],
    as_json: AsJson = False,
) -> None:
    """把本院自己的数据定格发布为数据集（主体只有代号），供统计和模型使用。内容没变就不增加任何行。"""
    actor = open_rooms()
    from shujian.clues.service import publish_register

    report = {What.CLUES: publish_register}[what](actor=actor)
    if as_json:
        output.emit_json("lake.publish", report.as_dict())
        return
    output.say(
        f"数据集 {report.dataset}：共 {report.read:,} 行，新增 {report.landed:,}，变更 {report.changed:,}，"
        f"未变 {report.unchanged:,}；快照 {report.snapshot}"
    )
