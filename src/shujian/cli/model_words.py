"""``shujian model words``: which keywords hit too much of the lake's texts, which never count."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from shujian.cli.output import emit_json, say, table


def register(group: typer.Typer) -> None:
    """Add the command to ``shujian model``."""
    group.command("words")(words)


def words(
    models: Annotated[list[str] | None, typer.Argument(help="模型 id 或编号；不写则为全部")] = None,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="基准日（默认今天）")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
) -> None:
    """看每个关键词和词组在现有文字里命中多少；超过百分之五的太泛，须改（退出码 1）。"""
    from shujian.cli.rooms import open_rooms

    actor = open_rooms()
    from shujian.audit.service import record
    from shujian.lake.read import pin
    from shujian.supervision import read, service

    record(actor=actor.name, action="model.words", thing="models", detail={"models": list(models or [])})
    snapshot, items = pin(), []
    for name in models or [spec.id for spec in read.models().values() if spec.status != "retired"]:
        items += service.word_shares(name, snapshot=snapshot, as_of=as_of.date() if as_of else None)
    common = [item for item in items if item.common]
    if as_json:
        emit_json(
            "model.words",
            {
                "items": [
                    {"model": item.model, "step": item.step, "word": item.word, "pattern": item.pattern,
                     "rows": item.rows, "alone": item.alone, "of": item.of, "common": item.common}
                    for item in items
                ],
                "next": None,
            },
        )  # fmt: skip
    else:
        table(
            "关键词命中",
            ["模型", "步骤", "词或词组", "命中", "只靠它命中", "共", "占比", "结论"],
            [
                [item.model, item.step, item.word, f"{item.rows:,}", f"{item.alone:,}", f"{item.of:,}",
                 f"{item.rows / item.of:.2%}" if item.of else "—", "太泛" if item.common else ""]
                for item in items
            ],
        )  # fmt: skip
        say(f"{len(items)} 个词和词组，太泛的 {len(common)} 个")
    if common:
        raise typer.Exit(1)
