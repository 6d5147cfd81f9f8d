from __future__ import annotations

from datetime import date

import pytest
from sqlglot import parse_one

from shujian.supervision.check import compile_only
from shujian.supervision.library import find_model
from shujian.supervision.printing import WIDE, printed


def test_short_items_stand_side_by_side() -> None:
    sql = (
        "SELECT a, b, CASE WHEN c THEN 1 ELSE 2 END AS d, e FROM t WHERE f IN ('甲', '乙,丙', 'x') AND g > 1"
    )
    assert printed(sql).split("\n") == [
        "SELECT",
        "  a, b, CASE WHEN c THEN 1 ELSE 2 END AS d, e",
        "FROM t",
        "WHERE",
        "  f IN ('甲', '乙,丙', 'x') AND g > 1",
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT x FROM (VALUES " + ", ".join(f"('词{n}', {n})" for n in range(60)) + ") AS v(x, y)",
        "WITH a AS (SELECT 'it''s, (' AS q, 2 AS r) SELECT " + ", ".join(f"a.r + {n} AS c{n}" for n in range(40)) + " FROM a",
    ],
)  # fmt: skip
def test_it_stays_the_same_statement(sql: str) -> None:
    text = printed(sql)
    assert parse_one(text, dialect="duckdb") == parse_one(sql, dialect="duckdb")
    assert len(text.split("\n")) < 20 and max(map(len, text.split("\n"))) <= WIDE


def test_every_statement_of_a_model_differs_in_blanks_only() -> None:
    plan = compile_only(find_model("convicted_staff"), date(2026, 6, 30))
    for statement in plan.statements:
        sql = statement.sql.replace("{hits}", "h")
        tall, wide = parse_one(sql, dialect="duckdb").sql(dialect="duckdb", pretty=True), printed(sql)
        assert wide.split() == tall.split(), statement.step
        assert wide.count("\n") <= tall.count("\n")
