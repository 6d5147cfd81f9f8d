"""``during``: keep the rows whose day or interval stands as asked. Three-valued: a day that is missing, known only as a
range, or in a year without a table of holidays, makes the answer unknown where it could turn it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from shujian.kernel.yamlfile import Where
from shujian.supervision.builder import Builder, Notes, Statement, rows_of, with_columns
from shujian.supervision.during_forms import Days, DuringStep, Gap, Side
from shujian.supervision.expressions import compile_expression
from shujian.supervision.holidays import due_sql, roll_sql
from shujian.supervision.relation import Relation, quoted
from shujian.supervision.scope import Column
from shujian.supervision.steps import uncovered
from shujian.supervision.steps.bounds import Bound, Interval, at_most, bound, interval, looked_up, moved
from shujian.supervision.steps.filter import keep

EMPTY = Relation("", {}, ())


@dataclass(frozen=True)
class Asked:
    """A question as SQL: the condition, the tables that it reads, the day by which (null where not known)."""

    condition: str
    tables: tuple[tuple[str, str], ...] = ()
    due: str | None = None
    passed: str | None = None
    """Natural days from the day counted from to the event, where both are exact."""
    doubtful: str | None = None
    """Whether a row was counted with a year that nobody has verified."""


def build(step: DuringStep, builder: Builder) -> None:
    """Write the tables of days, then the rows of which the condition is true."""
    source = builder.relation(builder.at(step.id, "from"), step.from_)
    if source is None:
        return
    if step.uncovered is not None:
        uncovered.build(step, step.uncovered, builder, source)
        return
    if step.span is not None:
        _span(step, builder, source)
        return
    found = asked(step, builder, source)
    if found is None:
        return
    for name, sql in found.tables:
        builder.make(step.id, name, sql)
    name, table = f"st_{step.id}", quoted(source.name)
    added, values = [], ""
    if found.due is not None:
        added = [Column(f"{step.id}_due", "date"), Column(f"{step.id}_days", "number", "integer")]
        values = f", {found.due} AS {quoted(added[0].name)}, {found.passed} AS {quoted(added[1].name)}"
    made = replace(with_columns(source, name, added), name=name)
    columns = ", ".join(quoted(each) for each in [*made.physical(), "_g", "_st"])
    inner = f"SELECT {rows_of(source)}{values} FROM {table} WHERE {found.condition}"
    notes = None
    if found.doubtful is not None:
        told = "{n} 行的工作日是按没有核对过的节假日表推算的"
        notes = Notes((told,), f"SELECT count(*) FILTER ({found.doubtful}) FROM {table}")
    builder.finish(
        step.id, made,
        Statement(
            step=step.id, name=name, sql=f"SELECT {columns} FROM ({inner})",
            unknown=f"SELECT count(*) FROM {table} WHERE ({found.condition}) IS NULL", notes=notes,
        ),
    )  # fmt: skip


def _span(step: DuringStep, builder: Builder, source: Relation) -> None:
    """A missing event or start is unknown; a missing end too, unless it means “still running”."""
    assert step.span is not None and step.event is not None
    event = builder.expression(builder.at(step.id, "event"), step.event, source, want="date")
    start = builder.expression(builder.at(step.id, "span", "from"), step.span.from_, source, want="date")
    end = builder.expression(builder.at(step.id, "span", "to"), step.span.to, source, want="date")
    if event is None or start is None or end is None:
        return
    until = f"({event.sql}) <= ({end.sql})"
    if step.span.open_end:
        until = f"(({end.sql}) IS NULL OR {until})"
    keep(step.id, builder, source, f"({event.sql}) >= ({start.sql}) AND {until}")


def own(step: DuringStep, builder: Builder, source: Relation) -> Interval | None:
    """The row's own interval; a day is an interval of one day."""
    if step.whole is not None:
        return interval(builder, builder.at(step.id, "whole"), step.whole, source)
    assert step.event is not None
    day = bound(builder, builder.at(step.id, "event"), step.event, source)
    return None if day is None else Interval(day, day)


def asked(step: DuringStep, builder: Builder, source: Relation) -> Asked | None:
    """Every question but ``span`` and ``uncovered``; None after a fault."""
    whole = own(step, builder, source)
    if step.within is not None or step.beyond is not None:
        return _days(step, builder, source, whole)
    name = next(each for each in ("overlaps", "contains", "apart") if getattr(step, each) is not None)
    other = interval(builder, builder.at(step.id, name), getattr(step, name), source)
    if step.apart is not None:
        return _apart(step, step.apart, builder, whole, other)
    if whole is None or other is None:
        return None
    if step.overlaps is not None:
        condition = f"{at_most(whole.start, other.end)} AND {at_most(other.start, whole.end)}"
    else:
        condition = f"{at_most(whole.start, other.start)} AND {at_most(other.end, whole.end)}"
    return Asked(_sound(condition, whole, other))


def _sound(condition: str, *intervals: Interval) -> str:
    """Of an interval whose days are the wrong way round nothing is known."""
    wrong = " OR ".join(each.wrong for each in intervals)
    return f"(CASE WHEN {wrong} THEN NULL ELSE {condition} END)"


def _number(builder: Builder, where: Where, days: str | int) -> str | None:
    found = builder.expression(where, str(days), EMPTY, want="number")
    return None if found is None else found.sql


def _days(step: DuringStep, builder: Builder, source: Relation, whole: Interval | None) -> Asked | None:
    told = step.days()
    assert told is not None
    at = builder.at(step.id, "within" if step.within else "beyond")
    since = bound(builder, (*at, "since"), told.since, source)
    count = _number(builder, (*at, "days"), told.days)
    if whole is None or since is None or count is None:
        return None
    event, tables = whole.start, _tables(step.id, builder, told, count)
    last = since if told.side == "before" else _due(step.id, since, told, count, forward=True)
    first = since if told.side == "after" else _due(step.id, since, told, count, forward=False)
    low, high = first, last
    if step.within is not None:
        condition = f"{at_most(low, event)} AND {at_most(event, high)}"
    else:
        sides = {"after": ("high",), "before": ("low",), "either": ("low", "high")}[told.side]
        past = {"low": f"NOT {at_most(low, event)}", "high": f"NOT {at_most(event, high)}"}
        condition = " OR ".join(past[side] for side in sides)
    shown = (first if told.side == "before" else last).exact
    passed = f"({event.exact}) - ({since.exact})"
    return Asked(
        f"({condition})",
        tables,
        shown,
        passed,
        _doubtful(builder, told, [since, first if told.side == "before" else last]),
    )


def _apart(
    step: DuringStep, gap: Gap, builder: Builder, whole: Interval | None, other: Interval | None
) -> Asked | None:
    at = builder.at(step.id, "apart")
    count = _number(builder, (*at, "days"), gap.days)
    if whole is None or other is None or count is None:
        return None
    # More than n days between two intervals: the later one starts beyond the (n + 1)-th day after the earlier one.
    told = Days(since="", days=0, count=gap.count)
    next_day = f"(({count}) + 1)"
    tables = _tables(step.id, builder, told, next_day)
    after, before = (_due(step.id, each.end, told, next_day, forward=True) for each in (whole, other))
    sides: dict[Side, tuple[str, ...]] = {
        "after": ("after",),
        "before": ("before",),
        "either": ("after", "before"),
    }
    past = {"after": f"NOT {at_most(other.start, after)}", "before": f"NOT {at_most(whole.start, before)}"}
    condition = " OR ".join(past[side] for side in sides[gap.side])
    return Asked(
        _sound(f"({condition})", whole, other), tables, doubtful=_doubtful(builder, told, [after, before])
    )


def _due(step_id: str, since: Bound, told: Days, count: str, *, forward: bool) -> Bound:
    if told.count == "working":
        part = "after" if forward else "before"
        return looked_up(since, f"during_{part}_{step_id}", count, forward=forward)
    due = moved(since, count if forward else f"-({count})")
    return looked_up(due, f"during_roll_{step_id}", "0", forward=True) if told.roll and forward else due


def _tables(step_id: str, builder: Builder, told: Days, count: str) -> tuple[tuple[str, str], ...]:
    if told.roll:
        return ((f"during_roll_{step_id}", roll_sql(builder.holidays())),)
    if told.count == "natural":
        return ()
    wanted, parts = (
        f"CAST({count} AS INTEGER)",
        ("after", "before") if told.side == "either" else (told.side,),
    )
    return tuple(
        (f"during_{part}_{step_id}", due_sql(builder.holidays(), wanted, forward=part == "after"))
        for part in parts
    )


def _doubtful(builder: Builder, told: Days, days: list[Bound]) -> str | None:
    if told.count == "natural" and not told.roll:
        return None
    open_years = [year for year, each in builder.holidays().items() if not each["verified"]]
    if not open_years:
        return None
    listed = ", ".join(open_years)
    return " OR ".join(f"coalesce(year({day.exact}) IN ({listed}), FALSE)" for day in days)


def days_of(step: DuringStep, builder: Builder, source: Relation) -> list[str]:
    """The columns that a question reads, to be shown where it is not answered yes."""
    parts = [step.whole, step.overlaps, step.contains, step.apart]
    told = step.days()
    texts = [text for part in parts if part is not None for text in (part.from_, part.to)]
    texts += [text for text in (step.event, told.since if told else None) if text is not None]
    found: list[str] = []
    for text in texts:
        found += sorted(compile_expression(text, builder.scope(source)).columns)
    ends = [
        f"{name}__{end}" for name in found for end in ("from", "to") if f"{name}__{end}" in source.columns
    ]
    return list(dict.fromkeys([*found, *ends]))
