"""CONTRACT: ``model list | show | schema | check | prove | plan | run | explain | replay``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from house import House

NUMBERS = {
    "M01": "school_gate_food", "M02": "ebike_charging", "M03": "env_tax", "M04": "women_protection",
    "M05": "duty_urging", "M06": "support_litigation", "M07": "explosives_correction", "M08": "convicted_staff",
    "M09": "referral_gaps", "M901": "unlicensed_dog",
}  # fmt: skip


def test_list_holds_the_fixed_ids(empty_house: House) -> None:
    answer = empty_house.ask("model", "list")
    assert answer["schema"] == "shujian.model.list/1" and answer["next"] is None
    assert {item["number"]: item["id"] for item in answer["items"]} == NUMBERS
    for item in answer["items"]:
        assert set(item) >= {
            "id", "number", "title", "status", "taxonomy", "unit", "needs", "keywords", "fingerprint",
        }  # fmt: skip
        assert item["status"] in ("draft", "trial", "stable", "retired")


def test_a_model_is_named_by_id_or_number_and_read_aloud(empty_house: House) -> None:
    by_id = empty_house.ask("model", "show", "convicted_staff")
    by_number = empty_house.ask("model", "show", "M08")
    assert by_id == by_number and by_id["schema"] == "shujian.model.show/1"
    assert by_id["id"] == "convicted_staff" and by_id["title"] == "涉刑在编人员未处分"
    sentence = by_id["sentence"]
    assert len(re.findall(r"[一-鿿]", sentence)) > 40


def test_schema_is_the_json_schema_of_the_form(empty_house: House) -> None:
    text = empty_house.run("model", "schema", "--json").out
    assert '"properties"' in text and '"steps"' in text and '"false_positives"' in text


def test_check_of_everything_is_silent(empty_house: House) -> None:
    shipped = Path(__file__).resolve().parents[2] / "src/shujian/catalogue/models"
    answer = empty_house.ask("model", "check", shipped, empty_house.root / "catalogue/models")
    assert answer["schema"] == "shujian.model.check/1" and answer["items"] == []


def test_prove_tells_each_proof_and_the_mutants(empty_house: House) -> None:
    answer = empty_house.ask("model", "prove", empty_house.root / "catalogue/models")
    assert answer["schema"] == "shujian.model.prove/1"
    assert {(item["proof"], item["kind"], item["ok"]) for item in answer["items"]} == {
        ("hit_bitten_and_unlicensed", "hit", True),
        ("miss_licensed", "miss", True),
        ("edge_last_day_and_score", "edge", True),
        ("edge_covering_exact", "edge", True),
        ("edge_covering_late", "edge", True),
        ("edge_covering_short", "edge", True),
    }
    for item in answer["items"]:
        assert item["model"] == "unlicensed_dog" and item["engine"] == "duckdb" and "because" in item
    mutants = answer["mutants"]
    assert (mutants["made"], mutants["caught"], mutants["survived"]) == (12, 12, [])
    assert mutants["equivalent"] == {} and mutants["stale"] == []
    assert answer["steps_unreached"] == []


def test_a_failed_proof_is_exit_1_and_says_why(empty_house: House) -> None:
    proof = empty_house.root / "catalogue/models/sample/unlicensed_dog/proofs/miss_licensed.yaml"
    text = proof.read_text("utf-8").replace(
        'id_card: "999999198102020032", issued_on', 'id_card: "999999198203030053", issued_on'
    )
    proof.write_text(text.replace("permit_no: 证1, name: 示例乙", "permit_no: 证1, name: 示例丙"), "utf-8")
    answer = empty_house.ask("model", "prove", empty_house.root / "catalogue/models", code=1)
    (failed,) = [item for item in answer["items"] if not item["ok"]]
    assert failed["proof"] == "miss_licensed" and re.search(r"[一-鿿]", str(failed["because"]))


def test_run_tells_everything_that_is_needed_to_run_it_again(house: House) -> None:
    answer = house.ask("model", "run", "M901")
    assert answer["schema"] == "shujian.model.run/1"
    (item,) = answer["items"]
    assert item["model"] == "unlicensed_dog" and item["as_of"] == "2026-06-30" and item["engine"] == "duckdb"
    for key in ("run", "fingerprint", "snapshot", "engine_version"):
        assert isinstance(item[key], str) and item[key]
    assert item["parameters"]["dogs.min_score"] == 3 and item["parameters"]["dogs.look_back_days"] == 180
    steps = {step["id"]: step["rows"] for step in item["steps"]}
    assert steps["recent"] == 5 and steps["biting"] == 3 and steps["unlicensed"] == 2
    assert all("unknown" in step for step in item["steps"])
    assert item["hits"] == 2
    assert (
        item["by_state"]["proved"] == 1
        and item["by_state"]["possible"] == 1
        and item["by_state"].get("unknown", 0) == 0
    )
    assert item["by_grade"] == {"A": 2} or item["by_grade"]["A"] == 2
    assert re.fullmatch(r"[0-9a-f]{64}", item["result_sm3"]) and item["seconds"] >= 0
    assert set(item["clues"]) >= {"new", "appended", "unchanged", "withdrawn"}


def test_plan_says_what_a_run_would_change_and_changes_nothing(house: House) -> None:
    standing = house.ask("clue", "list", "--model", "M901")
    answer = house.ask("model", "plan", "M901")
    assert answer["schema"] == "shujian.model.plan/1"
    assert (answer["added"], answer["dropped"], answer["unchanged"]) == ([], [], 2)
    draft = house.root / "draft/model.yaml"
    draft.parent.mkdir()
    shipped = house.root / "catalogue/models/sample/unlicensed_dog/model.yaml"
    draft.write_text(shipped.read_text("utf-8"), "utf-8")
    assert house.ask("model", "plan", draft)["draft"] is True
    parameter = house.root / "catalogue/parameters/dogs.yaml"
    parameter.write_text(parameter.read_text("utf-8").replace("value: 3,", "value: 9,"), "utf-8")
    answer = house.ask("model", "plan", draft)
    assert (answer["added"], len(answer["dropped"]), answer["unchanged"]) == ([], 2, 0)
    for item in answer["dropped"]:
        assert "不再命中" in item["why"] and item["id"].startswith("XS") and item["subject_masked"]
    assert house.ask("clue", "list", "--model", "M901") == standing
    assert "依据已变 2 条" in house.run("model", "plan", "M901").out
    assert house.ask("model", "plan", "M999", code=2)["schema"] == "shujian.error/1"


def test_running_again_adds_nothing(house: House) -> None:
    (item,) = house.ask("model", "run", "unlicensed_dog")["items"]
    assert (item["clues"]["new"], item["clues"]["unchanged"], item["clues"]["withdrawn"]) == (0, 2, 0)
    assert len(house.ask("clue", "list", "--model", "M901")["items"]) == 2


def test_all_runs_every_model(house: House) -> None:
    answer = house.run("model", "run", "--all", "--json", code=None)
    assert answer.code in (0, 3), answer.err
    if answer.code == 0:
        assert {item["model"] for item in answer.json["items"]} == set(NUMBERS.values()) - {
            "duty_urging",
            "women_protection",
        }
        assert [fault["code"] for fault in answer.json["skipped"]] == ["no_purpose", "no_purpose"]


def test_a_model_that_asks_for_a_purpose_is_refused_without_one(house: House) -> None:
    for words in (("model", "run", "M05"), ("model", "plan", "M05")):
        (fault,) = house.run(*words, "--json", code=3).errors
        assert fault["code"] == "no_purpose" and "--purpose" in fault["expected"]
        assert fault["message"].startswith("“督促履职及行政违法行为监督”只在")
    (item,) = house.ask("model", "run", "M05", "--purpose", "示例检行监〔2026〕9号")["items"]
    assert (item["model"], item["hits"]) == ("duty_urging", 0)


def test_explain_walks_every_step(house: House) -> None:
    clues = house.ask("clue", "list", "--model", "M901")["items"]
    answer = house.ask("model", "explain", "M901", clues[0]["subject_key"])
    assert answer["schema"] == "shujian.model.explain/1"
    assert answer["verdict"] in ("hit", "miss", "unknown")
    assert [step["id"] for step in answer["steps"]] == ["recent", "biting", "unlicensed"]
    for step in answer["steps"]:
        assert set(step) >= {"id", "says", "in", "out", "reason", "rows"}


@pytest.mark.parametrize(
    ("number", "verdict"),
    [("999999198001010011", "hit"), ("999999198102020032", "miss"), ("999999198607070131", "miss")],
)
def test_explain_reads_an_identity_from_stdin_and_never_prints_it(
    house: House, number: str, verdict: str
) -> None:
    answer = house.run("model", "explain", "M901", "-", "--json", given=number + "\n")
    assert answer.json["verdict"] == verdict
    assert number not in answer.out + answer.err


def test_replay_gives_the_same_bytes(house: House) -> None:
    (item,) = house.ask("model", "run", "M901")["items"]
    more = house.root / "more.csv"
    more.write_text(
        "登记证号,养犬人,身份证号,发证日期,登记费\n证0009,示例甲,999999198001010011,2026-01-01,300\n", "utf-8"
    )
    house.ask("lake", "ingest", "dog_permit", more, "--as-of", "2026-06-30")
    answer = house.ask("model", "replay", item["run"])
    assert answer["schema"] == "shujian.model.replay/1"
    assert answer["same"] is True and answer["expected_sm3"] == answer["found_sm3"] == item["result_sm3"]
    assert answer["first_difference"] is None


def test_replay_of_a_changed_model_differs(house: House) -> None:
    (item,) = house.ask("model", "run", "M901")["items"]
    spec = house.root / "catalogue/parameters/dogs.yaml"
    spec.write_text(spec.read_text("utf-8").replace("value: 3,", "value: 9,"), "utf-8")
    answer = house.run("model", "replay", item["run"], "--json", code=None)
    assert answer.code in (0, 1, 3)
    if answer.code == 1:
        assert answer.json["same"] is False and answer.json["first_difference"]


def test_corrected_data_withdraws_the_clue(house: House) -> None:
    more = house.root / "more.csv"
    more.write_text(
        "登记证号,养犬人,身份证号,发证日期,登记费\n证0009,示例甲,999999198001010011,2026-01-01,300\n", "utf-8"
    )
    house.ask("lake", "ingest", "dog_permit", more, "--as-of", "2026-06-30")
    (item,) = house.ask("model", "run", "M901")["items"]
    assert item["clues"]["withdrawn"] == 1 and item["clues"]["new"] == 0
