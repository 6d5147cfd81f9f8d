"""``shujian source``: list, show, check and propose source contracts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from shujian.cli import output, source_agreements, source_maps

group = typer.Typer(no_args_is_help=True, help="数据源：列出、查看、检查、为陌生文件提议字段对应")
source_maps.register(group)
source_agreements.register(group)

AsJson = Annotated[bool, typer.Option("--json", help="只在标准输出打印一个 JSON 对象")]


@group.command("list")
def list_sources(as_json: AsJson = False) -> None:
    """列出全部数据源（随附的和 SHUJIAN_HOME/catalogue/sources 里自己的）。"""
    from shujian.kernel.clock import today
    from shujian.lake.read import agreement_state, datasets, sources

    landed = {one.id: one for one in datasets()}
    items = []
    for contract in sources().values():
        one = landed.get(contract.id)
        items.append({
            "id": contract.id, "title": contract.title, "provider": contract.provider, "cadence": contract.cadence,
            "fresh": contract.fresh, "sensitivity": contract.sensitivity, "fields": len(contract.fields),
            "expires": contract.agreement.expires, "agreement": agreement_state(contract, today()),
            "number": contract.agreement.number, "retain": contract.agreement.retain, "inside": contract.inside,
            "extract_on": one.extract_on if one else None, "is_fresh": one.fresh if one else None,
            "due_on": one.due_on if one else None, "overdue": one.overdue if one else None,
        })  # fmt: skip
    if as_json:
        output.emit_items("source.list", items)
        return
    rows = [
        (item["id"], item["title"], item["provider"], item["cadence"], item["fields"],
         source_agreements.STATES[str(item["agreement"])], item["extract_on"],
         f"{item['due_on']}（逾期未到）" if item["overdue"] else item["due_on"])
        for item in items
    ]  # fmt: skip
    columns = ("编号", "名称", "提供单位", "周期", "字段数", "协议", "数据截止日", "下次应到")
    output.table("数据源", columns, rows)


@group.command("show")
def show(
    source_id: Annotated[str, typer.Argument(metavar="ID", help="数据源编号")], as_json: AsJson = False
) -> None:
    """查看一个数据源：依据、协议（本县另行登记的哪几项）、字段和可识别的表头。"""
    from shujian.lake.read import county_file, source

    contract, county = source(source_id), county_file(source_id)
    if as_json:
        body = contract.model_dump(mode="json", by_alias=True)
        output.emit_json("source.show", {**body, "county": source_agreements.origin(county)})
        return
    output.say(f"{contract.title}（{contract.id}）")
    source_agreements.show_agreement(contract, county)
    told = contract.agreement
    output.say(f"留存：{told.retain or '未约定'}　经办：{told.handler or '未登记'}")
    for rule in contract.shut:
        output.say(
            f"依法封存（不入库）：{rule.says}——{rule.basis.law}{f'第{rule.basis.article}条' if rule.basis.article else ''}"
        )
    output.say(f"自然键：{'、'.join(contract.key)}　时效：{contract.fresh}")
    rows = [
        (
            field.id,
            field.title,
            field.type,
            "必填" if field.required else "",
            field.sensitivity,
            "、".join(field.aliases),
        )
        for field in contract.fields
    ]
    output.table("字段", ("字段", "标题", "类型", "必填", "敏感", "也认这些表头"), rows)


@group.command("check")
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="数据源 YAML 文件")],
    as_json: AsJson = False,
) -> None:
    """检查数据源文件和本县协议文件，一次报出全部问题（文件、行、字段、实际、应为）。"""
    from shujian.lake.read import contract_warnings
    from shujian.lake.service import check as check_files

    faults, doubts = check_files(files), contract_warnings(files)
    counties = {} if faults else source_agreements.origins(path.stem for path in files)
    if as_json:
        items, warned = ([{**one.as_dict(), "path": one.file} for one in told] for told in (faults, doubts))
        output.emit_json(
            "source.check", {"items": items, "next": None, "warnings": warned, "county": counties}
        )
    else:
        for fault in faults:
            output.say("错误：" + fault.sentence())
        for doubt in doubts:
            output.say("注意：" + doubt.sentence())
        for source_id, told in counties.items():
            output.say(f"{source_id}：{'、'.join(told['keys'])} 由本县登记（{told['file']}）")
        if not faults:
            output.say(f"{len(files)} 个文件没有问题")
    sys.exit(1 if faults else 0)


@group.command("propose")
def propose(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="一份陌生的表格文件，格式同 lake ingest")],
    write: Annotated[
        str | None, typer.Option("--write", metavar="ID", help="写成 SHUJIAN_HOME 里的数据源文件")
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="工作表名")] = None,
    as_json: AsJson = False,
) -> None:
    """为一份陌生文件提议：编码、工作表、表头所在行、每列像哪个字段，以及为什么。不加 --write 什么也不写。"""
    from shujian.lake.read import propose as look
    from shujian.lake.service import write_source

    proposal = look(file, sheet)
    written = write_source(proposal, write) if write else None
    if as_json:
        output.emit_json(
            "source.propose", {**proposal.as_dict(), "written": str(written) if written else None}
        )
        return
    output.say(
        f"格式 {proposal.format}　编码 {proposal.encoding or '—'}　工作表 {proposal.sheet or '—'}　"
        + (f"表头在第 {proposal.header_line} 行" if proposal.header_line else "列自带名称")
    )
    rows = [(one.column, one.field, one.type, f"{one.confidence:.2f}", one.why) for one in proposal.fields]
    output.table("提议", ("列", "字段", "类型", "把握", "理由"), rows)
    if proposal.nearest:
        output.say(f"最接近的数据源：{proposal.nearest[0]}（认得 {proposal.nearest[1]} 列）")
    if written:
        output.say(f"已写入 {written}，请补全提供单位和用途，再用 shujian source check 检查")


@group.command("schema")
def schema(as_json: AsJson = False) -> None:
    """打印数据源文件的 JSON Schema。"""
    import json

    from shujian.lake.read import json_schema

    body = json_schema()
    if as_json:  # the schema itself, under a tag like any other answer
        output.emit_json("source.schema", {**body, "json_schema": body})
        return
    sys.stdout.write(json.dumps(body, ensure_ascii=False, indent=2) + "\n")
