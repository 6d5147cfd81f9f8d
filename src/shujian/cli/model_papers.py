"""``shujian model letter``: the requests for data that a model needs; ``model fairness``: whom a run flags how often."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from shujian.cli.output import emit_json, say, table
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


def fairness(
    model: Model,
    run_id: Annotated[str | None, typer.Option("--run", help="哪次运行（默认最近一次）")] = None,
    among: Annotated[str | None, typer.Option(help="只在通过这一步的人里比较，如 serving")] = None,
    as_json: AsJson = False,
) -> None:
    """公平性报告：模型看过的人里，被提示的比例按性别、年龄、乡镇街道比较；只有合计，人数少的组不列。"""
    from shujian.cli.rooms import open_rooms

    actor = open_rooms()
    from shujian.runs import service
    from shujian.supervision import read

    run, found = service.fairness(model, actor=actor.name, run_id=run_id, among=among)
    if as_json:
        emit_json("model.fairness", {"run": run, **found.plain()})
        return
    for line in read.fairness_lines(found):
        sys.stdout.write(line + "\n")
    for one in found.lists:
        told = "被提示的太少，不列" if one.flagged is None else f"被提示 {one.flagged} {one.unit}"
        sys.stdout.write(f"\n{one.source}：{one.base} {one.unit}，{told}（线索：{'、'.join(one.clues)}）\n")
        for division in one.divisions:
            if division.missing:
                sys.stdout.write(f"{division.title}：{division.missing}\n")
                continue
            rows = [
                [cell.group, "人数少，不列", "", "", "", ""]
                if cell.hidden
                else [cell.group, cell.base, cell.flagged, f"{cell.share:.2%}", f"{cell.low:.2%} 至 {cell.high:.2%}",
                      f"明显偏{cell.apart}" if cell.apart else ""]
                for cell in division.cells
            ]  # fmt: skip
            table("", [division.title, "看过", "被提示", "比例", "95% 区间", ""], rows)
    for caution in found.cautions:
        say(f"注意：{caution}")


def register(group: typer.Typer) -> None:
    """Hang the commands under ``shujian model``."""
    group.command("letter")(letter)
    group.command("fairness")(fairness)
