"""``shujian region``: the county's names as data: list, choose, check, build, and try one address."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from shujian.cli import output

group = typer.Typer(no_args_is_help=True, help="地区：乡镇村名单、旧名和范围；选定、检查、生成、试读一个地址")

AsJson = Annotated[bool, typer.Option("--json", help="只在标准输出打印一个 JSON 对象")]


@group.command("list")
def list_regions(as_json: AsJson = False) -> None:
    """列出地区文件（随附的示例和 SHUJIAN_HOME/catalogue/regions 里自己的），标明正在用哪一个。"""
    from shujian.kernel.errors import BadInput
    from shujian.matching.normalise import gazetteer, regions

    try:
        used: str | None = regions.chosen_region()
    except BadInput:
        used = None
    items = []
    for name, path in regions.region_files().items():
        one = gazetteer.read_region(path)
        items.append({
            "id": name, "county": one.county.code, "title": one.county.name, "as_of": one.as_of, "source": one.source,
            "towns": len(one.towns), "villages": sum(len(town.villages) for town in one.towns),
            "used": name == used, "path": str(path),
        })  # fmt: skip
    if as_json:
        output.emit_items("region.list", items)
        return
    rows = [
        (
            one["id"],
            one["title"],
            one["county"],
            one["towns"],
            one["villages"],
            one["as_of"],
            "在用" if one["used"] else "",
        )
        for one in items
    ]
    output.table("地区", ("编号", "名称", "代码", "乡镇", "村", "截至", ""), rows)
    if used is None:
        output.say("有几个地区文件，请用 shujian region use 编号 选定一个")


@group.command("use")
def use(
    region_id: Annotated[str, typer.Argument(metavar="ID", help="地区编号")], as_json: AsJson = False
) -> None:
    """选定本院的地区。以后导入的地址按它认；已导入的不变。"""
    from shujian.matching.normalise import regions

    regions.use_region(region_id)
    if as_json:
        output.emit_json("region.use", {"id": region_id})
    else:
        output.say(f"已选定 {region_id}")


@group.command("check")
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="地区 YAML 文件")],
    as_json: AsJson = False,
) -> None:
    """检查地区文件，一次报出全部问题；另提示没有核对过的旧名和同名的村。"""
    from shujian.kernel.errors import BadInput
    from shujian.matching.normalise import gazetteer

    items: list[dict[str, Any]] = []
    hints: list[str] = []
    for path in files:
        try:
            one = gazetteer.read_region(path)
        except BadInput as error:
            items += [{**fault.as_dict(), "path": str(path)} for fault in error.faults]
            for fault in error.faults:
                output.say("错误：" + fault.sentence())
            continue
        hints += [f"{path}：{hint}" for hint in gazetteer.hints(one)]
    for hint in hints:
        output.say("提示：" + hint)
    if as_json:
        output.emit_json("region.check", {"items": items, "hints": hints, "next": None})
    elif not items:
        output.say(f"{len(files)} 个文件没有问题")
    sys.exit(1 if items else 0)


@group.command("build")
def build(
    listed: Annotated[Path, typer.Argument(metavar="LIST", help="官方名单 CSV：代码,名称；可有别的列")],
    region_id: Annotated[str, typer.Option("--id", help="新地区的编号（小写字母、数字、下划线）")],
    as_of: Annotated[datetime, typer.Option("--as-of", formats=["%Y-%m-%d"], help="名单的截止日")],
    source: Annotated[str, typer.Option("--source", help="名单的出处，写进文件")],
    names: Annotated[
        Path | None, typer.Option("--names", help="旧名、俗称文件；随附的用县区代码即可")
    ] = None,
    county: Annotated[str | None, typer.Option("--county", help="六位县区代码")] = None,
    name: Annotated[str | None, typer.Option("--name", help="县区名称（没有旧名文件时）")] = None,
    as_json: AsJson = False,
) -> None:
    """由官方名单生成地区文件，写到 SHUJIAN_HOME/catalogue/regions/编号.yaml；已有同名文件则拒绝。"""
    from shujian.matching.normalise import region_building as building

    told = building.names_of(county, names, name, as_of.date(), source)
    region = building.build_region(
        building.read_list(listed),
        region_id=region_id,
        names=told,
        as_of=as_of.date(),
        source=source,
        file=str(listed),
    )
    path = building.write_region(region)
    villages = sum(len(town.villages) for town in region.towns)
    if as_json:
        output.emit_json(
            "region.build",
            {"id": region.id, "path": str(path), "towns": len(region.towns), "villages": villages},
        )
        return
    output.say(
        f"已写入 {path}：{len(region.towns)} 个乡镇、{villages} 个村；请补上 box（外接矩形），再用 shujian region check 检查"
    )


@group.command("try")
def try_address(
    texts: Annotated[list[str], typer.Argument(metavar="ADDRESS…", help="地址")],
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="地址写下的日子（认旧名用）")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """试读地址：按在用的地区拆成乡镇、村、组、路、门牌，并说依据和疑点。不存任何东西。"""
    from shujian.cli.doubts import in_words
    from shujian.matching.normalise.address_parts import parse
    from shujian.matching.normalise.regions import region

    gazetteer = region()
    items: list[dict[str, Any]] = []
    for text in texts:
        read = parse(text, gazetteer, on.date() if on else None)
        items.append({
            "address": text, "county": read.county if read else None,
            "town": vars_of(read.town) if read else None, "town_text": read.town_text if read else None,
            "how": read.town_how if read else None,
            "village": vars_of(read.village) if read else None, "village_text": read.village_text if read else None,
            "group": read.group if read else None, "road": read.road if read else None,
            "number": read.number if read else None, "rest": read.rest if read else None,
            "candidates": [vars_of(one) for one in read.candidates] if read else [],
            "notes": list(read.notes) if read else [],
        })  # fmt: skip
    if as_json:
        output.emit_items("region.try", items)
        return
    for one in items:
        village = one["village"]["name"] if one["village"] else one["village_text"]
        town = one["town"]["name"] if one["town"] else one["town_text"] or "（乡镇不明）"
        shown = "　".join(
            str(part) for part in (town, village, one["group"], one["road"], one["number"]) if part
        )
        output.say(
            f"{one['address']} → {shown}"
            + (f"（{in_words(' '.join(one['notes']))}）" if one["notes"] else "")
        )


def vars_of(unit: Any) -> dict[str, str] | None:
    """A town or village as code and name."""
    return {"code": unit.code, "name": unit.name} if unit else None
