"""CONTRACT: ``lake firms``: which firm of one list is which of the other, the rungs, what is cut, and the export."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from house import House

REGISTER = """统一社会信用代码,企业名称,住所
91999999100000016F,示例鸿达陶瓷有限公司,示例石湾镇瓷城路18号
91999999100000024A,示例瓷城商贸有限公司,示例浦镇新桥路1号
919999991000000325,示例瓷城商贸有限公司,示例云岭乡岭下路3号
"""
PENALTIES = """文号,企业,信用代码,处罚决定日期
示环罚1号,示例鸿达陶瓷厂,91999999100000016F,2025-01-06
示环罚2号,瓷城商贸,,2025-01-10
示环罚3号,=示例无名厂,,2025-01-10
"""


def _landed(house: House, folder: Path) -> None:
    for source, text in (("firm_register", REGISTER), ("env_penalty", PENALTIES)):
        path = folder / f"{source}.csv"
        path.write_text(text, "utf-8")
        house.ask("lake", "ingest", source, path, "--as-of", "2026-06-30")


def test_firms_are_resolved_and_every_rung_is_told(empty_house: House, tmp_path: Path) -> None:
    _landed(empty_house, tmp_path)
    answer = empty_house.ask("lake", "firms", "env_penalty", "firm_register")
    assert answer["schema"] == "shujian.lake.firms/1" and answer["next"] is None
    assert answer["decisions"] == {"same": 1, "ambiguous": 1, "none": 1}
    assert answer["stages"] == [{"stage": "code", "grade": "A", "firms": 1}]
    assert (answer["left"]["firms"], answer["right"]["firms"], answer["cuts"]) == (3, 3, [])
    items = {item["name"]: item for item in answer["items"]}
    same = items["示例鸿达陶瓷厂"]
    assert (same["decision"], same["candidates"][0]["grade"], same["candidates"][0]["name"]) == (
        "same", "A", "示例鸿达陶瓷有限公司",
    )  # fmt: skip
    assert [each["stage"] for each in same["tried"]] == [
        "code", "tax", "name", "core", "former", "alias", "near", "short",
    ]  # fmt: skip
    assert {each["field"]: each["outcome"] for each in same["candidates"][0]["compared"]}["core"] == "same"
    assert len(items["瓷城商贸"]["candidates"]) == 2


def test_one_kind_can_be_listed_and_all_exported(empty_house: House, tmp_path: Path) -> None:
    _landed(empty_house, tmp_path)
    answer = empty_house.ask("lake", "firms", "env_penalty", "firm_register", "--only", "ambiguous")
    assert [item["name"] for item in answer["items"]] == ["瓷城商贸"]
    path = tmp_path / "核对.xlsx"
    assert empty_house.run("lake", "firms", "env_penalty", "firm_register", "--export", path).code == 0
    rows = list(load_workbook(path).active.iter_rows(min_row=2, values_only=True))
    assert rows[0][:4] == ("单位", "信用代码", "行数", "结论") and len(rows) == 4
    assert {row[0] for row in rows[1:]} == {"示例鸿达陶瓷厂", "瓷城商贸", "'=示例无名厂"}


def test_a_list_without_firms_and_a_wrong_export_are_refused(empty_house: House, tmp_path: Path) -> None:
    refused = empty_house.ask("lake", "firms", "establishment_person", "firm_register", code=2)
    assert refused["errors"][0]["code"] == "no_such_firms"
    _landed(empty_house, tmp_path)
    wrong = empty_house.ask(
        "lake", "firms", "env_penalty", "firm_register", "--export", tmp_path / "a.csv", code=2
    )
    assert wrong["errors"][0]["code"] == "bad_export"
