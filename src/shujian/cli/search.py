"""``shujian search``: find rows by words, or by one person for a purpose. Masked, within rights, on record."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shujian.cli import output
from shujian.cli.rooms import open_rooms

if TYPE_CHECKING:
    from shujian.lake.read import SearchHit, SearchPage, Snippet

command = typer.Typer(
    add_completion=False, help="检索数据湖的文字：词之间用空格，全部出现才算命中；人名、号码一律遮盖"
)

Several = Annotated[list[str] | None, typer.Option("--dataset", help="只在这些数据集里找，可多次")]
Day = datetime | None


@command.command()
def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[词…]", help='如：噪声 夜间；"整句"；甲 OR 乙；"噪声 -夜间" 排除'),
    ] = None,
    dataset: Several = None,
    field: Annotated[list[str] | None, typer.Option("--field", help="只在这些字段里找，可多次")] = None,
    region: Annotated[str, typer.Option("--region", help="区划里含这几个字，如 城关")] = "",
    since: Annotated[Day, typer.Option("--since", formats=["%Y-%m-%d"], help="此日起，如 2026-06-01")] = None,
    until: Annotated[Day, typer.Option("--until", formats=["%Y-%m-%d"], help="到此日止（含）")] = None,
    order: Annotated[str, typer.Option("--order", help="new 新的在前；best 最相关的在前")] = "new",
    limit: Annotated[int, typer.Option("--limit", help="每页条数，至多 200")] = 20,
    cursor: Annotated[str, typer.Option("--cursor", help="上一页给出的 next")] = "",
    person: Annotated[
        str, typer.Option("--person", help="按人查询：完整的证件号、电话或姓名；- 从标准输入读")
    ] = "",
    purpose: Annotated[str, typer.Option("--purpose", help="按人查询的事由，记入审计")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="只在标准输出打印一个 JSON 对象")] = False,
) -> None:
    """检索数据湖里的文字。结果给出片段、来源文件和行号；缺的索引先补上。"""
    actor = open_rooms()
    from shujian.lookups.service import Question
    from shujian.lookups.service import search as look

    question = Question(
        query=" ".join(words or ()), person=sys.stdin.readline().strip() if person == "-" else person, purpose=purpose,
        datasets=tuple(dataset or ()), fields=tuple(field or ()), region=region,
        since=since.date() if since else None, until=until.date() if until else None, order=order, limit=limit,
        cursor=cursor or None,
    )  # fmt: skip
    with output.progress() as progress:
        page = look(actor, question, progress=progress)
    if as_json:
        output.emit_json("search", _item(page))
    else:
        _draw(page)


def _item(page: SearchPage) -> dict[str, Any]:
    return {
        "items": [hit.as_dict() for hit in page.items], "next": page.next, "total": page.total,
        "at_least": page.at_least, "snapshot": page.snapshot, "pinned_at": page.pinned_at, "behind": page.behind,
    }  # fmt: skip


def _draw(page: SearchPage) -> None:
    if not page.items:
        output.say("没有找到。可以少写几个词，或换一种说法；检索的是遮盖后的文字，人名和号码须按人查询")
        return
    told = f"至少 {page.total:,}" if page.at_least else f"{page.total:,}"
    rows = [(hit.day, hit.title, _text(hit), f"{hit.file}:{hit.line}") for hit in page.items]
    output.table(
        f"共 {told} 行，本页 {len(rows)} 行　快照 {page.snapshot}", ("日期", "数据集", "片段", "来处"), rows
    )
    if page.next:
        output.say(f"还有更多，下一页：--cursor {page.next}")


def _text(hit: SearchHit) -> str:
    return "\n".join(f"{piece.title}：{_marked(piece)}" for piece in hit.snippets)


def _marked(piece: Snippet) -> str:
    """The piece with 【】 around what was found."""
    made, at = "…" if piece.cut_before else "", 0
    for offset, length in piece.marks:
        made += piece.text[at:offset] + "【" + piece.text[offset : offset + length] + "】"
        at = offset + length
    return made + piece.text[at:] + ("…" if piece.cut_after else "")


def reindex(
    dataset: Annotated[
        str | None, typer.Argument(metavar="[DATASET]", help="只更新这一个；不写则全部")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="只在标准输出打印一个 JSON 对象")] = False,
) -> None:
    """更新检索索引，使它与数据集一致。导入时已自动更新；索引目录被清除后，或要一次建好时用。"""
    from shujian.lake.read import datasets as every
    from shujian.lake.read import source
    from shujian.lake.service import index

    named = [source(dataset).id] if dataset else [one.id for one in every()]
    with output.progress() as progress:
        items = [{"dataset": name, "rows": index(name, progress=progress)} for name in named]
    if as_json:
        output.emit_items("lake.index", items)
        return
    rows = [(item["dataset"], f"{item['rows']:,}") for item in items if item["rows"]]
    output.table("检索索引", ("数据集", "可检索的行"), rows)


def register(group: typer.Typer) -> None:
    """Put ``index`` among the commands of ``shujian lake``."""
    group.command("index")(reindex)
