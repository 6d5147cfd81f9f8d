"""``shujian model sql``, ``model show --sql``, and what ``model prove`` says besides its table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shujian.cli.output import emit_items, emit_json

if TYPE_CHECKING:
    from shujian.supervision.service import ProveReport


def show_sql(model: str, as_json: bool) -> None:
    """Print the SQL of one model."""
    from shujian.supervision import read, service

    text = service.sql(model)
    if as_json:
        emit_json("model.show", {"id": read.model(model).id, "sql": text})
    else:
        sys.stdout.write(text)


def print_report(report: ProveReport) -> None:
    """Mutants, steps that no proof reaches, and where the SQL parts from what was reviewed."""
    sys.stdout.write(f"改动 {report.made} 处，用例发现 {report.caught} 处\n")
    for name in report.survived:
        sys.stdout.write(f"  未被发现：{name}\n")
    for name in report.steps_unreached:
        sys.stdout.write(f"  没有用例走到：{name}\n")
    for one in report.sql:
        if one.state == "differs":
            sys.stdout.write(f"SQL 与审阅过的不同：{one.file} 第 {one.line} 行\n")
            sys.stdout.write(f"  审阅过的：{one.reviewed}\n  现在的：　{one.now}\n")


def renew_sql(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="model.yaml 或文件夹；不写则为本院自己的全部模型")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
) -> None:
    """把编译成的 SQL 写成模型旁边的 plan.sql，供审阅和留底；模型、参数、关键词改了再写一次。"""
    from shujian.supervision import service

    written = [str(path) for path in service.renew_sql(paths or [])]
    if as_json:
        emit_items("model.sql", [{"file": path} for path in written])
        return
    sys.stdout.write("".join(f"已写 {path}\n" for path in written) or "没有模型\n")


def register(group: typer.Typer) -> None:
    """Hang the command under ``shujian model``."""
    group.command("sql")(renew_sql)
