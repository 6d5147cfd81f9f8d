"""Every step that asks something counts the rows of which the answer is not known; a skewed key is cut and told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shujian.supervision.conftest import run_rows, write_number

LEFT: list[dict[str, Any]] = [
    {
        "no": "1",
        "name": "示例甲",
        "id_card": "999999199001010016",
        "day": "2026-01-01",
        "amount": 5,
        "unit_name": "示",
    },
    {"no": "2", "name": "示例乙", "id_card": "999999199001010024"},
]
RIGHT: list[dict[str, Any]] = [
    {"no": "1", "name": "示例甲", "id_card": "999999199001010016", "day": "2026-02-01"},
    {"no": "2", "name": "示例乙", "id_card": "999999199001010024", "day": "2026-02-01"},
]
TEXTS: list[dict[str, Any]] = [
    {"no": "1", "content": "飞线充电"},
    {"no": "2"},
    {"no": "3", "content": "无关"},
]
WORDS = "id: own_words\ntitle: 示例词\nfrom: 2020-01-01\nwords: [{word: 飞线充电, weight: 30, kind: core}]\n"
EMIT = "emit:\n  - {from: asked, subject: {case: %s.no}, strength: 弱, title: 线索, evidence: {%s: [no]}}\n"
LISTS = "needs: {左: {source: own_list}, 右: {source: own_record}}\n"
ONE = "needs: {左: {source: own_list}}\n"


@pytest.mark.parametrize(
    ("needs", "step", "rows", "unknown"),
    [
        (ONE, 'use: filter, from: 左, where: "amount > 3"', 1, 1),
        (ONE, 'use: filter, from: 左, where: "not (amount > 3)"', 0, 1),
        (
            ONE,
            "use: during, from: 左, event: day, within: {since: \"date '2025-12-01'\", days: param.own.n}",
            1,
            1,
        ),
        (ONE, 'use: rank, from: 左, order: "amount desc", top: param.own.n, ties: keep', 1, 1),
        (ONE, "use: resolve, from: 左, subject: person", 2, 0),
        (LISTS, 'use: match, left: 左, right: 右, key: person, when: "右.day > 左.day"', 1, 1),
        (
            LISTS,
            'use: match, left: 左, right: 右, key: {on: [[左.no, 右.no]]}, when: "右.day > 左.day"',
            1,
            1,
        ),
    ],
)
def test_a_null_condition_is_counted(own_home: Path, needs: str, step: str, rows: int, unknown: int) -> None:
    write_number(own_home, n=60)
    parameters = "parameters: [own.n]\n" if "param." in step else ""
    body = f"{needs}{parameters}steps:\n  - {{id: asked, says: 问一问, {step}}}\n" + EMIT % ("左", "左")
    given: dict[str, list[dict[str, Any]]] = {"左": LEFT, **({"右": RIGHT} if needs == LISTS else {})}
    (count,) = run_rows(own_home, body, given).steps
    assert (count.rows, count.unknown) == (rows, unknown)


def test_a_row_without_a_group_and_one_without_a_text_are_counted(own_home: Path) -> None:
    body = ONE + (
        "steps:\n  - {id: asked, says: 问一问, use: group, from: 左, by: unit_name, add: {n: count(*)}}\n"
        "emit:\n  - {from: asked, subject: {agency: unit_name}, strength: 弱, title: 线索, evidence: {左: [no]}}\n"
    )
    (count,) = run_rows(own_home, body, {"左": LEFT}).steps
    assert (count.rows, count.unknown) == (1, 1)
    (own_home / "keywords/own_words.yaml").write_text(WORDS, "utf-8")
    body = (
        "needs: {诉求: {source: own_text}}\nsteps:\n"
        "  - {id: asked, says: 问一问, use: screen, from: 诉求, field: content, keywords: own_words}\n"
    ) + EMIT % ("诉求", "诉求")
    (count,) = run_rows(own_home, body, {"诉求": TEXTS}).steps
    assert (count.rows, count.unknown) == (1, 1)


def test_an_absence_that_cannot_be_known_is_counted(own_home: Path) -> None:
    body = (
        LISTS
        + (
            'steps:\n  - {id: asked, says: 问一问, use: absent, left: 左, right: 右, key: person, when: "右.day > 左.day",\n'
            "     covering: {from: \"date '2026-01-01'\", to: as_of}}\n"
        )
        + EMIT % ("左", "左")
    )
    (count,) = run_rows(own_home, body, {"左": LEFT, "右": RIGHT[:1]}).steps
    assert (count.rows, count.unknown) == (1, 1)


def test_sixty_five_thousand_rows_of_one_name_are_cut_and_told(own_home: Path) -> None:
    crowd: list[dict[str, Any]] = [
        {"no": str(n), "name": "示例甲", "day": "2026-02-01"} for n in range(65_000)
    ]
    listed: list[dict[str, Any]] = [{"no": "1", "name": "示例甲", "day": "2026-01-01"}, LEFT[1]]
    body = (
        LISTS
        + "steps:\n  - {id: asked, says: 问一问, use: match, left: 左, right: 右, key: person}\n"
        + EMIT % ("左", "左")
    )
    result = run_rows(own_home, body, {"左": listed, "右": [*crowd, RIGHT[1]]})
    (count,) = result.steps
    assert [hit.subject_id for hit in result.hits] == ["2"] and (count.rows, dict(count.by_grade)) == (
        1,
        {"A": 1},
    )
    assert count.notes == ("同名超过 5 人的仅姓名匹配 65000 对未列出",)
