"""Web tables and XML sheets that systems save under the name ``.xls``: the table is read, the rest is passed over."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from shujian.kernel.errors import Fault
from shujian.lake.errors import FileRefused
from shujian.lake.reading.bounds import bounds
from shujian.lake.reading.encoding import TextFile

_SHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_WIDEST_SPAN = 2000


@dataclass
class MarkupTable:
    """One table: its name and its rows, spans filled. Cells are text."""

    name: str
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class _Open:
    """A table that is being read; ``below``: column → (rows still covered, text)."""

    table: MarkupTable
    below: dict[int, tuple[int, str]] = field(default_factory=dict)


def markup_tables(text: TextFile, kind: str, shown: str, most: int | None = None) -> list[MarkupTable]:
    """Every table of the file, or its first ``most`` rows. Raises FileRefused where there is none."""
    size = text.path.stat().st_size
    if size > bounds().html_bytes:
        raise FileRefused(
            Fault(code="too_large", message="网页表格太大，请另存为 CSV 再导入", file=shown, found=f"{size} 字节",
                  expected=f"不超过 {bounds().html_bytes} 字节")
        )  # fmt: skip
    try:
        tables = _html(text.path, most) if kind == "html" else _xml(text.path, most)
    except etree.LxmlError as error:
        raise FileRefused(_unreadable(shown, str(error))) from None
    tables = [table for table in tables if any(any(row) for row in table.rows)]
    if not tables:
        raise FileRefused(_unreadable(shown, "没有表格"))
    return tables


def _unreadable(shown: str, found: str) -> Fault:
    return Fault(
        code="unreadable_sheet", message="文件是网页或 XML，里面没有读得出的表格", file=shown, found=found[:200],
        expected="含一张表格的网页；也可用 Excel 或 WPS 打开后另存为 XLSX 或 CSV",
    )  # fmt: skip


def _html(path: Path, most: int | None) -> list[MarkupTable]:
    events = etree.iterparse(
        str(path), events=("start", "end"), tag=("table", "tr"), html=True, encoding="utf-8", huge_tree=False,
        recover=True, no_network=True, remove_comments=True,
    )  # fmt: skip
    done: list[MarkupTable] = []
    stack: list[_Open] = []
    for event, element in events:
        if element.tag == "table":
            if event == "start":
                done.append(MarkupTable(f"表{len(done) + 1}"))
                stack.append(_Open(done[-1]))
            elif stack:
                stack.pop()
        elif event == "end" and stack and (most is None or len(stack[-1].table.rows) < most):
            stack[-1].table.rows.append(_html_row(element, stack[-1]))
            if len(stack) == 1:
                element.clear()
    return done


def _html_row(row: Any, into: _Open) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if cell.tag not in ("td", "th"):
            continue
        _covered(cells, into)
        shown = " ".join("".join(cell.itertext()).replace("\xa0", " ").split())
        for _ in range(_span(cell, "colspan")):
            if _span(cell, "rowspan") > 1:
                into.below[len(cells)] = (_span(cell, "rowspan") - 1, shown)
            cells.append(shown)
            if len(cells) > bounds().columns:
                return cells
    _covered(cells, into)
    return cells


def _covered(cells: list[str], into: _Open) -> None:
    """Take in what cells of rows above cover here."""
    while len(cells) in into.below:
        left, shown = into.below.pop(len(cells))
        if left > 1:
            into.below[len(cells)] = (left - 1, shown)
        cells.append(shown)


def _span(cell: Any, name: str) -> int:
    told = (cell.get(name) or "1").strip()
    return max(1, min(int(told), _WIDEST_SPAN)) if told.isascii() and told.isdigit() and len(told) < 6 else 1


def _xml(path: Path, most: int | None) -> list[MarkupTable]:
    events = etree.iterparse(
        str(path), events=("start", "end"), tag=(f"{_SHEET}Worksheet", f"{_SHEET}Row"), resolve_entities=False,
        load_dtd=False, no_network=True, huge_tree=False,
    )  # fmt: skip
    tables: list[MarkupTable] = []
    below: dict[int, tuple[int, str]] = {}
    for event, element in events:
        if element.tag == f"{_SHEET}Worksheet":
            if event == "start":
                tables.append(MarkupTable(element.get(f"{_SHEET}Name") or f"表{len(tables) + 1}"))
                below = {}
        elif event == "end" and tables:
            rows = tables[-1].rows
            at = _index(element, len(rows))
            if most is None or len(rows) < most:
                rows += [[] for _ in range(at - len(rows))]
                rows.append(_xml_row(element, _Open(tables[-1], below)))
            element.clear()
    return tables


def _index(element: Any, usual: int) -> int:
    """Where a row or cell stands that names its place; a place before the last one is not believed."""
    told = element.get(f"{_SHEET}Index") or ""
    return (
        max(usual, min(int(told) - 1, usual + 100_000))
        if told.isascii() and told.isdigit() and len(told) < 8
        else usual
    )


def _xml_row(row: Any, into: _Open) -> list[str]:
    cells: list[str] = []
    for cell in row.iterchildren(f"{_SHEET}Cell"):
        _covered(cells, into)
        at = min(_index(cell, len(cells)), bounds().columns + 1)
        while len(cells) < at:
            cells.append("")
            _covered(cells, into)
        data = cell.find(f"{_SHEET}Data")
        shown = "" if data is None else "".join(data.itertext()).strip()
        if data is not None and data.get(f"{_SHEET}Type") == "DateTime":
            shown = shown.replace("T", " ").removesuffix(".000")
        down = _told(cell, "MergeDown")
        for _ in range(_told(cell, "MergeAcross") + 1):
            if down:
                into.below[len(cells)] = (down, shown)
            cells.append(shown)
            if len(cells) > bounds().columns:
                return cells
    _covered(cells, into)
    return cells


def _told(cell: Any, name: str) -> int:
    told = cell.get(f"{_SHEET}{name}") or "0"
    return min(int(told), _WIDEST_SPAN) if told.isascii() and told.isdigit() and len(told) < 6 else 0
