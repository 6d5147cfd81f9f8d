"""``shujian model plan``: which clues a model would add and drop, before it is run."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer

from shujian.cli.output import emit_json, progress, say, table

_ABSENCE = {"proved": "已证明没有", "possible": "可能存在记录", "unknown": "数据不全", "none": "不涉及"}
_SHOWN = 50
"""A table for people ends here; --json gives all."""


def plan(
    model: Annotated[str, typer.Argument(help="模型 id 或编号，或者还没有放进目录的 model.yaml 的路径")],
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="基准日（默认今天）")
    ] = None,
    purpose: Annotated[str | None, typer.Option(help="事由编号（评估模式以外必填）")] = None,
    threads: Annotated[int | None, typer.Option(min=1, help="线程数（默认按机器）")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
) -> None:
    """先看后运行：按现在的数据，这个模型会增加哪些线索、使哪些线索依据已变。除审计外什么都不写入。"""
    from shujian.cli.rooms import open_rooms

    actor = open_rooms()
    from shujian.runs import service

    with progress() as bar:
        found = service.plan(
            model, actor=actor.name, purpose=purpose, as_of=as_of.date() if as_of else None, threads=threads,
            progress=bar,
        )  # fmt: skip
    if as_json:
        emit_json("model.plan", asdict(found))
        return
    kind = "草稿" if found.draft else "目录中的模型"
    sys.stdout.write(
        f"{found.title}（{found.model}，{kind}）  基准日 {found.as_of}  快照 {found.snapshot[:12]}\n"
    )
    _print("会增加", found.added)
    _print("会依据已变", found.dropped)
    sys.stdout.write(
        f"增加 {len(found.added)} 条，依据已变 {len(found.dropped)} 条，不变 {found.unchanged} 条；没有写入任何线索\n"
    )
    if not found.judged:
        say("注意：有的数据源没有数据，没有命中不说明什么，所以不会使任何线索依据已变")
    for warning in found.warnings:
        say(f"注意：{warning}")


def _print(title: str, items: Sequence[Mapping[str, Any]]) -> None:
    if not items:
        return
    rows = [
        [item["id"] or "（新）", item["title"], item["grade"], _ABSENCE[item["absence"]], item["strength"],
         item["score"], item["state_title"], item["why"]]
        for item in items[:_SHOWN]
    ]  # fmt: skip
    columns = ["编号", "标题", "比对", "缺失", "强度", "得分", "状态", "原因"]
    table(f"{title}的线索（{len(items)} 条）", columns, rows)
    if len(items) > _SHOWN:
        say(f"只列出得分最高的 {_SHOWN} 条，其余 {len(items) - _SHOWN} 条用 --json 查看")


def register(group: typer.Typer) -> None:
    """Hang the command under ``shujian model``."""
    group.command("plan")(plan)
