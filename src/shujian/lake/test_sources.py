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
