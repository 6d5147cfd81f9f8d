"""The safe anti-join: proved only where the right list lets it be, possible where anybody may be meant, else unknown."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shujian.supervision.conftest import MODEL, write_model
from shujian.supervision.library import load_model
from shujian.supervision.parameters import parameter_book
from shujian.supervision.proof import Proof, run_proof
from shujian.supervision.result import Hit, RunResult

ONE, OTHER = "999999199001010016", "999999199001010024"
LISTED = {"no": "1", "name": "张三丰", "id_card": ONE, "amount": "500", "day": "2026-01-10"}
WHOLE = {"from": "2020-01-01", "to": "2026-06-30", "complete": True}


def run(
    catalogue: Path, records: list[dict[str, Any]], coverage: list[dict[str, Any]], **more: Any
) -> RunResult:
    given = {"名单": more.pop("listed", [LISTED]), "记录": records}
    proof = Proof.model_validate(
        {
            "name": "t",
            "says": "测试",
            "kind": "edge",
            "as_of": "2026-06-30",
            "given": given,
            "coverage": {"记录": coverage},
            "expect": [],
            **more,
        }
    )
    model = load_model(write_model(catalogue, MODEL))
    return run_proof(model, proof, parameter_book())


def only(result: RunResult) -> Hit:
    [hit] = result.hits
    return hit


FILLER = [{"no": f"f{n}", "name": "李四", "id_card": OTHER, "day": "2026-02-01"} for n in range(1)]


@pytest.mark.parametrize(
    ("coverage", "extract", "state"),
    [
        ([WHOLE], "2026-06-30", "proved"),
        ([], "2026-06-30", "unknown"),
        ([{**WHOLE, "complete": False}], "2026-06-30", "unknown"),
        ([{**WHOLE, "from": "2026-01-10"}], "2026-06-30", "proved"),
        ([{**WHOLE, "from": "2026-01-11"}], "2026-06-30", "unknown"),
        ([{**WHOLE, "to": "2026-06-01"}], "2026-06-01", "proved"),
        ([{**WHOLE, "to": "2026-05-31"}], "2026-06-01", "unknown"),
        ([WHOLE], "2026-05-01", "proved"),
        ([WHOLE], "2026-04-30", "unknown"),
        ([{**WHOLE, "to": "2026-03-31"}, {**WHOLE, "from": "2026-04-01"}], "2026-06-30", "proved"),
        ([{**WHOLE, "to": "2026-03-31"}, {**WHOLE, "from": "2026-04-02"}], "2026-06-30", "unknown"),
        ([{**WHOLE, "gaps": [{"from": "2026-03-01", "to": "2026-03-31"}]}], "2026-06-30", "unknown"),
        ([{**WHOLE, "gaps": [{"from": "2025-03-01", "to": "2025-03-31"}]}], "2026-06-30", "proved"),
        ([{**WHOLE, "area": ["示例镇"]}], "2026-06-30", "unknown"),
    ],
)
def test_what_the_declaration_allows(
    own_home: Path, coverage: list[dict[str, Any]], extract: str, state: str
) -> None:
    hit = only(run(own_home, FILLER, coverage, extract_on={"记录": extract}))
    assert hit.absence == state
    assert hit.pushable is (state == "proved")


@pytest.mark.parametrize(
    ("record", "state"),
    [
        ({"name": "张三丰", "id_card": ONE, "day": "2026-01-10"}, None),
        ({"name": "张三丰", "id_card": ONE.lower(), "day": "2026-01-10"}, None),
        ({"name": "改了名", "id_card": ONE, "day": "2026-01-10"}, None),
        ({"name": "张三丰", "id_card": ONE, "day": "2026-01-09"}, "proved"),
        ({"name": "张三丰", "id_card": ONE, "day": None}, "possible"),
        ({"name": "张三丰", "id_card": OTHER, "day": "2026-02-01"}, "proved"),
        ({"name": "张三丰", "id_card": "999999********0016", "day": "2026-02-01"}, "possible"),
        ({"name": "王二", "id_card": "999999********0016", "day": "2026-02-01"}, "possible"),
        ({"name": "张三丰", "id_card": "999999********0016", "day": "2026-01-09"}, "proved"),
        ({"name": "张三丰", "id_card": "999999********9999", "day": "2026-02-01"}, "possible"),
        ({"name": "王二", "id_card": "999999********9999", "day": "2026-02-01"}, "proved"),
    ],
)
def test_what_a_record_on_the_other_side_means(
    own_home: Path, record: dict[str, Any], state: str | None
) -> None:
    result = run(own_home, [{"no": "r1", **record}], [WHOLE])
    assert [hit.absence for hit in result.hits] == ([state] if state else [])


def test_too_many_records_without_a_number_prove_nothing(own_home: Path) -> None:
    numbered = [{"no": f"a{n}", "name": "李四", "id_card": OTHER, "day": "2026-02-01"} for n in range(98)]
    bare = [{"no": f"b{n}", "name": "王二", "day": "2026-02-01"} for n in range(3)]
    assert only(run(own_home, numbered + bare[:2], [WHOLE])).absence == "proved"
    hit = only(run(own_home, numbered + bare, [WHOLE]))
    assert hit.absence == "unknown"
    assert "没有可用于查找的号码" in hit.absences[0].because


def test_a_left_row_without_a_number_is_never_proved_absent(own_home: Path) -> None:
    hit = only(run(own_home, FILLER, [WHOLE], listed=[{**LISTED, "id_card": None}]))
    assert hit.absence == "unknown"


def test_the_reason_names_the_declaration_and_the_span(own_home: Path) -> None:
    found = only(run(own_home, FILLER, [WHOLE])).absences[0]
    assert (found.asked_from, found.asked_to, found.dataset) == (
        date(2026, 1, 10),
        date(2026, 6, 30),
        "own_record",
    )
    assert "2020-01-01 至 2026-06-30 数据完整" in found.because


def test_basis_is_that_of_the_day_of_the_act(own_home: Path) -> None:
    new = only(run(own_home, FILLER, [WHOLE]))
    assert [item["law"] for item in new.basis] == ["新法"]
    old = only(run(own_home, FILLER, [WHOLE], listed=[{**LISTED, "day": "2019-05-01"}]))
    assert [item["law"] for item in old.basis] == ["旧法"]


def test_a_null_condition_is_counted_as_unknown_not_dropped_silently(own_home: Path) -> None:
    result = run(
        own_home,
        FILLER,
        [WHOLE],
        listed=[LISTED, {**LISTED, "no": "2", "amount": None}, {**LISTED, "no": "3", "amount": "199.99"}],
    )
    large = result.steps[0]
    assert (large.id, large.rows, large.unknown) == ("large", 1, 1)


def test_title_masks_the_name_and_several_rows_make_one_hit(own_home: Path) -> None:
    hit = only(run(own_home, FILLER, [WHOLE], listed=[LISTED, {**LISTED, "no": "2", "day": "2026-02-10"}]))
    assert hit.title == "张某某疑似未见记录"
    assert hit.mask == "张某某"
    assert len(hit.evidence) == 2
    assert [row.line for row in hit.evidence] == [1, 2]


def test_result_digest_does_not_depend_on_the_order_of_rows(own_home: Path) -> None:
    rows = [
        {**LISTED, "no": str(n), "id_card": number, "name": "张三丰"}
        for n, number in enumerate([ONE, OTHER, None])
    ]
    one = run(own_home, [], [WHOLE], listed=rows)
    other = run(own_home, [], [WHOLE], listed=rows[::-1])
    assert one.result_sm3 == other.result_sm3
    assert one.result_sm3 != run(own_home, [], [WHOLE], listed=rows[:2]).result_sm3


def test_a_possible_match_shows_the_other_row_and_what_was_compared(own_home: Path) -> None:
    record = {"no": "r1", "name": "张三丰", "id_card": "999999********0016", "day": "2026-02-01"}
    hit = only(run(own_home, [record], [WHOLE]))
    [match] = hit.matches
    shown = {row.alias: row.fields for row in hit.evidence}
    assert (match.step, match.grade) == ("missing", "B-")
    assert {each.field: each.outcome for each in match.compared}["id_card"] == "masked"
    assert shown["记录"]["name"] == "张三丰"
    assert match.right in {row.row for row in hit.evidence if row.alias == "记录"}


def test_a_sure_match_without_a_day_is_shown_too(own_home: Path) -> None:
    hit = only(run(own_home, [{"no": "r1", "name": "张三丰", "id_card": ONE, "day": None}], [WHOLE]))
    assert [(match.grade, match.step) for match in hit.matches] == [("A", "missing")]
    assert hit.absence == "possible"
