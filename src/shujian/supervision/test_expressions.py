from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shujian.lake.read import memory_session
from shujian.supervision.expressions import compile_expression
from shujian.supervision.scope import Column, ExpressionError

COLUMNS = {
    "a": Column("a", "number"),
    "b": Column("b", "number"),
    "t": Column("t", "text"),
    "d": Column("d", "date"),
    "e": Column("e", "date"),
    "n": Column("n", "text"),
}


class Seen:
    as_of = date(2026, 6, 30)

    def resolve(self, alias: str | None, name: str) -> Column | str:
        return COLUMNS.get(name, "a、b、t、d、e、n")

    def parameter(self, name: str) -> Any:
        return {"g.days": 60, "g.table": {"x": 1}}[name]

    def extract_on(self, alias: str) -> date | None:
        return {"罪犯": date(2026, 6, 1), "无": None}[alias]


ROW = "select 6 a, 4 b, '飞线充电' t, date '2024-12-31' d, date '2026-01-01' e, cast(null as varchar) n"


def value(text: str) -> Any:
    compiled = compile_expression(text, Seen())
    session = memory_session({})
    try:
        return session.sql(f"select {compiled.sql} as v from ({ROW})").column("v")[0].as_py()
    finally:
        session.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a > b", True),
        ("a = 6 and b <> 4", False),
        ("not (a < b)", True),
        ("a in (1, 6)", True),
        ("a between 6 and 7", True),
        ("n is null", True),
        ("n is not null", False),
        ("n = '甲'", None),
        ("t like '%充电'", True),
        ("contains(t, '飞线')", True),
        ("starts_with(t, '充电')", False),
        ("d + days(1)", date(2025, 1, 1)),
        ("d + months(2)", date(2025, 2, 28)),
        ("d - days(param.g.days)", date(2024, 11, 1)),
        ("e - d", 366),
        ("date_diff_days(d, e)", 366),
        ("quarter_start(d)", date(2024, 10, 1)),
        ("quarter_end(d)", date(2024, 12, 31)),
        ("quarter(d)", 4),
        ("as_of", date(2026, 6, 30)),
        ("date '2024-12-31' = d", True),
        ("extract_on(罪犯)", date(2026, 6, 1)),
        ("extract_on(无) is null", True),
        ("length(t)", 4),
        ("substr(t, 1, 2)", "飞线"),
        ("t || '甲'", "飞线充电甲"),
        ("greatest(a, b)", 6),
        ("coalesce(n, '无')", "无"),
        ("case when a > b then '大' else '小' end", "大"),
        ("if(a > b, d, e)", date(2024, 12, 31)),
        ("greatest(n, '甲') is null", True),
    ],
)
def test_value(text: str, expected: Any) -> None:
    assert value(text) == expected


def test_division_is_a_decimal_of_six_places_and_null_on_zero() -> None:
    assert str(value("a / b")) == "1.500000"
    assert str(value("1 / 3")) == "0.333333"
    assert value("a / (b - 4)") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a >", "bad_expression"),
        ("x = 1", "unknown_column"),
        ("a = '1'", "wrong_type"),
        ("a + t", "wrong_type"),
        ("d + 1", "wrong_type"),
        ("a / 0", "division_by_zero"),
        ("(select 1)", "not_allowed"),
        ("a in (select 1)", "not_allowed"),
        ("read_text('/etc/passwd') = ''", "unknown_function"),
        ("param.g.other > 1", "undeclared_parameter"),
        ("param.g.table > 1", "wrong_type"),
        ("cast(a as text) = '6'", "not_allowed"),
        ("a and b", "wrong_type"),
        ("date '2024-13-01' = d", "bad_date"),
        ("extract_on(谁) = d", "unknown_alias"),
        ("count(*) > 1", "unknown_function"),
        ("contains(t)", "bad_expression"),
        ("contains(t, 1)", "wrong_type"),
        ("case a when 1 then 2 end", "not_allowed"),
        ("a over ()", "bad_expression"),
    ],
)
def test_fault(text: str, code: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(text, Seen())
    assert caught.value.code == code
