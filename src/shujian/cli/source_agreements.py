"""``shujian source agree``: what this county agreed with a provider, beside the source files and never in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shujian.cli import output
from shujian.cli.rooms import open_rooms
from shujian.kernel.errors import BadInput, Fault

if TYPE_CHECKING:
    from shujian.lake.read import CountyFile, SourceContract

AsJson = Annotated[bool, typer.Option("--json", help="只在标准输出打印一个 JSON 对象")]
Source = Annotated[str, typer.Argument(metavar="SOURCE", help="数据源编号，见 shujian source list")]
STATES = {
    "open": "未约定", "pending": "尚未生效", "running": "有效", "ending": "三十天内到期", "expired": "已到期",
}  # fmt: skip


def register(group: typer.Typer) -> None:
    """Add the command to ``shujian source``."""
    group.command("agree")(agree)


def agree(
    source: Source,
    number: Annotated[str | None, typer.Option("--number", help="协议编号")] = None,
    purpose: Annotated[str | None, typer.Option("--purpose", help="使用目的")] = None,
    begins: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="生效日")] = None,
    ends: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="到期日（当日仍有效）")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="提供单位；不写则以数据源文件为准")] = None,
    cadence: Annotated[
        str | None, typer.Option("--cadence", help="更新周期，如 P1M；不写则以数据源文件为准")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="撤回最近一次登记，恢复它之前的")] = False,
    as_json: AsJson = False,
) -> None:
    """登记本县与提供单位的数据共享协议（不改数据源文件）；再次登记取代前一次，--undo 撤回。到期后导入和运行都停止。"""
    from shujian.lake.service import CountyAgreement, check_agreement, disagree
    from shujian.lake.service import agree as write

    told = CountyAgreement.model_construct(
        number=number, purpose=purpose, from_=begins and begins.date(), to=ends and ends.date(), provider=by,
        cadence=cadence,
    )  # fmt: skip
    _refuse_wrong_use(told.written(), undo)
    if not undo:
        check_agreement(source, told)
    actor = open_rooms()
    from shujian.audit.service import record

    def on_record() -> None:
        record(
            actor=actor.name, action="source.disagree" if undo else "source.agree", thing=f"source:{source}",
            detail={key: str(value) for key, value in told.written().items()},
        )  # fmt: skip

    done = disagree(source, on_record) if undo else write(source, told, on_record)
    _tell(source, done.changed, undo, as_json)


def _refuse_wrong_use(written: dict[str, Any], undo: bool) -> None:
    needed = {"number": "--number", "purpose": "--purpose", "from": "--from", "to": "--until"}
    if undo:
        faults = [
            Fault(code="undo_alone", message="--undo 不与别的项目同用", field="--undo", found=name, expected="只写 --undo")
            for name in written
        ]  # fmt: skip
    else:
        faults = [
            Fault(code="missing", message="登记协议缺少一项", field=option, expected=f"{option} …")
            for name, option in needed.items()
            if name not in written
        ]
    if faults:
        raise BadInput(faults)


def _tell(source_id: str, changed: bool, undo: bool, as_json: bool) -> None:
    from shujian.kernel.clock import today
    from shujian.lake.read import agreement_state, county_file, source

    contract, found = source(source_id), county_file(source_id)
    state = agreement_state(contract, today())
    if as_json:
        output.emit_json(
            "source.agree",
            {"source": source_id, "changed": changed, "undone": undo, "state": state, "county": origin(found),
             "agreement": contract.agreement.model_dump(mode="json", by_alias=True), "provider": contract.provider,
             "cadence": contract.cadence},
        )  # fmt: skip
        return
    verb = "已撤回" if undo else "已登记" if changed else "没有变化"
    output.say(f"{verb}：{contract.title}（{source_id}）　协议状态：{STATES[state]}")
    show_agreement(contract, found)


def origin(found: CountyFile | None) -> dict[str, Any] | None:
    """Which keys the county's own file states; None where there is no such file."""
    return {"file": str(found.path), "keys": list(found.keys)} if found else None


def origins(source_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """``origin`` of each source of these that has a county file."""
    from shujian.lake.read import county_file

    found = {name: origin(county_file(name)) for name in dict.fromkeys(source_ids)}
    return {name: told for name, told in found.items() if told}


def show_agreement(contract: SourceContract, found: CountyFile | None) -> None:
    """Provider, agreement and cadence, and which of them the county states."""
    from shujian.lake.read import COUNTY_TITLES

    told = contract.agreement
    output.say(f"提供：{contract.provider}　周期：{contract.cadence}　用途：{told.purpose}")
    output.say(
        f"文号：{told.number or '未登记'}　签订：{told.signed or '未登记'}　生效：{told.from_ or '未登记'}　"
        f"到期：{told.expires or '未约定'}"
    )
    if found:
        named = "、".join(COUNTY_TITLES[key] for key in found.keys)
        output.say(f"其中{named}是本县另行登记的（{found.path}），其余随数据源文件")
