"""``resolve``: one person or firm by valid numbers only; against an oracle in plain Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shujian.matching.grades import at_most_one_apart
from shujian.supervision.conftest import HEAD, TAIL, body_faults, run_rows, write_model, write_number
from shujian.supervision.library import load_model
from shujian.supervision.prove import prove_models
from shujian.supervision.result import RunResult
from shujian.supervision.run import contracts_of
from shujian.supervision.sentence import sentence

ONE, OTHER = "999999199001010016", "999999199001010024"
WRONG = "999999199001010017"
RESOLVE = """needs: {名单: {source: own_list}, 记录: {source: own_record}}
parameters: [own.least]
steps:
  - {id: who, says: 两处的人归到一起, use: resolve, from: [名单, 记录], subject: [名单.person, 记录.person]}
  - {id: often, says: 不止一处, use: filter, from: who, where: "who_members >= param.own.least"}
emit:
  - {id: all, from: who, subject: who.subject, strength: 弱, title: "疑似", evidence: {名单: [no], 记录: [no]},
     figures: [who_subject, who_members, who_lists, who_sources, who_why]}
  - {id: many, from: often, subject: who.subject, strength: 弱, title: "疑似", evidence: {名单: [no], 记录: [no]}}
"""
WHY = {
    "same": "号码相同",
    "differ": "号码相同而姓名（名称）不同",
    "none": "没有有效号码",
    "crowd": "号码下姓名（名称）过多",
}


def row(no: str, number: str | None, name: str | None = "示例甲", **more: Any) -> dict[str, Any]:
    return {"no": no, "name": name, "id_card": number, **more}


def run(
    home: Path, left: list[dict[str, Any]], right: list[dict[str, Any]], body: str = RESOLVE
) -> RunResult:
    write_number(home, least=2)
    return run_rows(home, body, {"名单": left, "记录": right})


def figures(result: RunResult) -> dict[str, tuple[Any, ...]]:
    return {
        hit.subject_id: (
            *(hit.figures[f"who_{part}"] for part in ("members", "lists", "sources", "why")),
            hit.grade,
        )
        for hit in result.hits
        if hit.emit == "all"
    }


def test_one_number_is_one_subject_and_a_name_is_none(own_home: Path) -> None:
    born = {"birth_on": "1990-01-01", "sex": "男"}
    left = [row("甲1", ONE), row("甲2", ONE, "示例乙乙"), row("甲3", None, **born), row("甲4", WRONG, **born)]
    result = run(own_home, left, [row("乙1", OTHER), row("乙2", OTHER, "示例申"), row("乙3", None, **born)])
    found = figures(result)
    assert found.pop(ONE) == (2, 1, "名单", WHY["differ"], "A-")
    assert found.pop(OTHER) == (2, 1, "记录", WHY["same"], "A")
    assert set(found.values()) == {(None, None, None, WHY["none"], "A")} and len(found) == 3
    assert (result.steps[0].rows, result.steps[0].unknown) == (7, 3)
    assert result.steps[0].notes == ("1 个号码下姓名（名称）不同（A−），须人工核对",)
    assert (result.steps[1].rows, result.steps[1].unknown) == (4, 3)
    many = {hit.subject_id: hit for hit in result.hits if hit.emit == "many"}
    assert {key: (hit.pushable, len(hit.evidence)) for key, hit in many.items()} == {
        ONE: (False, 2),
        OTHER: (True, 2),
    }
    assert many[OTHER].explanation[0] == "1. 两处的人归到一起：号码相同；同一主体共 2 行，见于记录"
    assert (
        many[ONE].explanation[0].endswith("号码相同而姓名（名称）不同，须人工核对；同一主体共 2 行，见于名单")
    )


def test_with_grade_a_only_rows_of_different_names_stay_apart(own_home: Path) -> None:
    body = RESOLVE.replace("subject: [名单.person, 记录.person]}", "subject: person, grades: [A]}")
    result = run(own_home, [row("甲1", ONE)], [row("乙1", ONE, "别名人"), row("乙2", OTHER)], body)
    found = figures(result)
    assert found.pop(OTHER) == (1, 1, "记录", WHY["same"], "A")
    assert set(found.values()) == {(None, None, None, WHY["differ"], "A")} and len(found) == 2
    assert result.steps[0].notes == ("1 个号码下姓名（名称）不同，没有归并",)


def test_a_number_of_many_names_puts_nothing_together(own_home: Path) -> None:
    names = ["赵一一", "钱二二", "孙三三", "李四四"]
    result = run(own_home, [row(str(place), ONE, name) for place, name in enumerate(names)], [])
    assert {each[3] for each in figures(result).values()} == {WHY["crowd"]}
    assert (len(figures(result)), result.steps[0].unknown) == (4, 4)
    result = run(own_home, [row(str(place), ONE, name) for place, name in enumerate(names[:3])], [])
    assert figures(result) == {ONE: (3, 1, "名单", WHY["differ"], "A-")}


def test_a_row_read_under_two_names_is_one_member(own_home: Path) -> None:
    body = RESOLVE.replace("own_record", "own_list")
    result = run(own_home, [row("甲", ONE)], [], body)
    assert figures(result)[ONE] == (1, 2, "名单、记录", WHY["same"], "A")


PERSONS = st.lists(
    st.tuples(st.sampled_from([ONE, OTHER, WRONG, None]), st.sampled_from(["示例甲", "示例申", "示例乙申", "别人", None])),
    max_size=6,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(left=PERSONS, right=PERSONS)
def test_resolve_equals_the_oracle(own_home: Path, left: list[Any], right: list[Any]) -> None:
    """Every pair of rows of one valid number is together; the grade is that of its worst pair."""
    rows = [("名单", f"l{place}", *each) for place, each in enumerate(left)]
    rows += [("记录", f"r{place}", *each) for place, each in enumerate(right)]
    expected: dict[str, Any] = {}
    alone = 0
    for number in (ONE, OTHER):
        own = [each for each in rows if each[2] == number]
        lists = sorted({each[0] for each in own})
        names = [each[3] for each in own]
        pairs = [(a, b) for place, a in enumerate(names) for b in names[place + 1 :]]
        same = all(a is not None and b is not None and at_most_one_apart(a, b) for a, b in pairs)
        if own:
            why, grade = (WHY["same"], "A") if same else (WHY["differ"], "A-")
            expected[number] = (len(own), len(lists), "、".join(lists), why, grade)
    alone = sum(each[2] not in (ONE, OTHER) for each in rows)
    result = run(
        own_home,
        [row(no, number, name) for alias, no, number, name in rows if alias == "名单"],
        [row(no, number, name) for alias, no, number, name in rows if alias == "记录"],
    )
    found = figures(result)
    assert {key: value for key, value in found.items() if value[0] is not None} == expected
    assert sum(value[0] is None for value in found.values()) == alone == result.steps[0].unknown


FIRMS = """
id: {id}
title: 示例单位{id}
provider: 示例单位
basis: [{{law: 示例法, article: "1"}}]
agreement: {{purpose: 测试, number: null, expires: null}}
cadence: P1M
fresh: P60D
sensitivity: 低
key: [no]
subjects: {{org: {{kind: org, name: firm, uscc: uscc}}}}
fields:
  - {{id: no, title: 编号, type: document_no, required: true}}
  - {{id: firm, title: 单位名称, type: org_name}}
  - {{id: uscc, title: 统一社会信用代码, type: uscc}}
"""


def test_firms_go_by_their_code_never_by_their_name(own_home: Path) -> None:
    for name in ("own_firm", "own_other"):
        (own_home / "sources" / f"{name}.yaml").write_text(FIRMS.format(id=name), "utf-8")
    body = RESOLVE.replace("own_list", "own_firm").replace("own_record", "own_other").replace("person", "org")
    firm, other = "示例县示例饭店", "示例县远方运输有限公司"

    def of(no: str, name: str, code: str | None) -> dict[str, Any]:
        return {"no": no, "firm": name, "uscc": code}

    left = [of("1", firm, valid_code(1)), of("2", firm, None), of("3", firm, valid_code(2))]
    result = run(own_home, left, [of("4", firm, valid_code(1)), of("5", other, valid_code(2))], body)
    found = figures(result)
    assert found.pop(valid_code(1)) == (2, 2, "名单、记录", WHY["same"], "A")
    assert found.pop(valid_code(2)) == (2, 2, "名单、记录", WHY["differ"], "A-")
    assert list(found.values()) == [(None, None, None, WHY["none"], "A")]


def valid_code(number: int) -> str:
    """A credit code with a right check sign."""
    signs, weights = "0123456789ABCDEFGHJKLMNPQRTUWXY", [pow(3, place, 31) for place in range(17)]
    head = f"91999999MA{number:07d}"
    rest = (
        31 - sum(signs.index(sign) * weight for sign, weight in zip(head, weights, strict=True)) % 31
    ) % 31
    return head + signs[rest]


@pytest.mark.parametrize(
    ("old", "new", "code", "found"),
    [
        ("from: [名单, 记录]", "from: [名单, 名单]", "repeated_branch", "名单"),
        ("from: [名单, 记录]", "from: [名单, 记路]", "unknown_step", "记路"),
        ("from: [名单, 记录]", "from: 名单", "wrong_length", "2"),
        ("[名单.person, 记录.person]", "[名单.person]", "wrong_length", "1"),
        ("[名单.person, 记录.person]", "[名单.person, 记录.org]", "unknown_key", "记录.org"),
        ("记录.person]}", "记录.person], grades: [B]}", "literal_error", "B"),
    ],
)
def test_faults_of_resolve(own_home: Path, old: str, new: str, code: str, found: str) -> None:
    write_number(own_home, least=2)
    assert body_faults(own_home, RESOLVE) == [] and old in RESOLVE
    faults = body_faults(own_home, RESOLVE.replace(old, new))
    assert (code, 10, found) in [(each.code, each.line, each.found) for each in faults]


def test_the_sentence_and_the_changes_that_a_proof_must_notice(own_home: Path) -> None:
    write_number(own_home, least=2)
    path = write_model(own_home, HEAD + RESOLVE + TAIL)
    model = load_model(path)
    told = "把“名单”、“记录”中号码有效且相同的归为一个主体：两处的人归到一起（只有姓名相同的不归"
    assert told in sentence(model.spec, contracts_of(model))
    (path.parent / "proofs").mkdir()
    left = f"{{no: 甲, name: 示例甲, id_card: '{ONE}'}}"
    text = "name: one\nsays: 证明\nkind: hit\nas_of: 2026-06-30\ngiven: {名单: [%s], 记录: [%s]}\n"
    right = f"{{no: 乙, name: 别的人, id_card: '{ONE}'}}"
    text = (
        text % (left, right)
        + f"expect: [{{subject: '{ONE}', emit: all}}, {{subject: '{ONE}', emit: many}}]\n"
    )
    (path.parent / "proofs" / "one.yaml").write_text(text, "utf-8")
    report = prove_models([path], mutants=True)
    assert report.ok, report.items
    assert [each for each in report.survived if "：who：" in each] == []
    assert report.made == 7
