"""Wrong use said in Chinese: the option library's sentences, known by their form."""

from __future__ import annotations

import re

# (what the library says, what we say, what is expected)
_SENTENCES: tuple[tuple[str, str, str | None], ...] = (
    (r"No such command '(?P<found>[^']*)'", "没有这个命令", "--help 列出的命令"),
    (r"No such option:? '?(?P<found>[^\s'.]+)", "没有这个选项", "--help 列出的选项"),
    (r"Missing argument '(?P<field>[^']*)'", "缺少参数", None),
    (r"Missing (?:option|parameter):? '(?P<field>[^']*)'", "缺少选项", None),
    (r"Missing parameter:? (?P<field>\S+)", "缺少选项", None),
    (r"Missing command", "缺少命令", "--help 列出的命令"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((?P<found>.*)\)", "多出了参数", None),
    (r"Option '(?P<field>[^']*)' requires (?:an argument|\d+ arguments)", "选项后面要写值", None),
    (r"Option '(?P<field>[^']*)' does not take a value", "这个选项后面不写值", None),
    (r"Argument '(?P<field>[^']*)' (?:takes|requires) .*", "参数的个数不对", None),
    (r"Could not open file '(?P<found>[^']*)'.*", "文件打不开", "一个可读的文件"),
)  # fmt: skip
_VALUE = re.compile(r"Invalid value(?: for (?P<field>'[^:]*'))?: (?P<why>.*)", re.DOTALL)
_WHYS: tuple[tuple[str, str, str | None], ...] = (
    (r"'?(?P<found>.*?)'? does not match the formats? (?:.*)", "日期写法不对", "如 2026-06-30"),
    (r".*valid integer.*|'?(?P<found>.*?)'? is not a valid (?:integer|int)(?: range)?", "应是整数", "整数"),
    (r".*valid number.*|'?(?P<found>.*?)'? is not a valid float", "应是数", "数"),
    (r"(?P<found>-?\d+) is not in the range (?P<expected>.*)", "超出范围", None),
    (r".*greater than or equal to (?P<least>\S+)", "太小", "不小于 {least}"),
    (r"(?:Path|File|Directory) '(?P<found>.*?)' does not exist", "文件不存在", "一个可读的文件"),
    (r"(?:Path|File|Directory) '(?P<found>.*?)' is a directory", "这是文件夹", "一个文件"),
    (r"(?:Path|File|Directory) '(?P<found>.*?)' is a file", "这是文件", "一个文件夹"),
    (r"(?:Path|File|Directory) '(?P<found>.*?)' is not (?:readable|writable|executable)", "没有权限打开", "可读写的文件"),
    (r"Input should be a valid datetime.*|Input should be a valid date.*", "日期写法不对", "如 2026-06-30"),
    (r"Input should be a valid boolean.*|'?(?P<found>.*?)'? is not a valid boolean.*", "应是“是”或“否”", "true、false"),
    (r"Input should be (?P<expected>'.*)", "不在可选的值之列", None),
    (r".*less than or equal to (?P<most>\S+)", "太大", "不大于 {most}"),
    (r".*greater than (?P<above>\S+)", "太小", "大于 {above}"),
    (r".*less than (?P<below>\S+)", "太大", "小于 {below}"),
    (r"'(?P<found>.*?)' is not one of (?P<expected>.*)", "不在可选的值之列", None),
)  # fmt: skip


def in_chinese(said: str) -> tuple[str, str | None, str | None, str | None]:
    """A sentence of the option library as (message, field, found, expected); one not known is what was found."""
    said = " ".join(said.split())
    value = _VALUE.match(said)
    if value:
        field = (value["field"] or "").replace("'", "") or None
        message, _, found, expected = _told(_WHYS, value["why"].removeprefix("Value error, "))
        return f"值不对：{message}", field, found, expected
    return _told(_SENTENCES, said)


def _told(
    sentences: tuple[tuple[str, str, str | None], ...], said: str
) -> tuple[str, str | None, str | None, str | None]:
    for pattern, message, expected in sentences:
        match = re.match(pattern, said)
        if match:
            seen = {key: text.strip(" .'") for key, text in match.groupdict().items() if text}
            wanted = expected.format(**seen) if expected else seen.get("expected")
            return message, seen.get("field"), seen.get("found"), wanted
    return "没有写对，见 --help", None, said[:120], None
