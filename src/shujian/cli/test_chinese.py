"""No page of help and no answer to wrong use holds a sentence in English, over every command of the list."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from shujian.cli.main import COMMANDS, root
from shujian.cli.output import report_error
from shujian.cli.usage import in_chinese

LIST = Path(__file__).resolve().parents[3] / "tests" / "architecture" / "commands.txt"
NAMES = [
    line.partition("|")[0].split() for line in LIST.read_text("utf-8").splitlines() if line and line[0] != "#"
]
ENGLISH = re.compile(
    r"\b(?:Usage|Options|Arguments|Commands|Show|Error|Install|message|required|default|the|and|exit|command|missing"
    r"|str|int|bool|Path|list\[|OPTIONS|COMMAND|ARGS)\b"
)


def say(*words: str) -> tuple[str, int]:
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        try:
            code = root.main(args=list(words), prog_name="shujian", standalone_mode=False)
        except Exception as error:
            code = report_error(error, as_json=False)
        except SystemExit as left:
            code = left.code
    return out.getvalue(), code if isinstance(code, int) else 0


@pytest.mark.parametrize(
    "words", [[], *([name] for name in COMMANDS), *NAMES], ids=lambda words: " ".join(words) or "shujian"
)
def test_help_is_chinese(words: list[str]) -> None:
    told, code = say(*words, "--help")
    assert code == 0 and "用法：" in told and "显示本页后退出" in told
    assert ENGLISH.findall(told) == []


@pytest.mark.parametrize("words", NAMES, ids=" ".join)
def test_an_option_that_there_is_not_is_said_in_chinese(words: list[str]) -> None:
    told, code = say(*words, "--no-such-option")
    assert code == 2 and "用法不对：" in told
    assert not re.search(r"No such|Missing|Invalid|Usage|Try ", told)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "没有这个命令"), (["clue", "nothing"], "没有这个命令"), (["clue", "show"], "缺少参数"),
        (["clue", "list", "--limit", "many"], "应是整数"), (["clue", "list", "--limit"], "选项后面要写值"),
        (["clue", "list", "--since", "yesterday"], "日期写法不对"), (["clue", "list", "extra"], "多出了参数"),
        (["clue", "list", "--json=1"], "这个选项后面不写值"), (["serve", "--port", "0"], "太小"), (["serve", "--port", "99999"], "太大"),
    ],
    ids=lambda told: " ".join(told) if isinstance(told, list) else "",
)  # fmt: skip
def test_wrong_use(words: list[str], said: str) -> None:
    told, code = say(*words)
    assert code == 2 and said in told, told
    assert not re.search(r"[A-Z][a-z]+ [a-z]+", told.replace("--help", "")), told


def test_what_is_not_known_is_told_as_found() -> None:
    assert in_chinese("Something new.") == ("没有写对，见 --help", None, "Something new.", None)
