"""``shujian model letter``: the requests for data that a model needs; ``model fairness``: whom a run flags how often."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from shujian.cli.output import emit_json, say
from shujian.kernel.errors import BadInput, Fault, Unavailable

Model = Annotated[str, typer.Argument(help="模型 id 或编号")]
AsJson = Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")]


def letter(
    model: Model,
    to: Annotated[str | None, typer.Option(help="只要给哪个单位的（名称的一部分）")] = None,
    out: Annotated[Path | None, typer.Option(help="写成 DOCX 的文件夹，一个单位一份（默认输出文字）")] = None,
    as_json: AsJson = False,
) -> None:
    """调取数据函：给每个提供单位一份，字段只列模型实际读取的；院名、文号、联系人由人填写。"""
    from shujian.supervision import read

    found = read.letters(model)
    items = [
        (one, item)
        for one, item in zip(found.letters, read.letter_items(found), strict=True)
        if to is None or to in one.to
    ]
    if to is not None and not items:
        known = "、".join(one.to for one in found.letters)
        raise BadInput(
            Fault(code="unknown_body", message="这个模型不向这个单位调取数据", found=to, expected=known)
        )
    files: list[str] = []
    if out is not None:
        from shujian.cli.rooms import open_rooms

        open_rooms()
        from shujian.faces import service

        try:
            files = [str(path) for path in service.letter_files([one for one, _ in items], out)]
        except OSError as error:
            told = Fault(code="cannot_write", message=f"文件写不进去：{error.strerror}", file=str(out))
            raise Unavailable(told) from None
    if as_json:
        body = {"model": found.model, "items": [item for _, item in items], "inside": list(found.inside)}
        emit_json("model.letter", {**body, "files": files, "next": None})
        return
    if out is None:
        sys.stdout.write("\n".join(str(item["text"]) for _, item in items))
    sys.stdout.write("".join(f"已写 {path}\n" for path in files))
    for title in found.inside:
        say(f"“{title}”是本院内部数据，不用调取")


def register(group: typer.Typer) -> None:
    """Hang the commands under ``shujian model``."""
    group.command("letter")(letter)
