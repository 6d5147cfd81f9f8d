"""JSON and JSONL: any shape that systems export, exact numbers, every broken record named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.lake import read, service
from shujian.lake.conftest import number
from shujian.lake.reading import json_window
from shujian.lake.reading.encoding import TextFile
from shujian.lake.reading.json_records import records
from shujian.lake.reading.records import BadRecord

Put = Callable[..., Path]


def _person(place: int, **more: Any) -> dict[str, Any]:
    return {"姓名": "示例甲", "身份证号": number(place), "入职日期": "2020-01-01", "月工资": 3000, **more}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _rows(columns: str) -> list[dict[str, Any]]:
    with read.open_session(read.pin()) as session:
        view = session.attach("t_staff")
        return list(session.sql(f"select {columns} from {view} order by _line").to_pylist())


PEOPLE = [_person(1), _person(2), _person(3)]
SHAPES = {
    "array": _text(PEOPLE),
    "pretty array": json.dumps(PEOPLE, ensure_ascii=False, indent=2),
    "object with one array": _text({"code": 0, "msg": [], "rows": PEOPLE, "total": 3}),
    "array two levels down": _text({"code": 0, "data": {"page": 1, "list": PEOPLE}, "ok": True}),
    "one object a line": "\n".join(map(_text, PEOPLE)) + "\n",
    "objects one after another": "\n".join(json.dumps(one, ensure_ascii=False, indent=1) for one in PEOPLE),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_shape_lands(lake_home: Path, put: Put, shape: str, encoding: str) -> None:
    (file,) = service.ingest("t_staff", [put("a.json", SHAPES[shape], encoding)]).files
    assert (file.state, file.read, file.landed, file.header_line) == ("landed", 3, 3, None), file.faults
    assert [row["_line"] for row in _rows("_line")] == [1, 2, 3]


def test_a_row_equals_the_same_row_from_text_and_other_keys_are_kept(lake_home: Path, put: Put) -> None:
    nested = {
        "地址": {"镇": "示例镇", "面积": 12.50},
        "标签": [1, True, None],
        "空": None,
        "号": 430000000000000001,
    }
    assert service.ingest("t_staff", [put("a.json", _text([_person(1)]))]).files[0].landed == 1
    text = put("a.csv", f"姓名,身份证号,入编日期,工资\n示例甲,{number(1)},2020-01-01,3000\n")
    assert service.ingest("t_staff", [text]).files[0].unchanged == 1
    body = _text([_person(2, **nested)]).replace("12.5}", "12.50}")
    assert service.ingest("t_staff", [put("b.json", body)]).files[0].landed == 1
    (extra,) = [row["_extra"] for row in _rows("_extra") if row["_extra"]]  # two files: in any order
    assert json.loads(extra) == {
        "号": "430000000000000001",
        "地址": '{"镇": "示例镇", "面积": 12.50}',
        "标签": "[1, true, null]",
    }


def test_keys_that_come_late_are_columns_too(lake_home: Path, put: Put) -> None:
    body = _text([_person(1), _person(2, 备注="后来才有", 新栏="x")])
    (file,) = service.ingest("t_staff", [put("a.json", body)]).files
    assert (file.landed, file.extra_columns) == (2, ("新栏",))
    assert [row["remark"] for row in _rows("remark")] == [None, "后来才有"]


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ('{"姓名": "甲", "姓名": "乙"}', "duplicate_key"),
        ('{"姓名": "甲" "入职日期": 1}', "bad_json"),
        ("[1, 2]", "not_object"),
        ("3", "not_object"),
        ('{"姓名": "甲\\u0000"}', "bad_text"),
        ('{"姓名": "甲\\ud800"}', "bad_text"),
        ("[" * 5000 + "]" * 5000, "bad_json"),
    ],
)
@pytest.mark.parametrize("lines", [False, True])
def test_a_broken_record_costs_itself_only(
    lake_home: Path, put: Put, broken: str, code: str, lines: bool
) -> None:
    parts = [_text(_person(1)), broken, _text(_person(2))]
    body = "\n".join(parts) if lines else "[" + ",\n".join(parts) + "]"
    report = service.ingest("t_staff", [put("a.jsonl" if lines else "a.json", body)], max_rejects="1")
    (file,) = report.files
    assert (file.read, file.landed, file.rejected) == (3, 2, 1), file.faults
    assert [(one.line, one.code) for one in read.rejects(report.batch)] == [(2, code)]


@pytest.mark.parametrize("cut", [1, 2, 5, 20, 60])
def test_a_document_that_breaks_off_keeps_what_is_whole(lake_home: Path, put: Put, cut: int) -> None:
    body = _text({"data": PEOPLE})[:-cut]
    report = service.ingest("t_staff", [put("a.json", body)], max_rejects="1")
    (file,) = report.files
    whole = 3 if cut <= 2 else 2
    assert (file.landed, file.rejected) == (whole, 1)
    (reject,) = read.rejects(report.batch)
    assert (reject.line, reject.code) == (whole + 1, "truncated")
    assert "文件可能被截断" in (reject.expected or "")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (_text({"a": PEOPLE, "b": PEOPLE}), "several_arrays"),
        (_text(PEOPLE) + "多余", "bad_json"),
        (_text([{"甲": 1}]), "no_header"),
        (_text([{"姓名": "示例甲"}]), "missing_column"),
        (_text([{"姓名": "示例甲", "人员姓名": "示例乙", "入编日期": "2020-01-01"}]), None),
        (_text([{f"键{n}": n for n in range(3000)}]), "no_header"),
        (_text([_person(1, **{f"键{n}": n for n in range(3000)})]), "too_many_columns"),
        ('{"姓名": ', "truncated"),
        ("[]", "no_header"),
    ],
)
def test_a_document_that_is_no_table_of_the_source(
    lake_home: Path, put: Put, body: str, code: str | None
) -> None:
    (file,) = service.ingest("t_staff", [put("a.json", body)]).files
    assert [fault.code for fault in file.faults] == ([code] if code else [])


def test_a_record_longer_than_the_limit_is_stepped_over(lake_home: Path, put: Put) -> None:
    limits = lake_home / "catalogue" / "limits"
    limits.mkdir()
    (limits / "reading.yaml").write_text("line_bytes: 1000000\n", "utf-8")
    body = _text([_person(1), _person(2, 备注="长" * 3_000_000), _person(3)])
    report = service.ingest("t_staff", [put("a.json", body)], max_rejects="1")
    assert (report.files[0].landed, report.files[0].rejected) == (2, 1)
    assert [(one.line, one.code) for one in read.rejects(report.batch)] == [(2, "bad_json")]


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(st.text(max_size=4), _values, max_size=4), max_size=6), st.integers(1, 40))
def test_records_read_in_pieces_equal_the_whole(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]], piece: int
) -> None:
    path = tmp_path_factory.mktemp("json") / "a.json"
    path.write_text(json.dumps(rows, indent=1), "utf-8")
    before = json_window.PIECE
    json_window.PIECE = piece
    try:
        found = [record for _, record in records(TextFile(path, "utf-8", 0), "json", "a.json")]
    finally:
        json_window.PIECE = before
    told = [None if isinstance(record, BadRecord) else record for record in found]
    wanted = json.loads(json.dumps(rows), parse_int=str)
    assert [one for one in told if one is not None] == [
        row for row, record in zip(wanted, told, strict=True) if record is not None
    ]


@pytest.mark.parametrize("tail", ["]", "}", "]]]", ",]}"])
def test_stray_brackets_behind_the_objects_end_the_reading(lake_home: Path, put: Put, tail: str) -> None:
    body = _text(_person(1)) + _text(_person(2)) + tail
    report = service.ingest("t_staff", [put("a.json", body)], max_rejects="5")
    assert report.files[0].landed == 2
    assert {one.code for one in read.rejects(report.batch)} <= {"bad_json"}
