"""CONTRACT: ``model letter``."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from house import House


def test_letters_by_body_as_json_and_as_files(empty_house: House, tmp_path: Path) -> None:
    answer = empty_house.ask("model", "letter", "M02", "--out", tmp_path / "函")
    assert answer["schema"] == "shujian.model.letter/1" and answer["model"] == "ebike_charging"
    assert [item["to"] for item in answer["items"]] == [
        "示例市12345政务服务便民热线办公室", "示例市消防安全委员会办公室", "示例市公安局",
    ]  # fmt: skip
    (points,) = answer["items"][1]["sources"]
    assert [field["id"] for field in points["fields"]] == [
        "point_no", "estate", "ports", "built_on", "removed_on", "status",
    ]  # fmt: skip
    assert points["fields"][1]["readers"] == ["充电点.served", "充电点.unserved", "充电点.emit:repeated"]
    assert [Path(file).name for file in answer["files"]][1] == "示例市消防安全委员会办公室.docx"
    made = Document(answer["files"][1])
    assert [row.cells[1].text for row in made.tables[0].rows] == [
        "字段", "充电点编号", "小区名称", "端口数", "建成日期", "拆除日期", "状态",
    ]  # fmt: skip
    assert "关于调取“电动自行车充电设施台账”的函" in [part.text for part in made.paragraphs]


def test_one_body_and_a_body_that_is_not_asked(empty_house: House) -> None:
    text = empty_house.run("model", "letter", "M02", "--to", "消防").out
    assert text.count("检数调〔") == 1 and "示例市消防安全委员会办公室：" in text
    (fault,) = empty_house.run("model", "letter", "M02", "--to", "教育局", "--json", code=2).errors
    assert fault["code"] == "unknown_body" and "消防" in fault["expected"]


def test_fairness_of_a_run_holds_counts_only(house: House) -> None:
    answer = house.ask("model", "fairness", "M901")
    assert answer["schema"] == "shujian.model.fairness/1" and answer["model"] == "unlicensed_dog"
    (listed,) = answer["lists"]
    assert (listed["unit"], listed["flagged"]) == ("人", None)  # two of a few: nothing is told
    assert all(cell["hidden"] for division in listed["divisions"] for cell in division["cells"])
    assert "999999" not in str(answer) and "示例甲" not in str(answer)
    (run,) = house.ask("model", "run", "M901")["items"]
    assert run["run"] != answer["run"]
    assert house.ask("model", "fairness", "M901", "--run", answer["run"])["run"] == answer["run"]
    (fault,) = house.run("model", "fairness", "M08", "--json", code=2).errors
    assert fault["code"] == "no_run"
    assert "人数少，不列" in house.run("model", "fairness", "M901").out
