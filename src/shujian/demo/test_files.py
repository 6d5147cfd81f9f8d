"""The writers: what is written is what another reader reads, and the bytes depend on the cells alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from shujian.demo.delimited import CsvFile
from shujian.demo.dirt import DATE_FORMS, code_text, money_text, rough
from shujian.demo.draws import dice, stream, weighted
from shujian.demo.sheets import Cell, Sheet, write_workbook
from shujian.demo.tables import Shape, ordered, write_table


def test_a_workbook_reads_back(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["题名"],
        ["姓名", "日期", "数"],
        ["甲<&>", date(2024, 3, 5), 7],
        ["", None, 1.5],
    ]
    write_workbook(tmp_path / "one.xlsx", [Sheet("名册", rows, ("A1:C1",)), Sheet("说明", [["虚构"]])])
    book = load_workbook(tmp_path / "one.xlsx")
    assert book.sheetnames == ["名册", "说明"]
    sheet = book["名册"]
    assert [cell.value for cell in sheet[2]] == ["姓名", "日期", "数"]
    assert sheet["A3"].value == "甲<&>"
    assert sheet["B3"].value.date() == date(2024, 3, 5)
    assert (sheet["C3"].value, sheet["B4"].value, sheet["C4"].value) == (7, None, 1.5)
    assert [str(span) for span in sheet.merged_cells.ranges] == ["A1:C1"]


def test_a_workbook_has_the_same_bytes_twice(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_workbook(tmp_path / name, [Sheet("甲", [["x", 1]])])
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_torn_line_is_counted(tmp_path: Path) -> None:
    with CsvFile(tmp_path / "a.csv", ["甲", "乙", "丙"], encoding="gb18030", preface=["题名"]) as out:
        out.write([["1", "2", "3"]], 1)
        out.tear(["残", "", ""], extra=2)
        out.tear(["残", "", ""], extra=-2)
    assert (out.rows, out.torn) == (3, 2)
    lines = (tmp_path / "a.csv").read_text("gb18030").splitlines()
    assert lines == ["题名,,", "甲,乙,丙", "1,2,3", "残,,,多出,多出", "残"]


def test_a_table_is_written_in_another_order_under_other_names(tmp_path: Path) -> None:
    shape = Shape("a.csv", ordered(["乙", "甲"], {"甲": "甲名"}), "utf-8-sig", serial=True, torn=1)
    told = write_table(tmp_path, "x", ("甲", "乙"), [["a", date(2024, 1, 2)]], shape, as_of=date(2026, 6, 30))
    assert (told.rows, told.rejected) == (2, 1)
    raw = (tmp_path / "a.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").splitlines()[:2] == ["序号,乙,甲名", "1,2024-01-02,a"]


def test_every_rough_form_is_the_same_day() -> None:
    shown = {name: form(date(2024, 3, 25)) for name, form in DATE_FORMS.items()}
    assert shown == {
        "iso": "2024-03-25", "slash": "2024/3/25", "dotted": "2024.03.25", "plain": "20240325", "chinese": "2024年3月25日",
        "han": "二〇二四年三月二十五日", "wide": "２０２４-０３-２５",
    }  # fmt: skip
    luck = dice(1, "rough")
    assert rough([date(2024, 3, 25), "x", 3], luck, rate=0.0) == [date(2024, 3, 25), "x", 3]
    assert rough([date(2024, 3, 25), "x", 3], luck, rate=1.0)[0] in shown.values()
    assert money_text(12000, luck, rate=0.0) == 12000
    assert money_text(12000, luck, rate=1.0) in ("12,000", "12000元", "１２０００", "12000.00")
    assert code_text("91A", luck, rate=0.0) == "91A"


def test_streams_are_independent_and_repeat() -> None:
    first = stream(7, "a").integers(0, 1 << 30, 5).tolist()
    assert stream(7, "a").integers(0, 1 << 30, 5).tolist() == first
    assert stream(7, "b").integers(0, 1 << 30, 5).tolist() != first
    assert stream(8, "a").integers(0, 1 << 30, 5).tolist() != first
    assert stream(7, "a", 1).integers(0, 1 << 30, 5).tolist() != first
    assert dice(7, "a").random() == dice(7, "a").random() != dice(7, "b").random()
    assert set(weighted(stream(1, "w"), (0, 1, 0), 50).tolist()) == {1}
