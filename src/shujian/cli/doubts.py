"""``shujian lake doubts``: what ingest flagged, counted; with ``--field`` the cells themselves, on the record."""

from __future__ import annotations

from typing import Annotated

import typer

from shujian.cli import output
from shujian.cli.rooms import reads_persons

FLAGS = {
    "upgraded": "15 位已升为 18 位", "masked": "有掩码", "length": "位数不对", "signs": "有不该有的字符", "birth": "出生日期不存在",
    "checksum": "校验位不对", "old": "旧注册号", "hidden": "姓名打星", "anonymised": "姓名隐去（某）", "nobody": "不是姓名",
    "lost_sign": "丢字", "private_sign": "自造字", "several": "几个号码", "abroad": "境外号码", "local": "没有区号",
    "extension": "有分机", "respelled": "写法已改正", "invalid": "不成号码", "serial": "由日期序号读出", "future": "晚于今天",
    "third": "只到旬", "month": "只到月", "quarter": "只到季", "half": "只到半年", "year": "只到年", "span": "一段日期",
    "approximate": "约数", "range": "范围", "above": "只有下限", "unreadable": "读不出", "projected": "投影坐标（米）",
    "missing": "只有一半", "zero": "为 0", "system_undeclared": "坐标系不明", "out_of_range": "不是经纬度",
    "out_of_box": "落在县外", "swapped": "经纬颠倒，已换回", "outside": "外地", "town_unknown": "名单里没有这个乡镇",
    "town_ambiguous": "可能是几个乡镇", "village_ambiguous": "可能是几个村", "village_unknown": "名单里没有这个村",
    "village_elsewhere": "村属于别的乡镇", "two_towns": "写了两个乡镇", "name_not_in_force": "当时不叫这个名字",
    "region_differs": "与区划栏不一致",
}  # fmt: skip
"""Every flag and note in Chinese; a test holds this list complete."""


def doubts(
    dataset: Annotated[str, typer.Argument(metavar="DATASET", help="数据集编号（与数据源相同）")],
    field: Annotated[
        str | None, typer.Option("--field", help="列出这个字段的单元格，如 id_card、place.notes")
    ] = None,
    flag: Annotated[str | None, typer.Option("--flag", help="只列这一种标记，如 checksum")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help="最多几条")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="只在标准输出打印一个 JSON 对象")] = False,
) -> None:
    """看导入时标记的单元格：证号校验不对、日期只到月、金额是约数、地址有疑点等。只提示，从不自动改。"""
    if field is None:
        _count(dataset, as_json)
    else:
        _list(dataset=dataset, field=field, flag=flag, limit=limit, as_json=as_json)


def in_words(flag: str) -> str:
    """A flag, or several notes parted by spaces, in Chinese."""
    return "、".join(FLAGS.get(one, one) for one in flag.split())


def _count(dataset: str, as_json: bool) -> None:
    from shujian.lake.read import doubt_counts

    found = doubt_counts(dataset)
    if as_json:
        output.emit_items("lake.doubts", [{**vars(one), "says": in_words(one.flag)} for one in found])
        return
    rows = [(one.field, one.title, one.flag, in_words(one.flag), f"{one.rows:,}") for one in found]
    output.table(f"{dataset} 的标记", ("字段", "标题", "标记", "意思", "行数"), rows)
    output.say("用 --field 字段 看是哪些单元格" if found else "没有标记：每个单元格都按原样读出")


@reads_persons("lake.doubts", lambda **told: f"dataset:{told['dataset']} field:{told['field']}")
def _list(dataset: str, field: str, flag: str | None, limit: int, as_json: bool) -> None:
    from shujian.lake.read import doubtful_cells

    found = doubtful_cells(dataset, field, flag=flag, limit=limit)
    if as_json:
        items = [{**vars(one), "says": in_words(one.flag)} for one in found]
        output.emit_items("lake.doubts", items)
        return
    rows = [
        (
            f"{one.file}:{one.line}", one.raw, in_words(one.flag),
            "" if one.low is None and one.high is None else f"{one.low or ''} 至 {one.high or ''}",
            "　".join(one.proposals),
        )
        for one in found
    ]  # fmt: skip
    output.table(f"{dataset}.{field} 的标记", ("来处", "原文", "标记", "介于", "可能是（须人工核对）"), rows)
