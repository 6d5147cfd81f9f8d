"""``shujian source map | mappings | unmap``: which column of a file is which field of a known source, confirmed once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shujian.cli import output
from shujian.cli.rooms import open_rooms

if TYPE_CHECKING:
    from shujian.lake.read import MappingProposal

AsJson = Annotated[bool, typer.Option("--json", help="只在标准输出打印一个 JSON 对象")]
Source = Annotated[str, typer.Argument(metavar="SOURCE", help="数据源编号，见 shujian source list")]


def register(group: typer.Typer) -> None:
    """Add the commands to ``shujian source``."""
    group.command("map")(map_columns)
    group.command("mappings")(mappings)
    group.command("unmap")(unmap)


def map_columns(
    source: Source,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="表头与数据源不一样的文件")],
    told: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="列名=字段", help="指定一列对应的字段（编号或标题），写 - 为不对应；可多次"
        ),
    ] = None,
    save: Annotated[bool, typer.Option("--save", help="确认并保存，以后同样表头的文件自动使用")] = False,
    sheet: Annotated[str | None, typer.Option("--sheet", help="工作表名")] = None,
    as_json: AsJson = False,
) -> None:
    """给已有的数据源提议：文件的每一列对应哪个字段、把握多大、为什么。加 --save 才保存。"""
    from shujian.lake.read import propose_mapping
    from shujian.lake.read import source as contract_of

    contract = contract_of(source)
    proposal = propose_mapping(contract, file, sheet=sheet, told=_pairs(told or []))
    saved = _save(proposal) if save else None
    if as_json:
        output.emit_json("source.map", {**proposal.as_dict(), "saved": str(saved) if saved else None})
        return
    titles = {field.id: field.title for field in contract.fields}
    rows = [
        (one.column, f"{titles[one.field]}（{one.field}）" if one.field else "—",
         f"{one.confidence:.2f}" if one.field else "", one.why)
        for one in proposal.columns
    ]  # fmt: skip
    output.table(
        f"{contract.title}　表头在第 {proposal.header_line} 行", ("列", "字段", "把握", "理由"), rows
    )
    if proposal.missing:
        output.say(f"必需的字段还没有对应的列：{'、'.join(proposal.missing)}，用 --set 列名=字段 指定")
    if saved:
        output.say(f"已保存 {saved}；以后导入同样表头的文件会自动使用")
    else:
        output.say("还没有保存；看过没有问题，加 --save 确认")


def _pairs(told: list[str]) -> dict[str, str]:
    from shujian.kernel.errors import Fault, FaultList

    faults, pairs = FaultList(), {}
    for one in told:
        column, sign, field = one.rpartition("=")
        if not sign or not column.strip() or not field.strip():
            faults.add(
                Fault(
                    code="bad_pair", message="--set 写法不对", field="--set", found=one, expected="列名=字段"
                )
            )
        elif column.strip() in pairs:
            faults.add(
                Fault(
                    code="told_twice",
                    message="同一列指定了两次",
                    field="--set",
                    found=one,
                    expected="每列一次",
                )
            )
        pairs[column.strip()] = field.strip()
    faults.raise_if_any()
    return pairs


def _save(proposal: MappingProposal) -> Path:
    from shujian.kernel.clock import now
    from shujian.kernel.errors import BadInput, Fault
    from shujian.lake.service import save_mapping

    if proposal.missing:
        raise BadInput([
            Fault(code="missing_column", message="缺少必需的字段，不能保存", field=title, expected=f"--set 列名={title}")
            for title in proposal.missing
        ])  # fmt: skip
    actor = open_rooms()
    from shujian.audit.service import record

    record(
        actor=actor.name, action="source.map", thing=f"source:{proposal.source}",
        detail={"mapping": proposal.layout, "columns": len(proposal.columns)},
    )  # fmt: skip
    return save_mapping(proposal.source, proposal.headers, proposal.fields(), by=actor.name, at=now())


def mappings(source: Source, as_json: AsJson = False) -> None:
    """列出一个数据源保存过的字段对应：哪种表头、谁在什么时候确认的。"""
    from shujian.lake.read import mappings_of
    from shujian.lake.read import source as contract_of

    contract = contract_of(source)
    items = [
        {"mapping": one.mapping.digest, "by": one.mapping.by, "at": one.mapping.at, "fields": one.mapping.fields,
         "path": str(one.path)}
        for one in mappings_of(contract.id)
    ]  # fmt: skip
    if as_json:
        output.emit_items("source.mappings", items)
        return
    rows = [
        (one.mapping.digest, one.mapping.by, f"{one.mapping.at:%Y-%m-%d %H:%M}",
         "、".join(f"{column}→{field}" for column, field in one.mapping.fields.items() if field))
        for one in mappings_of(contract.id)
    ]  # fmt: skip
    output.table(f"{contract.title} 保存的字段对应", ("编号", "确认人", "时间", "对应"), rows)


def unmap(
    source: Source,
    mapping: Annotated[str, typer.Argument(metavar="MAPPING", help="字段对应的编号，见 source mappings")],
    as_json: AsJson = False,
) -> None:
    """删除一个保存的字段对应。已入库的行不变；同样的文件再导入时按新的对应重读。"""
    from shujian.lake.read import source as contract_of
    from shujian.lake.service import remove_mapping

    contract = contract_of(source)
    actor = open_rooms()
    from shujian.audit.service import record

    removed = remove_mapping(contract.id, mapping)
    record(
        actor=actor.name,
        action="source.unmap",
        thing=f"source:{contract.id}",
        detail={"mapping": removed.digest},
    )
    if as_json:
        output.emit_json("source.unmap", {"source": contract.id, "mapping": removed.digest})
        return
    output.say(f"已删除字段对应 {removed.digest}")
