"""The report of a campaign as a text document: its closure, or how far it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from shujian.campaigns.read import CampaignTold
from shujian.clues.read import Progress
from shujian.kernel.controls import without
from shujian.kernel.intervals import wilson

_COLUMNS = ("", "发现", "推送", "签收", "登记", "立案", "移送", "排除", "在办")
_FIELDS = ("found", "pushed", "signed", "registered", "filed", "referred", "excluded", "open")


def campaign_docx(told: CampaignTold, titles: Mapping[str, str], mark: str) -> bytes:
    """The report; ``titles``: names of models by id; ``mark``: who made it and when, in the footer."""
    document = Document()
    _font(document.styles["Normal"], "仿宋", 14)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    section.footer.paragraphs[0].text = without(mark)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(f"{without(told.title)}{'结项报告' if told.closed_at else '进展情况'}")
    run.bold, run.font.size = True, Pt(20)
    for line in _opening(told, titles):
        document.add_paragraph(without(line))
    _heading(document, "一、总体情况")
    document.add_paragraph(_whole(told.whole))
    if told.targets:
        _heading(document, "二、目标完成情况")
        lines = [(one.title, str(one.wanted), str(one.reached), f"{one.per_cent}%") for one in told.targets]
        _table(document, ("目标", "要求", "完成", "比例"), lines)
    _heading(document, "三、各模型")
    _table(document, ("模型", *_COLUMNS[1:]), [_row(titles.get(one.name, one.name), one) for one in told.by_model])  # fmt: skip
    _heading(document, "四、各部门")
    _table(document, ("部门", *_COLUMNS[1:]), [_row(one.name, one) for one in told.by_unit])
    _heading(document, "五、小结")
    for line in (told.summary or "（尚未结项，没有小结）").splitlines():
        document.add_paragraph(without(line))
    document.add_paragraph(
        "线索由监督模型比对得出，须经人工核查，不是结论；线索数不是案件数，也不是检察建议数。检察建议、整改情况还没有数据。"
    )
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _opening(told: CampaignTold, titles: Mapping[str, str]) -> list[str]:
    closed = (
        f"　结项：{told.closed_at.astimezone():%Y年%-m月%-d日}（{told.closed_by}）" if told.closed_at else ""
    )
    return [
        f"编号：{told.number}　事由：{told.purpose}",
        f"期间：{told.starts.year}年{told.starts.month}月{told.starts.day}日至{told.ends.year}年{told.ends.month}月{told.ends.day}日{closed}",
        f"监督模型：{'、'.join(titles.get(name, name) for name in told.models)}",
        f"参加部门：{'、'.join(told.units)}",
    ]


def _whole(one: Progress) -> str:
    judged = one.true + one.false
    low, high = wilson(one.true, judged)
    share = (
        f"判过的 {judged} 条中属实 {one.true} 条（95% 区间 {low:.0%} 至 {high:.0%}）"
        if judged
        else "还没有判过的线索"
    )
    counts = (
        f"期间发现线索 {one.found} 条，推送 {one.pushed} 条，签收 {one.signed} 条，登记为正式线索 {one.registered} 条，",
        f"立案 {one.filed} 件，移送他院他机关 {one.referred} 条，排除 {one.excluded} 条，在办 {one.open} 条；",
        f"{share}。依据已变的 {one.ground_changed} 条。",
    )
    return "".join(counts)


def _row(name: str, one: Progress) -> tuple[str, ...]:
    return (name, *(str(getattr(one, field)) for field in _FIELDS))


def _heading(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = True


def _table(document: Any, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    for number, texts in enumerate([head, *rows]):
        cells = table.rows[0].cells if number == 0 else table.add_row().cells
        for cell, text in zip(cells, texts, strict=True):
            run = cell.paragraphs[0].add_run(without(text))
            run.bold, run.font.size = number == 0, Pt(10.5)


def _font(style: Any, name: str, size: float) -> None:
    style.font.name, style.font.size = name, Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
