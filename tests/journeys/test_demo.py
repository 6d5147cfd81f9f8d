"""The invented county from the outside: the figures of the seed, nothing doubled, no other county by accident."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from house import TODAY, House

ROOT = Path(__file__).resolve().parents[2]
MODELS = [
    "convicted_staff", "duty_urging", "ebike_charging", "env_tax", "explosives_correction", "referral_gaps",
    "school_gate_food", "support_litigation", "women_protection",
]  # fmt: skip
DEFAULT_SEED, ROWS = 20260630, 40_000


@pytest.fixture(scope="module")
def answer(county: House) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((county.root / "answer.json").read_text("utf-8"))
    return told


@pytest.fixture
def own(county: House, tmp_path: Path) -> House:
    return county.copy(tmp_path / "county")


def test_nothing_is_missed_and_nobody_falsely_accused(answer: dict[str, Any]) -> None:
    assert answer["schema"] == "shujian.demo/1"
    assert sorted(answer["models"]) == MODELS
    assert answer["differences"] == []
    for model, counts in answer["models"].items():
        assert set(counts["grade"]) == {"A", "A-", "B", "B-", "C"}
        for each in (*counts["grade"].values(), counts["possible"], counts["unknown"]):
            assert each["planted"] == each["found"] and each["missed"] == each["false"] == 0, model


def test_every_kind_of_doubt_is_planted(answer: dict[str, Any]) -> None:
    staff, tax = answer["models"]["convicted_staff"], answer["models"]["env_tax"]
    assert {grade: each["planted"] for grade, each in staff["grade"].items()} == {
        "A": 19, "A-": 3, "B": 2, "B-": 2, "C": 1,
    }  # fmt: skip
    referral = answer["models"]["referral_gaps"]
    assert (
        referral["grade"]["A"]["planted"],
        referral["possible"]["planted"],
        referral["unknown"]["planted"],
    ) == (48, 2, 3)
    food, women = answer["models"]["school_gate_food"], answer["models"]["women_protection"]
    assert (food["grade"]["A"]["planted"], food["unknown"]["planted"]) == (20, 4)
    assert (women["grade"]["A"]["planted"], women["possible"]["planted"], women["unknown"]["planted"]) == (
        7,
        2,
        2,
    )
    assert (staff["possible"]["planted"], staff["unknown"]["planted"]) == (5, 3)
    assert (tax["grade"]["A"]["planted"], tax["possible"]["planted"], tax["unknown"]["planted"]) == (58, 3, 7)


def test_the_figures_of_the_seed(answer: dict[str, Any]) -> None:
    case = answer["seed_case"]
    figures = {
        name: case[name] for name in ("convicted", "establishment", "overlap", "undisciplined", "education")
    }
    assert figures == {
        "convicted": 8168, "establishment": 13565, "overlap": 59, "undisciplined": 13, "education": 6,
    }  # fmt: skip
    assert round(float(case["education_share"]), 2) == 0.46
    assert case["env_tax_firms"] == 13
    assert float(case["env_tax_low"]) <= 250_000 <= float(case["env_tax_high"])
    # 26 sites under work, 3 permit holders without a tax source, 2 with one
    assert case["env_tax_sweep"] == 31
    assert float(case["env_tax_sweep_low"]) <= 4_000_000 <= float(case["env_tax_sweep_high"])
    assert case["correction"] == 1
    assert (case["reverse"], case["urged"]) == (31, 21)


def test_only_one_system_makes_a_group_clue(county: House) -> None:
    items = county.ask("clue", "list", "--model", "M08", "--limit", "500")["items"]
    groups = [item for item in items if item["subject_kind"] == "agency"]
    assert [(item["title"], item["strength"], item["grade"], item["absence"]) for item in groups] == [
        ("示例市教育局疑似6人涉刑后未见处分", "强", "A", "proved")
    ]


def test_the_clock_stands_still(county: House) -> None:
    stated = json.loads((county.root / "evaluation.json").read_text("utf-8"))
    assert (stated["today"], stated["seed"], stated["rows"]) == (TODAY, DEFAULT_SEED, ROWS)


@pytest.mark.lane("soak")
def test_a_second_demo_doubles_nothing(own: House, answer: dict[str, Any]) -> None:
    before = own.ask("lake", "datasets")["items"]
    again = own.ask("demo", "--rows", str(ROWS))
    assert {name: again[name] for name in ("models", "seed_case", "rows")} == {
        name: answer[name] for name in ("models", "seed_case", "rows")
    }
    assert [(item["id"], item["rows"]) for item in own.ask("lake", "datasets")["items"]] == [
        (item["id"], item["rows"]) for item in before
    ]
    planted = sum(
        each["planted"]
        for counts in answer["models"].values()
        for each in (*counts["grade"].values(), counts["possible"], counts["unknown"])
    )
    # A clue may speak for several complaints of one issue.
    clues = own.ask("clue", "list", "--limit", "500")["items"]
    assert sum(each["complaints"] for each in clues) == planted


@pytest.mark.parametrize("words", [("--seed", "5"), ("--rows", "50000")])
def test_another_county_in_the_same_home_is_refused(county: House, words: tuple[str, str]) -> None:
    told = {"--rows": str(ROWS), **dict([words])}
    (fault,) = county.run("demo", "--json", *(part for pair in told.items() for part in pair), code=2).errors
    assert fault["code"] == "another_county"
    assert "--fresh" in fault["expected"]


def test_real_data_and_the_demo_never_mix(ran: House, tmp_path: Path) -> None:
    house = ran.copy(tmp_path / "real")
    (house.root / "evaluation.json").unlink()
    for words in ((), ("--fresh", "--yes")):
        (fault,) = house.run("demo", "--json", *words, code=3).errors
        assert fault["code"] == "home_in_use"
    assert not (house.root / "demo").exists()


@pytest.mark.lane("soak")
def test_a_miss_and_a_false_accusation_are_told(own: House) -> None:
    path = own.root / "demo" / "truth" / "explosives_correction.json"
    truth = json.loads(path.read_text("utf-8"))
    truth["expected"][0]["subject"] = "999999197001010011"
    path.write_text(json.dumps(truth, ensure_ascii=False), "utf-8")
    told = own.ask("demo", "--rows", str(ROWS), code=1)
    assert told["models"]["explosives_correction"]["grade"]["A"] == {
        "planted": 1,
        "found": 0,
        "missed": 1,
        "false": 1,
    }
    assert len(told["differences"]) == 2


@pytest.mark.lane("soak")
def test_an_interrupted_demo_goes_on(tmp_path: Path) -> None:
    house = House(tmp_path / "home")
    house.run("demo", "--rows", "1", "--json", code=70, SHUJIAN_FAILPOINT="ingest.after_delta")
    told = house.ask("demo", "--rows", "1")
    assert told["differences"] == []
    assert told["seed_case"]["establishment"] == 13565


@pytest.mark.lane("soak")
def test_fresh_makes_room_for_another_county(own: House) -> None:
    told = own.ask("demo", "--seed", "5", "--rows", "1", "--fresh", "--yes")
    assert (told["seed"], told["differences"]) == (5, [])
    assert told["seed_case"]["undisciplined"] == 13


def test_no_model_code_knows_where_the_truth_lies() -> None:
    rooms = ("supervision", "lake", "matching", "clues", "runs", "audit")
    for room in rooms:
        for path in (ROOT / "src" / "shujian" / room).rglob("*.py"):
            assert not re.search(r"[\"'/]truth[\"'/]|\.demo\b", path.read_text("utf-8")), path
