"""One file after another: states and counts, bad input, idempotence, limits, extra columns."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from deltalake import DeltaTable

from shujian.kernel.errors import BadInput, GuardRefused, Unavailable
from shujian.lake import read, service
from shujian.lake.conftest import STAFF, number
from shujian.lake.errors import UnknownSource
from shujian.lake.locks import writing
from shujian.lake.reports import FileReport

Put = Callable[..., Path]
HEADER = "姓名,身份证号,入编日期,工资（元）\n"


def _one(path: Path, **more: Any) -> FileReport:
    (report,) = service.ingest("t_staff", [path], **more).files
    return report


def _counts(report: FileReport) -> tuple[str, int, int, int, int, int]:
    return report.state, report.read, report.landed, report.changed, report.unchanged, report.rejected


def _rows(columns: str = "name, _line") -> list[dict[str, Any]]:
    with read.open_session(read.pin()) as session:
        view = session.attach("t_staff")
        return list(session.sql(f"select {columns} from {view} order by _file, _line").to_pylist())


def test_a_file_lands_with_its_provenance(lake_home: Path, put: Put) -> None:
    path = put(
        "名册.csv",
        HEADER + f"示例甲,{number(1)},2020-01-01,3000\n示例乙,{number(2)},2020年2月1日,0.3万元\n",
        "gb18030",
    )
    report = service.ingest("t_staff", [path], as_of=date(2026, 6, 30))
    (file,) = report.files
    assert _counts(file) == ("landed", 2, 2, 0, 0, 0)
    assert (file.encoding, file.sheet, file.header_line, report.exit_code) == ("gb18030", None, 1, 0)
    first, second = _rows("*")
    assert (first["_file"], first["_line"], second["_line"]) == ("名册.csv", 2, 3)
    assert (first["_batch"], first["_sha256"], first["_as_of"]) == (
        report.batch,
        file.sha256,
        date(2026, 6, 30),
    )
    assert (str(second["salary"]), second["salary__raw"], second["joined_on"]) == (
        "3000.00",
        "0.3万元",
        date(2020, 2, 1),
    )
    stored = DeltaTable(str(lake_home / "lake" / "tables" / "t_staff"))
    assert stored.to_pyarrow_table().num_rows == 2
    assert (lake_home / "lake").stat().st_mode & 0o777 == 0o700


def test_an_ingested_row_has_the_id_of_the_same_proof_row(lake_home: Path, put: Put) -> None:
    _one(put("a.csv", HEADER + f"示例甲,{number(1)},2020-01-01,3000\n"))
    given = {"name": "示例甲", "id_card": number(1), "joined_on": "2020-01-01", "salary": "3,000.00"}
    made = service.typed_table(read.source("t_staff"), [given])
    assert _rows("_row, _key") == [{"_row": made["_row"][0].as_py(), "_key": made["_key"][0].as_py()}]


def test_the_same_bytes_add_nothing(lake_home: Path, put: Put) -> None:
    path = put("a.csv", HEADER + f"示例甲,{number(1)},2020-01-01,3000\n")
    first = service.ingest("t_staff", [path], as_of=date(2026, 6, 1))
    again = service.ingest("t_staff", [path], as_of=date(2026, 6, 1))
    assert _counts(again.files[0]) == ("same", 0, 0, 0, 0, 0)
    assert (again.exit_code, again.snapshot, len(_rows())) == (0, first.snapshot, 1)
    copied = put("b.csv", path.read_bytes())
    assert service.ingest("t_staff", [copied, copied]).files[1].state == "same"


def test_the_same_bytes_with_a_newer_extract_date_move_the_date_only(lake_home: Path, put: Put) -> None:
    path = put("a.csv", HEADER + f"示例甲,{number(1)},2020-01-01,3000\n")
    first = service.ingest("t_staff", [path], as_of=date(2026, 6, 1))
    again = service.ingest("t_staff", [path], as_of=date(2026, 6, 30))
    pinned = read.pin().datasets["t_staff"]
    assert (again.files[0].state, pinned.extract_on, pinned.rows) == ("same", date(2026, 6, 30), 1)
    assert first.snapshot != again.snapshot


def test_bad_rows_are_kept_with_their_place(lake_home: Path, put: Put) -> None:
    lines = [f"示例甲,{number(n)},2020-01-01,3000\n" for n in range(1, 96)]
    lines[9] = "示例乙,1,2020-02-30,很多\n"
    lines[19] = "示例丙,2\n"
    report = service.ingest("t_staff", [put("a.csv", HEADER + "".join(lines))])
    assert _counts(report.files[0]) == ("landed", 95, 93, 0, 0, 2)
    found = [(one.line, one.field, one.found, one.code) for one in read.rejects(report.batch)]
    assert found == [
        (11, "入编日期", "2020-02-30", "wrong_type"), (11, "工资（元）", "很多", "wrong_type"), (21, None, "2 列", "ragged"),
    ]  # fmt: skip
    raws = [one.raw for one in read.rejects(report.batch)]
    assert json.loads(raws[0]) == {
        "姓名": "示例乙",
        "身份证号": "1",
        "入编日期": "2020-02-30",
        "工资（元）": "很多",
    }
    assert raws[2] == "示例丙,2"
    expected = read.rejects(report.batch)[2]
    assert (expected.expected, expected.file) == ("4 列", "a.csv")


def test_over_the_limit_nothing_lands_and_the_rejects_stay(lake_home: Path, put: Put) -> None:
    bad = put("bad.csv", HEADER + "示例甲,1,昨天,1\n示例乙,2,2020-01-01,2\n")
    good = put("good.csv", HEADER + f"示例丙,{number(3)},2020-01-01,3\n")
    report = service.ingest("t_staff", [bad, good])
    assert [_counts(file) for file in report.files] == [("refused", 2, 0, 0, 0, 2), ("landed", 1, 1, 0, 0, 0)]
    assert (report.exit_code, [fault.code for fault in report.faults]) == (1, ["too_many_rejects"])
    assert [one.found for one in read.rejects(report.batch)] == ["昨天"]
    assert _rows("name") == [{"name": "示例丙"}]
    assert service.ingest("t_staff", [bad], max_rejects="50%").files[0].state == "landed"
    assert service.ingest("t_staff", [bad], max_rejects="1").files[0].state == "same"


def test_one_refused_file_stops_no_other(lake_home: Path, put: Put) -> None:
    files = [
        put("a.csv", "姓名,姓名,入编日期\n"), put("b.csv", b""), put("c.csv", b"\xff\xff\n"),
        put("d.xlsx", b"PK\x03\x04 torn"), put("e.csv", HEADER + f"示例甲,{number(1)},2020-01-01,1\n"), Path("no.csv"),
    ]  # fmt: skip
    report = service.ingest("t_staff", files)
    assert [file.state for file in report.files] == [
        "refused",
        "refused",
        "refused",
        "refused",
        "landed",
        "refused",
    ]
    codes = [[fault.code for fault in file.faults] for file in report.files]
    assert codes == [
        ["duplicate_header"], ["empty_file"], ["wrong_encoding"], ["truncated"], [], ["no_file"]
    ]  # fmt: skip
    assert all(fault.file for fault in report.faults)
    assert report.exit_code == 2
    assert len(_rows()) == 1


def test_a_refused_file_leaves_no_dataset(lake_home: Path, put: Put) -> None:
    service.ingest("t_staff", [put("a.csv", "x,y\n1,2\n")])
    assert read.datasets() == []
    assert not (lake_home / "lake" / "tables").exists()


def test_only_a_header_lands_without_rows_and_says_so(lake_home: Path, put: Put) -> None:
    report = service.ingest("t_staff", [put("a.csv", HEADER)], as_of=date(2026, 6, 30))
    assert _counts(report.files[0]) == ("landed", 0, 0, 0, 0, 0)
    assert "只有表头" in report.warnings[0]
    assert read.pin().datasets["t_staff"].extract_on == date(2026, 6, 30)


def test_extra_columns_are_kept_in_key_order(lake_home: Path, put: Put) -> None:
    text = '序号,姓名,入编日期,,爱好\n1,示例甲,2020-01-01,x,\n2,示例乙,2020-01-02,,棋 "甲"\n'
    report = _one(put("a.csv", text.replace('棋 "甲"', '"棋 ""甲"""')))
    assert report.extra_columns == ("序号", "爱好", "第4列")
    extras = [json.loads(row["_extra"]) for row in _rows("_extra")]
    assert extras == [{"序号": "1", "第4列": "x"}, {"序号": "2", "爱好": '棋 "甲"'}]


def test_a_unit_in_the_header_counts(lake_home: Path, put: Put) -> None:
    _one(put("a.csv", "姓名,入编日期,月工资（万元）\n示例甲,2020-01-01,0.35\n示例乙,2020-01-01,3500元\n"))
    assert [str(row["salary"]) for row in _rows("salary")] == ["3500.00", "3500.00"]


def test_a_torn_quote_is_one_reject(lake_home: Path, put: Put) -> None:
    lines = "".join(f"示例甲,{number(n)},2020-01-01,1\n" for n in range(1, 40))
    report = service.ingest("t_staff", [put("a.csv", HEADER + '示例乙,"1,2020-01-01,1\n' + lines)])
    assert _counts(report.files[0]) == ("landed", 40, 39, 0, 0, 1)
    assert [(one.line, one.code) for one in read.rejects(report.batch)] == [(2, "torn_quote")]


def test_wrong_use(lake_home: Path, put: Put) -> None:
    path = put("a.csv", HEADER)
    with pytest.raises(UnknownSource):
        service.ingest("nosuch", [path])
    for arguments in ({"max_rejects": "viel"}, {"as_of": date(2026, 7, 1)}, {"max_rejects": "101%"}):
        with pytest.raises(BadInput):
            service.ingest("t_staff", [path], **arguments)
    with pytest.raises(BadInput):
        service.ingest("t_staff", [])


def test_past_the_agreement_nothing_is_taken(lake_home: Path, put: Put) -> None:
    contract = lake_home / "catalogue" / "sources" / "t_staff.yaml"
    contract.write_text(STAFF.replace("expires: null", "expires: 2026-06-29"), "utf-8")
    with pytest.raises(GuardRefused) as refused:
        service.ingest("t_staff", [put("a.csv", HEADER)])
    assert refused.value.faults[0].code == "agreement_expired"


def test_two_writers_of_one_dataset(lake_home: Path, put: Put) -> None:
    path = put("a.csv", HEADER)
    with writing("t_staff"), pytest.raises(Unavailable) as busy:
        service.ingest("t_staff", [path])
    assert busy.value.exit_code == 4
    assert service.ingest("t_staff", [path]).files[0].state == "landed"


def test_a_lock_of_a_dead_process_stops_nobody(lake_home: Path, put: Put) -> None:
    folder = lake_home / "lake" / "locks"
    folder.mkdir(parents=True)
    (folder / "t_staff.lock").write_text("999999\n")
    assert service.ingest("t_staff", [put("a.csv", HEADER)]).files[0].state == "landed"


def test_an_improved_contract_reads_known_bytes_anew(lake_home: Path, put: Put) -> None:
    path = put("a.csv", HEADER.replace("工资（元）", "薪资") + f"示例甲,{number(1)},2020-01-01,3000\n")
    assert _one(path).extra_columns == ("薪资",)
    contract = lake_home / "catalogue" / "sources" / "t_staff.yaml"
    contract.write_text(STAFF.replace("aliases: [工资, 月工资]", "aliases: [工资, 月工资, 薪资]"), "utf-8")
    assert _counts(_one(path)) == ("landed", 1, 0, 1, 0, 0)
    assert [str(row["salary"]) for row in _rows("salary")] == ["3000.00"]


def test_a_new_field_widens_the_dataset_and_a_changed_type_is_refused(lake_home: Path, put: Put) -> None:
    _one(put("a.csv", HEADER + f"示例甲,{number(1)},2020-01-01,3000\n"))
    contract = lake_home / "catalogue" / "sources" / "t_staff.yaml"
    contract.write_text(STAFF + "  - {id: grade, title: 职级, type: integer}\n", "utf-8")
    assert _rows("name, grade") == [{"name": "示例甲", "grade": None}]
    _one(put("b.csv", "姓名,入编日期,职级\n示例乙,2021-01-01,3\n"))
    assert _rows("name, grade") == [{"name": "示例甲", "grade": None}, {"name": "示例乙", "grade": 3}]
    contract.write_text(STAFF + "  - {id: grade, title: 职级, type: text}\n", "utf-8")
    refused = _one(put("c.csv", "姓名,入编日期,职级\n示例丙,2021-01-01,3\n"))
    assert [(fault.code, fault.field, fault.found, fault.expected) for fault in refused.faults] == [
        ("type_changed", "grade", "string", "long")
    ]
