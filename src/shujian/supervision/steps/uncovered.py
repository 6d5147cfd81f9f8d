"""``during`` with ``uncovered``: the part of an interval that none of the spans paired with it covers.

The rows are pairs: one row of ``each`` (the act) beside rows of ``list`` (the licences). A span that may be another's
(grade B or less), or whose days are inexact, may cover as much as it can: only what is open even then is uncovered, and
only what is covered without it is covered; the rest is unknown. An act without any span is unknown too: whether there is
none is a question for ``absent``. So is whether there is another span that the data do not hold: until an ``absent`` on
the same source is asked on every way to a clue, the answer stays *unknown* and nothing is pushed.
"""

from __future__ import annotations

from dataclasses import replace

from shujian.supervision.builder import Builder, Statement, with_columns
from shujian.supervision.during_forms import DuringStep, Uncovered
from shujian.supervision.forms import AbsentStep
from shujian.supervision.relation import Relation, quoted
from shujian.supervision.scope import Column
from shujian.supervision.steps import during
from shujian.supervision.steps.bounds import Interval, interval

EVER = "DATE '0001-01-01'"


def build(step: DuringStep, told: Uncovered, builder: Builder, source: Relation) -> None:
    """Write the acts, the gaps under the widest and the narrowest reading, then the pairs of acts with a sure gap."""
    act = during.own(step, builder, source)
    span = interval(builder, builder.at(step.id, "uncovered"), told, source)
    for part, alias in (("each", told.each), ("list", told.list)):
        if alias not in source.aliases:
            where, known = builder.at(step.id, "uncovered", part), "、".join(source.aliases)
            builder.fault(where, "unknown_alias", "这里没有这个数据别名", alias, known)
    longest = None
    if told.longer is not None:
        where = builder.at(step.id, "uncovered", "longer")
        longest = builder.expression(where, str(told.longer), Relation("", {}, ()), want="number")
    missing = told.each not in source.aliases or told.list not in source.aliases
    if (
        act is None
        or span is None
        or missing
        or source.grouped
        or (told.longer is not None and longest is None)
    ):
        return
    least = longest.sql if longest is not None else "0"
    builder.make(step.id, f"during_pairs_{step.id}", _pairs(source, told, act, span))
    for wide in (True, False):
        builder.make(step.id, f"during_{'wide' if wide else 'narrow'}_{step.id}", _gaps(step.id, wide=wide))
    builder.make(step.id, f"during_acts_{step.id}", _acts(step.id, least))
    _finish(step, told, builder, source)


def _pairs(source: Relation, told: Uncovered, act: Interval, span: Interval) -> str:
    """Act and span of each pair: the act's outer days (``_a`` to ``_b``) and inner ones, the span's likewise."""
    sure = "_g < 2"
    return (
        f"SELECT {quoted(f'{told.each}._row')} AS _act, {act.start.low} AS _a, {act.end.high} AS _b, {act.start.high} AS _ia, "
        f"{act.end.low} AS _ib, {act.wrong} AS _wrong, {quoted(f'{told.list}._row')} IS NOT NULL AS _has, "
        f"coalesce({span.start.low}, {EVER}) AS _wf, coalesce({span.end.high}, DATE '9999-12-31') AS _wt, "
        f"CASE WHEN {sure} THEN {span.start.high} END AS _nf, CASE WHEN {sure} THEN {span.end.low} END AS _nt "
        f"FROM {quoted(source.name)}"
    )


def _gaps(step_id: str, *, wide: bool) -> str:
    """The open parts of each act: under the widest spans within its inner days, under the narrowest within its outer.

    Under the widest spans the outer days are looked at as well (``_all``: not one of them is covered), because a day
    known only as a range is certainly open where the whole range is.
    """
    pairs = quoted(f"during_pairs_{step_id}")
    first, last = ("_ia", "_ib") if wide else ("_a", "_b")
    start, end = ("_wf", "_wt") if wide else ("_nf", "_nt")
    # The days of an act stand in its own row, so all its pairs agree; if they do not, the doubtful reading is taken.
    widest, inner = "min(_a) AS _a, max(_b) AS _b", "max(_ia) AS _ia, min(_ib) AS _ib"
    acts = (
        f"SELECT _act, _a, _b, {first} AS _s, {last} AS _e FROM (SELECT _act, {widest}, {inner} FROM {pairs} "
        f"GROUP BY _act HAVING bool_or(_has) AND NOT bool_or(_wrong))"
    )
    spans = (
        f"SELECT _act, {start} AS _f, {end} AS _t FROM {pairs} WHERE _has AND {start} <= {end} "
        "UNION ALL SELECT _act, _e + 1, _e + 1 FROM acts WHERE _e IS NOT NULL"
    )
    reach = (
        "max(_t) OVER (PARTITION BY _act ORDER BY _f, _t ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    )
    ordered = f"SELECT _act, _f, {reach} AS _reach FROM spans"
    opened = (
        "SELECT _act, greatest(coalesce(_reach + 1, _s), _s) AS _from, least(_f - 1, _e) AS _to "
        "FROM ordered JOIN acts USING (_act) WHERE _s <= _e"
    )
    whole = (
        f"SELECT a._act, NOT bool_or(coalesce(p.{start} <= a._b AND p.{end} >= a._a, FALSE)) AS _all "
        f"FROM acts AS a JOIN {pairs} AS p ON a._act = p._act AND p._has WHERE a._a IS NOT NULL AND a._b IS NOT NULL GROUP BY a._act"
    )
    return (
        f"WITH acts AS ({acts}), spans AS ({spans}), ordered AS ({ordered}), "
        f"gaps AS (SELECT * FROM ({opened}) WHERE _from <= _to), whole AS ({whole}), "
        "summed AS (SELECT _act, min(_from) AS _from, arg_min(_to, _from) AS _to, "
        "CAST(sum(_to - CAST(_from AS DATE) + 1) AS BIGINT) AS _days, "
        "max(_to - CAST(_from AS DATE) + 1) AS _longest FROM gaps GROUP BY _act) "
        "SELECT a._act, a._a, a._b, s._from, s._to, s._days, coalesce(s._longest, 0) AS _longest, coalesce(w._all, FALSE) AS _all, "
        "a._s IS NOT NULL AND a._e IS NOT NULL AS _known "
        "FROM acts AS a LEFT JOIN summed AS s USING (_act) LEFT JOIN whole AS w USING (_act)"
    )


def _acts(step_id: str, least: str) -> str:
    """Each act with its first open part, and ``_open``: true, false, or null where it cannot be known."""
    longest = "greatest(w._longest, CASE WHEN w._all THEN greatest(1, w._longest) ELSE 0 END)"
    sure = f"{longest} > ({least})"
    # Not one day of the act is open even under the narrowest reading, or no open part is long enough.
    never = f"n._known AND n._longest <= ({least})"
    return (
        f"SELECT w._act, CASE WHEN {sure} THEN TRUE WHEN {never} THEN FALSE END AS _open, "
        f"CASE WHEN w._all THEN w._a ELSE w._from END AS _from, CASE WHEN w._all THEN w._b ELSE w._to END AS _to, w._days "
        f"FROM {quoted(f'during_wide_{step_id}')} AS w JOIN {quoted(f'during_narrow_{step_id}')} AS n USING (_act)"
    )


def _finish(step: DuringStep, told: Uncovered, builder: Builder, source: Relation) -> None:
    name, act = f"st_{step.id}", quoted(f"{told.each}._row")
    added = [
        Column(f"{step.id}_gap_from", "date"), Column(f"{step.id}_gap_to", "date"),
        Column(f"{step.id}_gap_days", "number", "integer"),
    ]  # fmt: skip
    made = replace(with_columns(source, name, added), name=name)
    values = [f"s.{quoted(each)}" for each in source.columns]
    values += [
        f"a.{part} AS {quoted(column.name)}"
        for part, column in zip(("_from", "_to", "_days"), added, strict=True)
    ]
    values += [f"s.{quoted(each)}" for each in source.physical() if each not in source.columns]
    state = "s._st" if _asked_again(step, told, builder) else "greatest(s._st, 3)"
    acts = quoted(f"during_acts_{step.id}")
    builder.finish(
        step.id, made,
        Statement(
            step=step.id, name=name,
            sql=f"SELECT {', '.join(values)}, s._g, {state} AS _st FROM {quoted(source.name)} AS s "
                f"JOIN {acts} AS a ON s.{act} = a._act WHERE a._open",
            unknown=f"SELECT count(DISTINCT {act}) FROM {quoted(source.name)} AS s LEFT JOIN {acts} AS a ON s.{act} = a._act "
                    f"WHERE a._open IS NULL",
        ),
    )  # fmt: skip


def _asked_again(step: DuringStep, told: Uncovered, builder: Builder) -> bool:
    """Whether on every way from here to a clue an ``absent`` asks the same source for another span."""
    spec, dataset = builder.model.spec, builder.contracts[told.list].id
    steps = {each.id: each for each in spec.steps}

    def sources(name: str, seen: frozenset[str] = frozenset()) -> set[str]:
        if name in builder.contracts:
            return {builder.contracts[name].id}
        if name not in steps or name in seen:
            return set()
        return {found for each in steps[name].inputs() for found in sources(each, seen | {name})}

    def bare(name: str, seen: frozenset[str] = frozenset()) -> bool:
        """Whether ``name`` comes from here without that question."""
        if name == step.id:
            return True
        if name not in steps or name in seen:
            return False
        each = steps[name]
        if isinstance(each, AbsentStep):
            return bare(each.left, seen | {name}) and dataset not in sources(each.right)
        return any(bare(source, seen | {name}) for source in each.inputs())

    return not any(bare(emit.from_) for emit in spec.emit)
