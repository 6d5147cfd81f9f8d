"""Shares and windows of ``group``: exact figures, both ends of what is not known; against oracles in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shujian.supervision.conftest import HEAD, TAIL, body_faults, run_rows, write_model, write_number
from shujian.supervision.library import load_model
from shujian.supervision.prove import prove_models
from shujian.supervision.run import contracts_of
from shujian.supervision.sentence import sentence
from shujian.supervision.test_explain_further import ONE, explained

SHARE = """needs: {名单: {source: own_list}}
parameters: [own.least, own.percent]
columns: {late: 超期}
steps:
  - id: units
    says: 各单位超期的占比
    use: group
    from: 名单
    by: unit_name
    add: {late: {share: "amount > 1", of: "day > date '2026-01-01'", least: param.own.least, percent: param.own.percent}}
  - {id: bad, says: 占比高的, use: filter, from: units, where: late}
emit:
  - {id: all, from: units, subject: {agency: unit_name}, strength: 弱, title: "疑似", evidence: {名单: [no]},
     figures: [late, late_yes, late_maybe, late_of, late_low, late_high]}
  - {id: bad, from: bad, subject: {agency: unit_name}, strength: 弱, title: "疑似", evidence: {名单: [no]}}
"""
Three = bool | None


def rows(kinds: Sequence[tuple[Three, Three]], unit: str = "甲") -> list[dict[str, Any]]:
    amount, day = (
        {True: "2", False: "1", None: None},
        {True: "2026-01-02", False: "2026-01-01", None: "2026年1月"},
    )
    return [
        {"no": f"{unit}{n}", "unit_name": unit, "amount": amount[one], "day": day[other]}
        for n, (one, other) in enumerate(kinds)
    ]


def shares(home: Path, kinds: Sequence[tuple[Three, Three]], least: int, percent: int) -> dict[str, Any]:
    write_number(home, least=least, percent=percent)
    result = run_rows(home, SHARE, {"名单": rows(kinds)})
    [hit] = [each for each in result.hits if each.emit == "all"]
    verdict = True if result.steps[1].rows else (None if result.steps[1].unknown else False)
    assert hit.figures["late"] is verdict
    return dict(hit.figures)


def test_a_share_of_known_rows(own_home: Path) -> None:
    kinds: Sequence[tuple[Three, Three]] = [(True, True)] * 2 + [(False, True)] + [(True, False)] * 5
    found = shares(own_home, kinds, 2, 66)
    assert [str(found[f"late_{part}"]) for part in ("yes", "maybe", "of", "low", "high")] == [
        "2",
        "0",
        "3",
        "66.67",
        "66.67",
    ]
    assert found["late"] is True
    assert shares(own_home, kinds, 3, 66)["late"] is False
    assert shares(own_home, kinds, 2, 67)["late"] is False


def test_rows_that_are_not_known_leave_the_verdict_open(own_home: Path) -> None:
    kinds: Sequence[tuple[Three, Three]] = [(True, True), (True, True), (False, True), (None, True)]
    found = shares(own_home, kinds, 2, 75)
    assert (found["late"], str(found["late_low"]), str(found["late_high"])) == (None, "50.00", "75.00")
    assert shares(own_home, kinds, 2, 50)["late"] is True
    assert shares(own_home, kinds, 2, 76)["late"] is False
    assert shares(own_home, kinds, 3, 50)["late"] is None
    assert shares(own_home, kinds, 4, 50)["late"] is False
    assert shares(own_home, [(True, False)], 1, 1)["late"] is False


THREE = st.sampled_from([True, False, None])
QUIET = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUIET
@given(
    kinds=st.lists(st.tuples(THREE, THREE), min_size=1, max_size=5), least=st.integers(1, 4),
    percent=st.sampled_from([1, 25, 34, 50, 75, 100]),
)  # fmt: skip
def test_shares_equal_the_oracle(
    own_home: Path, kinds: list[tuple[Three, Three]], least: int, percent: int
) -> None:
    """The oracle settles every doubt in every way and sees whether all agree."""

    def meant(known: Three) -> tuple[bool, ...]:
        return (True, False) if known is None else (known,)

    options = [list(product(meant(one), meant(other))) for one, other in kinds]
    parts: set[Any] = set()
    counts: set[bool] = set()
    shares_seen: set[bool] = set()
    for world in product(*options):
        whole, some = sum(b for _, b in world), sum(a and b for a, b in world)
        counts.add(some >= least)
        shares_seen.add(whole > 0 and some > 0 and 100 * some >= percent * whole)
        if whole:
            parts.add(100 * some / whole)
    found = shares(own_home, kinds, least, percent)
    single = [seen.pop() if len(seen) == 1 else None for seen in (counts, shares_seen)]
    expected = False if False in single else (None if None in single else True)
    assert found["late"] is expected
    if parts and any(b is True for _, b in kinds):
        assert abs(float(found["late_low"]) - min(parts)) < 0.006
        assert abs(float(found["late_high"]) - max(parts)) < 0.006


WINDOW = """needs: {名单: {source: own_list}, 记录: {source: own_record}}
parameters: [own.days, own.least]
steps:
  - {id: pair, says: 同一人, use: match, left: 名单, right: 记录, key: person, require: left}
  - {id: places, says: 同一处几日内多次, use: group, from: pair, by: 名单.unit_name,
     add: {dense: {window: 名单.day, days: param.own.days, least: param.own.least, where: "名单.amount > 1"}}}
  - {id: many, says: 多次的, use: filter, from: places, where: dense}
emit:
  - {id: all, from: places, subject: {place: unit_name}, strength: 弱, title: "疑似", evidence: {名单: [no]},
     figures: [dense, dense_most, dense_unknown, dense_from, dense_to]}
  - {id: many, from: many, subject: {place: unit_name}, strength: 弱, title: "疑似", evidence: {名单: [no]}}
"""
FIRST = date(2026, 1, 1)


def dense(
    home: Path, given_rows: list[tuple[int | str | None, Three]], days: int, least: int
) -> tuple[Any, ...]:
    write_number(home, days=days, least=least)
    amount = {True: "2", False: "1", None: None}
    listed = [
        {"no": f"{n}", "unit_name": "甲", "amount": amount[known], "name": "示例甲", "id_card": ONE,
         "day": str(FIRST + timedelta(days=day)) if isinstance(day, int) else day}
        for n, (day, known) in enumerate(given_rows)
    ]  # fmt: skip
    doubled = [{"no": str(n), "name": "示例甲", "id_card": ONE} for n in range(2)]
    result = run_rows(home, WINDOW, {"名单": listed, "记录": doubled})
    [hit] = [each for each in result.hits if each.emit == "all"]
    verdict = True if result.steps[2].rows else (None if result.steps[2].unknown else False)
    figures = hit.figures
    assert figures["dense"] is verdict
    start, end = (each and (each - FIRST).days for each in (figures["dense_from"], figures["dense_to"]))
    return verdict, figures["dense_most"], figures["dense_unknown"], start, end


def test_the_densest_days_of_a_place(own_home: Path) -> None:
    known: list[tuple[int | str | None, Three]] = [(0, True), (5, True), (8, True), (12, True), (12, False)]
    assert dense(own_home, known, 7, 3) == (True, 3, 0, 5, 12)
    assert dense(own_home, known, 6, 3) == (False, 2, 0, 0, 5)
    assert dense(own_home, [*known, (None, True)], 6, 3) == (None, 2, 1, 0, 5)
    assert dense(own_home, [*known, ("2026年1月", True), (9, None)], 6, 5) == (False, 2, 2, 0, 5)
    assert dense(own_home, [(None, True)], 6, 1) == (None, 0, 1, None, None)
    assert dense(own_home, [(1, False), (None, False)], 6, 1) == (False, 0, 0, None, None)


@QUIET
@given(
    given_rows=st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 20)), THREE), min_size=1, max_size=8),
    days=st.integers(0, 8), least=st.integers(1, 4),
)  # fmt: skip
def test_windows_equal_the_oracle(
    own_home: Path, given_rows: list[tuple[int | str | None, Three]], days: int, least: int
) -> None:
    sure = sorted(day for day, known in given_rows if known and isinstance(day, int))
    vague = sum(known is not False and (known is None or day is None) for day, known in given_rows)
    counted = [(sum(start <= day <= start + days for day in sure), -start) for start in sure]
    most, start = max(counted, default=(0, None))
    verdict = True if most >= least else (False if most + vague < least else None)
    end = None if start is None else max(day for day in sure if day <= days - start)
    first = None if start is None else -start
    assert dense(own_home, list(given_rows), days, least) == (verdict, most, vague, first, end)


def test_what_a_group_says(own_home: Path) -> None:
    write_number(own_home, least=2, percent=50)
    listed = rows([(True, True), (True, True), (False, True), (None, True)])
    listed[0] |= {"name": "示例甲", "id_card": ONE}
    [hit] = [each for each in run_rows(own_home, SHARE, {"名单": listed}).hits if each.emit == "bad"]
    assert hit.explanation[0] == "1. 各单位超期的占比：超期 2/4 条，占 50.00% 至 75.00%（另有 1 条不明）"
    found = explained(own_home, SHARE, {"名单": listed})
    assert found.steps[0].reason == "归入 1 组：超期 2/4 条，占 50.00% 至 75.00%（另有 1 条不明）"
    model = load_model(write_model(own_home, HEAD + SHARE + TAIL))
    told = "把“名单”按单位汇总：各单位超期的占比（条件、日期不明的行按最少和最多两头算，两头结论相同才算）"
    assert told in sentence(model.spec, contracts_of(model))
    write_number(own_home, days=7, least=2)
    listed = [
        {
            "no": str(n),
            "name": "示例甲",
            "id_card": ONE,
            "unit_name": "甲",
            "amount": "2",
            "day": f"2026-01-0{n}",
        }
        for n in (1, 5)
    ]
    steps = explained(own_home, WINDOW, {"名单": [*listed, {**listed[0], "no": "9", "day": None}]}).steps
    assert steps[1].reason == "归入 1 组：dense 最密的一段 2026-01-01 至 2026-01-05 有 2 条（另有 1 条不明）"


@pytest.mark.parametrize(
    ("old", "new", "code", "found"),
    [
        ('share: "amount > 1"', 'share: "amount"', "wrong_type", "数字"),
        ('share: "amount > 1"', 'share: "amonut > 1"', "unknown_column", "amonut"),
        ("least: param.own.least", "least: 9", "bare_number", "9"),
        ("least: param.own.least", "last: param.own.least", "extra_forbidden", "param.own.least"),
        ("add: {late: {share:", "add: {late: {window: unit_name, days: 1}, other: {share:", "wrong_type", "unit_name"),
        ("add: {late: {share:", "add: {late: {window: day}, other: {share:", "missing", None),
    ],
)  # fmt: skip
def test_faults_of_the_parts(own_home: Path, old: str, new: str, code: str, found: str | None) -> None:
    write_number(own_home, least=2, percent=50)
    assert body_faults(own_home, SHARE) == [] and old in SHARE
    faults = body_faults(own_home, SHARE.replace(old, new))
    assert (code, found) in [(each.code, each.found) for each in faults if each.line == 16]


def test_a_proof_notices_every_change_of_a_share(own_home: Path) -> None:
    write_number(own_home, least=2, percent=50)
    path = write_model(own_home, HEAD + SHARE + TAIL)
    (path.parent / "proofs").mkdir()
    groups = {
        "甲": "YYNN", "乙": "YYNNN", "丙": "YN", "丁": "YYY", "戊": "YYNNEE", "己": "YNE",
    }  # fmt: skip
    signs = {"Y": ("2", "02"), "N": ("1", "02"), "E": ("2", "01")}
    listed = ", ".join(
        f"{{no: {unit}{n}, unit_name: {unit}, amount: {signs[sign][0]}, day: 2026-01-{signs[sign][1]}}}"
        for unit, text in groups.items()
        for n, sign in enumerate(text)
    )
    expect = [f"{{subject: {unit}, emit: all}}" for unit in groups] + [
        f"{{subject: {unit}, emit: bad}}" for unit in "甲丁戊"
    ]
    text = f"name: edge\nsays: 证明\nkind: edge\nas_of: 2026-06-30\ngiven: {{名单: [{listed}]}}\nexpect: [{', '.join(expect)}]\n"
    (path.parent / "proofs" / "edge.yaml").write_text(text, "utf-8")
    report = prove_models([path], mutants=True)
    assert report.ok, report.items
    assert report.survived == [
        "listed_not_recorded：units.late：percent 少一", "listed_not_recorded：参数 own.percent 少一点",
    ]  # fmt: skip
