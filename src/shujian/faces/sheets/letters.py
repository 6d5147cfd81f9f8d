"""A request for data as a text document that a person fills in, signs and sends."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from shujian.supervision.read import AskedField, Letter, letter_parts

_BODY, _HEAD = ("仿宋", 16), ("宋体", 22)
_TABLE_SIZE = 12
_COLUMNS = ("序号", "字段", "写法", "用途")
_SIDES = {
    "title": WD_ALIGN_PARAGRAPH.CENTER,
    "middle": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_WIDTHS = (1.4, 4.2, 3.4, 6.6)


def letter_docx(letter: Letter) -> bytes:
    """The document: A4, margins of an official paper, fields as tables."""
    document = Document()
    _font(document.styles["Normal"], *_BODY)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    for part in letter_parts(letter):
        if part.look == "table":
            _table(document, part.fields)
            continue
        paragraph = document.add_paragraph(part.text)
        paragraph.paragraph_format.line_spacing = Pt(28.95)
        paragraph.paragraph_format.space_after = Pt(0)
        if part.look in _SIDES:
            paragraph.alignment = _SIDES[part.look]
        if part.look == "title":
            _font(paragraph.runs[0], *_HEAD)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _table(document: Any, fields: Sequence[AskedField]) -> None:
    table = document.add_table(rows=1, cols=len(_COLUMNS), style="Table Grid")
    table.autofit = False
    rows = [
        _COLUMNS,
        *((str(place), one.title, one.written, one.use) for place, one in enumerate(fields, 1)),
    ]
    for number, texts in enumerate(rows):
        cells = table.rows[0].cells if number == 0 else table.add_row().cells
        for cell, text, width in zip(cells, texts, _WIDTHS, strict=True):
            cell.width = Cm(width)
            run = cell.paragraphs[0].add_run(text)
            run.bold, run.font.size = number == 0, Pt(_TABLE_SIZE)


def _font(style: Any, name: str, size: float) -> None:
    style.font.name, style.font.size = name, Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
