"""Merged cells, formulas, errors, hidden parts and two-row headers, in XLSX, old XLS, web tables and XML sheets."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shujian.lake import read, service
from shujian.lake.conftest import number
from shujian.lake.reading.sheet_scan import reach

Put = Callable[..., Path]
HEAD = ["姓名", "身份证号", "乡镇", "入编日期", "工资"]
DAY = "2020-01-01"


def _row(place: int, town: str | None = "示例镇", pay: Any = 3000) -> list[Any]:
    return ["示例甲", number(place), town, DAY, pay]


def _book(tmp_path: Path, rows: list[list[Any]], change: Callable[[Any], None] = lambda sheet: None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    change(sheet)
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def _towns() -> list[tuple[int, str | None]]:
    with read.open_session(read.pin()) as session:
        view = session.attach("t_staff")
        rows = session.sql(f"select _line, town from {view} order by _line").to_pylist()
    return [(row["_line"], row["town"]) for row in rows]


def _merging(*ranges: str) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for one in ranges:
            sheet.merge_cells(one)

    return change


def test_a_merged_group_fills_its_rows_and_merged_titles_are_passed_over(
    lake_home: Path, tmp_path: Path
) -> None:
    rows = [["示例市名册"], HEAD, _row(1, "甲镇"), _row(2, None), _row(3, None), _row(4, "乙镇")]
    (file,) = service.ingest("t_staff", [_book(tmp_path, rows, _merging("A1:E1", "C3:C5"))]).files
    assert (file.header_line, file.read, file.landed) == (2, 4, 4)
    assert _towns() == [(3, "甲镇"), (4, "甲镇"), (5, "甲镇"), (6, "乙镇")]


def test_a_heading_across_the_rows_is_no_row(lake_home: Path, tmp_path: Path) -> None:
    rows = [HEAD, ["一、城区"], _row(1), ["二、乡镇"], _row(2)]
    report = service.ingest("t_staff", [_book(tmp_path, rows, _merging("A2:E2", "A4:E4"))], max_rejects="2")
    assert (report.files[0].landed, report.files[0].rejected) == (2, 2)
    assert [(one.line, one.code) for one in read.rejects(report.batch)] == [
        (2, "heading_row"),
        (4, "heading_row"),
    ]


def test_a_header_of_two_rows(lake_home: Path, tmp_path: Path) -> None:
    upper = ["基本情况", None, "乡镇", "入编", "本人"]
    lower = ["姓名", "身份证号", None, "日期", "工资"]
    path = _book(tmp_path, [upper, lower, _row(1)], _merging("A1:B1", "C1:C2"))
    (file,) = service.ingest("t_staff", [path]).files
    assert (file.header_line, file.landed, file.extra_columns) == (2, 1, ()), file.faults
    assert _towns() == [(3, "示例镇")]


def test_cells_without_a_value_are_named_and_other_columns_keep_what_is_there(
    lake_home: Path, tmp_path: Path
) -> None:
    def change(sheet: Any) -> None:
        sheet["F1"] = "比例"
        sheet["F2"] = sheet["E3"] = "#DIV/0!"
        sheet["F2"].data_type = sheet["E3"].data_type = "e"
        sheet["D4"], sheet["F5"] = "=TODAY()", "=1+1"
        sheet["B6"] = int(number(5)[:17] + "0")

    rows = [HEAD, *(_row(place) for place in range(1, 6))]
    report = service.ingest("t_staff", [_book(tmp_path, rows, change)], max_rejects="3")
    assert (report.files[0].landed, report.files[0].rejected) == (2, 3)
    found = [(one.line, one.field, one.code, one.found) for one in read.rejects(report.batch)]
    assert found[:2] == [
        (3, "工资", "error_cell", "公式出错：E3 #DIV/0!"), (4, "入编日期", "no_cached_value", "公式没有存下计算结果：D4"),
    ]  # fmt: skip
    assert (found[2][0], found[2][2]) == (6, "lost_digits")
    assert any("1 个公式没有存下结果" in told and "F5" in told for told in report.warnings)
    with read.open_session(read.pin()) as session:
        view = session.attach("t_staff")
        extra = session.sql(f"select _extra from {view} order by _line").to_pylist()
    assert [row["_extra"] for row in extra] == ['{"比例":"#DIV/0!"}', None]


def test_hidden_sheets_and_rows_are_read_and_said(lake_home: Path, tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.parent.create_sheet("另一张")
        sheet.sheet_state = "hidden"

    report = service.ingest("t_staff", [_book(tmp_path, [HEAD, _row(1), _row(2)], change)])
    assert (report.files[0].landed, report.files[0].sheet) == (2, "Sheet")
    told = "\n".join(report.warnings)
    assert "工作表“Sheet”是隐藏的" in told and "1 行是隐藏的" in told


@pytest.mark.parametrize("ranges", [("A2:XFD1048576", "A2:E9000"), ("A2:E5", "A3:E6", "A2:E6")])
def test_merges_that_cover_each_other_are_refused(
    lake_home: Path, tmp_path: Path, ranges: tuple[str, ...]
) -> None:
    rows = [HEAD, *(_row(place) for place in range(1, 6))]
    path = _book(
        tmp_path,
        rows,
        lambda sheet: sheet.merged_cells.ranges.update(map(openpyxl.worksheet.cell_range.CellRange, ranges)),
    )
    (file,) = service.ingest("t_staff", [path]).files
    assert [fault.code for fault in file.faults] == ["bad_merge"]


def test_a_sheet_that_reaches_to_the_last_cell_is_refused_before_it_is_opened(
    lake_home: Path, tmp_path: Path
) -> None:
    path = _book(tmp_path, [HEAD, _row(1)], lambda sheet: sheet.cell(1048576, 16384, "x"))
    (file,) = service.ingest("t_staff", [path]).files
    assert [fault.code for fault in file.faults] == ["too_large"]


def test_how_far_a_sheet_reaches() -> None:
    assert reach(
        b'<row r="7" spans="1:2"><c r="B3" s="1"/><c s="1" r=\'AB1048576\'><v>1</v></c><c r="C12"/></row>'
    ) == (1048576, 28)
    assert reach(b'<row r="9"><c t="s"/></row>') == reach(b"") == reach(b"r") == reach(b' r="A') == (0, 0)
    assert reach(b' r="XFD1"') == (1, 16384)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _label(row: int, column: int, text: str) -> bytes:
    return _record(0x204, struct.pack("<3HHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def _xls(rows: list[list[Any]], merges: bytes = b"", more: bytes = b"", hidden: int = 0) -> bytes:
    """A workbook of one sheet, written record by record into the smallest container."""
    bof = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    sheet_bof = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    cells = b"".join(
        _label(at, column, cell) if isinstance(cell, str) else _record(0x203, struct.pack("<3Hd", at, column, 0, cell))
        for at, row in enumerate(rows) for column, cell in enumerate(row) if cell is not None
    )  # fmt: skip
    end = _record(0x0A, b"")
    bound = _record(0x85, struct.pack("<IBBBB", 0, hidden, 0, 2, 1) + "名册".encode("utf-16-le"))
    start = len(bof + bound + end)
    bound = _record(0x85, struct.pack("<IBBBB", start, hidden, 0, 2, 1) + "名册".encode("utf-16-le"))
    stream = bof + bound + end + sheet_bof + cells + more + (_record(0xE5, merges) if merges else b"") + end
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    fat = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(10)
    )
    head += struct.pack("<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    head = head.ljust(512, b"\xff")

    def entry(name: str, kind: int, first: int, size: int, child: int) -> bytes:
        wide = name.encode("utf-16-le")
        links = struct.pack("<BBIII", kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return (
            wide.ljust(64, b"\0")
            + struct.pack("<H", len(wide) + 2)
            + links
            + bytes(36)
            + struct.pack("<IQ", first, size)
        )

    root = entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + entry("Workbook", 2, 2, len(stream), 0xFFFFFFFF)
    return head + fat + root.ljust(512, b"\0") + stream


def test_an_old_workbook_tells_the_same(lake_home: Path, put: Put) -> None:
    rows = [
        ["示例市名册"],
        HEAD,
        _row(1, "甲镇", 3000.0),
        _row(2, None, 3000.0),
        _row(3, "乙镇", None),
        _row(4, "乙镇", 1.0),
    ]
    rows[5][1] = float(number(4)[:17] + "0")
    merges = struct.pack("<H4H4H", 2, 0, 0, 0, 4, 2, 3, 2, 2)
    error = _record(0x205, struct.pack("<3HBB", 4, 4, 0, 42, 1))
    path = put("a.xls", _xls(rows, merges, error, hidden=1))
    report = service.ingest("t_staff", [path], max_rejects="2")
    (file,) = report.files
    assert (file.state, file.header_line, file.landed, file.rejected) == ("landed", 2, 2, 2), file.faults
    assert _towns() == [(3, "甲镇"), (4, "甲镇")]
    found = [(one.line, one.code, one.field) for one in read.rejects(report.batch)]
    assert found == [(5, "error_cell", "工资"), (6, "lost_digits", "身份证号")]
    assert any("隐藏" in told for told in report.warnings)


def test_an_old_workbook_under_a_password(lake_home: Path, put: Put) -> None:
    body = _xls([HEAD, _row(1)])
    at = body.index(_record(0x85, b"")[:2], 1536)
    locked = body[:at] + _record(0x2F, bytes(at and 4)) + body[at + 8 :]
    (file,) = service.ingest("t_staff", [put("a.xls", locked)]).files
    assert [fault.code for fault in file.faults] == ["password"]


HTML = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>
<table><tr><td>登录 <b>示例</b></td></tr></table>
<table border="1"><tr><th colspan="5">示例市名册</th></tr><tr>{head}</tr>
<tr><td>示例甲</td><td>{one}</td><td rowspan="2">甲&nbsp;镇</td><td>2020-01-01</td><td>3000</td></tr>
<tr><td>示例乙<br></td><td>{two}</td><td>2020-01-02</td><td>1</td></tr>
<tr><td>示例丙<td>{three}<td><td>2020-01-03<td></table></body></html>"""


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_a_web_table_under_the_name_of_a_workbook(lake_home: Path, put: Put, encoding: str) -> None:
    head = "".join(f"<th>{title}</th>" for title in HEAD)
    text = HTML.format(head=head, one=number(1), two=number(2), three=number(3))
    (file,) = service.ingest("t_staff", [put("a.xls", text, encoding)]).files
    assert (file.state, file.sheet, file.header_line, file.landed) == ("landed", "表2", 2, 3), file.faults
    assert _towns() == [(3, "甲 镇"), (4, "甲 镇"), (5, None)]


XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="名册"><Table><Row>{head}</Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">示例甲</Data></Cell><Cell><Data ss:Type="String">{one}</Data></Cell>
<Cell ss:MergeDown="1"><Data ss:Type="String">甲镇</Data></Cell><Cell><Data ss:Type="DateTime">2020-01-01T00:00:00.000</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">示例乙</Data></Cell><Cell ss:Index="4"><Data ss:Type="String">2020-01-02</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def test_an_xml_sheet(lake_home: Path, put: Put) -> None:
    head = "".join(f'<Cell><Data ss:Type="String">{title}</Data></Cell>' for title in HEAD)
    (file,) = service.ingest("t_staff", [put("a.xls", XML.format(head=head, one=number(1)))]).files
    assert (file.state, file.sheet, file.header_line, file.landed) == ("landed", "名册", 1, 2), file.faults
    assert _towns() == [(3, "甲镇"), (4, "甲镇")]
