"""``shujian lake compact``, and what later upkeep needs: fewer files, retention, erasure."""

from __future__ import annotations

from typing import Annotated

import typer

from shujian.cli import output

AsJson = Annotated[bool, typer.Option("--json", help="只在标准输出打印一个 JSON 对象")]


def compact(
    datasets: Annotated[
        list[str] | None, typer.Argument(metavar="[DATASET…]", help="数据集编号；不写就是全部")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """把许多小文件合并成少数几个。行、行的次序、快照编号都不变；旧快照照样能读。"""
    from shujian.lake.read import datasets as every
    from shujian.lake.read import source
    from shujian.lake.service import compact as merge

    chosen = datasets or [one.id for one in every()]
    for name in datasets or ():
        source(name)
    with output.progress() as progress:
        done = merge(chosen, progress=progress)
    if as_json:
        output.emit_items("lake.compact", [one.as_dict() for one in done])
        return
    rows = [
        (one.dataset, one.files_before, one.files_after, f"{one.rows:,}", f"{one.bytes_before:,}",
         f"{one.bytes_after:,}")
        for one in done
    ]  # fmt: skip
    output.table("合并小文件", ("数据集", "原有文件", "现有文件", "合并的行", "原字节", "现字节"), rows)
    output.say("合并前的文件还留着，供旧快照读取；到了留存期限由 shujian lake retain 清除。")


def register(group: typer.Typer) -> None:
    """Add these commands to ``shujian lake``."""
    group.command("compact")(compact)
