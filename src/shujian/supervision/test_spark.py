"""Spark says what DuckDB says: every function that an expression may call, every kind of step, digest for digest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from shujian.lake.read import ENGINES, Session, memory_session
from shujian.supervision.conftest import HEAD, TAIL, write_model
from shujian.supervision.expressions import compile_expression
from shujian.supervision.functions.scalar import FUNCTIONS
from shujian.supervision.library import find_model, load_model
from shujian.supervision.parameters import parameter_book
from shujian.supervision.proof import Proof, read_proofs, run_proof
from shujian.supervision.scope import Column
from shujian.supervision.test_union_rank import ONE, OTHER, THIRD, UNION, person

pytestmark = pytest.mark.lane("spark")

DAYS = (
    "2024-02-29",
    "2025-12-31",
    "2026-01-01",
    None,
    "1999-05-31",
    "2026-08-31",
    "2023-03-31",
    "2026-06-30",
)
LATER = (
    "2025-02-28",
    "2026-01-01",
    None,
    "2026-01-01",
    "2017-05-31",
    "2026-09-01",
    "2023-02-28",
    "2026-07-01",
)
NUMBERS = ("1.50", "-2.45", "0", None, "99999.99", "2.50", "3.555", "-0.005")
MOMENTS = tuple(
    day and f"{day}T{hour:02}:59:59" for day, hour in zip(DAYS, (1, 2, 0, 4, 5, 6, 7, 23), strict=True)
)
COLUMNS = {
    "甲.文": ("text", ["飞线充电", "", None, " 醴陵 ", "abcABC", "\U00020000字\n行", "a'b\\c", "50%"]),
    "甲.词": ("text", ["充电", "", "无", None, "abc", "字", "b\\", "%"]),
    "甲.量": ("number", [3, -7, 0, None, 2, 10, 1, 6]),
    "甲.数": ("number", [each and Decimal(each) for each in NUMBERS]),
    "甲.日": ("date", [each and date.fromisoformat(each) for each in DAYS]),
    "甲.后": ("date", [each and date.fromisoformat(each) for each in LATER]),
    "甲.时": ("timestamp", [each and datetime.fromisoformat(each) for each in MOMENTS]),
    "甲.真": ("bool", [True, False, None, True, False, None, True, False]),
}
_OF = {
    "text": ["文", "词"],
    "number": ["数", "量"],
    "date": ["日", "后"],
    "bool": ["真"],
    "any": ["文", "词"],
}
FURTHER = [
    "数 + 量", "数 - 量", "数 * 量", "数 / 量", "-数", "数 > 量", "数 = 2.5", "量 between 1 and 5",
    "日 + days(30)", "日 - days(1)", "日 + days(数)", "日 - months(量 * 1.5)", "日 + months(1)",
    "日 - months(18)", "后 - 日", "时 - 日", "时 + days(1)", "日 <= 后", "时 >= 日", "文 || 词",
    "文 like '%充电%'", "文 in ('飞线充电', '')", "not 真", "真 and 文 is null", "真 or 量 > 1",
    "文 is not null", "日 > date '2025-01-01'", "round(数 / 7, 3)",
    "case when 量 > 1 then 文 when 量 < 0 then 词 else '无' end", "数 in (1.5, null)", "substring(文, 2, 2)",
    "substring(文, 1)", "round(数)", "round(数, 1)", "coalesce(数, 0)", "greatest(日, 后)", "nullif(文, '')",
    "文 < 词", "quarter_end(时)",
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
    columns = ", ".join(
        f"{one.sql} AS {name}" for name, one in compiled.items() if one.kind not in ("days", "months")
    )
    ours, theirs = (session.sql(f"SELECT {columns} FROM t").to_pydict() for session in both)
    differ = {
        asked[int(name[1:])]: (values, theirs[name])
        for name, values in ours.items()
        if values != theirs[name]
    }
    assert differ == {}
    assert len(ours) > len(FUNCTIONS) + 30


WRITTEN = [
    "CAST(try_strptime(substr(n, 7, 8), '%Y%m%d') AS DATE)", "dayofweek(d)", "range(0, length(w))", "range(length(w), 0)",
    "list_contains(list_transform(range(0, length(w)), lambda i: left(w, i) = 'a'), TRUE)", "regexp_extract(w, '[^，]*$')",
    "regexp_matches(w, '[。！]')", "translate(w, '一二', '12')", "replace(w, '字', chr(1))", "CAST(floor(x / 7) AS BIGINT)",
    "CAST(round(2 * 6371008.8 * asin(least(1.0, sqrt(sin(radians(x / 1000)))))) AS BIGINT)", "CAST(x AS INTEGER)",
    "row_number() OVER (ORDER BY w, d)", "rank() OVER (PARTITION BY w IS NULL ORDER BY d)",
]  # fmt: skip
"""What the steps write themselves, beyond the functions that a model may call."""
WHOLE = [
    "SELECT w IS NULL AS g, string_agg(DISTINCT w, '、' ORDER BY w) AS a, bool_or(x > 2) AS b, min(d) AS c FROM r GROUP BY 1",
    "SELECT arg_min(w, d) AS a, arg_max(w, x) AS b, count(DISTINCT w) AS c, count(*) FILTER (x > 1) AS e FROM r WHERE w IS NOT NULL",
    "SELECT CAST(x AS DATE) AS d FROM (SELECT unnest(range(DATE '2024-02-27', DATE '2024-03-02', INTERVAL 1 DAY)) AS x) AS t",
    "SELECT DISTINCT * EXCLUDE (x) FROM r",
    "SELECT list_sort(array_agg(w)) AS a FROM r WHERE w IS NOT NULL",
    "SELECT CAST(sum(x) AS BIGINT) AS s FROM r WHERE d NOT IN (DATE '2024-02-29')",
]


def test_what_the_steps_write_gives_the_same_values(both: tuple[Session, Session]) -> None:
    rows = pa.table(
        {
            "w": ["甲，乙", None, "a字", "一二。", "", "zz"],
            "d": [date(2024, 2, 29), date(2026, 3, 1), None, date(2026, 6, 28), date(2025, 12, 31), date(2026, 8, 1)],
            "x": [Decimal(one) for one in ("2.50", "-3.50", "0.49", "7.00", "100.51", "1.00")],
            "n": ["999999200002290016", "999999202302290016", None, "99999919901301001X", "1", "999999196001010016"],
        }
    )  # fmt: skip
    for session in both:
        session.register("r", rows)
    asked = [f"SELECT {one} AS v FROM r ORDER BY x" for one in WRITTEN] + WHOLE
    for sql in asked:
        ours, theirs = (sorted(map(repr, session.sql(sql).to_pylist())) for session in both)
        assert theirs == ours, sql


PROOFS = {
    "convicted_staff": {"filter", "compute", "match", "absent", "group"},
    "ebike_charging": {"screen"},
    "referral_gaps": {"during"},
}


@pytest.mark.parametrize("name", PROOFS)
def test_a_proof_gives_the_same_bytes(both: tuple[Session, Session], name: str) -> None:
    model = find_model(name)
    assert PROOFS[name] <= {step.use for step in model.spec.steps}
    proofs, _ = read_proofs(model)
    proof = min((each.proof for each in proofs if each.proof.kind == "hit"), key=lambda each: each.name)
    ours, theirs = (run_proof(model, proof, parameter_book(), engine=engine) for engine in ENGINES)
    assert ours.hits and ours.engine == "duckdb" and theirs.engine == "spark"
    assert theirs.result_sm3 == ours.result_sm3
    assert [(step.id, step.rows, step.unknown, step.by_grade) for step in theirs.steps] == [
        (step.id, step.rows, step.unknown, step.by_grade) for step in ours.steps
    ]


def test_steps_that_no_shipped_model_has_yet(both: tuple[Session, Session], own_home: Path) -> None:
    rows = {
        "名单": [person("甲1", ONE), person("甲2", OTHER, amount="1")],
        "记录": [person("乙1", ONE), person("乙2", THIRD)],
    }
    told = {"name": "t", "says": "测试", "kind": "edge", "as_of": "2026-06-30", "given": rows, "expect": []}
    model = load_model(write_model(own_home, HEAD + UNION + TAIL))
    proof = Proof.model_validate(told)
    ours, theirs = (run_proof(model, proof, parameter_book(), engine=engine) for engine in ENGINES)
    assert len(ours.hits) == 2
    assert theirs.result_sm3 == ours.result_sm3
