"""``shujian model pack`` and ``model unpack``: models sent to other offices and received from them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shujian.cli.output import emit_json, say, table
from shujian.kernel.errors import Fault, Unavailable

if TYPE_CHECKING:
    from shujian.supervision.service import SourcePair

AsJson = Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")]


def pack(
    model: Annotated[str, typer.Argument(help="模型 id 或编号")],
    out: Annotated[Path | None, typer.Option(help="写到哪个新文件（默认 模型id.sjmodel）")] = None,
    as_json: AsJson = False,
) -> None:
    """打成签名的模型包：模型、证明、说明、关键词、参数、数据契约，不含任何数据。"""
    from shujian.cli.rooms import open_rooms

    actor = open_rooms()
    from shujian.runs import service

    done = service.pack(model, actor=actor.name, out=out)
    if as_json:
        emit_json("model.pack", asdict(done))
        return
    sys.stdout.write(f"已写 {done.file}（{done.bytes:,} 字节）\nSM3 {done.sm3}\n")


def unpack(
    file: Annotated[Path, typer.Argument(metavar="文件", help="别的单位发来的模型包")],
    mapping: Annotated[Path | None, typer.Option("--map", help="字段对应文件，人核对过的")] = None,
    propose: Annotated[
        Path | None, typer.Option(help="只提议字段对应，写到这个文件供人核对；什么都不装")
    ] = None,
    purpose: Annotated[str | None, typer.Option(help="事由编号：与相近的模型比较命中时要写")] = None,
    as_json: AsJson = False,
) -> None:
    """核对签名和摘要，对应字段，在本院证明通过后装入；有一处不符就整个不装。"""
    from shujian.cli.rooms import open_rooms

    actor = open_rooms()
    from shujian.runs import service as runs
    from shujian.supervision import service

    if propose is not None:
        _propose(file, propose, as_json)
        return
    told = service.read_map(mapping) if mapping else None
    try:
        done = runs.unpack(file, actor=actor.name, told=told)
    except service.MappingUnconfirmed as error:
        _print_pairs(error.pairs, to_stderr=True)
        raise
    overlaps, notes = runs.overlaps(done, actor=actor.name, purpose=purpose)
    body: dict[str, Any] = {
        **asdict(done), "pairs": [_pair(pair) for pair in done.pairs], "folder": str(done.folder),
        "overlaps": [asdict(one) for one in overlaps], "notes": [*done.notes, *notes],
    }  # fmt: skip
    if as_json:
        emit_json("model.unpack", body)
        return
    _print_pairs(done.pairs)
    sys.stdout.write(
        f"已装入“{done.title}”（{done.model}），来自 {done.office}（{done.county}）；{done.proofs} 个证明在本院成立\n"
    )
    sys.stdout.write("".join(f"  {name}\n" for name in done.installed))
    for one in done.near:
        say(f"注意：步骤与“{one.title}”（{one.model}）相近，{one.share:.0%}，可能是同一个模型")
    for each in overlaps:
        say(
            f"  现有数据上：本模型命中 {each.own} 个主体，{each.model} 命中 {each.other} 个，相同 {each.both} 个"
        )
    for note in body["notes"]:
        say(f"注意：{note}")


def _propose(file: Path, out: Path, as_json: bool) -> None:
    from shujian.supervision import service

    package, pairs = service.proposed(file)
    try:
        with out.open("x", encoding="utf-8") as written:
            written.write(service.written_map(pairs))
    except OSError as error:
        told = (
            "文件已存在，不会改写"
            if isinstance(error, FileExistsError)
            else f"文件写不进去：{error.strerror}"
        )
        raise Unavailable(Fault(code="cannot_write", message=told, file=str(out))) from None
    if as_json:
        emit_json(
            "model.unpack",
            {"model": package.model, "proposed": str(out), "pairs": [_pair(pair) for pair in pairs]},
        )
        return
    _print_pairs(pairs)
    say(f"提议已写到 {out}；逐行核对、改好之后：shujian model unpack {file} --map {out}")


def _pair(pair: SourcePair) -> dict[str, Any]:
    return {**asdict(pair), "same": pair.same}


def _print_pairs(pairs: Sequence[SourcePair], *, to_stderr: bool = False) -> None:
    rows = []
    for pair in pairs:
        if pair.source is None:
            rows.append([pair.title, "", "装入对方的数据契约", ""])
        elif pair.same:
            rows.append([pair.title, "", pair.source_title, "相同"])
        else:
            rows += [
                [
                    pair.title,
                    f"{one.title}（{one.name}）",
                    f"{one.home_title}（{one.home}）" if one.home else "没有找到",
                    one.why,
                ]
                for one in pair.fields
            ]
    columns = ["模型的数据源", "模型的字段", "本院的", "依据"]
    table("字段对应", columns, rows, to_stderr=to_stderr)


def register(group: typer.Typer) -> None:
    """Hang the commands under ``shujian model``."""
    group.command("pack")(pack)
    group.command("unpack")(unpack)
