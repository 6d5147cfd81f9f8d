"""Spark says what DuckDB says: every function that an expression may call, every kind of step, digest for digest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from shujian.lake.read import ENGINES, Session, memory_session
from shujian.supervision.conftest import HEAD, TAIL, write_model, write_number
from shujian.supervision.expressions import compile_expression
from shujian.supervision.functions.scalar import FUNCTIONS
from shujian.supervision.library import load_model
from shujian.supervision.parameters import parameter_book
from shujian.supervision.proof import Proof, run_proof
from shujian.supervision.scope import Column
from shujian.supervision.steps import BUILDERS, match, skew
from shujian.supervision.test_during import LATE, SPANS, body
from shujian.supervision.test_near import NEAR, PLACES, PLAIN, ROAD
from shujian.supervision.test_resolve import RESOLVE
from shujian.supervision.test_screen import FULL
from shujian.supervision.test_union_rank import ONE, OTHER, RANK, THIRD, UNION, person

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
    "CAST(round(2 * 6371008.8 * asin(least(1.0, sqrt(pow(sin(radians(x / 1000)), 2))))) AS BIGINT)", "CAST(x AS INTEGER)",
    "row_number() OVER (ORDER BY w, d)", "rank() OVER (PARTITION BY w IS NULL ORDER BY d)",
]  # fmt: skip
"""What the steps write themselves, beyond the functions that a model may call."""
WHOLE = [
    "SELECT w IS NULL AS g, string_agg(DISTINCT w, '、' ORDER BY w) AS a, bool_or(x > 2) AS b, min(d) AS c FROM r GROUP BY 1",
    "SELECT d IS NULL AS g, string_agg(DISTINCT w, '、' ORDER BY w) AS a, count(DISTINCT x) AS b FROM r GROUP BY 1",
    "SELECT string_agg(DISTINCT w, '、' ORDER BY w) AS a FROM r WHERE w IS NULL",
    "SELECT bit_or(CASE WHEN x > 1 THEN 1152921504606846976 ELSE 5 END) AS a, bit_or(CAST(NULL AS BIGINT)) AS b FROM r",
    "SELECT count(*) FILTER (((CASE WHEN x > 1 THEN 6 ELSE 1 END) & 6) = 6) AS a FROM r",
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


LISTS = """needs: {名单: {source: own_list}, 记录: {source: own_record}, 诉求: {source: own_text}}
parameters: [duty.expired]
steps:
  - {id: large, says: 有金额的, use: filter, from: 名单, where: "amount > 1"}
  - {id: named, says: 写明单位, use: compute, from: large, add: {unit: "coalesce(unit_name, '无')", until: "day + months(1)"}}
  - {id: cited, says: 引用失效依据的, use: compute, from: named,
     call: {function: duty.expired, args: {text: unit, on: 名单.day}, into: {ground: ground}}}
  - {id: met, says: 两张名单都有的, use: match, left: cited, right: 记录, key: person, grades: [A, A-, B, B-, C],
     when: "记录.day >= 名单.day"}
  - {id: missing, says: 没有记录的, use: absent, left: cited, right: 记录, key: person, covering: {from: 名单.day, to: as_of}}
  - {id: units, says: 按单位汇总, use: group, from: met, by: [unit],
     add: {people: "count(distinct 名单.no)", most: "max(名单.amount)"}}
  - {id: found, says: 含关键词的, use: screen, from: 诉求, field: [place_name, content], keywords: own_words}
emit:
  - {id: met, from: met, subject: person, strength: 中, title: "疑似{名单.no}", evidence: {名单: [no], 记录: [no]},
     figures: [ground, until]}
  - {id: missing, from: missing, subject: person, strength: 弱, title: "疑似", evidence: {名单: [no]}, figures: [ground]}
  - {id: units, from: units, subject: {case: unit}, strength: 弱, title: "疑似", evidence: {名单: [no], 记录: [no]},
     figures: [people, most]}
  - {id: found, from: found, subject: {case: 诉求.no}, strength: 弱, title: "疑似{found_words}",
     evidence: {诉求: [no, content]}, figures: [found_score]}
"""
BORN = {"birth_on": "1990-01-01", "sex": "男"}


def texts() -> list[dict[str, Any]]:
    told = [
        ("化工厂", "排放恶臭"),
        (None, "恶臭来自化工厂𠀀"),
        (None, "化工厂未发现恶臭"),
        ("私设暗管", "砖厂黑烟"),
        (None, None),
    ]
    return [{"no": f"诉{n}", "place_name": where, "content": said} for n, (where, said) in enumerate(told)]


def listed(no: str, number: str | None, **more: Any) -> dict[str, Any]:
    return person(no, number, day="2026-02-01", **more)


def spot(
    no: str, lon: str | None, address: str | None = None, day: str | None = "2026-01-10"
) -> dict[str, Any]:
    return {"no": no, "day": day, "address": address, "lon": lon, "lat": lon and "28.200000"}


CROWD = """needs: {名单: {source: own_list}, 记录: {source: own_record}}
steps:
  - {id: pair, says: 同一人, use: match, left: 名单, right: 记录, key: person, require: REQUIRE}
emit:
  - {from: pair, subject: 名单.person, strength: 弱, title: "{名单.name}疑似", evidence: {名单: [no]}}
"""
STEPS: dict[str, tuple[str, dict[str, list[dict[str, Any]]], int]] = {
    "filter compute call match absent group screen": (
        LISTS,
        {
            "名单": [
                listed("甲1", ONE, unit_name="依据执业医师法"), listed("甲2", None, **BORN), listed("甲3", THIRD),
                listed("甲4", OTHER, amount="1"), listed("甲5", None, name="示例丙", unit_name="依据食品卫生法"),
            ],
            "记录": [listed("乙1", ONE), listed("乙2", OTHER), listed("乙3", None, **BORN)],
            "诉求": texts(),
        },
        10,
    ),
    "union": (
        UNION,
        {"名单": [person("甲1", ONE), person("甲2", OTHER, amount="1")], "记录": [person("乙1", ONE), person("乙2", THIRD)]},
        2,
    ),
    "rank": (
        RANK.replace("TIES", "keep"),
        {"名单": [{"no": str(n), "unit_name": unit, "amount": each} for n, (unit, each) in enumerate(
            [("甲", "3"), ("甲", "3"), ("甲", "2"), ("乙", None), ("乙", "4"), (None, "9"), ("乙", "1")])]},
        3,
    ),
    "resolve": (
        RESOLVE,
        {
            "名单": [person("甲1", ONE), person("甲2", ONE, name="示例乙乙"), person("甲3", None, **BORN)],
            "记录": [person("乙1", OTHER), person("乙2", OTHER, name="示例申"), person("乙3", None, **BORN)],
        },
        6,
    ),
    "near": (
        NEAR.replace("SIDE", "either"),
        {
            "甲": [spot("甲1", "124.400000"), spot("甲2", None, ROAD), spot("甲3", None)],
            "乙": [
                spot("乙1", "124.405000"), spot("乙2", "124.405200", ROAD), spot("乙3", None, PLAIN),
                spot("乙4", "124.400100", None, None), spot("乙5", "124.400200", None, "2026-01-18"),
            ],
        },
        2,
    ),
    "during": (
        body(LATE),
        {"表": [{"no": str(n), "a": event, "b": since} for n, (event, since) in enumerate(
            [("2026-02-24", "2026-02-12"), ("2026-02-25", "2026-02-12"), ("2027-06-03", "2026-12-30"),
             (None, "2026-02-12"), ("2026年3月", "2026-02-12"), ("2026-01-06", "2025-12-30")])]},
        3,
    ),
}  # fmt: skip
"""Kinds of step → a model of them, its rows, how many hits."""


@pytest.mark.parametrize("kinds", STEPS)
def test_every_kind_of_step_gives_the_same_bytes(
    both: tuple[Session, Session], own_home: Path, kinds: str
) -> None:
    text, rows, hits = STEPS[kinds]
    (own_home / "sources" / "own_place.yaml").write_text(PLACES, "utf-8")
    (own_home / "sources" / "own_span.yaml").write_text(SPANS, "utf-8")
    (own_home / "keywords" / "own_words.yaml").write_text(FULL, "utf-8")
    write_number(own_home, metres=500, days=3, least=2, top=1)
    told = {"name": "t", "says": "测试", "kind": "edge", "as_of": "2026-06-30", "given": rows, "expect": []}
    model, proof = load_model(write_model(own_home, HEAD + text + TAIL)), Proof.model_validate(told)
    ours, theirs = (run_proof(model, proof, parameter_book(), engine=engine) for engine in ENGINES)
    assert theirs.engine == "spark" and len(ours.hits) == hits
    assert theirs.result_sm3 == ours.result_sm3
    assert theirs.steps == ours.steps


@pytest.mark.parametrize("require", ["inner", "left"])
def test_crowded_keys_give_the_same_bytes(
    both: tuple[Session, Session], own_home: Path, monkeypatch: pytest.MonkeyPatch, require: str
) -> None:
    for module in (skew, match):
        monkeypatch.setattr(module, "MOST", 3)
    text = CROWD.replace("REQUIRE", require)
    rows = {"名单": [listed(f"甲{n}", ONE) for n in range(2)] + [listed("丙", OTHER)],
            "记录": [listed(f"乙{n}", ONE) for n in range(2)] + [listed("丁", OTHER)]}  # fmt: skip
    told = {"name": "t", "says": "测试", "kind": "edge", "as_of": "2026-06-30", "given": rows, "expect": []}
    model, proof = load_model(write_model(own_home, HEAD + text + TAIL)), Proof.model_validate(told)
    ours, theirs = (run_proof(model, proof, parameter_book(), engine=engine) for engine in ENGINES)
    assert any("1 个比对键" in note for note in ours.steps[0].notes)
    assert (theirs.result_sm3, theirs.steps) == (ours.result_sm3, ours.steps)


def test_no_kind_of_step_is_forgotten() -> None:
    assert {kind for kinds in STEPS for kind in kinds.split()} == {*BUILDERS, "call"}
