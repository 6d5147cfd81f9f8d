"""``union`` and ``rank``: exact rows, provenance of every branch, ties, nulls; and an oracle in plain Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shujian.supervision.conftest import HEAD, TAIL, body_faults, run_rows, write_model, write_number
from shujian.supervision.library import load_model
from shujian.supervision.prove import prove_models
from shujian.supervision.run import contracts_of
from shujian.supervision.sentence import sentence

ONE, OTHER, THIRD = "999999199001010016", "999999199001010024", "999999199001010032"
UNION = """needs: {名单: {source: own_list}, 记录: {source: own_record}}
steps:
  - {id: dear, says: 金额有的, use: filter, from: 名单, where: "amount > 1"}
  - {id: both, says: 两处的人合在一起, use: union, from: [dear, 记录],
     columns: {who: [名单.no, 记录.no], on_day: [名单.day, 记录.day]}, subject: {anyone: [名单.person, 记录.person]}}
emit:
  - {from: both, subject: anyone, strength: 弱, title: "疑似{who}", evidence: {名单: [no], 记录: [no]}, figures: [on_day]}
"""


def person(no: str, number: str | None, **more: Any) -> dict[str, Any]:
    return {"no": no, "name": "示例甲", "id_card": number, "amount": "5", **more}


def test_union_keeps_the_provenance_of_both(own_home: Path) -> None:
    rows = {
        "名单": [person("甲1", ONE), person("甲2", OTHER, amount="1")],
        "记录": [person("乙1", ONE), person("乙2", THIRD)],
    }
    result = run_rows(own_home, UNION, rows)
    found = {hit.subject_id: hit for hit in result.hits}
    assert set(found) == {ONE, THIRD}
    assert [(row.alias, row.fields["no"]) for row in found[ONE].evidence] == [
        ("名单", "甲1"),
        ("记录", "乙1"),
    ]
    assert found[ONE].path == ("dear", "both")
    assert found[THIRD].path == ("both",)
    assert found[THIRD].explanation == ("1. 两处的人合在一起：来自“记录”",)
    assert found[ONE].explanation == ("1. 金额有的", "2. 两处的人合在一起：来自“金额有的”")
    assert [step.rows for step in result.steps] == [1, 3]


def test_a_row_of_two_branches_is_one_row_that_names_both(own_home: Path) -> None:
    body = """needs: {名单: {source: own_list}}
steps:
  - {id: dear, says: 金额有的, use: filter, from: 名单, where: "amount > 1"}
  - {id: named, says: 有单位的, use: filter, from: 名单, where: "unit_name is not null"}
  - {id: both, says: 任一种, use: union, from: [dear, named]}
emit:
  - {from: both, subject: {case: no}, strength: 弱, title: "疑似", evidence: {名单: [no]}, figures: [both_from]}
"""
    rows = [person("1", ONE), person("2", OTHER, unit_name="示例"), person("3", THIRD, amount="1")]
    result = run_rows(own_home, body, {"名单": rows})
    assert {hit.subject_id: hit.figures["both_from"] for hit in result.hits} == {
        "1": "dear",
        "2": "dear、named",
    }


MATCHED = """needs: {名单: {source: own_list}, 记录: {source: own_record}, 第三: {source: own_list}}
steps:
  - {id: cheap, says: 金额小的, use: filter, from: 第三, where: "amount = 1"}
  - {id: dear, says: 金额大的, use: filter, from: 名单, where: "amount > 1"}
  - {id: both, says: 合在一起, use: union, from: [dear, 记录], subject: {anyone: [名单.person, 记录.person]}}
  - {id: pair, says: 碰撞, use: match, left: both, right: cheap, key: {left: anyone, right: 第三.person}}
  - {id: people, says: 汇总, use: group, from: pair, by: both_from, add: {people: "count(distinct person)"}}
emit:
  - {id: one, from: pair, subject: anyone, strength: 弱, title: "疑似", evidence: {名单: [no], 记录: [no], 第三: [no]}}
  - {id: all, from: people, subject: {case: both_from}, strength: 弱, title: "疑似", evidence: {名单: [no], 记录: [no]}, figures: [people]}
"""


def test_a_united_list_is_matched_by_its_subject(own_home: Path) -> None:
    rows = {
        "名单": [person("甲", ONE), {"no": "丙", "name": "示例乙", "amount": "5"}],
        "记录": [person("乙", OTHER)],
        "第三": [
            person("丁", ONE, amount="1"),
            person("戊", OTHER, amount="1"),
            {"no": "己", "name": "示例乙", "amount": "1"},
        ],
    }
    result = run_rows(own_home, MATCHED, rows)
    one = [hit for hit in result.hits if hit.emit == "one"]
    assert [(hit.subject_id[:18], hit.grade) for hit in one if hit.grade == "A"] == [(ONE, "A"), (OTHER, "A")]
    [weak] = [hit for hit in one if hit.grade == "C"]
    assert not weak.pushable and {row.fields["no"] for row in weak.evidence} == {"丙", "己"}
    for hit in one:
        [match] = hit.matches
        assert {match.left, match.right} == {row.row for row in hit.evidence}
    groups = {hit.subject_id: hit.figures["people"] for hit in result.hits if hit.emit == "all"}
    assert groups == {"dear": 2, "记录": 1}


@pytest.mark.parametrize(
    ("old", "new", "code", "found"),
    [
        ("from: [dear, 记录]", "from: [dear, dear]", "repeated_branch", "dear"),
        ("from: [dear, 记录]", "from: [dear, 记路]", "unknown_step", "记路"),
        ("from: [dear, 记录]", "from: [dear]", "too_short", None),
        ("who: [名单.no, 记录.no]", "who: [名单.no]", "wrong_length", "1"),
        ("who: [名单.no, 记录.no]", "who: [名单.no, 记录.amount]", "wrong_type", "文字、数字"),
        ("who: [名单.no, 记录.no]", "who: [名单.no, 记录.on]", "unknown_column", "记录.on"),
        ("记录.person]}", "记录.org]}", "unknown_key", "记录.org"),
        ("columns: {who", "columns: {grade", "bad_column_name", "grade"),
    ],
)  # fmt: skip
def test_faults_of_union(own_home: Path, old: str, new: str, code: str, found: str | None) -> None:
    assert body_faults(own_home, UNION) == []
    assert old in UNION
    wrong = next(fault for fault in body_faults(own_home, UNION.replace(old, new)) if fault.code == code)
    assert wrong.line in (10, 11)
    assert found is None or wrong.found == found


def test_absence_is_not_asked_of_a_united_list(own_home: Path) -> None:
    old = "use: match, left: both, right: cheap, key: {left: anyone, right: 第三.person}"
    new = "use: absent, left: cheap, right: both, key: {left: 第三.person, right: anyone}, covering: {from: as_of, to: as_of}"
    body = MATCHED.replace(old, new)
    assert "united_right" in {fault.code for fault in body_faults(own_home, body)}


RANK = """needs: {名单: {source: own_list}}
parameters: [own.top]
steps:
  - {id: first, says: 每个单位金额最大的, use: rank, from: 名单, by: unit_name, order: [amount desc], top: param.own.top, ties: TIES}
emit:
  - {from: first, subject: {case: no}, strength: 弱, title: "疑似", evidence: {名单: [no]}, figures: [first_place, first_of]}
"""
ROW = st.tuples(st.sampled_from(["甲", "乙", None]), st.sampled_from([1, 2, 3, 4, None]))


def ranked(rows: list[tuple[str | None, int | None]], top: int, keep: bool) -> dict[str, dict[str, int]]:
    """The oracle: places counted one by one, in plain Python."""
    found = {}
    for place, (unit, amount) in enumerate(rows):
        if unit is None or amount is None:
            continue
        same = [other for each, other in rows if each == unit and other is not None]
        better, tied = sum(other > amount for other in same), sum(other == amount for other in same)
        if (better + 1 <= top) if keep else (better + tied <= top):
            found[str(place)] = {"first_place": better + 1, "first_of": len(same)}
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, max_size=9), top=st.integers(1, 3), keep=st.booleans())
def test_rank_equals_the_oracle(
    own_home: Path, rows: list[tuple[str | None, int | None]], top: int, keep: bool
) -> None:
    write_number(own_home, top=top)
    given_rows = [
        {"no": str(place), "unit_name": unit, "amount": None if amount is None else str(amount)}
        for place, (unit, amount) in enumerate(rows)
    ]
    result = run_rows(own_home, RANK.replace("TIES", "keep" if keep else "drop"), {"名单": given_rows})
    assert {hit.subject_id: dict(hit.figures) for hit in result.hits} == ranked(rows, top, keep)
    assert result.steps[0].unknown == sum(unit is None or amount is None for unit, amount in rows)


def test_ties_on_the_edge_are_told(own_home: Path) -> None:
    write_number(own_home, top=2)
    rows = [
        {"no": str(place), "unit_name": "甲", "amount": amount}
        for place, amount in enumerate(("9", "5", "5", "1"))
    ]
    kept = run_rows(own_home, RANK.replace("TIES", "keep"), {"名单": rows})
    assert (kept.steps[0].rows, kept.steps[0].notes) == (3, ("并列在末位的 2 行都留下",))
    dropped = run_rows(own_home, RANK.replace("TIES", "drop"), {"名单": rows})
    assert (dropped.steps[0].rows, dropped.steps[0].notes) == (1, ("并列在末位而容纳不下的 2 行都不留",))
    assert kept.hits[0].explanation == ("1. 每个单位金额最大的：第 1 名，共 4 个",)


def test_without_a_top_every_row_stays_with_its_place(own_home: Path) -> None:
    write_number(own_home, top=2)
    body = RANK.replace(", top: param.own.top, ties: TIES", "").replace("parameters: [own.top]\n", "")
    rows = [
        {"no": str(place), "unit_name": unit, "amount": amount}
        for place, (unit, amount) in enumerate(
            (("甲", "5"), ("甲", "9"), ("甲", "5"), ("乙", "1"), ("乙", None))
        )
    ]
    result = run_rows(own_home, body, {"名单": rows})
    places = {hit.subject_id: (hit.figures["first_place"], hit.figures["first_of"]) for hit in result.hits}
    assert places == {"0": (2, 3), "1": (1, 3), "2": (2, 3), "3": (1, 1)}
    assert (result.steps[0].unknown, result.steps[0].notes) == (1, ())
    model = load_model(write_model(own_home, HEAD + body + TAIL))
    assert "给“名单”的每个单位排名次，都留下" in sentence(model.spec, contracts_of(model))


@pytest.mark.parametrize(
    ("old", "new", "code", "found"),
    [
        ("ties: keep", "ties: maybe", "literal_error", "maybe"),
        (", ties: keep", "", "value_error", None),
        ("top: param.own.top, ", "", "value_error", None),
        ("amount desc", "amount", "no_direction", "amount"),
        ("amount desc", "unit_name desc", "wrong_type", "unit_name"),
        ("amount desc", "amonut desc", "unknown_column", "amonut"),
        ("by: unit_name", "by: unit", "unknown_column", "unit"),
        ("top: param.own.top", "top: 5", "bare_number", "5"),
        ("top: param.own.top", "top: no", "unknown_column", "no"),
    ],
)
def test_faults_of_rank(own_home: Path, old: str, new: str, code: str, found: str | None) -> None:
    write_number(own_home, top=2)
    right = RANK.replace("TIES", "keep")
    assert body_faults(own_home, right) == []
    [fault] = [each for each in body_faults(own_home, right.replace(old, new)) if each.code == code]
    assert fault.line == 10
    assert found is None or fault.found == found


def test_the_sentence_says_what_the_steps_do(own_home: Path) -> None:
    write_number(own_home, top=2)
    model = load_model(write_model(own_home, HEAD + UNION + TAIL))
    assert "把第（1）步的结果、“记录”合在一起，各自的来源都保留：两处的人合在一起" in sentence(
        model.spec, contracts_of(model)
    )
    model = load_model(write_model(own_home, HEAD + RANK.replace("TIES", "drop") + TAIL))
    told = "从“名单”的每个单位中取前几名：每个单位金额最大的（末位并列而容纳不下的都不留）"
    assert told in sentence(model.spec, contracts_of(model))


PROOF = """name: {name}
says: 证明
kind: hit
as_of: 2026-06-30
given: {given}
expect: [{expect}]
"""


def test_a_proof_notices_every_change_of_a_rank(own_home: Path) -> None:
    write_number(own_home, top=2)
    path = write_model(own_home, HEAD + RANK.replace("TIES", "keep") + TAIL)
    rows = ", ".join(
        f"{{no: '{place}', unit_name: 甲, amount: {amount}}}" for place, amount in enumerate((9, 5, 5, 1))
    )
    proofs = path.parent / "proofs"
    proofs.mkdir()
    listed = ", ".join(f"{{subject: '{place}'}}" for place in range(3))
    text = PROOF.format(name="ties", given=f"{{名单: [{rows}]}}", expect=listed)
    (proofs / "ties.yaml").write_text(text, "utf-8")
    report = prove_models([path], mutants=True)
    assert report.ok and report.made == 6
    assert report.survived == [
        "listed_not_recorded：first：多取一名",
        "listed_not_recorded：参数 own.top 多一点",
    ]
    rows = rows.replace("amount: 1}", "amount: 5}")
    rows += "".join(f", {{no: '{place}', unit_name: 乙, amount: {7 - place}}}" for place in (4, 5, 6))
    listed = ", ".join(f"{{subject: '{place}'}}" for place in range(6))
    (proofs / "ties.yaml").write_text(
        PROOF.format(name="ties", given=f"{{名单: [{rows}]}}", expect=listed), "utf-8"
    )
    report = prove_models([path], mutants=True)
    assert report.ok and (report.made, report.caught, report.survived) == (6, 6, [])


def test_a_proof_notices_a_branch_that_is_gone(own_home: Path) -> None:
    path = write_model(own_home, HEAD + UNION + TAIL)
    (path.parent / "proofs").mkdir()
    rows = f"{{名单: [{{no: 甲, name: 示例甲, id_card: '{ONE}', amount: 5}}]}}"
    text = PROOF.format(name="one", given=rows, expect=f"{{subject: '{ONE}'}}")
    (path.parent / "proofs" / "one.yaml").write_text(text, "utf-8")
    survived = prove_models([path], mutants=True).survived
    assert "listed_not_recorded：both：去掉来自 记录 的" in survived
    assert "listed_not_recorded：both：去掉来自 dear 的" not in survived
