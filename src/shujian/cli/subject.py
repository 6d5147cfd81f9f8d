"""``shujian subject``: whether two rows are one person: judge, undo, list, show. Only added to; each on record."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from shujian.cli.output import emit_items, emit_json, say, table
from shujian.cli.rooms import open_rooms, reads_persons
from shujian.kernel.errors import BadInput, Fault

if TYPE_CHECKING:
    from shujian.clues.read import JudgementRow, SubjectTold

group = typer.Typer(help="主体：认定是不是同一个人，撤销、列出、查看", no_args_is_help=True)

Reason = Annotated[str, typer.Option(help="理由，至少四个字；加密存放")]
Json = Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")]


@group.command("judge")
def judge(
    clue: Annotated[str, typer.Argument(metavar="线索", help="形如 XS000123")],
    match: Annotated[int, typer.Option(help="第几处比对，从 1 起，见 subject show")],
    same: Annotated[bool, typer.Option("--same", help="同一人")] = False,
    different: Annotated[bool, typer.Option("--different", help="不是同一人：线索当场依据已变")] = False,
    unsure: Annotated[bool, typer.Option("--unsure", help="不能确定：不改变任何事")] = False,
    reason: Reason = "",
    as_json: Json = False,
) -> None:
    """认定一处比对的两行是不是同一个人（或同一家单位）。以后的运行都照此办理，可以撤销。"""
    chosen = [name for name, told in (("same", same), ("different", different), ("unsure", unsure)) if told]
    if len(chosen) != 1:
        raise BadInput(
            Fault(code="no_verdict", message="认定结论要写且只写一个", field="verdict", found="、".join(chosen) or None,
                  expected="--same、--different 或 --unsure")
        )  # fmt: skip
    actor = open_rooms()
    from shujian.clues import read, service

    number = service.judge(actor=actor, number=clue, match=match, verdict=chosen[0], reason=reason)
    _told(read.of_clue(actor, clue), number, "judge", as_json)


@group.command("undo")
def undo(
    number: Annotated[str, typer.Argument(metavar="认定", help="形如 RD000012")],
    reason: Reason = "",
    as_json: Json = False,
) -> None:
    """撤销一条认定：之前的结论重新有效。撤销也是一条记录，原来的不删。"""
    actor = open_rooms()
    from shujian.clues import read, service

    made = service.undo(actor=actor, number=number, reason=reason)
    clue = next(one.clue for one in read.judgements(actor) if one.judgement == made)
    assert clue is not None
    _told(read.of_clue(actor, clue), made, "undo", as_json)


@group.command("list")
@reads_persons("subject.list", lambda **told: f"judgements:limit={told['limit']}")
def list_judgements(
    limit: Annotated[int, typer.Option(help="至多多少条", min=1, max=5000)] = 200, as_json: Json = False
) -> None:
    """列出认定和撤销，新的在前；姓名已脱敏。"""
    from shujian.accounts.read import shell_actor
    from shujian.clues import read

    found = read.judgements(shell_actor(), limit=limit)
    if as_json:
        emit_items("subject.list", [asdict(one) for one in found])
        return
    _table(f"认定（{len(found)} 条）", found)


@group.command("show")
@reads_persons("subject.show", lambda **told: f"subject:{told['asked'][:40]}")
def show(
    asked: Annotated[
        str, typer.Argument(metavar="线索或代号", help="线索编号，或 clue list 给出的 subject_key")
    ],
    as_json: Json = False,
) -> None:
    """一条线索的各处比对，或一个主体：认定了什么、连成哪一组、有没有互相矛盾。"""
    from shujian.accounts.read import shell_actor
    from shujian.clues import read

    actor = shell_actor()
    by_key = len(asked) == 24 and not asked.upper().startswith("XS")
    found = read.of_subject(actor, asked) if by_key else read.of_clue(actor, asked)
    if as_json:
        emit_json("subject.show", asdict(found))
        return
    _print(found)


def _told(found: SubjectTold, number: str, verb: str, as_json: bool) -> None:
    if as_json:
        emit_json(f"subject.{verb}", {"judgement": number, **asdict(found)})
        return
    say(f"已记下 {number}" + ("；撤销：shujian subject undo " + number if verb == "judge" else ""))
    _print(found)


def _print(found: SubjectTold) -> None:
    from shujian.clues.read import grade_title

    if found.matches:
        rows = [
            (one.match, grade_title(one.grade), one.standing_title, one.judgement) for one in found.matches
        ]
        table(f"{found.asked} 的比对", ("第几处", "机器等级", "人工认定", "认定编号"), rows)
    for one in found.groups:
        title = "认定互相矛盾，都不算数，请撤销其中一条" if one.conflict else "认定为同一主体"
        table(f"{title}：{one.canonical}", ("代号", "称呼"), [(each.key, each.label) for each in one.members])
    if found.judgements:
        _table("认定记录", found.judgements)
    if not found.matches and not found.judgements:
        say("没有比对，也没有认定")


def _table(title: str, found: list[JudgementRow] | tuple[JudgementRow, ...]) -> None:
    columns = ("编号", "结论", "有效", "线索", "一边", "另一边", "谁", "何时", "理由")
    rows = [
        (one.judgement, one.verdict_title + (f" {one.undoes}" if one.undoes else ""),
         "矛盾" if one.conflict else "是" if one.in_force else "否", one.clue, one.left_label, one.right_label,
         one.by, f"{one.at:%Y-%m-%d %H:%M}", one.reason)
        for one in found
    ]  # fmt: skip
    table(title, columns, rows)
