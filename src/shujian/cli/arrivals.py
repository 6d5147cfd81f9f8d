"""``shujian lake pull | watch | fetch | ocr``: data that nobody hands over as a named file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from shujian.cli import output
from shujian.cli.landed import follow, tell

AsJson = Annotated[bool, typer.Option("--json", help="只在标准输出打印一个 JSON 对象")]
Source = Annotated[str, typer.Argument(metavar="SOURCE", help="数据源编号，见 shujian source list")]
AsOf = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="数据截止日")]
MaxRejects = Annotated[str, typer.Option("--max-rejects", help="剔除上限，如 5% 或 100")]


def pull(
    source: Source,
    connection: Annotated[str, typer.Option("--connection", help="连接名，写在 connections.yaml 里")],
    query: Annotated[str | None, typer.Option("--query", help="连接里存好的查询名；只有一条时可不写")] = None,
    query_file: Annotated[
        Path | None, typer.Option("--query-file", help="一份写着一条 SELECT 的 UTF-8 文件")
    ] = None,
    as_of: AsOf = None,
    max_rejects: MaxRejects = "5%",
    as_json: AsJson = False,
) -> None:
    """从提供单位的数据库查询并导入。连接按名称取自设置，只读；查询结果先原样存为快照，再像文件一样导入。"""
    from shujian.lake.arrivals.pulling import pull as ask

    with output.progress() as progress:
        report = ask(
            source, connection, query_name=query, query_file=query_file, as_of=as_of.date() if as_of else None,
            max_rejects=max_rejects, progress=progress,
        )  # fmt: skip
        follow(report, progress)
    tell(report, "lake.pull", as_json=as_json)


def register(group: typer.Typer) -> None:
    """Add these commands to ``shujian lake``."""
    for name, command in (("pull", pull),):
        group.command(name)(command)
