"""``shujian schedule``: regular runs: set up, list, stop, and do what is due now, without waiting for the worker."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from shujian.cli.output import emit_items, emit_json, progress, say, table
from shujian.cli.rooms import open_rooms

group = typer.Typer(help="定期运行：安排、列出、停止、运行到期的", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")]


@group.command("add")
def add(
    model: Annotated[str, typer.Argument(help="模型 id 或编号；须已发布")],
    purpose: Annotated[str, typer.Option(help="事由编号，每次运行都记下")],
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="事由到哪一天；过后不再运行")],
    every: Annotated[int, typer.Option(help="多少天一次；0 表示不定期")] = 0,
    on_batch: Annotated[bool, typer.Option("--on-batch", help="有新数据就运行")] = False,
    starts: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="从哪一天起（默认今天）")
    ] = None,
    as_json: Json = False,
) -> None:
    """安排一个模型的定期运行。"""
    actor = open_rooms()
    from shujian.kernel.clock import today
    from shujian.runs import service

    number = service.add_schedule(
        actor=actor, model=model, starts=starts.date() if starts else today(), every_days=every, on_batch=on_batch,
        purpose=purpose, purpose_until=until.date(),
    )  # fmt: skip
    if as_json:
        emit_json("schedule.add", {"schedule": number})
        return
    say(
        f"已安排（{number} 号）。到期由后台任务自动运行；没有一直开着网页服务的，请让机器的定时任务每天调用 shujian schedule run"
    )


@group.command("list")
def list_schedules(as_json: Json = False) -> None:
    """列出定期运行；有错过、没有成功、事由到期的，退出码 1。"""
    open_rooms()
    from shujian.runs import read

    found = read.schedules()
    if as_json:
        emit_items("schedule.list", [asdict(one) for one in found])
    else:
        rows = [
            (one.number, one.model, f"{one.every_days} 天" if one.every_days else "—", "是" if one.on_batch else "", one.next_due or "—",
             f"{one.purpose} 至 {one.purpose_until}", "已停" if one.stopped else one.notice or "正常")
            for one in found
        ]  # fmt: skip
        table("定期运行", ("号", "模型", "周期", "有新数据就运行", "下一次", "事由", "情况"), rows)
    if any(one.notice for one in found):
        raise typer.Exit(1)


@group.command("stop")
def stop(number: Annotated[int, typer.Argument(help="定期运行的号")], as_json: Json = False) -> None:
    """停止一个定期运行；做过的都在。"""
    actor = open_rooms()
    from shujian.runs import service

    service.stop_schedule(actor=actor, number=number)
    if as_json:
        emit_json("schedule.stop", {"schedule": number, "stopped": True})
        return
    say("已停止")


@group.command("run")
def run(
    threads: Annotated[int | None, typer.Option(min=1, help="线程数（默认按机器）")] = None,
    as_json: Json = False,
) -> None:
    """马上运行到期的，不等后台任务；没有到期的什么都不做。有没成功的，退出码 1。"""
    open_rooms()
    from shujian.runs import service

    with progress() as bar:
        done = service.run_due(threads=threads, progress=bar)
    if as_json:
        emit_items("schedule.run", [{"model": model, **asdict(tick)} for model, tick in done])
    else:
        table("运行", ("模型", "应运行", "结果", "说明"), [(m, t.due, t.state, t.says) for m, t in done])
    if any(tick.state != "已运行" for _, tick in done):
        raise typer.Exit(1)
