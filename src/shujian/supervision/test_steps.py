"""Each step kind on a handful of rows: exact rows, both polarities, nulls counted."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from shujian.supervision.conftest import MODEL, write_model
from shujian.supervision.library import load_model
from shujian.supervision.parameters import parameter_book
from shujian.supervision.proof import Proof, run_proof
from shujian.supervision.result import Hit, RunResult

ONE, OTHER = "999999199001010016", "999999199001010024"
HEAD = MODEL[: MODEL.index("needs:")]
TAIL = "false_positives: [{what: 同名, guard: 等级}]\nverify: [核对]\n"


def run(catalogue: Path, body: str, given: dict[str, list[dict[str, Any]]]) -> RunResult:
    proof = Proof.model_validate(
        {"name": "t", "says": "测试", "kind": "edge", "as_of": "2026-06-30", "given": given, "expect": []}
    )
    return run_proof(load_model(write_model(catalogue, HEAD + body + TAIL)), proof, parameter_book())


def by_subject(result: RunResult) -> dict[str, Hit]:
    return {hit.subject_id: hit for hit in result.hits}


WORDS = """id: own_words
title: 示例词
from: 2020-01-01
words:
  - {word: 飞线充电, weight: 30, kind: core, variants: [飞线给电动车充电]}
  - {word: 楼道充电, weight: 20, kind: core}
exclude: [新能源汽车]
negations: [没有, 宣传]
window: 4
"""
SCREEN = """needs: {诉求: {source: own_text}}
parameters: [own.least_score]
steps:
  - {id: found, says: 含关键词, use: screen, from: 诉求, field: content, keywords: own_words, min_score: param.own.least_score}
emit:
  - {from: found, subject: {case: 诉求.no}, strength: 弱, title: "反映{found_words}的线索", evidence: {诉求: [no, content]},
     figures: [found_count, found_score]}
"""


@pytest.mark.parametrize(
    ("content", "words", "score"),
    [
        ("楼下有人飞线充电", "飞线充电", 30),
        ("飞线给电动车充电，还楼道充电", "楼道充电、飞线充电", 50),
        ("飞线充电飞线充电", "飞线充电", 30),
        ("新能源汽车飞线充电", None, 0),
        ("新能源汽车停着飞线充电", None, 0),
        ("新能源汽车停在路边飞线充电", "飞线充电", 30),
        ("飞线充电，新能源汽车另说", None, 0),
        ("飞线充电之外，新能源汽车另说", None, 0),
        ("飞线充电之外，又新能源汽车另说", "飞线充电", 30),
        ("没有飞线充电", None, 0),
        ("没有人管，飞线充电", "飞线充电", 30),
        ("宣传：飞线充电危险", "飞线充电", 30),
        ("没有飞线充电，但楼道充电", "楼道充电", 20),
        ("电费太贵", None, 0),
        (None, None, 0),
    ],
)  # fmt: skip
def test_screen(own_home: Path, content: str | None, words: str | None, score: int) -> None:
    (own_home / "keywords" / "own_words.yaml").write_text(WORDS, "utf-8")
    (own_home / "parameters" / "own.yaml").write_text(
        "least_score:\n  title: 线\n  type: integer\n  values: [{from: 2020-01-01, value: 20, basis: 示}]\n",
        "utf-8",
    )
    result = run(own_home, SCREEN, {"诉求": [{"no": "1", "content": content}]})
    if words is None:
        assert result.hits == ()
        return
    [hit] = result.hits
    assert hit.figures == {"found_count": words.count("、") + 1, "found_score": score}
    assert hit.title == f"反映{words}的线索"
    assert content is not None
    assert {content[each.offset : each.offset + each.length] for each in hit.keywords} == {
        each.word for each in hit.keywords
    }


DURING = """needs: {名单: {source: own_list}, 记录: {source: own_record}}
steps:
  - {id: pair, says: 同一人, use: match, left: 名单, right: 记录, key: person, grades: [A]}
  - {id: within, says: 在期内, use: during, from: pair, event: 记录.day, span: {from: 名单.day, to: 名单.birth_on, open_end: OPEN}}
emit:
  - {from: within, subject: {case: 记录.no}, strength: 弱, title: "疑似", evidence: {名单: [no]}}
"""


@pytest.mark.parametrize(
    ("event", "start", "end", "open_end", "kept", "unknown"),
    [
        ("2026-01-05", "2026-01-05", "2026-02-01", False, 1, 0),
        ("2026-02-01", "2026-01-05", "2026-02-01", False, 1, 0),
        ("2026-02-02", "2026-01-05", "2026-02-01", False, 0, 0),
        ("2026-01-04", "2026-01-05", "2026-02-01", False, 0, 0),
        ("2026-02-02", "2026-01-05", None, False, 0, 1),
        ("2026-02-02", "2026-01-05", None, True, 1, 0),
        ("2026-01-04", "2026-01-05", None, True, 0, 0),
        (None, "2026-01-05", "2026-02-01", False, 0, 1),
        ("2026-01-04", None, "2026-01-03", False, 0, 0),
        ("2026-01-04", None, "2026-02-03", False, 0, 1),
    ],
)
def test_during(
    own_home: Path,
    event: str | None,
    start: str | None,
    end: str | None,
    open_end: bool,
    kept: int,
    unknown: int,
) -> None:
    rows: dict[str, list[dict[str, Any]]] = {
        "名单": [{"no": "1", "name": "张三丰", "id_card": ONE, "day": start, "birth_on": end}],
        "记录": [{"no": "2", "name": "张三丰", "id_card": ONE, "day": event}],
    }
    result = run(own_home, DURING.replace("OPEN", str(open_end).lower()), rows)
    step = result.steps[-1]
    assert (step.rows, step.unknown, len(result.hits)) == (kept, unknown, kept)


GROUP = """needs: {名单: {source: own_list}}
steps:
  - {id: units, says: 按单位汇总, use: group, from: 名单, by: unit_name,
     add: {people: count distinct person, rows: "count(*)", money: "sum(amount)", share: "people / total(people)"}}
emit:
  - {from: units, subject: {agency: unit_name}, strength: 中, title: "{unit_name}疑似{people}人", figures: [people, rows, money, share],
     evidence: {名单: [no]}}
"""


def test_group_counts_people_not_rows_and_leaves_null_keys_out(own_home: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"no": "1", "name": "张三丰", "id_card": ONE, "unit_name": "示例甲局", "amount": "1.50"},
        {"no": "2", "name": "张三丰", "id_card": ONE, "unit_name": "示例甲局", "amount": "2.50"},
        {"no": "3", "name": "李四光", "id_card": OTHER, "unit_name": "示例甲局", "amount": None},
        {"no": "4", "name": "李四光", "id_card": OTHER, "unit_name": "示例乙局", "amount": "1"},
        {"no": "5", "name": "王五", "id_card": None, "unit_name": None, "amount": "9"},
    ]
    result = run(own_home, GROUP, {"名单": rows})
    figures = {subject: hit.figures for subject, hit in by_subject(result).items()}
    assert figures == {
        "示例甲局": {"people": 2, "rows": 3, "money": Decimal("4.00"), "share": Decimal("0.666667")},
        "示例乙局": {"people": 1, "rows": 1, "money": Decimal("1.00"), "share": Decimal("0.333333")},
    }
    assert result.steps[0].unknown == 1
    assert [row.line for row in by_subject(result)["示例甲局"].evidence] == [1, 2, 3]


MATCH = """needs: {名单: {source: own_list}, 记录: {source: own_record}}
steps:
  - {id: pair, says: 同一人, use: match, left: 名单, right: 记录, key: person, REST}
emit:
  - {from: pair, subject: 名单.person, strength: 弱, title: "{名单.name}疑似，记录{记录.no}", evidence: {名单: [no], 记录: [no]}}
"""


def test_match_lists_common_names_not_at_all_and_says_so(own_home: Path) -> None:
    rows: dict[str, list[dict[str, Any]]] = {
        "名单": [{"no": "1", "name": "李四"}],
        "记录": [{"no": str(n), "name": "李四"} for n in range(6)],
    }
    result = run(own_home, MATCH.replace("REST", "require: inner"), rows)
    assert result.hits == ()
    assert result.steps[0].notes == ("同名超过 5 人的仅姓名匹配 6 对未列出",)
    rows["记录"] = rows["记录"][:5]
    [hit] = run(own_home, MATCH.replace("REST", "require: inner"), rows).hits
    assert (hit.grade, hit.pushable, len(hit.evidence)) == ("C", False, 6)


def test_match_left_keeps_rows_without_a_partner(own_home: Path) -> None:
    rows: dict[str, list[dict[str, Any]]] = {
        "名单": [
            {"no": "1", "name": "张三丰", "id_card": ONE},
            {"no": "2", "name": "李四光", "id_card": OTHER},
        ],
        "记录": [{"no": "r", "name": "张三丰", "id_card": ONE}],
    }
    result = run(own_home, MATCH.replace("REST", "require: left"), rows)
    assert {subject: hit.title for subject, hit in by_subject(result).items()} == {
        ONE: "张某某疑似，记录r", OTHER: "李某某疑似，记录（不详）",
    }  # fmt: skip
    inner = run(own_home, MATCH.replace("REST", "require: inner"), rows)
    assert set(by_subject(inner)) == {ONE}


def test_match_shows_the_fields_compared(own_home: Path) -> None:
    rows: dict[str, list[dict[str, Any]]] = {
        "名单": [{"no": "1", "name": "张三丰", "id_card": ONE}],
        "记录": [{"no": "r", "name": "张三封", "id_card": ONE.replace("9999991990", "９９９９９９1990")}],
    }
    [hit] = run(own_home, MATCH.replace("REST", "require: inner"), rows).hits
    [found] = hit.matches
    compared = {each.field: (each.left, each.right, each.outcome) for each in found.compared}
    assert (hit.grade, found.grade) == ("A", "A")
    assert compared["id_card"] == (ONE, ONE, "same")
    assert compared["name"] == ("张三丰", "张三封", "close")


COMPUTE = """needs: {名单: {source: own_list}}
steps:
  - {id: more, says: 算一算, use: compute, from: 名单, add: {twice: amount + amount, thrice: twice + amount, late: day + days(1)}}
emit:
  - {from: more, subject: {case: no}, strength: 弱, title: "疑似{thrice}元", figures: [twice, late], evidence: {名单: [no]}}
"""


def test_compute_lets_a_column_name_an_earlier_one_and_keeps_null(own_home: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"no": "1", "amount": "1.10", "day": "2026-02-28"},
        {"no": "2", "amount": None, "day": None},
    ]
    hits = by_subject(run(own_home, COMPUTE, {"名单": rows}))
    assert hits["1"].title == "疑似3.3元"
    assert (str(hits["1"].figures["twice"]), str(hits["1"].figures["late"])) == ("2.20", "2026-03-01")
    assert (hits["2"].title, hits["2"].figures) == ("疑似（不详）元", {"twice": None, "late": None})
