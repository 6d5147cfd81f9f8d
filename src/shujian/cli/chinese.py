"""Help in Chinese: the option libraries ask ``gettext`` for their words, and ``gettext`` is told ours.

Sentences about wrong use are left to ``usage``, which takes them apart; only what stands on a page of help is here.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from typing import Any

WORDS: Mapping[str, str] = {
    "Usage:": "用法：", "Options": "选项", "Arguments": "参数", "Positional arguments": "参数", "Commands": "命令",
    "Error": "错误", "Show this message and exit.": "显示本页后退出", "Show the version and exit.": "显示版本后退出",
    "%(prog)s, version %(version)s": "%(prog)s %(version)s", "[default: {}]": "[默认：{}]", "default: {default}": "默认：{default}",
    "[required]": "[必填]", "required": "必填", "[env var: {}]": "[环境变量：{}]", "env var: {var}": "环境变量：{var}",
    "(dynamic)": "（运行时决定）", "Aborted!": "已中断", "Aborted.": "已中断", "(deprecated) ": "（已停用）", "deprecated": "已停用",
    "Confirm the action without prompting.": "不再询问，直接办理", "Do you want to continue?": "是否继续？",
    "Error: {message}": "错误：{message}",
}  # fmt: skip
_TYPES = {
    "str": "文字", "int": "整数", "bool": "开关", "float": "数", "Decimal": "数", "Path": "文件", "path": "文件或文件夹", "file": "文件",
    "directory": "文件夹", "datetime": "日期", "%Y-%m-%d": "日期", "int range": "整数", "float range": "数",
}  # fmt: skip
_COMPLETION = {"install_completion", "show_completion"}


def speak_chinese() -> None:
    """Answer ``gettext`` from ``WORDS``; what is not in it goes the old way. To be called before the libraries load."""
    before: Callable[[str, str], str] = gettext.dgettext

    def told(domain: str, message: str) -> str:
        return WORDS.get(message) or before(domain, message)

    if getattr(before, "shujian", False):
        return
    told.shujian = True  # type: ignore[attr-defined]
    gettext.dgettext = told


def dressed(command: Any) -> Any:
    """A command with everything below it: its placeholders and kinds of values in Chinese, no options for shells."""
    command.options_metavar = "[选项]"
    if hasattr(command, "list_commands"):
        command.subcommand_metavar = "命令 [参数]…"
    command.params = [one for one in command.params if one.name not in _COMPLETION]
    for one in command.params:
        _translate(one)
    command.get_help_option = _help(command.get_help_option)
    command.format_usage = lambda context, page: page.write_usage(
        context.command_path, " ".join(command.collect_usage_pieces(context)).replace("...", "…"), "用法："
    )
    for below in getattr(command, "commands", {}).values():
        dressed(below)
    return command


def _translate(option: Any) -> None:
    if hasattr(option, "display_type"):
        option.display_type = _kind(option.display_type)


def _help(made: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The option that every command has; it is made when first asked for."""
    seen: list[Any] = []

    def option(context: Any) -> Any:
        found = made(context)
        if found is not None and found not in seen:
            found.help = WORDS["Show this message and exit."]
            _translate(found)
            seen.append(found)
        return found

    return option


def _kind(said: Callable[[Any], str]) -> Callable[[Any], str]:
    def kind(context: Any) -> str:
        label = said(context).removeprefix("<").removesuffix(">")
        many = label.startswith("list[")
        one = label.removeprefix("list[").removesuffix("]") if many else label
        return f"<{_TYPES.get(one, one)}{'…' if many else ''}>"

    return kind
