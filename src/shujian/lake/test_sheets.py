"""XLSX: title rows, several sheets, dates and numbers as cells, row numbers as Excel shows them."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shujian.lake import read, service
from shujian.lake.conftest import number

Put = Callable[..., Path]
HEAD = ["姓名", "身份证号", "入编日期", "工资"]


def _book(path: Path, **sheets: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for at, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                sheet.cell(at, column, value)
    book.save(path)
    return path


def test_title_rows_blank_rows_and_another_sheet(lake_home: Path, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [], ["示例市在编人员名册"], ["填报日期：2026年6月"], HEAD,
        ["示例甲", number(1), date(2020, 1, 1), 3000], [], ["示例乙", number(2), datetime.fromisoformat("2020-02-01T08:00:00"), 3000.5],
        ["示例丙", number(3), 43891, "0.3万元"], ["合计", None, None, 9000.5],
    ]  # fmt: skip
    path = _book(tmp_path / "a.xlsx", 说明=[["填表说明"], ["姓名请填全名"]], 名册=rows)
    report = service.ingest("t_staff", [path], max_rejects="1")
    (file,) = report.files
    assert (file.state, file.sheet, file.header_line, file.encoding) == ("landed", "名册", 4, None)
    assert (file.read, file.landed, file.rejected) == (4, 3, 1)
    with read.open_session(read.pin()) as session:
        view = session.attach("t_staff")
        found = session.sql(f"select _line, _sheet, joined_on, salary from {view} order by _line").to_pylist()
    assert [(row["_line"], row["joined_on"], str(row["salary"])) for row in found] == [
        (5, date(2020, 1, 1), "3000.00"), (7, date(2020, 2, 1), "3000.50"), (8, date(2020, 3, 1), "3000.00"),
    ]  # fmt: skip
    assert {row["_sheet"] for row in found} == {"名册"}
    assert [(one.line, one.sheet, one.code) for one in read.rejects(report.batch)] == [
        (9, "名册", "missing_required")
    ]


def test_equal_sheets_need_a_choice(lake_home: Path, tmp_path: Path) -> None:
    one: list[list[Any]] = [HEAD, ["示例甲", number(1), "2020-01-01", 1]]
    two: list[list[Any]] = [HEAD, ["示例乙", number(2), "2020-01-01", 1]]
    path = _book(tmp_path / "a.xlsx", 一月=one, 二月=two)
    refused = service.ingest("t_staff", [path])
    assert [(fault.code, fault.found) for fault in refused.faults] == [("several_sheets", "一月、二月")]
    for sheet in ("一月", "二月"):
        assert service.ingest("t_staff", [path], sheet=sheet).files[0].landed == 1
    assert service.ingest("t_staff", [path], sheet="二月").files[0].state == "same"
    unknown = service.ingest("t_staff", [path], sheet="三月")
    assert [(fault.code, fault.expected) for fault in unknown.faults] == [("unknown_sheet", "一月、二月")]


def test_a_row_read_from_a_sheet_equals_the_same_row_from_text(
    lake_home: Path, tmp_path: Path, put: Put
) -> None:
    book = _book(tmp_path / "a.xlsx", 名册=[HEAD, ["示例甲", number(1), date(2020, 1, 1), 3000]])
    text = put("a.csv", f'入编日期,工资,姓名,身份证号\n2020/1/1,"3,000.00",示例甲,{number(1)}\n')
    assert service.ingest("t_staff", [book]).files[0].landed == 1
    assert service.ingest("t_staff", [text]).files[0].unchanged == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 torn archive", "truncated"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "unreadable_sheet"),
        (b"just text", "no_header"),
    ],
)
def test_unreadable_books(lake_home: Path, put: Put, content: bytes, code: str) -> None:
    (file,) = service.ingest("t_staff", [put("a.xlsx", content)]).files
    assert [(fault.code, fault.file) for fault in file.faults] == [(code, file.path)]


def test_a_part_that_is_said_to_be_longer_than_the_file(lake_home: Path, tmp_path: Path) -> None:
    whole, cut = _book(tmp_path / "whole.xlsx", 名单=[["姓名"], ["示例甲"]]), tmp_path / "cut.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(cut, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(source.namelist(), key=lambda name: name == "xl/workbook.xml"):
            target.writestr(name, source.read(name))
    content = bytearray(cut.read_bytes())
    record = content.rindex(b"PK\x01\x02")
    (start,) = struct.unpack_from("<I", content, record + 42)
    struct.pack_into(
        "<II", content, record + 20, *[len(content) - start - 30 - len("xl/workbook.xml") + 1] * 2
    )
    cut.write_bytes(content)
    (file,) = service.ingest("t_staff", [cut]).files
    assert [fault.code for fault in file.faults] == ["unreadable_sheet"]


def test_empty_book(lake_home: Path, tmp_path: Path) -> None:
    (file,) = service.ingest("t_staff", [_book(tmp_path / "a.xlsx", 空=[])]).files
    assert [fault.code for fault in file.faults] == ["empty_file"]


def test_a_book_under_a_text_name_is_still_a_book(lake_home: Path, tmp_path: Path, put: Put) -> None:
    book = _book(tmp_path / "a.xlsx", 名册=[HEAD, ["示例甲", number(1), date(2020, 1, 1), 3000]])
    assert service.ingest("t_staff", [put("b.csv", book.read_bytes())]).files[0].landed == 1
