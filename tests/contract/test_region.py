"""CONTRACT: ``region list | use | check | build | try`` and ``lake doubts``."""

from __future__ import annotations

from house import House

LISTED = "代码,名称\n999999101,示例石湾镇\n999999101201,示例青山村\n999999102,示例浦镇\n"


def test_a_region_from_list_to_use(empty_house: House) -> None:
    listed = empty_house.root / "名单.csv"
    listed.write_text(LISTED, "utf-8")
    told = ["--county", "999999", "--name", "示例市", "--as-of", "2026-01-01", "--source", "虚构"]
    made = empty_house.ask("region", "build", listed, "--id", "mine", *told)
    assert (made["schema"], made["towns"], made["villages"]) == ("shujian.region.build/1", 2, 1)
    checked = empty_house.ask("region", "check", made["path"])
    assert checked["items"] == [] and len(checked["hints"]) == 2
    listed_regions = empty_house.ask("region", "list")["items"]
    assert [(one["id"], one["used"]) for one in listed_regions] == [("model_county", False), ("mine", True)]
    again = empty_house.ask("region", "build", listed, "--id", "mine", *told, code=2)
    assert again["errors"][0]["code"] == "duplicate_region"
    assert empty_house.ask("region", "use", "model_county")["id"] == "model_county"
    assert empty_house.ask("region", "use", "nobody", code=2)["errors"][0]["code"] == "unknown_region"


def test_a_faulty_region_file_is_told_line_by_line(empty_house: House) -> None:
    path = empty_house.root / "mine.yaml"
    path.write_text("id: other\nas_of: 2026-01-01\nsource: 虚构\ncounty: {code: '999999', name: 示例市}\ntowns:\n"
                    "  - {code: '999998101', name: 示例石湾镇}\n", "utf-8")  # fmt: skip
    answer = empty_house.ask("region", "check", path, code=1)
    assert {item["code"] for item in answer["items"]} == {"foreign_code", "id_is_not_file_name"}
    assert all(item["line"] and item["path"] == str(path) for item in answer["items"])


def test_an_address_is_tried(empty_house: House) -> None:
    first, second = empty_house.ask("region", "try", "示例市石湾镇示例青山村3号", "示例两江乡")["items"]
    assert first["town"] == {"code": "999999101", "name": "示例石湾镇"} and first["number"] == "3"
    assert first["village"]["name"] == "示例青山村" and first["notes"] == []
    assert second["town"] is None and len(second["candidates"]) == 2 and second["notes"] == ["town_ambiguous"]


def test_doubts_are_counted_then_listed(empty_house: House) -> None:
    path = empty_house.root / "养犬.csv"
    path.write_text(
        "登记证号,姓名,身份证号,登记日期,登记费\nD1,示例甲,99999919900101123,2024年3月,100\nD2,示例乙,,2026-01-01,约100元\n",
        "utf-8",
    )
    empty_house.ask("lake", "ingest", "dog_permit", path, "--max-rejects", "100%", code=None)
    counts = empty_house.ask("lake", "doubts", "dog_permit")
    assert counts["schema"] == "shujian.lake.doubts/1" and counts["next"] is None
    told = {(one["field"], one["flag"]): (one["rows"], one["says"]) for one in counts["items"]}
    assert told[("id_card", "length")] == (1, "位数不对") and told[("issued_on", "month")] == (1, "只到月")
    (cell,) = empty_house.ask("lake", "doubts", "dog_permit", "--field", "issued_on")["items"]
    assert (cell["raw"], cell["low"], cell["high"], cell["line"]) == (
        "2024年3月",
        "2024-03-01",
        "2024-03-31",
        2,
    )
    assert (
        empty_house.ask("lake", "doubts", "dog_permit", "--field", "nobody", code=2)["errors"][0]["code"]
        == "unknown_field"
    )
