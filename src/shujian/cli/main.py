"""``shujian``: the root command. Command groups are imported only when one is called."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any, cast

import click

from shujian.cli.chinese import dressed

# name → (module, attribute, one line of help). The help stands here so that --help imports nothing.
COMMANDS: dict[str, tuple[str, str, str]] = {
    "demo": ("shujian.cli.demo", "command", "生成虚构的示例县并跑完全部模型，与埋设的真相比对"),
    "source": ("shujian.cli.source", "group", "数据源：列出、查看、检查、为陌生文件提议字段对应"),
    "region": ("shujian.cli.region", "group", "地区：乡镇村名单、旧名和范围；选定、检查、生成、试读一个地址"),
    "lake": ("shujian.cli.lake", "group", "数据湖：导入、数据集、剔除行、质量、快照"),
    "search": ("shujian.cli.search", "command", "检索数据湖的文字，或写明事由按人查询"),
    "model": ("shujian.cli.model", "group", "监督模型：检查、证明、预演、运行、解释、重放、打包"),
    "schedule": ("shujian.cli.schedule", "group", "定期运行：安排、列出、停止、运行到期的"),
    "keys": ("shujian.cli.keys", "group", "密钥：签名密钥、信任别的单位、加密列的密钥轮换"),
    "clue": ("shujian.cli.clue", "group", "线索：列表、查看、导出、录入、附件、批注、待核身份、抽查"),
    "campaign": ("shujian.cli.campaign", "group", "专题监督：部署、列出、查看进展、报告"),
    "subject": ("shujian.cli.subject", "group", "主体：认定是不是同一个人，可以撤销"),
    "spark": ("shujian.cli.spark", "group", "Spark 集群：启动、停止、查看"),
    "people": ("shujian.cli.people", "group", "账号：第一批管理员、列出、重置、谁能做什么"),
    "audit": ("shujian.cli.audit", "group", "审计链：核验、日锚、谁看过、异常查看"),
    "jobs": ("shujian.cli.jobs", "group", "后台任务：列出、查看、重试、放弃、单独运行"),
    "backup": ("shujian.cli.backup", "group", "备份：做成一个加密的文件；核验、演练、登记"),
    "restore": ("shujian.cli.backup", "restore_app", "从备份恢复到空的地方"),
    "serve": ("shujian.cli.serve", "command", "启动网页服务"),
    "bench": ("shujian.cli.bench", "command", "测速：每项都与同类工具在同一次运行中比较"),
    "evaluate": ("shujian.cli.evaluate", "command", "评测：准确率、召回率，对照真相和基线"),
    "doctor": ("shujian.cli.doctor", "command", "体检：环境、目录权限、密钥、数据库"),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of a clue's way, not of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one command."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        found: Any = getattr(importlib.import_module(module), attribute)
        made = found if isinstance(found, click.Command) else _from_typer(found)
        return cast(click.Command, dressed(made))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("命令"):
            formatter.write_dl([(name, entry[2]) for name, entry in COMMANDS.items()])


def _from_typer(app: Any) -> click.Command:
    from typer.main import get_command  # typer is slow to import, and --help does not need it

    made: Any = get_command(app)  # a click command of typer's own kind
    return made  # type: ignore[no-any-return]


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]}, options_metavar="[选项]",
    subcommand_metavar="命令 [参数]…",
)  # fmt: skip
@click.version_option(package_name=None, version=__import__("shujian").__version__, prog_name="shujian")
def root() -> None:
    """数检：检察机关大数据法律监督平台。

    数据文件 → 数据湖 → 监督模型 → 有据可查的线索。每个命令都可加 --help 与 --json。
    """


def main() -> None:
    """Entry point: exit codes as in the contract, errors as sentences, no stack traces."""
    from shujian.cli.output import close_streams, open_streams, report_error, wants_json

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shujian.server.settings")
    open_streams()
    argv = sys.argv[1:]
    try:
        code = root.main(args=argv, prog_name="shujian", standalone_mode=False)
    except KeyboardInterrupt:
        sys.stderr.write("已中断\n")
        code = 130
    except SystemExit as left:  # a command that ends by a code of its own
        code = left.code
    except BrokenPipeError:
        code = 0
    except Exception as error:
        code = report_error(error, as_json=wants_json(argv))
    # click answers the code of an Exit instead of raising it
    sys.exit(close_streams() or (code if isinstance(code, int) else 0))
