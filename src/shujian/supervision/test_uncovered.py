"""``during`` with ``uncovered``: licences that do not cover an act; against an oracle day by day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shujian.supervision.conftest import HEAD, TAIL, body_faults, run_rows, write_model, write_number
from shujian.supervision.library import load_model
from shujian.supervision.parameters import parameter_book
from shujian.supervision.proof import Proof, run_proof
from shujian.supervision.prove import prove_models
from shujian.supervision.result import RunResult
from shujian.supervision.test_during import SPANS

ACTS = """needs: {行为: {source: own_span}, 许可: {source: own_span}}
parameters: [own.longer]
steps:
  - {id: acts, says: 行为, use: filter, from: 行为, where: "starts_with(no, '行')"}
  - {id: permits, says: 许可, use: filter, from: 许可, where: "starts_with(no, '许')"}
  - {id: pair, says: 同一单位, use: match, left: acts, right: permits, key: {on: [[行为.c, 许可.c]]}, require: left}
  - {id: open, says: 许可没有盖住行为, use: during, from: pair, whole: {from: 行为.a, to: 行为.b},
     uncovered: {from: 许可.a, to: 许可.b, open_end: true, each: 行为, list: 许可, longer: param.own.longer}}
emit:
  - {from: open, subject: {case: 行为.no}, strength: 弱, title: "疑似", evidence: {行为: [no], 许可: [no]},
     figures: [open_gap_from, open_gap_to, open_gap_days]}
"""
FIRST = date(2026, 1, 1)
SAME = "2025-05-05"
Ends = tuple[Any, Any]


@pytest.fixture
def spans(own_home: Path) -> Path:
    (own_home / "sources" / "own_span.yaml").write_text(SPANS, "utf-8")
    return own_home


def run(home: Path, acts: list[Ends], permits: list[Ends], longer: int = 0, body: str = ACTS) -> RunResult:
    write_number(home, longer=longer)

    def rows(sign: str, listed: list[Ends]) -> list[dict[str, Any]]:
        return [
            {"no": f"{sign}{n}", "a": each[0] and str(each[0]), "b": each[1] and str(each[1]), "c": SAME}
            for n, each in enumerate(listed)
        ]

    return run_rows(home, body, {"行为": rows("行", acts), "许可": rows("许", permits)})


def gap(result: RunResult) -> tuple[Any, ...] | int:
    """The gap of the one hit; else how many were unknown."""
    if not result.hits:
        return result.steps[-1].unknown
    [hit] = result.hits
    return tuple(None if value is None else str(value) for value in hit.figures.values())


JANUARY = ("2026-01-01", "2026-01-31")


@pytest.mark.parametrize(
    ("act", "permits", "expected"),
    [
        (JANUARY, [("2025-01-01", "2026-12-31")], 0),
        (JANUARY, [("2026-01-01", "2026-01-10"), ("2026-01-11", "2026-01-31")], 0),
        (
            JANUARY,
            [("2026-01-01", "2026-01-10"), ("2026-01-12", "2026-01-31")],
            ("2026-01-11", "2026-01-11", "1"),
        ),
        (JANUARY, [("2026-01-05", "2026-01-10")], ("2026-01-01", "2026-01-04", "25")),
        (JANUARY, [("2026-01-20", "2026-02-10"), ("2025-12-01", "2026-01-19")], 0),
        (JANUARY, [("2026-01-03", None)], ("2026-01-01", "2026-01-02", "2")),
        (JANUARY, [(None, "2026-01-30")], ("2026-01-31", "2026-01-31", "1")),
        (JANUARY, [(None, "2026-01-31")], 1),
        (JANUARY, [("2026年1月", "2026-02-10")], 1),
        (JANUARY, [("2026年2月", None)], ("2026-01-01", "2026-01-31", "31")),
        (JANUARY, [], 1),
        (("2026-01-20", None), [("2026-01-01", "2026-01-10")], 1),
        (("2026年1月", "2026年1月"), [("2025-01-01", "2025-12-31")], ("2026-01-01", "2026-01-31", None)),
        (("2026年1月", "2026年1月"), [("2025-01-01", "2026-01-31")], 0),
        (("2026年1月", "2026年1月"), [("2025-01-01", "2026-01-10")], 1),
        (("2026-01-31", "2026-01-01"), [("2025-01-01", "2025-01-10")], 1),
    ],
)
def test_the_open_part_of_an_act(spans: Path, act: Ends, permits: list[Ends], expected: Any) -> None:
    assert gap(run(spans, [act], permits)) == expected


def test_only_a_gap_that_is_long_enough(spans: Path) -> None:
    permits: list[Ends] = [("2026-01-01", "2026-01-10"), ("2026-01-14", "2026-01-31")]
    assert gap(run(spans, [JANUARY], permits, longer=2)) == ("2026-01-11", "2026-01-13", "3")
    assert gap(run(spans, [JANUARY], permits, longer=3)) == 0


def test_nothing_is_pushed_until_another_permit_was_looked_for(spans: Path) -> None:
    [hit] = run(spans, [JANUARY], [("2026-01-05", "2026-01-31")]).hits
    assert (hit.absence, hit.pushable, [row.fields["no"] for row in hit.evidence]) == (
        "unknown",
        False,
        ["行0", "许0"],
    )
    assert hit.explanation[-1] == "4. 许可没有盖住行为：2026-01-01 至 2026-01-04 没有被覆盖，未覆盖的共 4 日"
    asked = ACTS.replace(
        "许可: {source: own_span}}", "许可: {source: own_span}, 别的: {source: own_span}}"
    ).replace(
        "emit:\n  - {from: open",
        "  - {id: none, says: 没有别的许可, use: absent, left: open, right: 别的, key: {on: [[行为.c, 别的.d]]},"
        " covering: {from: 行为.a, to: 行为.b}}\nemit:\n  - {from: none",
    )
    [hit] = run(spans, [JANUARY], [("2026-01-05", "2026-01-31")], body=asked).hits
    assert [each.step for each in hit.absences] == ["none"] and hit.absence == "unknown"
    rows = {"行为": [{"no": "行0", "a": JANUARY[0], "b": JANUARY[1], "c": SAME}]}
    rows["许可"] = [{"no": "许0", "a": "2026-01-05", "b": "2026-01-31", "c": SAME}]
    told: dict[str, Any] = {
        "name": "t",
        "says": "测",
        "kind": "edge",
        "as_of": "2026-06-30",
        "expect": [],
        "given": rows,
    }
    told["coverage"] = {"许可": [{"from": "2026-01-01", "to": "2026-06-30"}]}
    for body, pushable in ((ACTS, False), (asked, True)):
        model = load_model(write_model(spans, HEAD + body + TAIL))
        [hit] = run_proof(model, Proof.model_validate(told), parameter_book()).hits
        assert hit.pushable is pushable


SPAN = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda pair: (min(pair), max(pair)))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(SPAN, min_size=1, max_size=5),
    permits=st.lists(SPAN, min_size=1, max_size=5),
    longer=st.integers(0, 3),
)
def test_gaps_equal_the_oracle(
    spans: Path, acts: list[tuple[int, int]], permits: list[tuple[int, int]], longer: int
) -> None:
    def days(pairs: list[tuple[int, int]]) -> list[Ends]:
        return [(FIRST + timedelta(days=a), FIRST + timedelta(days=b)) for a, b in pairs]

    expected = {}
    for place, (start, end) in enumerate(acts):
        parts: list[list[int]] = []
        for day in range(start, end + 1):
            if any(a <= day <= b for a, b in permits):
                continue
            if parts and parts[-1][-1] == day - 1:
                parts[-1].append(day)
            else:
                parts.append([day])
        if max((len(part) for part in parts), default=0) > longer:
            first = parts[0]
            expected[f"行{place}"] = (first[0], first[-1], sum(len(part) for part in parts))
    result = run(spans, days(acts), days(permits), longer)
    found = {
        hit.subject_id: (
            (hit.figures["open_gap_from"] - FIRST).days, (hit.figures["open_gap_to"] - FIRST).days,
            hit.figures["open_gap_days"],
        )
        for hit in result.hits
    }  # fmt: skip
    assert found == expected
    assert result.steps[-1].unknown == 0


@pytest.mark.parametrize(
    ("old", "new", "code", "found"),
    [
        ("each: 行为", "each: 行动", "unknown_alias", "行动"),
        ("list: 许可", "list: 许克", "unknown_alias", "许克"),
        ("from: 许可.a", "from: 许可.no", "wrong_type", "许可.no"),
        ("longer: param.own.longer", "longer: 9", "bare_number", "9"),
    ],
)
def test_faults_of_uncovered(spans: Path, old: str, new: str, code: str, found: str) -> None:
    write_number(spans, longer=0)
    assert body_faults(spans, ACTS) == [] and old in ACTS
    faults = body_faults(spans, ACTS.replace(old, new))
    assert (code, found) in [(each.code, each.found) for each in faults if each.line in (13, 14)]


def test_a_proof_notices_one_day_more(spans: Path) -> None:
    write_number(spans, longer=2)
    path = write_model(spans, HEAD + ACTS + TAIL)
    (path.parent / "proofs").mkdir()
    given_rows = (
        "{行为: [{no: 行, a: 2026-01-01, b: 2026-01-31, c: 2025-05-05}], "
        "许可: [{no: 许, a: 2026-01-04, b: 2026-02-01, c: 2025-05-05}]}"
    )
    text = f"name: edge\nsays: 证明\nkind: edge\nas_of: 2026-06-30\ngiven: {given_rows}\nexpect: [{{subject: 行, absence: unknown}}]\n"
    (path.parent / "proofs" / "edge.yaml").write_text(text, "utf-8")
    report = prove_models([path], mutants=True)
    assert report.ok, report.items
    assert [each for each in report.survived if "：open：" in each] == []
