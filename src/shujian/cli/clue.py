"""``shujian clue``: list, show, export, and what ``clue_desk`` adds. Masked unless a reason is given; every look is audited."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shujian.cli import clue_desk
from shujian.cli.output import emit_items, emit_json, say, table
from shujian.cli.rooms import clue_thing, reads_persons, told_filters
from shujian.kernel.errors import BadInput, Fault, Unavailable

if TYPE_CHECKING:
    from shujian.clues.read import Filters

group = typer.Typer(help="线索：列表、查看、导出、录入、附件、批注、待核身份、抽查", no_args_is_help=True)

Model = Annotated[str, typer.Option(help="模型编号或标识，如 M08、convicted_staff")]
Grade = Annotated[str, typer.Option(help="比对等级：A、A-、B、B-、C、judged（人工认定）")]
State = Annotated[str, typer.Option(help="状态 C0 至 C9，如 C1 待初核、C2 初核中、C5 评估调查中、C9 已排除")]
Unit = Annotated[str, typer.Option(help="归口单元")]
Mark = Annotated[
    str,
    typer.Option(
        help="标记：ground 依据已变、fresh 有新证据、snoozed 暂缓中、woken 暂缓到期、objected 有异议、hand 人工录入、joined 已并入"
    ),
]
Since = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="此日起发现的，如 2026-06-01")]
Json = Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")]


def _filters(
    model: str, grade: str, state: str, unit: str, since: datetime | None, mark: str = ""
) -> Filters:
    from shujian.clues.read import Filters
    from shujian.supervision import read as supervision

    name = supervision.model(model).id if model else ""
    return Filters(
        model=name, grade=grade, state=state, unit=unit, since=since.date() if since else None, mark=mark
    )


def _list_thing(**told: Any) -> str:
    return "clues:" + told_filters(
        **{name: told.get(name) for name in ("model", "grade", "state", "unit", "since", "mark")}
    )


@group.command("list")
@reads_persons("clue.list", _list_thing)
def list_clues(
    model: Model = "",
    grade: Grade = "",
    state: State = "",
    unit: Unit = "",
    since: Since = None,
    mark: Mark = "",
    limit: Annotated[int, typer.Option(help="每页条数，至多 500")] = 50,
    cursor: Annotated[str, typer.Option(help="上一页给出的 next")] = "",
    as_json: Json = False,
) -> None:
    """列出线索，新的在前；姓名证件已脱敏。"""
    from shujian.accounts.read import shell_actor
    from shujian.clues import read

    filters = _filters(model, grade, state, unit, since, mark)
    page = read.list_clues(shell_actor(), filters, limit=limit, cursor=cursor or None)
    if as_json:
        emit_json(
            "clue.list",
            {"items": [read.row_item(row) for row in page.items], "next": page.next, "total": page.total},
        )
        return
    columns = ("编号", "状态", "标题", "比对", "缺失", "强度", "得分", "归口单元", "证据行")
    rows = [
        (row.id, row.state_title + ("（依据已变）" if row.ground_changed else ""), row.title, SAID.get(row.grade, row.grade),
         ABSENCE[row.absence], row.strength, row.score, row.unit, row.evidence_count)
        for row in page.items
    ]  # fmt: skip
    table(f"线索（共 {page.total} 条，本页 {len(rows)} 条）", columns, rows)
    if page.next:
        say(f"还有更多，下一页：--cursor {page.next}")


SAID = {"judged": "人工认定"}
ABSENCE = {"proved": "已证明没有", "possible": "可能存在记录", "unknown": "数据不全", "none": "不涉及"}


@group.command("show")
@reads_persons("clue.show", lambda **told: clue_thing(told["number"]))
def show(
    number: Annotated[str, typer.Argument(metavar="编号", help="形如 XS000123")],
    unmask: Annotated[bool, typer.Option("--unmask", help="显示完整姓名证件，须写明事由，记入审计")] = False,
    reason: Annotated[str, typer.Option(help="查看完整信息的事由")] = "",
    as_json: Json = False,
) -> None:
    """查看一条线索：依据、证据行及其出处、比对、关键词、逐步解释、核查清单。"""
    from shujian.accounts.read import shell_actor
    from shujian.clues import read, service

    actor = shell_actor()
    masked = not unmask
    detail = (
        read.clue(actor, number) if masked else service.unmask_clue(actor=actor, number=number, reason=reason)
    )
    judged = read.of_clue(actor, number).matches
    if as_json:
        emit_json("clue.show", read.clue_item(detail, judged))
        return
    from shujian.cli.clue_text import lines_of

    for line in lines_of(detail, judged):
        typer.echo(line)


@group.command("export")
@reads_persons("clue.export", lambda **told: f"{_list_thing(**told)} → {Path(told['file']).name}")
def export(
    file: Annotated[Path, typer.Argument(metavar="文件", help="以 .xlsx 或 .docx 结尾")],
    model: Model = "",
    grade: Grade = "",
    state: State = "",
    unit: Unit = "",
    since: Since = None,
    limit: Annotated[int, typer.Option(help="至多导出多少条")] = 5000,
    as_json: Json = False,
) -> None:
    """导出线索清单（脱敏），每页都写明导出人、时间和数据日期。"""
    from shujian.accounts.read import shell_actor
    from shujian.cli.accidents import reason_of
    from shujian.faces import service

    if file.suffix.lower() not in (".xlsx", ".docx"):
        raise BadInput(
            Fault(
                code="export_format",
                message="导出格式不认识",
                found=file.suffix or file.name,
                expected=".xlsx 或 .docx",
            )
        )
    filters = _filters(model, grade, state, unit, since)
    try:
        count = service.export_clues(actor=shell_actor(), filters=filters, file=file, most=limit)
    except OSError as error:
        raise Unavailable(
            Fault(code="cannot_write", message=f"文件写不进去：{reason_of(error)}", file=str(file))
        ) from None
    if as_json:
        emit_items("clue.export", [{"file": str(file), "rows": count}])
        return
    say(f"已导出 {count} 条线索到 {file}")


clue_desk.register(group)
