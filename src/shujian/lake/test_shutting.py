"""Rows that the law shuts: found by rule, counted, leaving no trace of the person; older versions end too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.lake import read, service
from shujian.lake.conftest import number, traces
from shujian.lake.proofs import typed_table
from shujian.lake.shutting import sealed_rows, shut_rows
from shujian.lake.sources import SourceContract

CONVICTED = """\
id: t_convicted
title: 示例判决人员
provider: 本院
agreement: {purpose: 测试}
cadence: P1M
fresh: P60D
sensitivity: 高
key: [case_no, name]
subjects:
  person: {kind: person, name: name, id_card: id_card, birth: birth_on, sex: null, area: null}
shut:
  - id: juvenile
    says: 犯罪时不满十八周岁且未被判处五年以上有期徒刑
    basis: {law: 刑事诉讼法, article: "286"}
    when: [{subject: person, younger: 18, on: act_on, latest: judged_on}]
    unless: [{field: months, over: 60}]
  - id: flagged
    says: 来源标明封存
    basis: {law: 刑事诉讼法, article: "286"}
    when: [{field: sealed, is: [是]}]
  - id: worded
    says: 案情写明未成年
    basis: {law: 未成年人保护法, article: "103"}
    when: [{field: said, says: [未成年, 附条件不起诉]}]
fields:
  - {id: case_no, title: 案号, type: document_no, required: true}
  - {id: name, title: 姓名, type: person_name, required: true}
  - {id: id_card, title: 身份证号, type: id_card}
  - {id: birth_on, title: 出生日期, type: date}
  - {id: act_on, title: 行为日, type: date}
  - {id: judged_on, title: 判决日, type: date}
  - {id: months, title: 刑期, type: integer}
  - {id: sealed, title: 封存, type: category}
  - {id: said, title: 案情, type: text}
"""
HEADER = "案号,姓名,身份证号,行为日,判决日,刑期,封存,案情\n"
ADULT, CHILD = number(1, "19800101"), number(2, "20080601")


@pytest.fixture
def court(lake_home: Path) -> Path:
    """The lake with one source that shuts rows."""
    (lake_home / "catalogue" / "sources" / "t_convicted.yaml").write_text(CONVICTED, "utf-8")
    return lake_home


def _cards(dataset: str = "t_convicted") -> list[str]:
    with read.open_session(read.pin()) as session:
        return sorted(
            row["id_card"] or ""
            for row in session.sql(f"select id_card from {session.attach(dataset)}").to_pylist()
        )


def test_shut_rows_are_counted_and_nothing_of_them_is_kept(court: Path, put: Callable[..., Path]) -> None:
    rows = [
        f"1,示例甲,{ADULT},2025-01-01,2025-06-01,12,,",
        f"2,示例乙,{CHILD},2025-01-01,2025-06-01,12,,",
        f"3,示例丙,{number(3, '20080601')},2025-01-01,2025-06-01,61,,重刑不封存",
        f"4,示例丁,{number(4)},2025-01-01,2025-06-01,12,是,",
        f"5,示例戊,{number(5)},,,,,系未成年人，附条件不起诉",
    ]
    report = service.ingest("t_convicted", [put("a.csv", HEADER + "\n".join(rows) + "\n")], max_rejects="0")
    (file,) = report.files
    assert (file.state, file.read, file.landed, file.rejected, file.sealed) == ("landed", 5, 2, 3, 3)
    assert _cards() == sorted([ADULT, number(3, "20080601")])
    kept = [(one.line, one.field, one.found, one.code, one.raw) for one in read.rejects(report.batch)]
    assert kept == [
        (3, "juvenile", None, "sealed_record", ""),
        (5, "flagged", None, "sealed_record", ""),
        (6, "worded", None, "sealed_record", ""),
    ]
    assert read.rejects(report.batch)[0].expected == (
        "犯罪时不满十八周岁且未被判处五年以上有期徒刑（刑事诉讼法第286条），不入库、不留原文"
    )
    assert traces(court, ADULT), "what did land is found by the same scan"
    for gone in (CHILD, number(4), number(5), "示例乙", "示例丁", "示例戊"):
        assert traces(court, gone) == []


def test_a_faulty_row_of_a_shut_person_leaves_nothing_either(court: Path, put: Callable[..., Path]) -> None:
    rows = [f"1,示例乙,{CHILD},2025-01-01,2025-06-01,十二个,,", f"2,示例丙,{CHILD},二月,2025-06-01,12,,"]
    report = service.ingest("t_convicted", [put("a.csv", HEADER + "\n".join(rows) + "\n")], max_rejects="1")
    assert [(one.line, one.code) for one in read.rejects(report.batch)] == [
        (2, "sealed_record"),
        (3, "sealed_record"),
    ]
    assert traces(court, CHILD) == []


def test_a_row_sealed_later_ends_the_version_that_landed(court: Path, put: Callable[..., Path]) -> None:
    open_ = f"4,示例丁,{ADULT},2025-01-01,2025-06-01,12,,\n"
    other = f"6,示例己,{number(6)},2025-01-01,2025-06-01,12,,\n"
    service.ingest("t_convicted", [put("a.csv", HEADER + open_ + other)], as_of=date(2026, 5, 1))
    before = read.pin()
    report = service.ingest(
        "t_convicted", [put("b.csv", HEADER + open_.replace(",12,,", ",12,是,"))], as_of=date(2026, 6, 1)
    )
    (file,) = report.files
    assert (file.read, file.landed, file.changed, file.rejected, file.sealed) == (1, 0, 0, 1, 1)
    assert _cards() == [number(6)]
    now = read.pin()
    assert now.datasets["t_convicted"].rows == 1
    assert now.id != before.id
    with read.open_session(before) as session:
        assert session.sql(f"select count(*) as n from {session.attach('t_convicted')}")["n"][0].as_py() == 2
    (gone,) = sealed_rows("t_convicted", now)
    with read.open_session(before) as session:
        found = session.sql(f"select id_card from {session.attach('t_convicted')} where _row = '{gone}'")
        assert found["id_card"].to_pylist() == [ADULT]


def test_once_sealed_an_older_extract_does_not_bring_it_back(court: Path, put: Callable[..., Path]) -> None:
    sealed = put("a.csv", HEADER + f"4,示例丁,{ADULT},2025-01-01,2025-06-01,12,是,\n")
    service.ingest("t_convicted", [sealed], as_of=date(2026, 6, 1))
    older = put("b.csv", HEADER + f"4,示例丁,{ADULT},2025-01-01,2025-06-01,12,,\n")
    report = service.ingest("t_convicted", [older], as_of=date(2026, 5, 1), max_rejects="0")
    assert [(one.state, one.landed, one.sealed) for one in report.files] == [("landed", 0, 1)]
    assert read.rejects(report.batch)[0].expected == "同一编号的记录已依法封存，不入库、不留原文"
    assert _cards() == []
    assert traces(court, ADULT) == []
    again = service.ingest("t_convicted", [sealed], as_of=date(2026, 6, 2))
    assert again.files[0].landed == 0
    assert read.pin().datasets["t_convicted"].rows == 0


def test_rows_that_landed_before_the_rule_are_shut_by_seal(court: Path, put: Callable[..., Path]) -> None:
    path = court / "catalogue" / "sources" / "t_convicted.yaml"
    start, end = CONVICTED.index("shut:"), CONVICTED.index("fields:")
    path.write_text(CONVICTED[:start] + CONVICTED[end:], "utf-8")
    rows = [f"1,示例甲,{ADULT},2025-01-01,,12,,", f"2,示例乙,{CHILD},2025-01-01,,12,,"]
    file = put("a.csv", HEADER + "\n".join(rows) + "\n")
    assert service.ingest("t_convicted", [file]).files[0].landed == 2
    path.write_text(CONVICTED, "utf-8")
    assert len(sealed_rows("t_convicted", read.pin())) == 1
    assert service.seal("t_convicted") == 1
    assert _cards() == [ADULT]
    assert service.seal("t_convicted") == 0
    assert service.ingest("t_convicted", [file]).files[0].sealed == 1, "a changed rule reads known bytes anew"
    assert _cards() == [ADULT]


def test_what_is_unknown_follows_the_declared_answer(court: Path) -> None:
    contract = read.source("t_convicted")
    row = {"case_no": "1", "name": "示例甲", "act_on": "2025-01-01"}
    assert shut_rows(contract, typed_table(contract, [row])).rows.tolist() == [False]
    told = CONVICTED.replace("    unless: [{field: months, over: 60}]\n", "    unknown: shut\n")
    (court / "catalogue" / "sources" / "t_convicted.yaml").write_text(told, "utf-8")
    assert shut_rows(read.source("t_convicted"), typed_table(contract, [row])).rows.tolist() == [True]


@pytest.mark.parametrize(
    ("birth", "act", "judged", "shut"),
    [
        ("2007-06-01", "2025-06-01", None, True),  # the birthday itself: not yet eighteen
        ("2007-06-01", "2025-06-02", None, False),
        ("2004-02-29", "2022-02-28", None, True),
        ("2004-02-29", "2022-03-01", None, False),
        ("2008-06-01", None, "2025-06-01", True),  # judged as a minor, so a minor when it happened
        ("2000-06-01", None, "2025-06-01", False),  # older when judged proves nothing; unknown is kept
        (None, "2025-06-01", "2025-06-01", False),
    ],
)
def test_eighteen_is_reached_on_the_day_after_the_birthday(
    court: Path, birth: str | None, act: str | None, judged: str | None, shut: bool
) -> None:
    contract = read.source("t_convicted")
    row = {"case_no": "1", "name": "示例甲", "birth_on": birth, "act_on": act, "judged_on": judged}
    assert shut_rows(contract, typed_table(contract, [row])).rows.tolist() == [shut]


_CONTRACT = {
    "id": "t_any", "title": "示例", "provider": "示例", "agreement": {"purpose": "测试"}, "cadence": "P1M",
    "fresh": "P60D", "sensitivity": "高", "key": ["no"],
    "subjects": {"person": {"kind": "person", "name": "name", "birth": "birth_on"}},
    "shut": [{
        "id": "young", "says": "示例", "basis": {"law": "示例法"}, "unknown": "keep",
        "when": [{"subject": "person", "younger": 18, "on": "act_on"}, {"field": "kind", "is": ["甲", "乙"]}],
        "unless": [{"field": "months", "over": 60}, {"field": "said", "says": ["例外"]}],
    }],
    "fields": [
        {"id": "no", "title": "号", "type": "document_no"}, {"id": "name", "title": "名", "type": "person_name"},
        {"id": "birth_on", "title": "生", "type": "date"}, {"id": "act_on", "title": "行", "type": "date"},
        {"id": "kind", "title": "类", "type": "category"}, {"id": "months", "title": "月", "type": "integer"},
        {"id": "said", "title": "说", "type": "text"},
    ],
}  # fmt: skip
_days = st.none() | st.dates(date(1990, 1, 1), date(2030, 12, 31))


def _oracle(row: dict[str, Any]) -> bool:
    """The rule of ``_CONTRACT`` in plain words, row by row."""
    birth, act, kind = row["birth_on"], row["act_on"], row["kind"]
    if birth is None or act is None or kind not in ("甲", "乙"):
        return False
    full = act.year - birth.year - ((act.month, act.day) <= (birth.month, birth.day))
    if full >= 18:
        return False
    return not ((row["months"] or 0) > 60 or "例外" in (row["said"] or ""))


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "birth_on": _days,
                "act_on": _days,
                "kind": st.sampled_from([None, "甲", "乙", "丙"]),
                "months": st.none() | st.integers(0, 120),
                "said": st.sampled_from([None, "一般", "例外情形"]),
            }
        ),
        min_size=1,
        max_size=20,
    )
)
def test_columns_agree_with_a_rule_read_row_by_row(rows: list[dict[str, Any]]) -> None:
    contract = SourceContract.model_validate(_CONTRACT)
    told = [
        {name: value for name, value in row.items() if value is not None} | {"no": str(at), "name": "示例"}
        for at, row in enumerate(rows)
    ]
    found = shut_rows(contract, typed_table(contract, told))
    assert found.rows.tolist() == [_oracle(row) for row in rows]


def test_compaction_keeps_what_is_shut_shut(court: Path, put: Callable[..., Path]) -> None:
    open_ = f"4,示例丁,{ADULT},2025-01-01,2025-06-01,12,,\n"
    service.ingest("t_convicted", [put("a.csv", HEADER + open_ + f"6,示例己,{number(6)},,,12,,\n")])
    service.ingest("t_convicted", [put("b.csv", HEADER + open_.replace(",12,,", ",12,是,"))])
    before = read.pin()
    (compacted,) = service.compact(["t_convicted"])
    assert (compacted.files_before > 1, compacted.files_after) == (True, 1)
    assert (_cards(), read.pin().id) == ([number(6)], before.id)
