"""``shujian keys``: the signing keys of this office, and whose packages are taken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from shujian.cli.output import emit_items, emit_json, say, table
from shujian.kernel.errors import Fault, Unavailable

group = typer.Typer(help="签名密钥：生成本院的、查看公钥、信任别的单位", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")]


@group.command("make")
def make(
    office: Annotated[str, typer.Option(help="单位名称，如 示例市人民检察院")],
    county: Annotated[str, typer.Option(help="县区名称，写进模型包")],
    as_json: AsJson = False,
) -> None:
    """生成本院的签名密钥（Ed25519 与 SM2 各一对），只有本人可读；已有的不会改写。"""
    from shujian.kernel import offices

    made = offices.make_office(office, county)
    _record("keys.make", made.id)
    _tell("keys.make", made.as_dict() | {"id": made.id}, as_json)


@group.command("show")
def show(
    out: Annotated[Path | None, typer.Option(help="把公钥写成文件，交给别的单位")] = None,
    as_json: AsJson = False,
) -> None:
    """查看本院的公钥和指纹；私钥从不输出。"""
    from shujian.kernel import offices

    own = offices.own_office()
    if out is not None:
        try:
            out.write_text(json.dumps(own.as_dict(), ensure_ascii=False, indent=1) + "\n", "utf-8")
        except OSError as error:
            told = Fault(code="cannot_write", message=f"文件写不进去：{error.strerror}", file=str(out))
            raise Unavailable(told) from None
        say(f"公钥已写到 {out}；指纹请用电话等另一途径告诉对方")
    _tell("keys.show", own.as_dict() | {"id": own.id}, as_json)


@group.command("trust")
def trust(
    file: Annotated[Path, typer.Argument(metavar="文件", help="对方用 keys show --out 写出的公钥文件")],
    fingerprint: Annotated[str, typer.Option(help="对方用电话等另一途径告知的指纹，至少前 16 位")],
    as_json: AsJson = False,
) -> None:
    """信任一个单位：指纹与文件相符，才接收它签名的模型包。"""
    from shujian.kernel import offices

    office = offices.trust(file, fingerprint)
    _record("keys.trust", office.id)
    _tell("keys.trust", office.as_dict() | {"id": office.id}, as_json)


@group.command("distrust")
def distrust(
    office: Annotated[str, typer.Argument(metavar="编号", help="keys list 列出的单位编号")],
    as_json: AsJson = False,
) -> None:
    """不再接收一个单位的模型包；已经装入的不受影响。"""
    from shujian.kernel import offices

    offices.distrust(office)
    _record("keys.distrust", office)
    if as_json:
        emit_json("keys.distrust", {"id": office})
    else:
        say("已不再信任")


@group.command("list")
def list_offices(as_json: AsJson = False) -> None:
    """列出接收其模型包的单位，本院在内。"""
    from shujian.kernel import offices

    items = [{"id": name, **office.as_dict()} for name, office in offices.trusted().items()]
    if as_json:
        emit_items("keys.list", items)
        return
    table(
        "信任的单位",
        ["编号", "单位", "县区", "指纹"],
        [[one["id"], one["title"], one["county"], one["fingerprint"]] for one in items],
    )


def _record(action: str, office: str) -> None:
    from shujian.cli.rooms import open_rooms

    actor = open_rooms()
    from shujian.audit import service as audit

    audit.record(actor=actor.name, action=action, thing=f"office:{office}")


def _tell(command: str, body: dict[str, Any], as_json: bool) -> None:
    if as_json:
        emit_json(command, body)
        return
    say(f"{body['title']}（{body['county']}）  编号 {body['id']}")
    typer.echo(f"指纹 {body['fingerprint']}")
