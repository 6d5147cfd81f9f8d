"""``during`` and ``union`` against plain Python: five hundred generated rows for each question, in one run."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from shujian.supervision.conftest import run_rows
from shujian.supervision.test_during import FIRST, SPANS, Day, after, agree, before, ends, run

CASES = 500
DAYS = 6


@pytest.fixture
def spans(own_home: Path) -> Path:
    (own_home / "sources" / "own_span.yaml").write_text(SPANS, "utf-8")
    return own_home


def drawn(draw: random.Random, width: int) -> tuple[Day, ...]:
    """Days near each other, so that the bounds are met often; some missing, some known as a month only."""
    middle = FIRST + timedelta(days=draw.randrange(75))
    row: list[Day] = []
    for _ in range(width):
        kind = draw.random()
        near = middle + timedelta(days=draw.randrange(-DAYS - 3, DAYS + 4))
        row.append(None if kind < 0.06 else "2026年2月" if kind < 0.1 else max(near, FIRST))
    return tuple(row)


@pytest.mark.parametrize(
    ("part", "count", "side"),
    list(product(("within", "beyond"), ("natural", "working"), ("after", "before", "either"))),
)
def test_days_equal_the_oracle(spans: Path, part: str, count: str, side: str) -> None:
    draw, working = random.Random(f"{part}{count}{side}"), count == "working"
    rows = [drawn(draw, 2) for _ in range(CASES)]

    def early(event: date, since: date) -> bool:
        return event < (since if side == "after" else before(since, DAYS, working))

    def late(event: date, since: date) -> bool:
        return event > (since if side == "before" else after(since, DAYS, working))

    parts: list[Callable[..., bool]] = [lambda a, b: not early(a, b), lambda a, b: not late(a, b)]
    if part == "beyond":
        parts = [each for each, other in ((early, "after"), (late, "before")) if side != other]
    result = run(spans, f"event: a, {part}: {{since: b, DAYS, count: {count}, side: {side}}}", rows, DAYS)
    agree(result, rows, parts, part == "beyond")
    exact = [row for row in rows if all(isinstance(day, date) for day in row)]
    edges = [row for row in exact if (row[0] - row[1]).days in (-DAYS, 0, DAYS)]  # type: ignore[operator]
    assert len(edges) > 20 and result.steps[-1].unknown > 20


def test_a_last_day_that_nobody_works_equals_the_oracle(spans: Path) -> None:
    draw = random.Random(11)
    rows = [drawn(draw, 2) for _ in range(CASES)]
    sound = [row for row in rows if all(day is None or isinstance(day, date) for day in row)]

    def late(event: date, since: date) -> bool:
        last = since + timedelta(days=DAYS)
        return event > (last if last.year != 2026 else after(last - timedelta(days=1), 1, working=True))

    result = run(spans, "event: a, beyond: {since: b, DAYS, roll: true}", sound, DAYS)
    agree(result, sound, [late])


def test_a_day_in_a_span_equals_the_oracle(spans: Path) -> None:
    draw = random.Random(12)
    rows: list[tuple[Day, ...]] = []
    while len(rows) < CASES:
        row = tuple(day if isinstance(day, date) else None for day in drawn(draw, 3))
        rows += [row] if _sound(row[1:]) else []
    parts: list[Callable[..., bool]] = [lambda a, b, c: b <= a, lambda a, b, c: a <= c]
    agree(run(spans, "event: a, span: {from: b, to: c}", rows), rows, parts)


def _sound(row: tuple[Day, ...]) -> bool:
    return ends(row[0])[0] <= ends(row[1])[1]


UNION = """needs: {名单: {source: own_list}}
parameters: [own.least]
steps:
  - {id: dear, says: 金额高的, use: filter, from: 名单, where: "amount >= param.own.least"}
  - {id: named, says: 有单位的, use: filter, from: 名单, where: "unit_name = '示例单位'"}
  - {id: both, says: 任一种, use: union, from: [dear, named]}
emit:
  - {from: both, subject: {case: no}, strength: 弱, title: "疑似", evidence: {名单: [no]}, figures: [both_from]}
"""


def test_union_equals_the_oracle(own_home: Path) -> None:
    draw = random.Random(13)
    rows = [
        {"no": f"{place:03}", "amount": draw.choice((None, 199, 200, 201)), "unit_name": draw.choice((None, "示例单位", "别的单位"))}
        for place in range(CASES)
    ]  # fmt: skip
    result = run_rows(
        own_home, UNION, {"名单": [{k: v for k, v in row.items() if v is not None} for row in rows]}
    )
    dear = {row["no"] for row in rows if (row["amount"] or 0) >= 200}  # type: ignore[operator]
    named = {row["no"] for row in rows if row["unit_name"] == "示例单位"}
    assert {hit.subject_id for hit in result.hits} == dear | named
    assert result.steps[-1].rows == len(dear | named) and len(dear & named) > 50
    for hit in result.hits:
        ways = {name for name, rows_of in (("dear", dear), ("named", named)) if hit.subject_id in rows_of}
        assert set(hit.path) == {*ways, "both"}
