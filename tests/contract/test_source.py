"""CONTRACT: ``source list | show | check | propose | schema``."""

from __future__ import annotations

import shutil
from pathlib import Path

from house import House

SAMPLE = Path(__file__).resolve().parents[1] / "sample"
CONTRACT_IDS = {
    "hotline_order", "grid_event", "judgment", "police_disclosure", "public_penalty", "public_permit",
    "referral_case", "env_penalty", "discharge_permit", "emission_monitoring", "env_tax_filing",
    "env_tax_source", "construction_permit", "school", "food_permit", "charging_point",
    "police_incident", "warning_letter", "police_penalty", "coercive_measure", "correction_person",
    "procuratorate_case", "prosecuted_person", "establishment_person", "discipline_record",
}  # fmt: skip


def test_list_holds_the_fixed_ids_and_the_users_own(empty_house: House) -> None:
    answer = empty_house.ask("source", "list")
    assert answer["schema"] == "shujian.source.list/1"
    assert answer["next"] is None
    ids = {item["id"] for item in answer["items"]}
    assert ids - CONTRACT_IDS == {
        "dog_permit", "dog_complaint", "firm_register", "firm_change", "penalty_ledger", "enforcement_application",
        "protection_order",
        *(item["id"] for item in answer["items"] if item["inside"]),
    }  # fmt: skip
    assert ids >= CONTRACT_IDS
    assert {item["id"]: item["inside"] for item in answer["items"]}["clue_register"] == "clues"


def test_show_prints_the_contract_of_one_source(empty_house: House) -> None:
    answer = empty_house.ask("source", "show", "dog_permit")
    assert answer["schema"] == "shujian.source.show/1"
    assert answer["id"] == "dog_permit" and answer["title"] == "养犬登记"
    assert [field["id"] for field in answer["fields"]] == ["permit_no", "name", "id_card", "issued_on", "fee"]


def test_schema_is_a_json_schema(empty_house: House) -> None:
    answer = empty_house.ask("source", "schema")
    assert "properties" in answer or "properties" in answer.get("json_schema", {}) or "$schema" in answer


def test_check_is_silent_on_a_good_file_and_tells_every_fault_of_a_bad_one(
    empty_house: House, tmp_path: Path
) -> None:
    good = empty_house.root / "catalogue/sources/dog_permit.yaml"
    assert empty_house.ask("source", "check", good)["items"] == []
    bad = tmp_path / "bad_source.yaml"
    text = good.read_text("utf-8").replace("id: dog_permit", "id: bad_source")
    text = text.replace("type: money", "type: coins").replace("key: [permit_no]", "key: [permit_nr]")
    bad.write_text(text, "utf-8")
    items = empty_house.ask("source", "check", bad, code=1)["items"]
    assert len(items) >= 1
    for item in items:
        assert item["line"] and item["code"] and item["message"]


def test_propose_recognises_headers_and_writes_nothing(empty_house: House, tmp_path: Path) -> None:
    file = tmp_path / "名单.csv"
    text = "养犬人姓名,身份证号码,登记日期,备注\n示例甲,999999198001010011,2026-01-02,无\n"
    file.write_bytes(text.encode("gb18030"))
    before = sorted(path.name for path in (empty_house.root / "catalogue/sources").iterdir())
    answer = empty_house.ask("source", "propose", file)
    assert answer["schema"] == "shujian.source.propose/1"
    assert answer["format"].lower() == "csv" and answer["encoding"].lower() in ("gb18030", "gbk")
    assert answer["header_line"] == 1
    types = {field["column"]: field["type"] for field in answer["fields"]}
    assert (
        types["身份证号码"] == "id_card"
        and types["登记日期"] == "date"
        and types["养犬人姓名"] == "person_name"
    )
    for field in answer["fields"]:
        assert set(field) >= {"column", "field", "type", "confidence", "why"}
    assert isinstance(answer["unmatched"], list)
    assert sorted(path.name for path in (empty_house.root / "catalogue/sources").iterdir()) == before


def test_propose_writes_where_told_and_what_it_writes_passes_check_and_takes_the_file(
    empty_house: House, tmp_path: Path
) -> None:
    file = tmp_path / "名单.csv"
    file.write_text("编号,姓名,身份证号码,登记日期\n1,示例甲,999999198001010011,2026-01-02\n", "utf-8")
    empty_house.ask("source", "propose", file, "--write", "my_list")
    written = empty_house.root / "catalogue/sources/my_list.yaml"
    assert written.exists()
    assert empty_house.ask("source", "check", written)["items"] == []
    report = empty_house.ask("lake", "ingest", "my_list", file, "--as-of", "2026-06-30")
    assert report["files"][0]["landed"] == 1


def test_a_user_may_not_redefine_a_shipped_source(empty_house: House) -> None:
    shipped = Path(__file__).resolve().parents[2] / "src/shujian/catalogue/sources/school.yaml"
    shutil.copy(shipped, empty_house.root / "catalogue/sources/school.yaml")
    answer = empty_house.run("source", "list", "--json", code=2)
    assert any("school" in str(fault) for fault in answer.errors)


def test_an_unknown_source_is_named_with_those_there_are(empty_house: House) -> None:
    (fault,) = empty_house.run("source", "show", "nowhere", "--json", code=2).errors
    assert (
        fault["code"] == "unknown_source"
        and fault["found"] == "nowhere"
        and "dog_permit" in fault["expected"]
    )
