"""A clue list as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from shujian.clues.read import ClueRow
from shujian.faces.sheets.columns import COLUMNS, cells, safe

_WIDTHS = (11, 44, 14, 20, 10, 16, 9, 13, 7, 7, 8, 17, 12, 14)


def xlsx_of(rows: Sequence[ClueRow], mark: str) -> bytes:
    """The list as bytes; the mark stands in the first row and in the print footer."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("线索清单")
    for number, width in enumerate(_WIDTHS):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    sheet.freeze_panes = "C3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:2"
    sheet.oddFooter.center.text = safe(mark).replace("&", "&&")
    sheet.append([cell_of(sheet, safe(mark), colour="666666")])
    sheet.append([cell_of(sheet, title, bold=True) for title in COLUMNS])
    for row in rows:
        sheet.append([cell_of(sheet, text) for text in cells(row)])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def cell_of(sheet: Any, text: str, *, bold: bool = False, colour: str = "1B2733") -> Any:
    cell = WriteOnlyCell(sheet, value=text or None)
    if text:
        cell.data_type = "s"
    cell.font = Font(name="微软雅黑", size=10, bold=bold, color=colour)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if bold:
        cell.fill = PatternFill("solid", fgColor="E8EEF4")
    return cell
