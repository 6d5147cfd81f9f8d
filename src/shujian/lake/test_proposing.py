"""Proposals for files that nobody described, and the drafts made of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shujian.kernel.errors import BadInput
from shujian.lake import read, service
from shujian.lake.conftest import number
from shujian.lake.errors import FileRefused

Put = Callable[..., Path]
ROWS = "".join(
    f"{n},示例{sign},{number(n)},2024年1月{n}日,示罚〔2024〕{n}号,{n * 100}.5,1000000000{n},示例说明文字各不相同{n}\n"
    for n, sign in enumerate("甲乙丙丁戊己庚辛", start=1)
)
TEXT = "某某局台账,,,,,,,\n序,被处分人,证件,处分日期,处罚文号,罚没金额,手机,情况说明\n" + ROWS


def test_encoding_header_fields_and_reasons(lake_home: Path, put: Put) -> None:
    told = read.propose(put("a.csv", TEXT, "gb18030")).as_dict()
    assert (told["format"], told["encoding"], told["sheet"], told["header_line"]) == (
        "csv",
        "gb18030",
        None,
        2,
    )
    found = {entry["column"]: (entry["field"], entry["type"]) for entry in told["fields"]}
    assert found["被处分人"] == ("name", "person_name")
    assert found["处分日期"] == ("decided_on", "date")
    assert found["证件"] == ("column_3", "id_card")
    assert found["罚没金额"] == ("column_6", "money")
    assert {"证件", "罚没金额", "序"} <= set(told["unmatched"])
    assert all(0 < entry["confidence"] <= 1 and entry["why"] for entry in told["fields"])


def test_looking_writes_nothing(lake_home: Path, put: Put) -> None:
    before = sorted(lake_home.rglob("*"))
    read.propose(put("a.csv", TEXT))
    assert sorted(lake_home.rglob("*")) == before


def test_a_known_file_points_at_its_source(lake_home: Path, put: Put) -> None:
    told = read.propose(
        put("a.csv", "工单编号,来电时间,诉求内容,承办单位\nGD1,2026-01-01 08:00:00,示例,示例局\n")
    )
    assert told.nearest == ("hotline_order", 4)
    assert [field.field for field in told.fields] == ["order_no", "accepted_at", "content", "handler"]
    assert told.unmatched == ()


def test_a_draft_is_a_sound_source_that_takes_the_file(lake_home: Path, put: Put) -> None:
    path = put("台账.csv", TEXT)
    written = service.write_source(read.propose(path), "t_own")
    assert written == lake_home / "catalogue" / "sources" / "t_own.yaml"
    assert service.check([written]) == []
    report = service.ingest("t_own", [path])
    assert (report.files[0].landed, report.files[0].rejected, report.files[0].extra_columns) == (8, 0, ())
    with read.open_session(read.pin()) as session:
        ids = session.sql(f"select person__id from {session.attach('t_own')} order by _line")["person__id"]
    assert ids.to_pylist() == [number(n) for n in range(1, 9)]


def test_a_taken_or_impossible_id_writes_nothing(lake_home: Path, put: Put) -> None:
    proposal = read.propose(put("a.csv", TEXT))
    for name in ("t_staff", "school", "Bad-Id", "../x"):
        with pytest.raises(BadInput):
            service.write_source(proposal, name)
    assert sorted(path.name for path in lake_home.rglob("*.yaml")) == ["t_firms.yaml", "t_staff.yaml"]


def test_a_book(lake_home: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["说明"])
    sheet = book.create_sheet("数据")
    for row in (["2026年台账"], ["姓名", "公民身份号码", "单位"], ["示例甲", number(1), "示例有限公司"]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    told = read.propose(tmp_path / "a.xlsx")
    assert (told.format, told.sheet, told.header_line) == ("xlsx", "数据", 2)
    with pytest.raises(FileRefused):
        read.propose(tmp_path / "a.xlsx", "没有")


@pytest.mark.parametrize("content", [b"", b"\xff\xff\xff", b"1,2\n1,2\n"])
def test_what_is_no_table(lake_home: Path, put: Put, content: bytes) -> None:
    path = put("a.csv", content)
    if content.startswith(b"1"):
        assert read.propose(path).fields
        return
    with pytest.raises(FileRefused):
        read.propose(path)


@pytest.mark.parametrize("form", ["json", "jsonl", "parquet", "html"])
def test_every_format_is_proposed_alike(lake_home: Path, tmp_path: Path, form: str) -> None:
    names, *rows = [line.split(",") for line in TEXT.splitlines()[1:]]
    records = [dict(zip(names, row, strict=True)) for row in rows]
    path = tmp_path / f"台账.{form}"
    if form == "parquet":
        pq.write_table(pa.Table.from_pylist(records), path)
    elif form == "html":
        body = "".join(f"<tr>{''.join(f'<td>{cell}' for cell in row)}" for row in (names, *rows))
        path.write_text(f"<html><table><tr><td>某某局台账</table><table>{body}</table></html>", "utf-8")
    elif form == "jsonl":
        path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), "utf-8")
    else:
        path.write_text(json.dumps({"rows": records}, ensure_ascii=False), "utf-8")
    told = read.propose(path)
    assert (told.format, told.header_line, told.sheet) == (
        (form, 1, "表2") if form == "html" else (form, None, None)
    )
    found = {field.column: (field.field, field.type) for field in told.fields}
    assert found["被处分人"] == ("name", "person_name")
    assert found["证件"] == ("column_3", "id_card")
