"""``shujian model prove`` and ``model sql``: the proofs beside a model, and its compiled SQL for review."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from shujian.cli.engines import Engine, known_engine
from shujian.cli.output import emit_items, emit_json, progress, table

AsJson = Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")]
Paths = Annotated[list[Path] | None, typer.Argument(help="model.yaml 或文件夹；不写则为全部模型")]


def register(group: typer.Typer) -> None:
    """Add the commands to ``shujian model``."""
    group.command("prove")(prove)
    group.command("sql")(renew_sql)


def prove(
    paths: Paths = None,
    engine: Engine = "duckdb",
    mutants: Annotated[
        bool | None,
        typer.Option(
            "--mutants/--no-mutants", help="再逐处改动条件，看用例能否发现（默认只在检验单个模型时做）"
        ),
    ] = None,
    every: Annotated[
        int, typer.Option("--every", min=1, help="只试每第几处改动（总是同样的几处）：是抽查，不是证明")
    ] = 1,
    as_json: AsJson = False,
) -> None:
    """运行模型旁边的证明用例，并用改动过的模型检验用例是否管用。"""
    from shujian.supervision import service

    known_engine(engine)
    with progress() as bar:
        report = service.prove(paths or [], mutants=mutants, engine=engine, progress=bar, every=every)
    items: list[dict[str, Any]] = [
        {
            "model": item.model,
            "proof": item.proof,
            "kind": item.kind,
            "engine": item.engine,
            "ok": item.ok,
            "because": list(item.because),
        }
        for item in report.items
    ]
    _tell(report, items, as_json)
    if not report.ok:
        raise typer.Exit(1)


def _tell(report: Any, items: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        emit_json(
            "model.prove",
            {
                "items": items,
                "next": None,
                "steps_unreached": report.steps_unreached,
                "sql": [asdict(one) for one in report.sql],
                "mutants": {
                    "made": report.made,
                    "among": report.among,
                    "caught": report.caught,
                    "survived": report.survived,
                    "equivalent": report.equivalent,
                    "stale": report.stale,
                    "places": {name: report.places[name] for name in (*report.survived, *report.stale)},
                },
            },
        )
    else:
        table(
            "证明用例",
            ["模型", "用例", "类别", "结果", "原因"],
            [
                [
                    item["model"],
                    item["proof"],
                    item["kind"],
                    "通过" if item["ok"] else "不通过",
                    "；".join(item["because"]),
                ]
                for item in items
            ],
        )
        some = f"（共 {report.among} 处，抽查）" if report.made < report.among else ""
        sys.stdout.write(f"改动 {report.made} 处{some}，用例发现 {report.caught} 处\n")
        for name in report.survived:
            sys.stdout.write(f"  未被发现：{name}（{report.places[name]}）\n")
        for name, why in report.equivalent.items():
            sys.stdout.write(f"  等效，不必发现：{name}：{why}\n")
        for name in report.stale:
            sys.stdout.write(f"  写成等效，其实被发现：{name}（{report.places[name]}）\n")
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
    as_json: AsJson = False,
) -> None:
    """把编译成的 SQL 写成模型旁边的 plan.sql，供审阅和留底；模型、参数、关键词改了再写一次。"""
    from shujian.supervision import service

    written = [str(path) for path in service.renew_sql(paths or [])]
    if as_json:
        emit_items("model.sql", [{"file": path} for path in written])
        return
    sys.stdout.write("".join(f"已写 {path}\n" for path in written) or "没有模型\n")
