"""Scalar functions that an expression may call. Each is written once, as a SQLGlot tree.

A null argument gives null (``coalesce``, ``nullif`` and ``if`` excepted), also for ``least`` and ``greatest``,
where SQL engines would quietly drop it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

Tree = exp.Expr
Build = Callable[[list[Tree]], Tree]


@dataclass(frozen=True)
class Scalar:
    """One function: the kinds it takes, what it gives, how it is written, a word of help."""

    takes: tuple[str, ...]
    gives: str
    build: Build
    help: str
    least: int | None = None
    most: int | None = None

    def arguments(self, node: Tree) -> list[Tree]:
        """The argument trees of a parsed call, in the order they were written."""
        if isinstance(node, exp.Anonymous):
            return list(node.expressions)
        found: list[Tree] = []
        for name in node.arg_types:
            value = node.args.get(name)
            if isinstance(value, list):
                found += [item for item in value if isinstance(item, exp.Expr)]
            elif isinstance(value, exp.Expr):
                found.append(value)
        return found

    def problem(self, kinds: Sequence[str]) -> str | None:
        """What is wrong with arguments of these kinds, as what was expected; None when fine."""
        least = len(self.takes) if self.least is None else self.least
        most = len(self.takes) if self.most is None else self.most
        if not least <= len(kinds) <= most:
            return self.help
        for position, kind in enumerate(kinds):
            wanted = self.takes[min(position, len(self.takes) - 1)]
            if kind != "null" and wanted not in ("any", kind) and {wanted, kind} != {"date", "timestamp"}:
                return self.help
        return None

    def result(self, kinds: Sequence[str]) -> str:
        """The kind of the answer; ``same`` means the first kind that is not null."""
        if self.gives != "same":
            return self.gives
        candidates = kinds[1:] if self.takes[0] == "bool" else kinds
        return next((kind for kind in candidates if kind != "null"), "null")


def _call(name: str) -> Build:
    return lambda arguments: exp.func(name, *arguments, dialect="duckdb")


def _whole(name: str) -> Build:
    """A function whose further arguments are counts: a column of decimals is rounded to whole numbers for it."""

    def build(arguments: list[Tree]) -> Tree:
        counts = [each if isinstance(each, exp.Literal) else exp.cast(each, "INT") for each in arguments[1:]]
        return exp.func(name, arguments[0], *counts, dialect="duckdb")

    return build


def _strict_extreme(name: str) -> Build:
    def build(arguments: list[Tree]) -> Tree:
        missing = exp.or_(*(exp.Is(this=item.copy(), expression=exp.null()) for item in arguments))
        return exp.Case(
            ifs=[exp.If(this=missing, true=exp.null())], default=exp.func(name, *arguments, dialect="duckdb")
        )

    return build


def _as_date(tree: Tree) -> Tree:
    return exp.cast(tree, "DATE")


def _quarter_start(arguments: list[Tree]) -> Tree:
    return _as_date(
        exp.func("DATE_TRUNC", exp.Literal.string("quarter"), _as_date(arguments[0]), dialect="duckdb")
    )


def _quarter_end(arguments: list[Tree]) -> Tree:
    quarter = exp.Interval(this=exp.Literal.number("3"), unit=exp.var("MONTH"))
    nxt = _as_date(exp.Add(this=_quarter_start(arguments), expression=quarter))
    return exp.Sub(this=nxt, expression=exp.Literal.number("1"))


def _join(arguments: list[Tree]) -> Tree:
    tree = arguments[0]
    for item in arguments[1:]:
        tree = exp.DPipe(this=tree, expression=item, safe=True)
    return exp.paren(tree)


def _days_between(arguments: list[Tree]) -> Tree:
    return exp.paren(exp.Sub(this=_as_date(arguments[1]), expression=_as_date(arguments[0])))


def _itself(arguments: list[Tree]) -> Tree:
    return arguments[0]


def _of_age(arguments: list[Tree]) -> Tree:
    # The rule of matching.normalise.ages: the birthday itself is still under age.
    full = exp.Interval(this=exp.paren(arguments[2]), unit=exp.var("MONTH"))
    day = _as_date(exp.Add(this=_as_date(arguments[0]), expression=full))
    return exp.paren(exp.GT(this=_as_date(arguments[1]), expression=day))


def _if(arguments: list[Tree]) -> Tree:
    return exp.Case(ifs=[exp.If(this=arguments[0], true=arguments[1])], default=arguments[2])


FUNCTIONS: Mapping[str, Scalar] = {
    "coalesce": Scalar(("any",), "same", _call("COALESCE"), "coalesce(甲, 乙, …)：第一个非空值", 1, 20),
    "nullif": Scalar(("any", "any"), "same", _call("NULLIF"), "nullif(甲, 乙)：相等则为空"),
    "if": Scalar(("bool", "any", "any"), "same", _if, "if(条件, 甲, 乙)"),
    "abs": Scalar(("number",), "number", _call("ABS"), "abs(数字)"),
    "round": Scalar(("number", "number"), "number", _whole("ROUND"), "round(数字, 位数)", 1, 2),
    "least": Scalar(("any",), "same", _strict_extreme("LEAST"), "least(甲, 乙, …)：有空则为空", 2, 20),
    "greatest": Scalar(
        ("any",), "same", _strict_extreme("GREATEST"), "greatest(甲, 乙, …)：有空则为空", 2, 20
    ),
    "length": Scalar(("text",), "number", _call("LENGTH"), "length(文字)：字符数"),
    "lower": Scalar(("text",), "text", _call("LOWER"), "lower(文字)"),
    "upper": Scalar(("text",), "text", _call("UPPER"), "upper(文字)"),
    "trim": Scalar(("text",), "text", _call("TRIM"), "trim(文字)"),
    "substring": Scalar(
        ("text", "number", "number"), "text", _whole("SUBSTRING"), "substr(文字, 起, 长)", 2, 3
    ),
    "concat": Scalar(("text",), "text", _join, "concat(文字, 文字, …)", 1, 20),
    "contains": Scalar(("text", "text"), "bool", _call("CONTAINS"), "contains(文字, 词)"),
    "starts_with": Scalar(("text", "text"), "bool", _call("STARTS_WITH"), "starts_with(文字, 开头)"),
    "ends_with": Scalar(("text", "text"), "bool", _call("ENDS_WITH"), "ends_with(文字, 结尾)"),
    "days": Scalar(("number",), "days", _itself, "days(天数)"),
    "months": Scalar(("number",), "months", _itself, "months(月数)"),
    "year": Scalar(("date",), "number", _call("YEAR"), "year(日期)"),
    "month": Scalar(("date",), "number", _call("MONTH"), "month(日期)"),
    "quarter": Scalar(("date",), "number", _call("QUARTER"), "quarter(日期)"),
    "quarter_start": Scalar(("date",), "date", _quarter_start, "quarter_start(日期)：季度第一天"),
    "quarter_end": Scalar(("date",), "date", _quarter_end, "quarter_end(日期)：季度最后一天"),
    "date_diff_days": Scalar(
        ("date", "date"), "number", _days_between, "date_diff_days(甲, 乙)：乙减甲的天数"
    ),
    "of_age": Scalar(
        ("date", "date", "number"),
        "bool",
        _of_age,
        "of_age(出生日期, 某日, 月数)：某日已满这么多个月的周岁（从生日次日起算）",
    ),
}
