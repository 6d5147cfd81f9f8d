"""``shujian backup`` and ``shujian restore``: one sealed file of everything, checked, drilled, and restored to an empty place."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from shujian.cli import output
from shujian.cli.rooms import open_rooms
from shujian.kernel.errors import BadInput, Fault

SECRET = "SHUJIAN_BACKUP_PASSPHRASE_FILE"
AsJson = Annotated[bool, typer.Option("--json", help="只在标准输出打印一个 JSON 对象")]
Passphrase = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file", envvar=SECRET, help="口令文件（权限 0600，取第一行）；不写则在终端询问"
    ),
]


class _Named(TyperGroup):
    """``backup 文件`` without a subcommand makes one."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put ``make`` before whatever is no subcommand."""
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["make", *args]
        return super().parse_args(ctx, args)


group = typer.Typer(
    cls=_Named, no_args_is_help=True,
    help="备份：shujian backup 文件或文件夹，做成一个加密的文件；核验、演练、登记。恢复用 shujian restore",
)  # fmt: skip


@group.command("make")
def make(
    out: Annotated[
        Path, typer.Argument(metavar="文件或文件夹", help="还没有的文件名，或一个文件夹（自动取名）")
    ],
    passphrase_file: Passphrase = None,
    keep_days: Annotated[int, typer.Option(help="保存几天；写进登记和销毁记录，到期请销毁")] = 30,
    as_json: AsJson = False,
) -> None:
    """制作备份（可省写 make）：数据库、数据湖、附件、密钥，全部以口令加密；途中数据湖暂停写入，网页照常。"""
    actor = open_rooms()
    from shujian.backups import service

    secret = _passphrase(passphrase_file, twice=True)
    with output.progress() as progress:
        made = service.make(out, secret, actor=actor.name, keep_days=keep_days, progress=progress)
    if as_json:
        output.emit_json("backup", made)
        return
    output.say(
        f"已做成 {made['number']}：{made['file']}（{made['bytes'] / 1e6:,.1f} MB），保存到 {made['keep_until']}"
    )
    output.say(
        f"{len(made['tables'])} 张表 {made['rows']} 行，{len(made['datasets'])} 个数据集，审计 {made['audit']['entries']} 条。"
    )
    output.say("请拷到另一台机器；口令与备份分开保存，没有口令谁也打不开。演练：shujian backup drill")


@group.command("check")
def check(
    file: Annotated[Path, typer.Argument(metavar="文件")],
    passphrase_file: Passphrase = None,
    as_json: AsJson = False,
) -> None:
    """核验一份备份是否完整，不恢复；有损坏时逐处说明，退出码 1。任何一台装了数检的机器都可以做。"""
    _django()
    from shujian.backups import service

    with output.progress() as progress:
        found = service.check(file, _passphrase(passphrase_file), progress)
    body = {"file": str(file), "bytes": found.bytes, "sm3": found.sm3, "ok": True, "number": found.manifest["number"],
            "made_at": found.manifest["made_at"], **service.summary(found.manifest)}  # fmt: skip
    if as_json:
        output.emit_json("backup.check", body)
        return
    output.say(
        f"{body['number']} 完整：{body['parts']} 个部分，{body['rows']} 行，审计 {body['audit']['entries']} 条。"
    )


@group.command("drill")
def drill(
    file: Annotated[Path | None, typer.Argument(metavar="[文件]", help="不写则用登记里最新的一份")] = None,
    passphrase_file: Passphrase = None,
    as_json: AsJson = False,
) -> None:
    """恢复演练：恢复到临时的地方，逐表、逐文件、逐数据集比对，核验审计链，再清掉；结果记入审计和登记。"""
    actor = open_rooms()
    from shujian.backups import service

    path = file or service.newest()
    with output.progress() as progress:
        report = service.drill(path, _passphrase(passphrase_file), actor=actor.name, progress=progress)
    if as_json:
        output.emit_json("backup.drill", report)
        return
    _tell(report)
    output.say(f"演练通过，用时 {report['seconds']} 秒；已记入审计和备份登记。")


@group.command("list")
def list_backups(as_json: AsJson = False) -> None:
    """备份登记：编号、制作时间、保存到哪天、上次演练、是否已销毁。"""
    from shujian.kernel import backups

    found = backups.made()
    if as_json:
        output.emit_items("backup.list", (vars(one) for one in found))
        return
    rows = [
        (one.number, one.made_at[:19], one.keep_until, f"{one.bytes / 1e6:,.1f} MB", one.drilled_at[:10] or "没有演练过",
         f"{one.gone_on} 销毁" if one.gone_on else "", one.file)
        for one in found
    ]  # fmt: skip
    output.table("备份登记", ("编号", "制作（UTC）", "保存到", "大小", "演练", "", "文件"), rows)


@group.command("gone")
def gone(
    number: Annotated[str, typer.Argument(metavar="编号", help="如 BF-2026-0001")], as_json: AsJson = False
) -> None:
    """登记一份备份连同它的拷贝已经销毁；此后的销毁记录不再写它。"""
    actor = open_rooms()
    from shujian.backups import service

    found = service.destroyed(number, actor=actor.name)
    if as_json:
        output.emit_json("backup.gone", vars(found))
    else:
        output.say(f"已登记 {number} 销毁")


def _tell(report: Mapping[str, Any]) -> None:
    rows = [("表", len(report["tables"]), f"{report['rows']} 行"), ("数据集", len(report["datasets"]), ""),
            ("审计", report["audit"]["entries"], f"锚 {report['audit']['anchor'][:16]}…"), ("运行", report["runs"], "")]  # fmt: skip
    output.table(f"{report['number']}（{report['made_at'][:19]} 制作）：与备份时相同", ("", "数", ""), rows)


def _passphrase(file: Path | None, *, twice: bool = False) -> str:
    """From a file that only its owner can read, or typed. It is never taken from the command line or the environment."""
    if file is not None:
        try:
            mode, text = file.stat().st_mode, file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(
                Fault(code="no_passphrase", message="口令文件读不出", file=str(file), found=str(error)[:80])
            ) from None
        if mode & 0o077:
            raise BadInput(
                Fault(code="open_passphrase", message="口令文件别人也能读", file=str(file), found=format(mode & 0o777, "04o"),
                      expected=f"先运行 chmod 600 {file}")
            )  # fmt: skip
        return (text.splitlines() or [""])[0].strip()
    if not sys.stdin.isatty():
        raise BadInput(
            Fault(code="no_passphrase", message="没有终端可以询问口令", expected=f"--passphrase-file 口令文件，或环境变量 {SECRET}")
        )  # fmt: skip
    import getpass

    told = getpass.getpass("备份的口令（不显示）：")
    if twice and getpass.getpass("再输一遍：") != told:
        raise BadInput(Fault(code="passphrase_differs", message="两次输入的口令不一样，什么都没有做"))
    return told


def _django() -> None:
    """Django without the rooms' own database: what is looked at is a file."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shujian.server.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def restore(
    file: Annotated[Path, typer.Argument(metavar="文件", help="shujian backup 做成的文件")],
    into: Annotated[Path | None, typer.Option(help="空的或还没有的文件夹；不写则是 SHUJIAN_HOME")] = None,
    passphrase_file: Passphrase = None,
    as_json: AsJson = False,
) -> None:
    """从备份恢复到空的地方：先核验整份，再写入，逐项比对全部相同才算完成；中途断开不留半份。

    设了 SHUJIAN_DATABASE_URL 就恢复到那个空的 PostgreSQL 库，否则恢复成 SQLite；两种数据库的备份可以互相恢复。
    """
    from shujian.kernel.home import home

    target = (into or home().root).absolute()
    os.environ["SHUJIAN_HOME"] = str(target)
    _django()
    from shujian.backups import service

    database = {"CONN_MAX_AGE": 0} if os.environ.get("SHUJIAN_DATABASE_URL") else None
    with output.progress() as progress:
        report = service.restore(
            file, _passphrase(passphrase_file), target, database=database, progress=progress
        )
    if other := service.settle_master(target):
        output.say(f"注意：{other} 是另一把主密钥；备份里的在 {target}/secrets/master.key，请核对后换上")
    service.put_on_record(report, actor=open_rooms().name)
    if as_json:
        output.emit_json("restore", {**report, "into": str(target)})
        return
    _tell(report)
    output.say(f"已恢复到 {target}。备份之后做过的销毁（lake erasures）须再执行一次；登录的人须重新登录。")


restore_app = typer.Typer(add_completion=False)
restore_app.command("restore")(restore)
