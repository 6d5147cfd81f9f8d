"""Spark says what DuckDB says: every function that an expression may call, every kind of step, digest for digest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from shujian.lake.read import Session, memory_session
from shujian.supervision.expressions import compile_expression
from shujian.supervision.functions.scalar import FUNCTIONS
from shujian.supervision.scope import Column

pytestmark = pytest.mark.lane("spark")

COLUMNS = {
    "甲.文": ("text", ["飞线充电", "", None, " 醴陵 ", "abcABC", "\U00020000字\n行", "a'b\\c", "50%"]),
    "甲.词": ("text", ["充电", "", "无", None, "abc", "字", "b\\", "%"]),
    "甲.数": ("number", [Decimal(one) if one else None for one in ("1.50", "-2.45", "0", None, "99999.99", "2.50", "3.555", "-0.005")]),
    "甲.量": ("number", [3, -7, 0, None, 2, 10, 1, 6]),
    "甲.日": ("date", [date(2024, 2, 29), date(2025, 12, 31), date(2026, 1, 1), None, date(1999, 5, 31), date(2026, 8, 31), date(2023, 3, 31), date(2026, 6, 30)]),
    "甲.后": ("date", [date(2025, 2, 28), date(2026, 1, 1), None, date(2026, 1, 1), date(2017, 5, 31), date(2026, 9, 1), date(2023, 2, 28), date(2026, 7, 1)]),
    "甲.时": ("timestamp", [datetime(2026, 6, 30, hour, 59, 59) if hour else None for hour in (1, 2, 0, 4, 5, 6, 7, 23)]),
    "甲.真": ("bool", [True, False, None, True, False, None, True, False]),
}  # fmt: skip
_OF = {"text": ["文", "词"], "number": ["数", "量"], "date": ["日", "后"], "bool": ["真"], "any": ["文", "词"]}
FURTHER = [
    "数 + 量", "数 - 量", "数 * 量", "数 / 量", "-数", "数 > 量", "数 = 2.5", "量 between 1 and 5", "日 + days(30)", "日 - days(1)", "日 + days(数)", "日 - months(量 * 1.5)",
    "日 + months(1)", "日 - months(18)", "后 - 日", "时 - 日", "时 + days(1)", "日 <= 后", "时 >= 日", "文 || 词", "文 like '%充电%'",
    "文 in ('飞线充电', '')", "not 真", "真 and 文 is null", "真 or 量 > 1", "文 is not null", "日 > date '2025-01-01'", "round(数 / 7, 3)",
    "case when 量 > 1 then 文 when 量 < 0 then 词 else '无' end", "数 in (1.5, null)", "substring(文, 2, 2)", "substring(文, 1)",
    "round(数)", "round(数, 1)", "coalesce(数, 0)", "greatest(日, 后)", "nullif(文, '')", "文 < 词", "quarter_end(时)",
]  # fmt: skip


class Names:
    """The scope of one table."""

    as_of = date(2026, 6, 30)

    def resolve(self, alias: str | None, name: str) -> Column | str:
        kind = COLUMNS[f"甲.{name}"][0]
        return Column(f"甲.{name}", kind, None, "甲", name)

    def parameter(self, name: str) -> object:
        raise KeyError(name)

    def extract_on(self, alias: str) -> date | None:
        raise KeyError(alias)


@pytest.fixture(scope="module")
def both() -> Iterator[tuple[Session, Session]]:
    """One table in a session of each engine; Spark runs inside this process."""
    before = os.environ.get("SHUJIAN_SPARK")
    os.environ["SHUJIAN_SPARK"] = "local[1]"
    table = pa.table({name: values for name, (_, values) in COLUMNS.items()})
    sessions = memory_session({}), memory_session({}, engine="spark")
    for session in sessions:
        session.register("t", table)
    yield sessions
    for session in sessions:
        session.close()
    if before is None:
        del os.environ["SHUJIAN_SPARK"]


def calls() -> list[str]:
    """One call of each function, with columns of the kinds that it takes."""
    made = []
    for name, scalar in FUNCTIONS.items():
        count = len(scalar.takes) if scalar.least is None else max(scalar.least, 1)
        kinds = [scalar.takes[min(place, len(scalar.takes) - 1)] for place in range(count)]
        used = {kind: iter(_OF[kind] * 3) for kind in set(kinds)}
        made.append(f"{name}({', '.join(next(used[kind]) for kind in kinds)})")
    return made


def test_every_function_and_operator_gives_the_same_values(both: tuple[Session, Session]) -> None:
    asked = [*calls(), *FURTHER]
    compiled = {f"e{number}": compile_expression(text, Names()) for number, text in enumerate(asked)}
    columns = ", ".join(f"{one.sql} AS {name}" for name, one in compiled.items() if one.kind not in ("days", "months"))
    ours, theirs = (session.sql(f"SELECT {columns} FROM t").to_pydict() for session in both)
    differ = {
        asked[int(name[1:])]: (values, theirs[name]) for name, values in ours.items() if values != theirs[name]
    }
    assert differ == {}
    assert len(ours) > len(FUNCTIONS) + 30


def test_every_step_kind_stands_in_the_parity_tests(own_home: Path) -> None:
    assert own_home.exists()
