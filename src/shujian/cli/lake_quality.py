"""``shujian lake quality``: what a dataset, or one batch of it, is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from shujian.cli import output

if TYPE_CHECKING:
    from shujian.lake.read import QualityReport, SourceContract

AsJson = Annotated[bool, typer.Option("--json", help="只在标准输出打印一个 JSON 对象")]
Dataset = Annotated[str, typer.Argument(metavar="DATASET", help="数据集编号（与数据源相同）")]
_STATES = {"declared": "已声明完整", "gap": "声明有缺口", "undeclared": "未声明"}
_REASONS = {"missing": "没有号码", "masked": "号码打了掩码", "bad": "号码或地址无效"}


def register(group: typer.Typer) -> None:
    """Add the command to ``shujian lake``."""
    group.command("quality")(quality)


def quality(
    dataset: Dataset,
    batch: Annotated[str | None, typer.Option("--batch", metavar="BATCH", help="只看这一批带来的行")] = None,
    as_json: AsJson = False,
) -> None:
    """看一个数据集的质量：填写率、有效率、重复、无法比对的行和原因、按月和乡镇的覆盖、与上一批相比。"""
    from shujian.lake.read import quality as measure
    from shujian.lake.read import source

    report, contract = measure(dataset, batch=batch), source(dataset)
    if as_json:
        output.emit_json("lake.quality", report.as_dict())
        return
    _fields(report, contract)
    _remarks(report)
    titles = {field.id: field.title for field in contract.fields}
    for name, told in report.leaks.items():
        output.say(
            f"“{titles[name]}”里夹带：证件号 {told['ids']:,} 行、手机号 {told['phones']:,} 行、涉及未成年人字样 {told['minors']:,} 行"
        )
    months = [
        (one.month or "无日期", one.region, f"{one.rows:,}", _STATES[one.state]) for one in report.coverage
    ]
    if months:
        output.table("按月覆盖", ("月份", "乡镇", "行数", "提供单位的声明"), months)


def _fields(report: QualityReport, contract: SourceContract) -> None:
    titles = {field.id: field.title for field in contract.fields}
    rows = [
        (titles[name], f"{one.complete:,}", f"{one.valid:,}", f"{one.distinct:,}")
        for name, one in report.fields.items()
    ]
    fresh = {True: "在时效内", False: "数据过期", None: "时效未知"}[report.fresh]
    head = f"{report.dataset}　{report.rows:,} 行　数据截止日 {report.as_of or '未知'}（{fresh}）"
    output.table(head, ("字段", "已填", "有效", "不同值"), rows)


def _remarks(report: QualityReport) -> None:
    for name, count in report.unmatchable.items():
        why = "、".join(f"{words} {report.reasons[name][key]:,}" for key, words in _REASONS.items())
        output.say(f"主体 {name}：{count:,} 行没有可用的关键标识（{why}），不能用来证明“没有”")
    twice = report.duplicates
    output.say(f"重复：同一编号 {twice['same_key']:,} 行；编号不同而内容一样 {twice['near_identical']:,} 行")
    for month in report.thin:
        output.say(
            f"观察到的缺口：{month.month} 只有 {month.rows:,} 行，每月应不少于 {month.least:,} 行（{_STATES[month.declared]}）"
        )
    if report.overdue:
        output.say(f"下一批应于 {report.due_on} 到达，逾期未到")
    if report.previous and not report.warnings:
        output.say(f"与上一批 {report.previous.batch} 相比没有异常")
    for warning in report.warnings:
        output.say(f"与上一批相比：{warning}")
