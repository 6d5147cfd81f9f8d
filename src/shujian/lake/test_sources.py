"""Source contracts: shipped ones are sound; every fault of an own one comes with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from shujian.kernel.errors import BadInput
from shujian.lake import read, service
from shujian.lake.conftest import STAFF
from shujian.lake.errors import UnknownSource
from shujian.lake.reading.headers import Matcher, bare_key, unit_of
from shujian.lake.sources import duration_days, header_key


def _own(home: Path, name: str, text: str) -> Path:
    path = home / "catalogue" / "sources" / f"{name}.yaml"
    path.write_text(text, "utf-8")
    return path


def test_all_shipped_sources_are_sound_and_declare_nothing(lake_home: Path) -> None:
    found = read.sources()
    assert {
        "prosecuted_person",
        "establishment_person",
        "discipline_record",
        "hotline_order",
        "t_staff",
    } <= set(found)
    assert [name for name, contract in found.items() if contract.coverage] == []


def test_every_shipped_header_finds_its_field(lake_home: Path) -> None:
    for contract in read.sources().values():
        matcher = Matcher(contract)
        for field in contract.fields:
            found = [matcher.field_of(name) for name in (field.id, field.title, *field.aliases)]
            assert {entry[1] for entry in found if entry} == {field.id}, (contract.id, field.id)


def test_own_sources_stand_beside_the_shipped_but_may_not_redefine_them(lake_home: Path) -> None:
    _own(lake_home, "school", STAFF.replace("id: t_staff", "id: school"))
    with pytest.raises(BadInput) as refused:
        read.sources()
    assert [fault.code for fault in refused.value.faults] == ["duplicate_source"]
    with pytest.raises(BadInput):
        read.source("school")
    assert read.source("t_staff").title == "示例名册"


def test_unknown_source_lists_the_known(lake_home: Path) -> None:
    with pytest.raises(UnknownSource) as unknown:
        read.source("nosuch")
    (fault,) = unknown.value.faults
    assert (fault.code, fault.found) == ("unknown_source", "nosuch")
    assert "t_staff" in str(fault.expected)


def test_all_faults_at_once_with_lines(lake_home: Path) -> None:
    text = (
        STAFF.replace("fresh: P60D", "fresh: sixty").replace("type: money", "type: cash") + "extra_key: 1\n"
    )
    faults = service.check([_own(lake_home, "t_bad", text)])
    places = {(fault.code, fault.line) for fault in faults}
    lines = text.splitlines()
    fresh = next(at for at, line in enumerate(lines, 1) if line.startswith("fresh"))
    cash = next(at for at, line in enumerate(lines, 1) if "cash" in line)
    assert places == {
        ("string_pattern_mismatch", fresh),
        ("literal_error", cash),
        ("extra_forbidden", len(lines)),
    }
    assert all(fault.file and fault.message for fault in faults)


def test_references_between_the_parts(lake_home: Path) -> None:
    text = (
        STAFF.replace("id: t_staff", "id: t_bad")
        .replace("key: [id_card]", "key: [id_card, nosuch]")
        .replace("date_field: joined_on", "date_field: name")
        .replace("id_card: id_card, birth", "id_card: name, birth")
        .replace("type: money}", "type: money, screen: true, values: [a]}")
        .replace("aliases: [人员姓名]", "aliases: [备 注]")
    )
    faults = service.check([_own(lake_home, "t_bad", text)])
    assert sorted((fault.code, str(fault.field)) for fault in faults) == [
        ("ambiguous_title", "fields.7"),
        ("field_type", "date_field"),
        ("field_type", "subjects.person.id_card"),
        ("screen_type", "fields.6.screen"),
        ("unknown_field", "key.1"),
        ("values_type", "fields.6.values"),
    ]
    assert all(fault.line and fault.line > 1 for fault in faults)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("id: x\nid: y\n", "duplicate_key"),
        ("id: [x\n", "bad_yaml"),
        ("- a\n", "not_a_mapping"),
        ("", "not_a_mapping"),
    ],
)
def test_broken_files(lake_home: Path, text: str, code: str) -> None:
    (fault,) = service.check([_own(lake_home, "t_bad", text)])
    assert (fault.code, bool(fault.line)) == (code, True)


def test_file_name_and_id_agree(lake_home: Path) -> None:
    (fault,) = service.check([_own(lake_home, "t_other", STAFF)])
    assert (fault.code, fault.line, fault.expected) == ("id_is_not_file_name", 1, "t_other")
    (missing,) = service.check([lake_home / "no.yaml"])
    assert missing.code == "no_file"


def test_header_forms() -> None:
    assert header_key(" 姓　名* ") == "姓名"
    assert header_key("金额（ 万元 ）") == "金额(万元)"
    assert bare_key("罚款金额（万元）") == "罚款金额"
    assert (unit_of("罚款金额（单位：万元）"), unit_of("数量(吨)"), unit_of("金额")) == ("万元", None, None)
    assert [duration_days(text) for text in ("P60D", "P2M", "P1Y")] == [60, 60, 365]


def test_schema_names_the_types() -> None:
    schema = read.json_schema()
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert "id_card" in schema["$defs"]["SourceField"]["properties"]["type"]["enum"]
    assert "from" in schema["$defs"]["DeclaredCoverage"]["properties"]


def test_promises_that_cannot_hold_are_faults(lake_home: Path) -> None:
    text = (
        STAFF.replace("id: t_staff", "id: t_bad")
        .replace("agreement: {purpose: 测试, number: null", "agreement: {purpose: ' ', signed: 2026-07-01")
        .replace("expires: null", "expires: 2026-06-30")
        .replace("key: [id_card]", "key: [id_card, id_card]")
        .replace("date_field: joined_on\n", "expect_monthly: {min: 1}\n")
        + """coverage:
  - {from: 2026-02-01, to: 2026-01-01, complete: true, stated_by: 来函}
  - from: 2026-01-01
    to: 2026-12-31
    complete: true
    stated_by: ''
    gaps:
      - {from: 2026-03-01, to: 2026-03-31, why: 停机}
      - {from: 2026-03-31, to: 2026-04-30, why: 重叠}
      - {from: 2026-04-30, to: 2026-05-31, area: [示例镇], why: 与上一条重叠}
      - {from: 2026-05-01, to: 2026-05-31, area: [别处], why: 不同地方，不算重叠}
      - {from: 2025-12-31, to: 2026-01-02, why: 在外}
      - {from: 2026-09-02, to: 2026-09-01, why: 颠倒}
shut:
  - {id: a, says: 一, basis: {law: 示例法}, when: [{field: name, is: [甲], says: [乙]}]}
  - {id: a, says: 二, basis: {law: 示例法}, when: [{subject: nobody, younger: 18, on: name}, {field: remark, over: 3}]}
"""
    )
    faults = service.check([_own(lake_home, "t_bad", text)])
    assert [(fault.code, str(fault.field)) for fault in faults] == [
        ("no_purpose", "agreement.purpose"),
        ("bad_span", "agreement.expires"),
        ("duplicate_key_field", "key.1"),
        ("expect_without_date", "expect_monthly"),
        ("bad_span", "coverage.0.to"),
        ("no_statement", "coverage.1.stated_by"),
        ("gaps_overlap", "coverage.1.gaps.1"),
        ("gaps_overlap", "coverage.1.gaps.2"),
        ("gap_outside", "coverage.1.gaps.4"),
        ("bad_span", "coverage.1.gaps.5.to"),
        ("duplicate_rule", "shut.0.id"),
        ("bad_condition", "shut.0.when.0"),
        ("duplicate_rule", "shut.1.id"),
        ("unknown_subject", "shut.1.when.0.subject"),
        ("field_type", "shut.1.when.0.on"),
        ("field_type", "shut.1.when.1.field"),
    ]
    assert all(fault.line and fault.line > 1 for fault in faults)


def test_what_is_only_lacking_is_a_warning(lake_home: Path) -> None:
    path = lake_home / "catalogue" / "sources" / "t_staff.yaml"
    assert service.check([path]) == []
    found = read.contract_warnings([path])
    assert [(one.code, one.found) for one in found] == [
        ("no_basis", None),
        ("no_number", None),
        ("no_retain", None),
        ("key_not_required", "身份证号"),
    ]
    whole = (
        STAFF.replace("provider:", 'basis: [{law: 示例法, article: "1"}]\nprovider:')
        .replace(
            "number: null", "number: 示检数〔2026〕1号, signed: 2026-01-01, handler: 信息科, retain: P3Y"
        )
        .replace("type: id_card, sensitivity", "type: id_card, required: true, sensitivity")
    )
    path.write_text(whole, "utf-8")
    assert (service.check([path]), read.contract_warnings([path])) == ([], [])
    path.write_text(whole.replace("fresh: P60D", "fresh: P20D"), "utf-8")
    assert [one.code for one in read.contract_warnings([path])] == ["fresh_below_cadence"]
