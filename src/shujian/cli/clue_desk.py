"""``shujian clue import | attach | comment | identity | looks``: what may be added and seen from the command line.

Steps that decide something are taken by a person on the page, under his own account.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from shujian.cli.output import emit_json, say, table
from shujian.cli.rooms import open_rooms, reads_persons, told_filters
from shujian.kernel.errors import BadInput, Fault

Number = Annotated[str, typer.Argument(metavar="编号", help="形如 XS000123")]
Json = Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")]


def register(group: typer.Typer) -> None:
    """Add the commands to ``shujian clue``."""
    group.command("import")(import_list)
    group.command("attach")(attach)
    group.command("comment")(comment)
    group.command("identity")(identity)
    group.command("looks")(looks)
    group.command("routing")(routing)
    group.command("precision")(precision)


def import_list(
    file: Annotated[Path, typer.Argument(metavar="文件", help="CSV 或 XLSX，列名见办一条线索")],
    sheet: Annotated[str, typer.Option(help="工作表名")] = "",
    as_json: Json = False,
) -> None:
    """录入一份线索清单：有一处不对就一条也不录，全部问题一次列出；同一行不会重复录入。"""
    actor = open_rooms()
    from shujian.clues import service

    done = service.import_list(actor=actor, path=file, sheet=sheet or None)
    if as_json:
        emit_json("clue.import", asdict(done))
        return
    say(f"录入 {len(done.made)} 条，以前录过 {done.same} 条（{done.batch}）")


def attach(
    number: Number,
    file: Annotated[Path, typer.Argument(metavar="文件", help="附件：PDF、JPEG、PNG、DOCX、XLSX、TXT")],
    says: Annotated[str, typer.Option(help="说明")] = "",
    as_json: Json = False,
) -> None:
    """给线索加一份附件：按内容认种类，图片去掉拍摄地点等信息，加密存放。"""
    actor = open_rooms()
    from shujian.clues import service

    try:
        body = file.read_bytes()
    except OSError as error:
        raise BadInput(
            Fault(code="no_file", message="文件打不开", file=str(file), found=error.strerror, expected="一个可读的文件")
        ) from None  # fmt: skip
    filed = service.file_paper(actor=actor, number=number, name=file.name, body=body, says=says)
    if as_json:
        emit_json("clue.attach", asdict(filed))
        return
    gone = f"，已去除{'、'.join(filed.stripped)}" if filed.stripped else ""
    say(f"已上传（{filed.size} 字节，sha256 {filed.sha256[:16]}…）{gone}")


def comment(
    number: Number,
    text: Annotated[str, typer.Option(help="批注的内容；加密存放")],
    as_json: Json = False,
) -> None:
    """给线索加一条批注。"""
    actor = open_rooms()
    from shujian.clues import service

    made = service.comment(actor=actor, number=number, text=text)
    if as_json:
        emit_json("clue.comment", {"comment": made})
        return
    say("已添加批注")


@reads_persons("clue.list", lambda **told: f"clues:held=identity {told_filters(grade=told.get('grade'))}")
def identity(
    grade: Annotated[str, typer.Option(help="比对等级：A-、B、B-、C、judged")] = "",
    cursor: Annotated[str, typer.Option(help="上一页给出的 next")] = "",
    as_json: Json = False,
) -> None:
    """待核身份的线索，逐处列出比对过的字段（脱敏），得分高的在前。"""
    from shujian.accounts.read import shell_actor
    from shujian.cli.clue_text import FIELD, OUTCOME
    from shujian.clues import read

    doubts, page = read.identity_queue(shell_actor(), grade=grade, cursor=cursor or None)
    if as_json:
        items = [
            {"id": one.clue.row.id, "title": one.clue.row.title, "grade": one.clue.row.grade, "unit": one.clue.row.unit,
             "matches": [{"left": each["left"], "right": each["right"], "grade": each["grade"], "compared": each["compared"]}
                         for each in one.clue.matches]}
            for one in doubts
        ]  # fmt: skip
        emit_json("clue.identity", {"items": items, "next": page.next, "total": page.total})
        return
    rows = [
        (one.clue.row.id, one.clue.row.grade, one.clue.row.title, FIELD.get(each["field"], each["field"]),
         each["left"] or "—", each["right"] or "—", OUTCOME.get(each["outcome"], each["outcome"]))
        for one in doubts for match in one.clue.matches for each in match["compared"]
    ]  # fmt: skip
    table(f"待核身份（共 {page.total} 条）", ("编号", "等级", "标题", "字段", "左", "右", "结果"), rows)
    if page.next:
        say(f"还有更多，下一页：--cursor {page.next}")


@reads_persons("clue.list", lambda **_: "clues:second-look")
def looks(as_json: Json = False) -> None:
    """随机抽查的排除：等待抽查的，以及抽查不同意的比例。"""
    from shujian.accounts.read import shell_actor
    from shujian.clues import read

    found = read.looks(shell_actor())
    assert found is not None
    if as_json:
        items = [asdict(one) for one in found.waiting]
        counts = {
            "done": found.done, "disagreed": found.disagreed, "low": found.low, "high": found.high, "share": str(found.share)
        }  # fmt: skip
        emit_json("clue.looks", {"items": items, "next": None, **counts})
        return
    rows = [(one.clue, one.title, one.reason, one.unit, f"{one.drawn_at:%Y-%m-%d}") for one in found.waiting]
    table(
        f"等待抽查 {len(rows)} 条（比例 {found.share}%）",
        ("编号", "标题", "排除理由", "归口单元", "抽中"),
        rows,
    )
    say(f"已抽查 {found.done} 条，不同意 {found.disagreed} 条（95% 区间 {found.low}% 至 {found.high}%）")


def routing(as_json: Json = False) -> None:
    """归口规则：列出、检查；没有部门可去的线索有几条。有问题退出码为 1。"""
    open_rooms()
    from shujian.clues import read

    rules, faults, waiting = read.routing_book().rules, read.routing_faults(), read.open_unrouted()
    if as_json:
        items = [
            {"file": file, "line": line, **rule.model_dump(mode="json", by_alias=True, exclude_none=True)}
            for file, line, rule in rules
        ]
        faults_told = [fault.as_dict() for fault in faults]
        emit_json("clue.routing", {"items": items, "next": None, "faults": faults_told, "unrouted": waiting})
    else:
        rows = [
            (f"{file} 第 {line} 行", rule.from_, rule.to or "", "、".join(
                f"{name}={told}" for name in ("model", "point", "area", "region", "unit") if (told := getattr(rule, name))
            ), rule.goes, rule.handler or "")
            for file, line, rule in rules
        ]  # fmt: skip
        table(f"归口规则（{len(rows)} 条）", ("在哪里", "起", "止", "对哪些线索", "归到", "承办人"), rows)
        for fault in faults:
            say(fault.sentence())
        say(f"待分派的线索 {waiting} 条")
    if faults:
        raise typer.Exit(1)


def precision(
    model: Annotated[str, typer.Argument(help="模型编号或标识；不写则列出全部")] = "", as_json: Json = False
) -> None:
    """模型成效：推送、签收、属实、立案，带 95% 区间；写明模型时另列关键词和建议。"""
    open_rooms()
    from shujian.clues import read
    from shujian.supervision import read as supervision

    told = read.precision_of(supervision.model(model).id) if model else None
    rows = [told.whole, *told.words] if told else read.all_outcomes()
    proposals = told.proposals if told else ()
    if as_json:
        items = [
            {
                **asdict(one),
                "low": one.precision.low,
                "high": one.precision.high,
                "share": one.precision.per_cent,
            }
            for one in rows
        ]
        emit_json(
            "clue.precision", {"items": items, "next": None, "proposals": [asdict(one) for one in proposals]}
        )
        return
    lines = [
        (one.name, one.pushed, one.signed, one.true, one.false, one.filed,
         f"{one.precision.per_cent}%（{one.precision.low}% 至 {one.precision.high}%）" if one.precision.trials else "还没有判过")
        for one in rows
    ]  # fmt: skip
    table("成效", ("模型／关键词", "推送", "签收", "属实", "不属实", "立案", "属实比例（95% 区间）"), lines)
    for one in proposals:
        say(f"{read.PROPOSALS[one.kind]}：{one.says}；在办的 {len(one.gone)} 条不会再提出")
