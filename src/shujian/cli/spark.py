"""``shujian spark``: the optional cluster of this machine. ``make spark`` installs what it needs."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from shujian.cli.output import emit_json, progress

group = typer.Typer(help="Spark 集群（可选的第二引擎）：启动、停止、查看。", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")]


def _told(found: Any, workers: list[dict[str, object]]) -> dict[str, Any]:
    return {
        "url": found.url if found else None,
        "running": found is not None,
        "workers": workers,
        "processes": [{"pid": each.pid, "what": each.what, "log": each.log} for each in found.processes]
        if found
        else [],
    }


def _say(body: dict[str, Any]) -> None:
    if not body["running"]:
        sys.stdout.write("没有在本机启动的 Spark 集群（shujian spark up）\n")
        return
    sys.stdout.write(f"{body['url']}：{len(body['workers'])} 个工作节点\n")
    for each in body["processes"]:
        sys.stdout.write(f"  {each['what']}  进程 {each['pid']}  日志 {each['log']}\n")


@group.command("up")
def up(
    workers: Annotated[int, typer.Option(min=1, max=16, help="工作节点个数，各为一个进程")] = 2,
    cores: Annotated[int, typer.Option(min=1, max=64, help="每个工作节点用几个核")] = 1,
    as_json: AsJson = False,
) -> None:
    """在本机启动一个主节点和几个工作节点（只听 127.0.0.1）；已在运行的不动，缺的补上。"""
    from shujian.lake.service import spark_cluster

    cluster = spark_cluster()
    with progress() as bar:
        found = cluster.up(workers, cores=cores, progress=bar)
    body = _told(found, cluster.workers(found))
    if as_json:
        emit_json("spark.up", body)
    else:
        _say(body)


@group.command("down")
def down(as_json: AsJson = False) -> None:
    """停止本机启动的集群。"""
    from shujian.lake.service import spark_cluster

    stopped = spark_cluster().down()
    if as_json:
        emit_json("spark.down", {"stopped": stopped})
    else:
        sys.stdout.write(f"已停止 {stopped} 个进程\n" if stopped else "没有在运行的集群\n")


@group.command("status")
def status(as_json: AsJson = False) -> None:
    """查看本机启动的集群。"""
    from shujian.lake.service import spark_cluster

    cluster = spark_cluster()
    found = cluster.started()
    body = _told(found, cluster.workers(found) if found else [])
    if as_json:
        emit_json("spark.status", body)
    else:
        _say(body)
