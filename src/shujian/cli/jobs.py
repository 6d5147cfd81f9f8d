"""``shujian jobs``: work behind the pages: list, show, retry, give up, and the worker itself."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from shujian.cli.output import emit_items, emit_json, say, table
from shujian.cli.rooms import open_rooms

if TYPE_CHECKING:
    from shujian.jobs.read import JobTold

group = typer.Typer(help="后台任务：列出、查看、重试、放弃、单独运行", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")]
Number = Annotated[int, typer.Argument(help="任务的号")]
Reason = Annotated[str, typer.Option(help="理由，记入审计")]


@group.command("list")
def list_jobs(
    state: Annotated[str, typer.Option(help="只看一种：waiting、running、done、quarantined、dropped")] = "",
    limit: Annotated[int, typer.Option(min=1, max=500, help="最多几条")] = 50,
    before: Annotated[int | None, typer.Option(help="比这个号早的")] = None,
    as_json: Json = False,
) -> None:
    """列出后台任务，新的在前；有已隔离的，退出码 1。"""
    open_rooms()
    from shujian.jobs import read
    from shujian.kernel.errors import BadInput, Fault

    if state and state not in read.STATES:
        raise BadInput(
            Fault(code="bad_state", message="没有这种状态", field="state", found=state[:20], expected="、".join(read.STATES))
        )  # fmt: skip
    found = read.jobs(state=state, before=before, limit=limit)
    if as_json:
        emit_items(
            "jobs.list",
            [asdict(one) for one in found],
            str(found[-1].number) if len(found) == limit else None,
        )
    else:
        rows = [
            (one.number, one.title, one.state_title, one.attempts, f"{one.due_at.astimezone():%m-%d %H:%M}", one.error or one.says)
            for one in found
        ]  # fmt: skip
        table("后台任务", ("号", "做什么", "状态", "尝试", "应当何时", "情况"), rows)
    if read.counts()["quarantined"]:
        raise typer.Exit(1)


@group.command("show")
def show(number: Number, as_json: Json = False) -> None:
    """查看一个后台任务。"""
    open_rooms()
    from shujian.jobs import read

    one = read.job(number)
    if as_json:
        emit_json("jobs.show", asdict(one))
        return
    table(f"{one.number} {one.title}", ("", ""), _lines(one))


def _lines(one: JobTold) -> list[tuple[str, object]]:
    return [
        ("状态", one.state_title), ("尝试次数", one.attempts), ("种类", one.name), ("同一件的标识", one.key),
        ("参数", " ".join(f"{name}={value}" for name, value in one.arguments.items())), ("放入", one.at),
        ("应当何时", one.due_at), ("最近开始", one.started_at), ("结束", one.ended_at), ("结果", one.says), ("错误", one.error),
    ]  # fmt: skip


@group.command("retry")
def retry(number: Number, reason: Reason, as_json: Json = False) -> None:
    """把已隔离的任务重新放入，尝试次数从头算。"""
    actor = open_rooms()
    from shujian.jobs import service

    service.retry(actor=actor, number=number, reason=reason)
    if as_json:
        emit_json("jobs.retry", {"job": number, "state": "waiting"})
        return
    say("已重新放入")


@group.command("drop")
def drop(number: Number, reason: Reason, as_json: Json = False) -> None:
    """放弃一个等待的或者已隔离的任务；记录留着，不再运行。"""
    actor = open_rooms()
    from shujian.jobs import service

    service.drop(actor=actor, number=number, reason=reason)
    if as_json:
        emit_json("jobs.drop", {"job": number, "state": "dropped"})
        return
    say("已放弃")


@group.command("work")
def work(
    once: Annotated[bool, typer.Option("--once", help="做完到期的就结束")] = False,
    beside: Annotated[bool, typer.Option("--beside-server", hidden=True)] = False,
    as_json: Json = False,
) -> None:
    """运行后台任务，直到 SIGTERM（手上的一件做完再停）；网页服务用 serve --no-jobs 启动时才需要。"""
    open_rooms()
    import os

    from shujian.jobs.service import Worker, keep_the_hours

    worker = Worker()
    worker.heed_signals(lambda: os._exit(1))
    if beside:
        _end_with_the_server(worker)
    if once:
        keep_the_hours()
        done = worker.drain()
        if as_json:
            emit_json("jobs.work", {"attempts": done})
        else:
            say(f"做了 {done} 次")
        return
    say("后台任务已开始")
    worker.forever()


def _end_with_the_server(worker: object) -> None:
    """The server holds the other end of our standard input: when it is gone, so are we, the job in hand within ten seconds."""
    import os
    import threading

    def watch() -> None:
        while os.read(0, 4096):  # not sys.stdin: its lock would be held when Python ends
            pass
        worker.stop()  # type: ignore[attr-defined]
        threading.Event().wait(10)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
