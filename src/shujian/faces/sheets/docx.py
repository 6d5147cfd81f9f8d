"""A clue list as a text document, to be put before a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from shujian.clues.read import ClueRow
from shujian.faces.sheets.columns import COLUMNS, cells
from shujian.kernel.controls import without

_SHOWN = ("编号", "标题", "状态", "归口单元", "比对等级", "缺失判断", "强度", "证据行", "数据日期", "备注")
_WIDTHS = (2.0, 8.2, 2.0, 3.2, 1.6, 2.4, 1.2, 1.4, 2.3, 2.0)


def docx_of(rows: Sequence[ClueRow], mark: str) -> bytes:
    """The list on A4 across, as bytes; the mark stands in the footer of every page."""
    document = Document()
    _font(document.styles["Normal"], 9.5)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.7)
    section.top_margin = section.bottom_margin = Cm(1.8)
    section.footer.paragraphs[0].text = without(mark)
    _font(document.add_heading("线索清单", level=1).style, 16)
    document.add_paragraph(f"共 {len(rows)} 条。线索由监督模型比对得出，须经人工核查，不是结论。")
    _table(document, rows)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _table(document: Any, rows: Sequence[ClueRow]) -> None:
    table = document.add_table(rows=1, cols=len(_SHOWN), style="Table Grid")
    table.autofit = False
    places = [COLUMNS.index(title) for title in _SHOWN]
    for cell, title in zip(table.rows[0].cells, _SHOWN, strict=True):
        cell.paragraphs[0].add_run(title).bold = True
    for row in rows:
        texts = cells(row)
        for cell, place in zip(table.add_row().cells, places, strict=True):
            cell.text = texts[place]
    for row_drawn in table.rows:
        for cell, width in zip(row_drawn.cells, _WIDTHS, strict=True):
            cell.width = Cm(width)
    marks = table.rows[0]._tr.get_or_add_trPr()
    marks.append(marks.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))


def _font(style: Any, size: float) -> None:
    style.font.name, style.font.size = "微软雅黑", Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), "微软雅黑")
