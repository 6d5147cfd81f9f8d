"""``of_age`` of the language is the rule of ``matching.normalise.ages``: SQL against Python, day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from shujian.lake.read import memory_session
from shujian.matching.normalise import ages
from shujian.supervision.expressions import compile_expression
from shujian.supervision.scope import Column


class _Scope:
    as_of = date(2026, 6, 30)

    def resolve(self, alias: str | None, name: str) -> Column | str:
        return {
            "born": Column("born", "date"),
            "day": Column("day", "date"),
            "full": Column("full", "number"),
        }[name]

    def parameter(self, name: str) -> int:
        raise KeyError(name)

    def extract_on(self, alias: str) -> date | None:
        raise KeyError(alias)


def _asked(rows: list[tuple[date | None, date | None, int]]) -> list[bool | None]:
    table = pa.table({
        "born": pa.array([row[0] for row in rows], pa.date32()), "day": pa.array([row[1] for row in rows], pa.date32()),
        "full": pa.array([row[2] for row in rows], pa.int32()), "place": pa.array(range(len(rows)), pa.int32()),
    })  # fmt: skip
    sql = compile_expression("of_age(born, day, full)", _Scope()).sql
    with memory_session({}) as session:
        session.register("told", table)
        return list(session.sql(f"select {sql} as v from told order by place").column("v").to_pylist())


def test_the_birthday_the_day_after_and_the_29th_of_february() -> None:
    leap = date(2008, 2, 29)
    assert _asked([
        (date(2008, 5, 20), date(2026, 5, 20), 216), (date(2008, 5, 20), date(2026, 5, 21), 216),
        (leap, date(2026, 2, 28), 216), (leap, date(2026, 3, 1), 216), (leap, date(2024, 2, 29), 192),
        (None, date(2026, 3, 1), 216), (leap, None, 216),
    ]) == [False, True, False, True, False, None, None]  # fmt: skip


NEAR = st.tuples(
    st.dates(date(1950, 1, 1), date(2012, 12, 31)), st.sampled_from([14, 16, 18]), st.integers(-3, 3)
)


@settings(max_examples=40, deadline=None)
@given(st.lists(NEAR, min_size=1, max_size=40))
def test_sql_says_what_the_rule_says_around_every_birthday(told: list[tuple[date, int, int]]) -> None:
    rows = [(born, ages.birthday(born, years * 12) + timedelta(off), years * 12) for born, years, off in told]
    assert _asked(list(rows)) == [ages.of_age(born, day, full // 12) for born, day, full in rows]
