"""``shujian keys``: the signing keys of this office, whose packages are taken, and the keys of sealed columns."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from shujian.cli.output import emit_json, say, table
from shujian.kernel.errors import BadInput, Fault, FaultsFound, Unavailable

group = typer.Typer(help="密钥：本院的签名密钥、信任的单位；加密列的密钥轮换", no_args_is_help=True)
STATES = {
    "in_use": "在用",
    "old": "旧",
    "destroyed": "已销毁",
    "bare": "以前的写法",
    "unknown": "没有这把密钥",
}
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
def list_keys(as_json: AsJson = False) -> None:
    """列出接收其模型包的单位，和加密列的密钥：编号、何时生成、还有多少处在用。密钥本身从不输出。"""
    from dataclasses import asdict

    from shujian.cli.rooms import open_rooms
    from shujian.kernel import offices

    items = [{"id": name, **office.as_dict()} for name, office in offices.trusted().items()]
    open_rooms()
    from shujian.keys.service import listed

    found = listed()
    if as_json:
        emit_json("keys.list", {"items": items, "next": None, "columns": [asdict(one) for one in found]})
        return
    table(
        "信任的单位",
        ["编号", "单位", "县区", "指纹"],
        [[one["id"], one["title"], one["county"], one["fingerprint"]] for one in items],
    )
    rows = [[one.number or "无编号", one.made_at[:19], STATES[one.state], one.total] for one in found]
    table("加密列的密钥", ["编号", "生成（UTC）", "状态", "处数"], rows)
    if any(one.number == 0 for one in found):
        say("“无编号”是以前的版本加密的，运行一次 shujian keys rotate 就换成新的写法。")


@group.command("rotate")
def rotate(as_json: AsJson = False) -> None:
    """换一把加密列的密钥：生成新的，把全部加密内容分批改用它；中断了再运行一次就接着做完。旧的留着，用 keys retire 销毁。

    代号的密钥（同一个人的代号要一直相同）、签名密钥不在此列；审计链没有密钥。
    """
    from shujian.cli.output import progress
    from shujian.cli.rooms import open_rooms

    actor = open_rooms()
    from shujian.keys import service

    with progress() as bar:
        done = service.rotate(actor=actor.name, progress=bar)
    if as_json:
        emit_json("keys.rotate", done)
    else:
        say(
            f"{'接着做完了密钥' if done['resumed'] else '已换用密钥'} {done['number']}，改用 {done['values']} 处"
        )
        if not done["left"]:
            say("旧密钥已没有内容在用；确认备份没有问题后，用 shujian keys retire 编号 销毁。")
    if done["broken"] or done["left"]:
        faults = [
            Fault(code="seal_broken", message="密文打不开，没有改用新密钥", field=one)
            for one in done["broken"]
        ]
        faults = faults or [
            Fault(code="left", message="还有内容在用旧密钥，请再运行一次", found=str(done["left"]))
        ]
        if not as_json:
            raise FaultsFound(faults)
        raise typer.Exit(1)


@group.command("retire")
def retire(
    number: Annotated[int, typer.Argument(metavar="编号", help="keys list 列出的旧密钥")],
    yes: Annotated[bool, typer.Option("--yes", help="不再询问，直接销毁")] = False,
    as_json: AsJson = False,
) -> None:
    """销毁一把没有内容在用的旧密钥；不可恢复。以前的备份里还有它，随备份到期销毁。"""
    from shujian.cli.rooms import open_rooms

    if not yes:
        if not sys.stdin.isatty():
            raise BadInput(
                Fault(code="not_confirmed", message="销毁不可恢复，须明确确认", expected="加 --yes")
            )
        say(f"密钥 {number} 将被永久销毁。确认请输入“销毁”：")
        if sys.stdin.readline().strip() != "销毁":
            raise BadInput(Fault(code="not_confirmed", message="没有确认，什么都没有做"))
    actor = open_rooms()
    from shujian.keys import service

    service.retire(number, actor=actor.name)
    if as_json:
        emit_json("keys.retire", {"number": number})
    else:
        say(f"密钥 {number} 已销毁")


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
