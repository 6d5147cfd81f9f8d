"""Each bad input of the issue: a Chinese sentence with file, line, found, expected; nothing half-written."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from house import House

DAY = "2026-06-30"
HEADER = "登记证号,养犬人,身份证号,发证日期,登记费"
ROW = "证1,示例甲,999999198001010011,2025-01-01,300"


def _chinese(text: str) -> bool:
    return bool(re.search(r"[一-鿿]{3}", text))


def _ingest(house: House, path: Path, code: int, *more: str, source: str = "dog_permit") -> Any:
    return house.run("lake", "ingest", source, path, "--as-of", DAY, "--json", *more, code=code)


def _landed(house: House, source: str = "dog_permit") -> int:
    return len(house.ask("lake", "show", source, "--limit", "100")["items"])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("wrong_encoding.csv", (HEADER + "\n" + ROW + "\n").encode("utf-16")[2:-1]),
        ("broken_bytes.csv", (HEADER + "\n").encode() + b"\xff\xfe\xfa\x81" + ROW.encode("gb18030") + b"\n"),
        ("empty.csv", b""),
        ("only_a_header_of_others.csv", "甲,乙,丙\n1,2,3\n".encode()),
        ("no_such_workbook.xlsx", b"this is no workbook"),
        (
            "duplicate_headers.csv",
            ("登记证号,登记证号,养犬人,发证日期\n证1,证2,示例甲,2025-01-01\n").encode(),
        ),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(64)),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(
    empty_house: House, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    answer = _ingest(empty_house, path, 2)
    for fault in answer.errors:
        assert _chinese(fault["message"]) and fault["file"].endswith(name) and fault["code"] != "internal"
    assert "Traceback" not in answer.err
    assert _landed(empty_house) == 0


def test_a_missing_file(empty_house: House, tmp_path: Path) -> None:
    answer = _ingest(empty_house, tmp_path / "nowhere.csv", 2)
    assert _chinese(answer.errors[0]["message"]) and "nowhere.csv" in str(answer.errors[0])


def test_an_unknown_source(empty_house: House, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEADER + "\n" + ROW + "\n", "utf-8")
    (fault,) = _ingest(empty_house, path, 2, source="dog_licence").errors
    assert fault["code"] == "unknown_source" and fault["found"] == "dog_licence"


def test_the_other_files_of_one_call_go_on(empty_house: House, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.xlsx", tmp_path / "good.csv"
    bad.write_bytes(b"no workbook")
    good.write_text(HEADER + "\n" + ROW + "\n", "utf-8")
    answer = empty_house.run("lake", "ingest", "dog_permit", bad, good, "--as-of", DAY, "--json", code=None)
    assert answer.code in (1, 2)
    assert _landed(empty_house) == 1
    states = {Path(file["path"]).name: file["state"] for file in answer.json["files"]}
    assert states == {"bad.xlsx": "refused", "good.csv": "landed"}


def test_ragged_rows_are_rejected_one_by_one(empty_house: House, tmp_path: Path) -> None:
    path = tmp_path / "ragged.csv"
    rows = [f"证{n},示例甲,999999198001010011,2025-01-01,300" for n in range(1, 41)]
    rows[3], rows[7] = "证4,示例甲", "证8,示例甲,999999198001010011,2025-01-01,300,多出的,更多"
    path.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    answer = _ingest(empty_house, path, 0).json
    (file,) = answer["files"]
    assert (file["read"], file["landed"], file["rejected"]) == (40, 38, 2)
    items = empty_house.ask("lake", "rejects", answer["batch"])["items"]
    assert [item["line"] for item in items] == [5, 9]
    for item in items:
        assert item["file"].endswith("ragged.csv") and item["found"] and item["expected"] and item["raw"]


def test_a_header_in_row_three(empty_house: House, tmp_path: Path) -> None:
    path = tmp_path / "titled.csv"
    path.write_text(f"示例市养犬登记名单,,,,\n制表日期：2026-06-30,,,,\n{HEADER}\n{ROW}\n", "utf-8")
    (file,) = _ingest(empty_house, path, 0).json["files"]
    assert (file["header_line"], file["landed"]) == (3, 1)


def _model(house: House, change: Callable[[str], str]) -> Path:
    path = house.root / "catalogue/models/sample/unlicensed_dog/model.yaml"
    good = path.read_text("utf-8")
    assert change(good) != good
    path.write_text(change(good), "utf-8")
    return path


WHERE = "投诉.complained_on >= as_of"
LOST = "  - {id: lost, says: 没人用的一步, use: filter, from: 投诉, where: content is not null}\n"
# What is wrong → (text of the good model, what stands there instead, what the fault must name).
MODEL_FAULTS = {
    "unknown step": ("use: filter", "use: sift", "sift"),
    "unknown column": (WHERE, "投诉.complaint_day >= as_of", "complaint_day"),
    "cycle": ("use: filter, from: 投诉", "use: filter, from: unlicensed", "recent"),
    "wrong type": (WHERE, "投诉.content >= as_of", "content"),
    "unknown parameter": ("param.dogs.look_back_days", "param.dogs.look_back_weeks", "look_back_weeks"),
    "unused parameter": ("[dogs.min_score,", "[dogs.min_score, discipline.grace_days,", "grace_days"),
    "unknown source": ("source: dog_permit", "source: cat_permit", "cat_permit"),
    "duplicate key": ("status: trial", "status: trial\nstatus: stable", "status"),
    "not YAML": ("basis: [{", "basis: [[{", ""),
    "missing section": (
        "false_positives: [{what: 同名异人, guard: 只有 A 级自动推送}]\n",
        "",
        "false_positives",
    ),
    "forbidden function": (WHERE, f"read_csv('x') is null or {WHERE}", "read_csv"),
    "step that reaches no emit": ("emit:\n", LOST + "emit:\n", "lost"),
    "unknown keyword file": ("keywords: dog_nuisance", "keywords: cat_nuisance", "cat_nuisance"),
    "title that concludes": ("{name}疑似未办登记", "{name}未办登记", "title"),
}


@pytest.mark.parametrize("what", MODEL_FAULTS)
def test_check_names_the_place_of_a_fault_in_a_model(empty_house: House, what: str) -> None:
    old, new, named = MODEL_FAULTS[what]
    path = _model(empty_house, lambda text: text.replace(old, new))
    answer = empty_house.run("model", "check", path.parent, "--json", code=1)
    items = answer.json["items"]
    assert items
    for item in items:
        assert set(item) >= {"path", "line", "column", "code", "message", "found", "expected"}
        assert _chinese(item["message"]) and item["path"].endswith("model.yaml") and item["line"] >= 1
    assert named in str(items)
    assert "Traceback" not in answer.err


ALL_AT_ONCE = {
    "form": [("title: 犬只伤人且未见登记\n", ""), ("status: trial", "status: perhaps")],
    "meaning": [(WHERE, "投诉.complaint_day >= as_of"), ("keywords: dog_nuisance", "keywords: cat_nuisance")],
}


@pytest.mark.parametrize("phase", ALL_AT_ONCE)
def test_check_reports_all_faults_at_once(empty_house: House, phase: str) -> None:
    def change(text: str) -> str:
        for old, new in ALL_AT_ONCE[phase]:
            text = text.replace(old, new)
        return text

    path = _model(empty_house, change)
    items = empty_house.run("model", "check", path, "--json", code=1).json["items"]
    assert len({item["line"] for item in items}) >= 2


def test_one_bad_model_does_not_stop_the_others(empty_house: House) -> None:
    _model(empty_house, lambda text: text.replace("use: filter", "use: sift"))
    answer = empty_house.run("model", "list", "--json", code=None)
    assert answer.code in (0, 1, 2)
    shown = empty_house.run("model", "show", "M08", "--json", code=None)
    assert shown.code == 0, shown.err


def test_a_parameter_without_value_on_the_day(house: House) -> None:
    path = house.root / "catalogue/parameters/dogs.yaml"
    path.write_text(
        path.read_text("utf-8").replace("from: 2020-01-01, value: 180", "from: 2027-01-01, value: 180"),
        "utf-8",
    )
    answer = house.run("model", "run", "M901", "--json", code=2)
    text = str(answer.errors)
    assert "look_back_days" in text and "2026-06-30" in text and _chinese(text)


def test_division_by_zero_is_a_third_answer_not_a_crash(house: House) -> None:
    _model(
        house,
        lambda text: text.replace(WHERE, f"1 / (length(投诉.name) - length(投诉.name)) < 1 and {WHERE}"),
    )
    (item,) = house.ask("model", "run", "M901")["items"]
    steps = {step["id"]: step for step in item["steps"]}
    assert steps["recent"]["rows"] == 0 and steps["recent"]["unknown"] == 5


def test_an_unknown_model_run_or_clue(empty_house: House) -> None:
    for words in (
        ["model", "show", "M999"],
        ["model", "run", "M999"],
        ["model", "replay", "run-x"],
        ["lake", "rejects", "b"],
    ):
        answer = empty_house.run(*words, "--json", code=2)
        assert _chinese(answer.errors[0]["message"])


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday", "20260230"])
def test_a_day_that_does_not_exist(empty_house: House, tmp_path: Path, day: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEADER + "\n" + ROW + "\n", "utf-8")
    answer = empty_house.run("lake", "ingest", "dog_permit", path, "--as-of", day, "--json", code=2)
    assert _chinese(answer.errors[0]["message"])
