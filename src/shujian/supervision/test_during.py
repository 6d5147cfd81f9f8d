"""``during``: natural and working days, intervals, days known only as a range; against oracles in plain Python."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shujian.supervision.conftest import HEAD, TAIL, body_faults, run_rows, write_model, write_number
from shujian.supervision.library import load_model
from shujian.supervision.prove import prove_models
from shujian.supervision.result import RunResult
from shujian.supervision.run import contracts_of
from shujian.supervision.sentence import sentence

SPANS = """
id: own_span
title: 示例期间
provider: 示例单位
basis: [{law: 示例法, article: "1"}]
agreement: {purpose: 测试, number: null, expires: null}
cadence: P1M
fresh: P60D
sensitivity: 低
key: [no]
subjects: {}
fields:
  - {id: no, title: 编号, type: document_no, required: true}
  - {id: a, title: 甲日, type: date}
  - {id: b, title: 乙日, type: date}
  - {id: c, title: 丙日, type: date}
  - {id: d, title: 丁日, type: date}
"""
BODY = """needs: {表: {source: own_span}}
parameters: [own.days]
steps:
  - {id: asked, says: 问日期, use: during, from: 表, QUESTION}
emit:
  - {from: asked, subject: {case: no}, strength: 弱, title: "疑似", evidence: {表: [no]}FIGURES}
"""
Day = date | str | None
Pair = tuple[date, date]


@pytest.fixture
def spans(own_home: Path) -> Path:
    (own_home / "sources" / "own_span.yaml").write_text(SPANS, "utf-8")
    return own_home


def body(question: str, figures: str = "") -> str:
    """The model of one question; ``days`` in it stands for the parameter."""
    text = BODY.replace("QUESTION", question.replace("DAYS", "days: param.own.days"))
    text = text.replace("FIGURES", f", figures: [{figures}]" if figures else "")
    return text if "param.own" in text else text.replace("parameters: [own.days]\n", "")


def run(
    home: Path, question: str, rows: list[tuple[Day, ...]], days: int = 3, figures: str = ""
) -> RunResult:
    write_number(home, days=days)
    given_rows = [
        {
            "no": f"{place:03d}",
            **dict(zip("abcd", (None if each is None else str(each) for each in row), strict=False)),
        }
        for place, row in enumerate(rows)
    ]
    return run_rows(home, body(question, figures), {"表": given_rows})


def answer(home: Path, question: str, row: tuple[Day, ...], days: int = 3) -> bool | None:
    """True where the row is kept, None where it is unknown."""
    step = run(home, question, [row], days).steps[-1]
    assert step.rows + step.unknown <= 1
    return True if step.rows else (None if step.unknown else False)


LATE = "event: a, beyond: {since: b, DAYS, count: working}"
SOON = "event: a, within: {since: b, DAYS, count: working}"


@pytest.mark.parametrize(
    ("question", "event", "since", "expected"),
    [
        # 2026-02-12 is a Thursday; the Saturday after it is worked, then comes the festival to the 23rd.
        (SOON, "2026-02-25", "2026-02-12", False),
        (SOON, "2026-02-24", "2026-02-12", True),
        (LATE, "2026-02-24", "2026-02-12", False),
        (LATE, "2026-02-25", "2026-02-12", True),
        (SOON, "2026-02-12", "2026-02-12", True),
        (SOON, "2026-02-11", "2026-02-12", False),
        (LATE, "2026-02-11", "2026-02-12", False),
        # a deadline of Friday is not kept on the Saturday after it
        (SOON, "2026-03-13", "2026-03-10", True),
        (SOON, "2026-03-14", "2026-03-10", False),
        # counted from a day that nobody works
        (LATE, "2026-02-26", "2026-02-21", False),
        (LATE, "2026-02-27", "2026-02-21", True),
        # across the turn of a known year
        (LATE, "2026-01-05", "2025-12-30", False),
        (LATE, "2026-01-06", "2025-12-30", True),
        # 2027 has no table: three days at least must pass, more may
        (SOON, "2027-01-02", "2026-12-30", True),
        (SOON, "2027-01-03", "2026-12-30", None),
        (LATE, "2027-01-02", "2026-12-30", False),
        (LATE, "2027-06-03", "2026-12-30", None),
        (LATE, "2022-06-03", "2022-05-30", None),
        (LATE, None, "2026-02-12", None),
        (LATE, "2026-02-25", None, None),
        (LATE, "2026年3月", "2026-02-12", True),
        (LATE, "2026年2月", "2026-02-12", None),
        (SOON, "2026-04-25", "2026年2月", False),
    ],
)
def test_working_days(spans: Path, question: str, event: Day, since: Day, expected: bool | None) -> None:
    assert answer(spans, question, (event, since)) is expected


@pytest.mark.parametrize(
    ("event", "since", "days", "late"),
    [
        ("2026-02-24", "2026-02-10", 10, False),
        ("2026-02-25", "2026-02-10", 10, True),
        ("2026-03-13", "2026-03-03", 10, False),
        ("2026-03-14", "2026-03-03", 10, True),
        ("2026-03-16", "2026-03-04", 10, False),
        ("2027-01-01", "2026-12-22", 10, False),
        ("2027-01-02", "2026-12-22", 10, None),
    ],
)
def test_a_last_day_that_nobody_works_rolls(
    spans: Path, event: Day, since: Day, days: int, late: bool | None
) -> None:
    assert answer(spans, "event: a, beyond: {since: b, DAYS, roll: true}", (event, since), days) is late


def test_a_missing_answer_is_not_a_late_one(spans: Path) -> None:
    question = "event: 'coalesce(a, as_of)', beyond: {since: b, DAYS}"
    rows: list[tuple[Day, ...]] = [
        (None, "2026-06-01"),
        ("2026年6月", "2026-06-01"),
        ("2026-06-02", "2026-06-01"),
    ]
    step = run(spans, question, rows).steps[-1]
    assert (step.rows, step.unknown) == (1, 1)


def test_what_a_late_row_says(spans: Path) -> None:
    result = run(
        spans, LATE, [("2026-02-25", "2026-02-12"), (None, "2026-02-12")], figures="asked_due, asked_days"
    )
    [hit] = result.hits
    assert hit.figures == {"asked_due": date(2026, 2, 24), "asked_days": 13}
    assert hit.explanation == ("1. 问日期：期限为 2026-02-24，相隔 13 日",)
    assert result.steps[-1].notes == ("2 行的工作日是按没有核对过的节假日表推算的",)
    assert result.parameters["holidays.years"]["2026"]["work"][0] == "2026-01-04"


def test_a_new_year_is_one_file(spans: Path) -> None:
    (spans / "holidays").mkdir()
    text = "year: 2027\nbasis: 示例通知\nsource: 示例\nverified: true\noff: [{name: 元旦, from: 2027-01-01, to: 2027-01-03}]\n"
    (spans / "holidays" / "2027.yaml").write_text(text, "utf-8")
    assert answer(spans, LATE, ("2027-01-05", "2026-12-30")) is False
    assert answer(spans, LATE, ("2027-01-06", "2026-12-30")) is True
    wrong = text.replace("2027-01-03}", "2028-01-03}, {name: 又, from: 2027-01-01, to: 2027-01-01}") + (
        "work: [2027-01-04, 2026-01-04, 2027-01-02]\n"
    )
    (spans / "holidays" / "2027.yaml").write_text(wrong, "utf-8")
    faults = [(each.code, each.line) for each in body_faults(spans, body(LATE))]
    assert sorted(faults) == [
        ("other_year", 5), ("other_year", 6), ("plain_weekday", 6), ("repeated_day", 5), ("repeated_day", 6)
    ]  # fmt: skip


FIRST = date(2026, 1, 1)
DAYS = st.one_of(
    st.none(),
    st.sampled_from(["2026年1月", "2026年2月"]),
    st.integers(0, 80).map(lambda n: FIRST + timedelta(days=n)),
)
MONTHS = {
    "2026年1月": (date(2026, 1, 1), date(2026, 1, 31)),
    "2026年2月": (date(2026, 2, 1), date(2026, 2, 28)),
}
FAR = (date(1000, 1, 1), date(5000, 1, 1))
OFF = {
    date(2026, 1, 1),
    date(2026, 1, 2),
    *(date(2026, 2, 15) + timedelta(days=n) for n in range(9)),
    date(2026, 4, 6),
}
WORK = {date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28)}


def ends(day: Day) -> Pair:
    if isinstance(day, date):
        return day, day
    return FAR if day is None else MONTHS[day]


def judged(row: tuple[Day, ...], holds: Callable[..., bool]) -> bool | None:
    """Whether it holds for all days that the row may mean, or for none; the extremes are enough."""
    seen = {holds(*each) for each in product(*(ends(day) for day in row))}
    return None if len(seen) > 1 else seen.pop()


def worked(day: date) -> bool:
    return day in WORK or (day.weekday() < 5 and day not in OFF)


def after(since: date, days: int, working: bool) -> date:
    if not working or since in FAR:
        return since + timedelta(days=days)
    while days:
        since += timedelta(days=1)
        days -= worked(since)
    return since


def before(since: date, days: int, working: bool) -> date:
    if not working or since in FAR:
        return since - timedelta(days=days)
    while days:
        since -= timedelta(days=1)
        days -= worked(since)
    return since


def agree(
    result: RunResult, rows: list[tuple[Day, ...]], parts: list[Callable[..., bool]], any_of: bool = False
) -> None:
    """What is kept is what surely holds; what leaves surely does not hold; of exact days everything is known.

    All ``parts`` must hold, or any of them; of each alone the extremes of a row's days tell everything.
    """
    found: list[bool | None] = []
    for row in rows:
        told = {judged(row, part) for part in parts}
        short = any_of if any_of in told else None
        found.append(short if short is not None or None in told else not any_of)
    kept = {int(hit.subject_id) for hit in result.hits}
    assert kept == {place for place, each in enumerate(found) if each is True}
    assert result.steps[-1].unknown == found.count(None)


QUIET = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUIET
@given(
    rows=st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=12),
    days=st.integers(0, 12),
    count=st.sampled_from(["natural", "working"]),
    side=st.sampled_from(["after", "before", "either"]),
    part=st.sampled_from(["within", "beyond"]),
)
def test_days_equal_the_oracle(
    spans: Path, rows: list[tuple[Day, ...]], days: int, count: str, side: str, part: str
) -> None:
    def early(event: date, since: date) -> bool:
        return event < (since if side == "after" else before(since, days, count == "working"))

    def late(event: date, since: date) -> bool:
        return event > (since if side == "before" else after(since, days, count == "working"))

    if part == "within":
        parts: list[Callable[..., bool]] = [lambda a, b: not early(a, b), lambda a, b: not late(a, b)]
    else:
        parts = [each for each, other in ((early, "after"), (late, "before")) if side != other]
    question = f"event: a, {part}: {{since: b, DAYS, count: {count}, side: {side}}}"
    agree(run(spans, question, rows, days), rows, parts, part == "beyond")


@QUIET
@given(
    rows=st.lists(st.tuples(DAYS, DAYS, DAYS, DAYS), min_size=1, max_size=12),
    days=st.integers(0, 12),
    count=st.sampled_from(["natural", "working"]),
    side=st.sampled_from(["after", "before", "either"]),
    part=st.sampled_from(["overlaps", "contains", "apart"]),
)
def test_intervals_equal_the_oracle(
    spans: Path, rows: list[tuple[Day, ...]], days: int, count: str, side: str, part: str
) -> None:
    # An interval that surely ends before it starts says nothing; the oracle knows only sound ones.
    sound = [row for row in rows if all(ends(row[n])[0] <= ends(row[n + 1])[1] for n in (0, 2))]

    def between(first: date, second: date) -> int:
        if count == "natural" or first in FAR or second in FAR:
            return (second - first).days - 1
        return sum(worked(first + timedelta(days=n)) for n in range(1, (second - first).days))

    parts: list[Callable[..., bool]]
    if part == "overlaps":
        parts = [lambda a, b, c, d: a <= d, lambda a, b, c, d: c <= b]
    elif part == "contains":
        parts = [lambda a, b, c, d: a <= c, lambda a, b, c, d: d <= b]
    else:
        after_it: Callable[..., bool] = lambda a, b, c, d: between(b, c) > days  # noqa: E731
        before_it: Callable[..., bool] = lambda a, b, c, d: between(d, a) > days  # noqa: E731
        parts = [each for each, other in ((after_it, "before"), (before_it, "after")) if side != other]
    more = f", DAYS, count: {count}, side: {side}" if part == "apart" else ""
    question = f"whole: {{from: a, to: b}}, {part}: {{from: c, to: d{more}}}"
    result = run(spans, question, sound, days)
    agree(result, sound, parts, part == "apart")


def test_an_interval_the_wrong_way_round_says_nothing(spans: Path) -> None:
    question = "whole: {from: a, to: b}, overlaps: {from: c, to: d, open_end: true}"
    assert answer(spans, question, ("2026-01-05", "2026-01-01", "2026-01-01", None)) is None
    assert answer(spans, question, ("2026-01-01", "2026-01-05", "2026-01-05", None)) is True
    assert answer(spans, question, ("2026-01-01", "2026-01-05", "2026-01-06", None)) is False


@pytest.mark.parametrize(
    ("question", "code", "found"),
    [
        ("event: a", "value_error", None),
        ("event: a, whole: {from: a, to: b}, overlaps: {from: c, to: d}", "value_error", None),
        ("whole: {from: a, to: b}, within: {since: c, DAYS}", "value_error", None),
        ("event: a, within: {since: c, DAYS, count: working, roll: true}", "value_error", None),
        ("event: a, within: {since: c, DAYS}, beyond: {since: c, DAYS}", "value_error", None),
        ("event: a, within: {since: no, DAYS}", "wrong_type", "no"),
        ("event: a, within: {since: e, DAYS}", "unknown_column", "e"),
        ("event: a, within: {since: b, days: 5}", "bare_number", "5"),
        ("event: a, within: {since: b, DAYS, count: work}", "literal_error", "work"),
        ("event: a, overlaps: {from: b, to: no}", "wrong_type", "no"),
    ],
)
def test_faults_of_during(spans: Path, question: str, code: str, found: str | None) -> None:
    write_number(spans, days=3)
    assert body_faults(spans, body(LATE)) == []
    faults = [each for each in body_faults(spans, body(question)) if each.code == code]
    line = 10 if "DAYS" in question else 9
    assert [(each.line, each.found if found else None) for each in faults][:1] == [(line, found)]


def test_the_sentence_and_the_changes_that_a_proof_must_notice(spans: Path) -> None:
    write_number(spans, days=3)
    path = write_model(spans, HEAD + body(LATE) + TAIL)
    model = load_model(path)
    told = "从“表”中留下：问日期（按工作日计，没有当年节假日表的记为无法判断）"
    assert told in sentence(model.spec, contracts_of(model))
    (path.parent / "proofs").mkdir()
    rows = [
        ("1", "02-25", "02-12"),
        ("2", "02-24", "02-12"),
        ("3", "02-26", "02-12"),
        ("4", "01-05", "02-12"),
    ]
    listed = ", ".join(f"{{no: '{no}', a: 2026-{a}, b: 2026-{b}}}" for no, a, b in rows)
    text = f"name: edge\nsays: 证明\nkind: edge\nas_of: 2026-06-30\ngiven: {{表: [{listed}]}}\n"
    text += "expect: [{subject: '1'}, {subject: '3'}]\nafter: {asked: 2}\n"
    (path.parent / "proofs" / "edge.yaml").write_text(text, "utf-8")
    report = prove_models([path], mutants=True)
    assert report.ok, report.items
    assert (report.made, report.survived) == (8, [])
