"""From the SQL that the compiler writes (DuckDB's) to Spark's, by an allow-list of functions.

Each function of ``SAME`` and ``REWRITTEN`` stands under a parity test that runs it on both engines; any other is
refused, so that no plan can mean something else on Spark.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from sqlglot import exp, parse_one

from shujian.kernel.errors import BadInput, Fault

SAME = frozenset(
    {
        "abs", "and", "arg_max", "arg_min", "asin", "bitwise_or_agg", "case", "cast", "chr", "coalesce", "concat", "contains", "count",
        "cos", "ends_with", "exists", "explode", "floor", "greatest", "if", "least", "left", "length", "logical_and",
        "logical_or", "lower", "max", "min", "month", "not", "nullif", "or", "power", "quarter", "radians", "rank", "regexp_like",
        "replace", "round", "row_number", "sin", "sqrt", "starts_with", "struct", "substring", "sum", "timestamp_trunc", "date_trunc",
        "translate", "trim", "upper", "year",
    }
)  # fmt: skip
"""Functions (SQLGlot's names, lower case) that mean the same on both engines as SQLGlot writes them."""


@lru_cache(maxsize=2048)
def translate(sql: str) -> str:
    """Spark SQL of the same meaning. Raises BadInput where the query uses what no parity test covers.

    The last answers are kept: a plan's statements come again with every proof.
    """
    return spark_sql(parse_one(sql, dialect="duckdb"))


def spark_sql(tree: exp.Expr) -> str:
    """Spark SQL of a parsed query; the tree is not changed."""
    made = tree.copy()
    for node in reversed(
        list(made.bfs())
    ):  # from the leaves up: what a rewriting moves has been rewritten already
        new = _rewritten(node)
        if new is not node and node is made:
            made = new
        elif new is not node:
            node.replace(new)
    for node in made.find_all(exp.Func):
        name = _name(node)
        if name not in SAME and name not in REWRITTEN and name not in MADE:
            raise BadInput(
                Fault(
                    code="no_parity", message="这个函数没有经过两个引擎一致的检验，Spark 上不运行",
                    found=name, expected="、".join(sorted(SAME | set(REWRITTEN))),
                )
            )  # fmt: skip
    return str(made.sql(dialect="spark"))


def _name(node: exp.Func) -> str:
    return (node.name if isinstance(node, exp.Anonymous) else node.sql_name()).lower()


def _call(name: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=name, expressions=list(arguments))


def _range(node: exp.Expr) -> exp.Expr:
    """DuckDB's range ends before its end and may be empty; Spark's sequence holds its end and would count down."""
    told = [each for name in ("start", "end") if isinstance(each := node.args.get(name), exp.Expr)]
    step = node.args.get("step")
    if step is not None:  # days of a calendar, never empty
        return _call("sequence", told[0], exp.Sub(this=told[1], expression=exp.Literal.number(1)), step)
    first, bound = told if len(told) == 2 else (exp.Literal.number(0), told[0])
    start, end = exp.cast(exp.paren(first), "BIGINT"), exp.cast(exp.paren(bound), "BIGINT")
    last = exp.Sub(this=end.copy(), expression=exp.Literal.number(1))
    filled = _call("sequence", start, last)
    empty = exp.cast(_call("array"), "ARRAY<BIGINT>")
    return exp.Case(
        ifs=[
            exp.If(this=exp.GT(this=end.copy(), expression=start.copy()), true=filled),
            exp.If(this=exp.LTE(this=end.copy(), expression=start.copy()), true=empty),
        ]
    )


def _regexp_extract(node: exp.Expr) -> exp.Expr:
    group = node.args.get("group") or exp.Literal.number(0)
    return _call("regexp_extract", node.this, node.expression, group)


def _day_of_week(node: exp.Expr) -> exp.Expr:
    """Sunday is 0 on DuckDB, 1 on Spark."""
    return exp.paren(exp.Sub(this=_call("dayofweek", node.this), expression=exp.Literal.number(1)))


def _day_read(node: exp.Expr) -> exp.Expr:
    """The day of birth out of a number; a day that no calendar has is null on both engines."""
    text, form = node.expressions
    if form.name != "%Y%m%d":
        raise BadInput(
            Fault(code="no_parity", message="这种日期写法没有经过两个引擎一致的检验", found=form.name)
        )
    return _call("try_to_timestamp", text, exp.Literal.string("yyyyMMdd"))


def _array_agg(node: exp.Expr) -> exp.Expr:
    if node.find(exp.Order) is not None:
        raise BadInput(
            Fault(code="no_parity", message="Spark 的列表没有次序", found=node.sql(dialect="duckdb")[:80])
        )
    return node


def _string_agg(node: exp.Expr) -> exp.Expr:
    """Distinct values in their own order. Spark's planner fails at its LISTAGG of these beside another DISTINCT."""
    order = node.this
    if not isinstance(order, exp.Order) or not isinstance(order.this, exp.Distinct):
        return node
    (value,), (by,) = order.this.expressions, order.expressions
    if by.this != value or by.args.get("desc"):
        raise BadInput(
            Fault(
                code="no_parity", message="不重复的列表只按自己的次序", found=node.sql(dialect="duckdb")[:80]
            )
        )
    joined = _call("array_join", _call("array_sort", _call("collect_set", value)), node.args["separator"])
    some = exp.GT(this=exp.Count(this=value.copy()), expression=exp.Literal.number(0))
    return exp.Case(ifs=[exp.If(this=some, true=joined)])


REWRITTEN: Mapping[str, Callable[[exp.Expr], exp.Expr]] = {
    "generate_series": _range,
    "regexp_extract": _regexp_extract,
    "day_of_week": _day_of_week,
    "try_strptime": _day_read,
    "array_agg": _array_agg,
    "group_concat": _string_agg,
}
MADE = frozenset(
    {
        "add_months", "array", "array_append", "array_contains", "array_join", "array_sort", "collect_set", "datediff", "dayofweek",
        "sequence", "transform", "try_to_timestamp",
    }
)  # fmt: skip
"""Functions of Spark that rewriting leaves behind, or SQLGlot's names of what it writes for itself."""


def _rewritten(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.CTE):
        node.set("materialized", None)
    if isinstance(node, exp.Func):
        make = REWRITTEN.get(_name(node))
        if make is not None:
            return make(node)
    if (
        isinstance(node, exp.Cast)
        and node.to.is_type(*exp.DataType.INTEGER_TYPES)
        and _may_be_decimal(node.this)
    ):
        # DuckDB rounds a decimal that becomes a whole number, Spark cuts it off.
        return exp.cast(exp.Round(this=node.this, decimals=exp.Literal.number(0)), node.to)
    if isinstance(node, exp.Sub) and _is_date(node.expression):
        return _call("datediff", node.this, node.expression)
    if isinstance(node, exp.Add | exp.Sub) and isinstance(node.expression, exp.Interval):
        return _months(node, node.expression)
    return node


def _may_be_decimal(node: exp.Expr) -> bool:
    """Whether the inside of a cast may be a decimal: not where it is a constant, a count or a length."""
    while isinstance(node, exp.Paren):
        node = node.this
    whole = exp.Literal | exp.Null | exp.Count | exp.Length | exp.Greatest | exp.Round | exp.Sum | exp.Neg
    return not isinstance(node, whole)


def _months(node: exp.Add | exp.Sub, step: exp.Interval) -> exp.Expr:
    """Both engines keep to the last day of a shorter month."""
    if str(step.args["unit"]).upper() not in ("MONTH", "MONTHS"):
        raise BadInput(
            Fault(code="no_parity", message="这种日期加减没有经过两个引擎一致的检验", found=step.sql())
        )
    count = exp.cast(step.this, "INT")
    return _call("add_months", node.this, exp.Neg(this=count) if isinstance(node, exp.Sub) else count)


def _is_date(node: exp.Expr) -> bool:
    """Whether a subtrahend is a day: the compiler writes it as a cast to DATE, or as the column ``_d`` that it made by
    one. Spark would make an interval of it.
    """
    while isinstance(node, exp.Paren):
        node = node.this
    return (isinstance(node, exp.Cast) and node.to.is_type("date")) or (
        isinstance(node, exp.Column) and node.name == "_d"
    )
