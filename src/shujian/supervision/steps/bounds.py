"""Days that may be known only as a range: how an expression becomes two ends, and three-valued comparison.

A bound is a pair of SQL dates between which the day lies; a null end means that nothing is known on that side. An exact
day has equal ends. Of a column such as 2024年3月 the ends are its ``__from`` and ``__to`` (ADR 0014).
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from shujian.kernel.yamlfile import Where
from shujian.supervision.builder import Builder
from shujian.supervision.during_forms import Span
from shujian.supervision.expressions import Compiled, parse_expression
from shujian.supervision.relation import Relation, quoted
from shujian.supervision.scope import Column

NEVER = "DATE '9999-12-31'"
"""The end of what still runs."""


@dataclass(frozen=True)
class Bound:
    """The earliest and the latest that a day may be, as SQL."""

    low: str
    high: str

    @property
    def exact(self) -> str:
        """The day where it is known exactly, else null."""
        return f"CASE WHEN ({self.low}) = ({self.high}) THEN {self.low} END"


@dataclass(frozen=True)
class Interval:
    """Two bounds, both days included."""

    start: Bound
    end: Bound

    @property
    def wrong(self) -> str:
        """Whether the interval ends before it starts, whatever its inexact days may be."""
        return f"coalesce(({self.start.low}) > ({self.end.high}), FALSE)"


def bound(builder: Builder, where: Where, source: str, relation: Relation) -> Bound | None:
    """An expression as a bound; None after a fault."""
    compiled = builder.expression(where, source, relation)
    if compiled is None:
        return None
    if compiled.kind not in ("date", "timestamp", "null"):
        builder.fault(where, "wrong_type", "这里需要一个日期", source, "日期")
        return None
    if not _grows(parse_expression(source)):
        return Bound(f"CAST({compiled.sql} AS DATE)", f"CAST({compiled.sql} AS DATE)")
    low, high = (_with_ends(builder, compiled, relation, end) for end in ("from", "to"))
    return Bound(f"CAST({low} AS DATE)", f"CAST({high} AS DATE)")


def interval(builder: Builder, where: Where, span: Span, relation: Relation) -> Interval | None:
    """A span as an interval; None after a fault."""
    start = bound(builder, (*where, "from"), span.from_, relation)
    end = bound(builder, (*where, "to"), span.to, relation)
    if start is None or end is None:
        return None
    if span.open_end:
        end = Bound(f"coalesce({end.low}, {NEVER})", f"coalesce({end.high}, {NEVER})")
    return Interval(start, end)


def _grows(tree: exp.Expr) -> bool:
    """Whether a later column can only make the day later, so that its ends give the ends of the whole."""
    if isinstance(tree, exp.Paren):
        return _grows(tree.this)
    if isinstance(tree, exp.Column):
        return True
    if isinstance(tree, exp.Add | exp.Sub):
        moved = tree.expression
        return _grows(tree.this) and isinstance(moved, exp.Anonymous) and not _fields(moved)
    if isinstance(tree, exp.Coalesce):
        return _grows(tree.this) and all(_grows(item) for item in tree.expressions)
    return False


def _fields(tree: exp.Expr) -> bool:
    return any(node.parts[0].name != "param" for node in tree.find_all(exp.Column))


def _with_ends(builder: Builder, compiled: Compiled, relation: Relation, end: str) -> str:
    ends: dict[str, Column] = {}
    for name in compiled.columns:
        side = relation.columns.get(f"{name}__{end}")
        if side is not None:
            builder.use(side)
            ends[name] = side

    def widened(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and node.name in ends:
            return exp.func(
                "COALESCE", node.copy(), exp.column(exp.to_identifier(ends[node.name].name, quoted=True))
            )
        return node

    return compiled.tree.transform(widened).sql(dialect="duckdb")


def at_most(left: Bound, right: Bound) -> str:
    """SQL: whether one day is no later than another; null where it cannot be known."""
    return f"(CASE WHEN ({left.high}) <= ({right.low}) THEN TRUE WHEN ({left.low}) > ({right.high}) THEN FALSE END)"


def moved(day: Bound, days: str) -> Bound:
    """So many natural days later."""
    return Bound(f"({day.low}) + CAST({days} AS INTEGER)", f"({day.high}) + CAST({days} AS INTEGER)")


def looked_up(day: Bound, table: str, least: str, *, forward: bool) -> Bound:
    """The due days of ``table`` (``d``, ``due``) for a day. Where the table does not reach, only the natural days that
    must pass at the very least are known.
    """

    def due(end: str) -> str:
        return f"(SELECT due FROM {quoted(table)} WHERE d = ({end}))"

    if forward:
        return Bound(f"coalesce({due(day.low)}, ({day.low}) + CAST({least} AS INTEGER))", due(day.high))
    return Bound(due(day.low), f"coalesce({due(day.high)}, ({day.high}) - CAST({least} AS INTEGER))")
