"""``shujian lake pull | watch | fetch | ocr``: data that nobody hands over as a named file."""

from __future__ import annotations

import signal
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shujian.cli import output
from shujian.cli.landed import follow, tell

if TYPE_CHECKING:
    from shujian.lake.arrivals.watching import Taken

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


def watch(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="其下按数据源编号分子文件夹，文件放进子文件夹")
    ],
    once: Annotated[bool, typer.Option("--once", help="看两眼就结束，不常驻")] = False,
    interval: Annotated[float, typer.Option("--interval", min=0.1, max=86_400, help="隔几秒看一眼")] = 5,
    as_json: AsJson = False,
) -> None:
    """看守一个文件夹：放进来的文件自动导入，再移到 done 或 refused；写到一半的不动，坏文件不挡后面的。"""
    from shujian.kernel.progress import Silent
    from shujian.lake.arrivals.watching import watch as start

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    items: list[Taken] = []

    def told(taken: Taken) -> None:
        if taken.report is not None:
            follow(taken.report, Silent())
        output.say(_line(taken))
        for fault in taken.faults:
            output.say("  " + fault.sentence())
        if once:
            items.append(taken)

    start(folder, told, once=once, interval=interval, pause=stop.wait)
    if not once:
        output.say("已停止看守")
    if as_json:
        output.emit_items("lake.watch", [taken.as_dict() for taken in items])
    sys.exit(1 if any(taken.state == "refused" for taken in items) else 0)


def _line(taken: Taken) -> str:
    if taken.state == "waiting":
        return f"{taken.source}/{taken.name}：稍后再试"
    if taken.report is None or taken.state == "refused":
        return f"{taken.source}/{taken.name}：没有导入，已移到 {taken.folder}"
    file = taken.report.files[0]
    counts = f"新增 {file.landed}，变更 {file.changed}，未变 {file.unchanged}，剔除 {file.rejected}"
    same = "（内容相同）" if file.state == "same" else ""
    return f"{taken.source}/{taken.name}：已导入{same}，{counts}；批次 {taken.report.batch}"


def fetch(
    source: Source,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="抓取目标，写在 http.yaml 里")] = None,
    replay: Annotated[
        str | None, typer.Option("--replay", help="不联网，把以前存下的一份快照再导入一次")
    ] = None,
    as_of: AsOf = None,
    max_rejects: MaxRejects = "5%",
    as_json: AsJson = False,
) -> None:
    """抓取名单里的网页并导入。默认关闭；只抓设置里写明的目标，每个应答原样存为快照，可以脱网重放。"""
    from shujian.kernel.errors import BadInput, Fault
    from shujian.lake.arrivals.fetching import fetch as go
    from shujian.lake.arrivals.fetching import replay as again

    if (name is None) == (replay is None):
        fault = Fault(
            code="usage",
            message="写一个抓取目标，或用 --replay 写一份快照",
            field="NAME",
            expected="二者之一",
        )
        raise BadInput(fault)
    day = as_of.date() if as_of else None
    with output.progress() as progress:
        if replay is not None:
            kept, report = again(source, replay, as_of=day, max_rejects=max_rejects, progress=progress)
        else:
            kept, report = go(source, str(name), as_of=day, max_rejects=max_rejects, progress=progress)
        follow(report, progress)
    output.say(f"快照 {kept.id}（再导入一次：shujian lake fetch {source} --replay {kept.id}）")
    tell(report, "lake.fetch", as_json=as_json, more={"arrival": kept.id})


def ocr(
    path: Annotated[
        Path, typer.Argument(metavar="FOLDER/FILE", help="扫描件：图片、PDF，或装着它们的文件夹")
    ],
    source: Annotated[str, typer.Option("--source", help="数据源编号，见 shujian source list")],
    as_of: AsOf = None,
    max_rejects: MaxRejects = "5%",
    as_json: AsJson = False,
) -> None:
    """识别扫描件并导入。逐页存结果，中断后接着做；把握不足 0.9 的内容不当真，列为待核对。需要另装组件（make ocr）。"""
    from shujian.lake.arrivals.recogniser import recogniser
    from shujian.lake.arrivals.scans import recognise

    engine = recogniser()
    with output.progress() as progress:
        done, report = recognise(
            source,
            path,
            engine,
            as_of=as_of.date() if as_of else None,
            max_rejects=max_rejects,
            progress=progress,
        )
        follow(report, progress)
    output.say(f"{done.engine}：扫描页 {done.pages}，这次识别 {done.recognised}，以前识别过 {done.kept}")
    more = {"engine": done.engine, "pages": done.pages, "recognised": done.recognised, "kept": done.kept}
    tell(report, "lake.ocr", as_json=as_json, more=more)


def register(group: typer.Typer) -> None:
    """Add these commands to ``shujian lake``."""
    for name, command in (("pull", pull), ("watch", watch), ("fetch", fetch), ("ocr", ocr)):
        group.command(name)(command)
