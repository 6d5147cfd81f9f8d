"""Runs a guide as a reader would: writes its files, calls its commands, compares what it says they print.

``python tests/guides.py PAGE…`` puts the present output into the pages instead (demo pages: SHUJIAN_HOME names the county).
"""

from __future__ import annotations

import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from house import House

BLOCK = re.compile(r"(?:<!-- (?P<note>[^>]*) -->\n)?```(?P<kind>[a-z]*)\n(?P<body>.*?)```\n", re.DOTALL)
# What differs from one run to the next, and how it is compared.
VOLATILE = [
    (r"\b(run|batch|snap)-[0-9A-Za-z-]+", r"\1-…"),
    (r"\b[0-9a-f]{12,64}…?", "…"),
    (r"\d+(\.\d+)? 秒", "… 秒"),
    (r"审计链完整：\d+ 条", "审计链完整：… 条"),
    (r"[\d,]+ 行/秒", "… 行/秒"),
    (r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?[.\d]*(\+00:00|Z)?", "…"),
    (r"[━─┏┓┗┛┡┩└┘├┤┬┴┼╇╈╮╭╰╯]+", ""),
    (r"[一-鿿]某某", "某某"),
    (r"\s+", " "),
]


@dataclass(frozen=True)
class Block:
    """One fenced block: its kind, its text, and the remark before it (``文件 名 编码`` or ``不执行``)."""

    kind: str
    body: str
    note: str
    start: int
    end: int


def blocks(text: str) -> list[Block]:
    """All fenced blocks of a page, in order."""
    return [
        Block(found["kind"], found["body"], found["note"] or "", found.start("body"), found.end("body"))
        for found in BLOCK.finditer(text)
    ]


def steady(line: str) -> str:
    """A line without what changes from run to run."""
    for pattern, instead in VOLATILE:
        line = re.sub(pattern, instead, line)
    return line.strip()


def commands(body: str) -> Iterator[list[str]]:
    """The shujian calls of a block; a comment after two spaces and # is dropped."""
    for line in body.replace("\\\n", " ").splitlines():
        words = shlex.split(line.split("  #")[0])
        if words and words[0] == "shujian":
            yield words[1:]
        elif words and not words[0].startswith("#"):
            raise AssertionError(f"a guide may only call shujian: {line}")


def write_file(block: Block, folder: Path) -> None:
    """Write the file that a block shows; ``文件 热线.csv gb18030``."""
    name, *encoding = block.note.split()[1:]
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(block.body.encode(encoding[0] if encoding else "utf-8"))


def play(text: str, house: House, folder: Path) -> Iterator[tuple[Block, str]]:
    """Go through a page; answer each block that shows output together with what was really printed."""
    printed = ""
    for block in blocks(text):
        if block.note.startswith("文件 "):
            write_file(block, folder)
        elif block.kind == "bash" and block.note != "不执行":
            allowed = int(block.note.removeprefix("退出码 ")) if block.note.startswith("退出码 ") else 0
            printed = ""
            for words in commands(block.body):
                answer = house.run(*words, code=allowed, folder=folder)
                printed += answer.out + answer.err
        elif block.kind == "text" and not block.note:
            yield block, printed


def rewrite(page: Path) -> None:
    """Put the present output into a page. Lines that the page cuts with … stay cut."""
    text = page.read_text("utf-8")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        house = House(Path(os.environ.get("SHUJIAN_HOME") or folder / "home"))
        pieces, last = [], 0
        for block, printed in play(text, house, folder):
            lines = [line.rstrip() for line in printed.replace(f"{folder}/", "").splitlines()]
            pieces += [text[last : block.start], "\n".join(lines).strip("\n") + "\n"]
            last = block.end
    page.write_text("".join(pieces) + text[last:], "utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        rewrite(Path(name))
