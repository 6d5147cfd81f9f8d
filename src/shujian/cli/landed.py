"""What follows an ingest and what it prints, by whichever way the data came."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from shujian.cli import output

if TYPE_CHECKING:
    from shujian.kernel.progress import Progress
    from shujian.lake.service import IngestReport


def follow(report: IngestReport, progress: Progress) -> None:
    """Let stored keyword hits and the search index follow what has landed."""
    if any(file.state == "landed" for file in report.files):
        _screen(report.source)
        _index(report.source, progress)


def tell(report: IngestReport, command: str, *, as_json: bool, more: Mapping[str, Any] | None = None) -> None:
    """Print the report, and end with its exit code."""
    for warning in report.warnings:
        output.say(f"注意：{warning}")
    if as_json:
        _print_report(report, command, more or {})
    else:
        draw(report)
    for fault in report.faults:
        output.say("错误：" + fault.sentence())
    sys.exit(report.exit_code)


def _print_report(report: IngestReport, command: str, more: Mapping[str, Any]) -> None:
    """One object: the report, or an error that carries the report where every file was refused as unreadable."""
    errors = [fault.as_dict() for fault in report.faults]
    unreadable = all(file.state == "refused" and not file.over_limit for file in report.files)
    body = {**report.as_dict(), "errors": errors} if errors else report.as_dict()
    body |= more
    output.emit_json("error" if unreadable else command, body)


def draw(report: IngestReport) -> None:
    """The table of what became of every file."""
    states = {"landed": "已入库", "same": "内容相同", "refused": "未导入"}
    rows = [
        (file.path, states[file.state], file.encoding or file.sheet, file.header_line, file.read, file.landed,
         file.changed, file.unchanged, file.rejected)
        for file in report.files
    ]  # fmt: skip
    columns = ("文件", "状态", "编码/工作表", "表头行", "读取", "新增", "变更", "未变", "剔除")
    output.table(f"批次 {report.batch}　{report.rows_per_second:,} 行/秒", columns, rows)
    for file in report.files:
        if file.extra_columns:
            output.say(f"{file.path}：数据源没有这些列，已原样保留：{'、'.join(file.extra_columns)}")
        if file.mapping:
            output.say(
                f"{file.path}：用了保存的字段对应 {file.mapping}（shujian source mappings {report.source}）"
            )
    sealed = sum(file.sealed for file in report.files)
    if sealed:
        output.say(f"依法封存 {sealed} 行：没有入库，也不留原文，只记文件、行号和依据，不计入剔除上限")
    if any(file.rejected for file in report.files):
        output.say(f"查看剔除的行：shujian lake rejects {report.batch}")


def _screen(dataset: str) -> None:
    """Match the words of published models over what has just landed, so that runs find them stored."""
    from shujian.kernel.errors import ShujianError
    from shujian.lake.read import pin
    from shujian.supervision.service import screen_landed

    try:
        screen_landed(pin(), dataset)
    except ShujianError as error:  # a faulty model must not spoil an ingest that is committed
        output.say(
            f"注意：关键词这次没有预先匹配，运行模型时再匹配（{error.faults[0].sentence() if error.faults else error}）"
        )


def _index(dataset: str, progress: Progress) -> None:
    """Let the search index follow what has just landed; where it cannot, the next search makes it."""
    from shujian.kernel.errors import ShujianError
    from shujian.lake.service import index

    try:
        index(dataset, progress=progress)
    except (ShujianError, OSError) as error:  # a full disk must not spoil an ingest that is committed
        output.say(f"注意：检索索引这次没有更新，下次检索时再建（{error}）")
