"""Expressions of the model language: a parsed subset of SQL scalars, by allow-list (DESIGN §5).

``compile_expression`` takes the text of a ``where``, ``when`` or ``add`` and answers a SQLGlot tree in the
DuckDB dialect, its kind, and the columns it reads. Anything not on the list is a fault, never executed.
Null is a third answer: comparisons with null stay null, and the steps count such rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from shujian.supervision.functions.scalar import FUNCTIONS, Scalar
from shujian.supervision.scope import KINDS, ExpressionError, Scope, literal


@dataclass
class Compiled:
    """A checked expression: its tree, its kind, the columns it reads, bare numbers it holds."""

    tree: exp.Expr
    kind: str
    columns: set[str] = field(default_factory=set)
    numbers: list[str] = field(default_factory=list)

    @cached_property
    def sql(self) -> str:
        """DuckDB SQL, column names unqualified and quoted."""
        return self.tree.sql(dialect="duckdb")


_COMPARE = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)
_ARITHMETIC: Mapping[type[exp.Expr], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/"}
AGGREGATES = {"count", "sum", "min", "max", "total"}


@lru_cache(maxsize=4096)
def parse_expression(text: str) -> exp.Expr:
    """Parse one expression; raises ExpressionError for bad syntax."""
    try:
        return parse_one(text, dialect="duckdb")
    except SqlglotError as error:
        detail: dict[str, Any] = next(iter(getattr(error, "errors", None) or []), {})
        near = str(detail.get("highlight") or text)[:60]
        raise ExpressionError(
            "bad_expression", "表达式语法错误", found=near, expected="如 金额 > 100"
        ) from None
    except RecursionError:
        raise ExpressionError(
            "bad_expression", "表达式括号套得太深", found=text[:60], expected="分成几步来写"
        ) from None


def conjuncts(tree: exp.Expr) -> list[exp.Expr]:
    """The parts of a condition that are joined by ``and``."""
    if isinstance(tree, exp.Paren):
        return conjuncts(tree.this)
    if isinstance(tree, exp.And):
        return [*conjuncts(tree.this), *conjuncts(tree.expression)]
    return [tree]


def compile_expression(text: str, scope: Scope, *, want: str | None = None) -> Compiled:
    """Check and compile ``text``. Raises ExpressionError; ``want`` asks for a kind, e.g. ``bool``."""
    compiled = compile_tree(parse_expression(text), scope)
    if want and compiled.kind not in (want, "null"):
        raise ExpressionError(
            "wrong_type", "表达式的类型不对", found=KINDS[compiled.kind], expected=KINDS[want]
        )
    return compiled


def compile_tree(tree: exp.Expr, scope: Scope) -> Compiled:
    """Check and compile a parsed tree."""
    walker = _Walker(scope)
    made, kind = walker.walk(tree)
    return Compiled(tree=made, kind=kind, columns=walker.columns, numbers=walker.numbers)


class _Walker:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.columns: set[str] = set()
        self.numbers: list[str] = []

    def walk(self, node: exp.Expr) -> tuple[exp.Expr, str]:
        for kinds, handler in _HANDLERS:
            if isinstance(node, kinds):
                made, kind = handler(self, node)
                return made, str(kind)
        name = type(node).__name__ if not isinstance(node, exp.Anonymous) else str(node.this)
        raise ExpressionError(
            "not_allowed",
            "表达式里用了不允许的写法",
            found=f"{name}：{node.sql()[:60]}",
            expected="比较、四则运算、and/or/not、in、between、like、case 及允许的函数",
        )

    def paren(self, node: exp.Paren) -> tuple[exp.Expr, str]:
        made, kind = self.walk(node.this)
        return exp.Paren(this=made), kind

    def logic(self, node: exp.And | exp.Or) -> tuple[exp.Expr, str]:
        return type(node)(this=self._bool(node.this), expression=self._bool(node.expression)), "bool"

    def negate(self, node: exp.Not) -> tuple[exp.Expr, str]:
        return exp.Not(this=exp.paren(self._bool(node.this))), "bool"

    def _bool(self, node: exp.Expr) -> exp.Expr:
        made, kind = self.walk(node)
        if kind not in ("bool", "null"):
            raise ExpressionError(
                "wrong_type", "这里需要一个条件", found=f"{KINDS[kind]}：{node.sql()[:60]}", expected="真假"
            )
        return made

    def compare(self, node: exp.Binary) -> tuple[exp.Expr, str]:
        left, right = self.walk(node.this), self.walk(node.expression)
        self._alike(left[1], right[1], node)
        return type(node)(this=left[0], expression=right[0]), "bool"

    def _alike(self, left: str, right: str, node: exp.Expr) -> None:
        family = {"timestamp": "date", "days": "number"}
        if "null" in (left, right):
            return
        if family.get(left, left) != family.get(right, right):
            raise ExpressionError(
                "wrong_type",
                "两边的类型不能比较",
                found=f"{KINDS[left]} 与 {KINDS[right]}：{node.sql()[:60]}",
                expected="同一类型",
            )

    def arithmetic(self, node: exp.Binary) -> tuple[exp.Expr, str]:
        (left, left_kind), (right, right_kind) = self.walk(node.this), self.walk(node.expression)
        sign = type(node)
        if left_kind == "timestamp" and isinstance(node, exp.Add | exp.Sub):
            left, left_kind = exp.cast(left, "DATE"), "date"
        if left_kind == "date" and isinstance(node, exp.Add | exp.Sub):
            return self._date_arithmetic(sign, left, right, right_kind, node)
        if not {left_kind, right_kind} <= {"number", "null", "days"}:
            raise ExpressionError(
                "wrong_type",
                "只有数字能做四则运算；日期加减用 days(n) 或 months(n)",
                found=f"{KINDS[left_kind]} 与 {KINDS[right_kind]}：{node.sql()[:60]}",
                expected="数字",
            )
        if isinstance(node, exp.Div):
            return self._divide(left, right, node), "number"
        return sign(this=left, expression=right), "number"

    def _date_arithmetic(
        self,
        sign: type[exp.Expr],
        left: exp.Expr,
        right: exp.Expr,
        kind: str,
        node: exp.Expr,
    ) -> tuple[exp.Expr, str]:
        if kind == "days":  # DATE ± integer stays a DATE; DATE ± INTERVAL would become a timestamp
            return sign(this=left, expression=exp.cast(exp.paren(right), "INT")), "date"
        if kind == "months":
            step = exp.Interval(this=exp.paren(right), unit=exp.var("MONTH"))
            return exp.cast(sign(this=left, expression=step), "DATE"), "date"
        if kind in ("date", "timestamp") and sign is exp.Sub:
            return exp.paren(sign(this=left, expression=exp.cast(right, "DATE"))), "number"
        raise ExpressionError(
            "wrong_type",
            "日期只能加减 days(n)、months(n) 或另一日期",
            found=f"{KINDS[kind]}：{node.sql()[:60]}",
            expected="days(30)",
        )

    def _divide(self, left: exp.Expr, right: exp.Expr, node: exp.Expr) -> exp.Expr:
        if isinstance(right, exp.Literal) and Decimal(right.name) == 0:
            raise ExpressionError(
                "division_by_zero", "除数为零", found=node.sql()[:60], expected="不为零的除数"
            )
        safe = exp.Nullif(this=exp.cast(right, "DOUBLE"), expression=exp.Literal.number("0"))
        divided = exp.Div(this=exp.cast(left, "DOUBLE"), expression=safe, typed=False, safe=False)
        return exp.cast(exp.Round(this=divided, decimals=exp.Literal.number("6")), "DECIMAL(28, 6)")

    def minus(self, node: exp.Neg) -> tuple[exp.Expr, str]:
        made, kind = self.walk(node.this)
        if kind not in ("number", "days", "months"):
            raise ExpressionError("wrong_type", "负号后面只能是数字", found=node.sql()[:60], expected="数字")
        return exp.Neg(this=made), kind

    def within(self, node: exp.In) -> tuple[exp.Expr, str]:
        if node.args.get("query"):
            raise ExpressionError(
                "not_allowed", "不允许子查询", found=node.sql()[:60], expected="in ('甲', '乙')"
            )
        left, kind = self.walk(node.this)
        items = [self.walk(item) for item in node.expressions]
        for _, item_kind in items:
            self._alike(kind, item_kind, node)
        return exp.In(this=left, expressions=[made for made, _ in items]), "bool"

    def between(self, node: exp.Between) -> tuple[exp.Expr, str]:
        value, low, high = (self.walk(node.args[name]) for name in ("this", "low", "high"))
        self._alike(value[1], low[1], node)
        self._alike(value[1], high[1], node)
        return exp.Between(this=value[0], low=low[0], high=high[0]), "bool"

    def is_null(self, node: exp.Is) -> tuple[exp.Expr, str]:
        left, _ = self.walk(node.this)
        if not isinstance(node.expression, exp.Null | exp.Boolean):
            raise ExpressionError("not_allowed", "is 后面只能是 null、true 或 false", found=node.sql()[:60])
        return exp.Is(this=left, expression=node.expression.copy()), "bool"

    def like(self, node: exp.Like) -> tuple[exp.Expr, str]:
        left, kind = self.walk(node.this)
        if kind not in ("text", "null") or not isinstance(node.expression, exp.Literal):
            raise ExpressionError(
                "wrong_type", "like 只用于文字与常量", found=node.sql()[:60], expected="标题 like '%充电%'"
            )
        return exp.Like(this=left, expression=node.expression.copy()), "bool"

    def case(self, node: exp.Case) -> tuple[exp.Expr, str]:
        if node.this is not None:
            raise ExpressionError("not_allowed", "case 后面直接写 when", found=node.sql()[:60])
        branches, kinds = [], set()
        for branch in node.args["ifs"]:
            condition = self._bool(branch.this)
            value, kind = self.walk(branch.args["true"])
            branches.append(exp.If(this=condition, true=value))
            kinds.add(kind)
        default = None
        if node.args.get("default") is not None:
            default, kind = self.walk(node.args["default"])
            kinds.add(kind)
        return exp.Case(ifs=branches, default=default), self._one_kind(kinds, node)

    def _one_kind(self, kinds: set[str], node: exp.Expr) -> str:
        real = kinds - {"null"}
        if len(real) > 1:
            raise ExpressionError(
                "wrong_type",
                "各分支的类型不一致",
                found="、".join(KINDS[kind] for kind in sorted(real)),
                expected="同一类型",
            )
        return real.pop() if real else "null"

    def constant(self, node: exp.Literal) -> tuple[exp.Expr, str]:
        if node.is_string:
            return node.copy(), "text"
        self.numbers.append(node.name)
        return node.copy(), "number"

    def plain(self, node: exp.Expr) -> tuple[exp.Expr, str]:
        return node.copy(), "null" if isinstance(node, exp.Null) else "bool"

    def date_literal(self, node: exp.Cast) -> tuple[exp.Expr, str]:
        inner = node.this
        if not (isinstance(inner, exp.Literal) and inner.is_string and node.to.is_type("date")):
            raise ExpressionError(
                "not_allowed", "不允许类型转换", found=node.sql()[:60], expected="date '2026-01-01'"
            )
        try:
            return literal(date.fromisoformat(inner.name))
        except ValueError:
            raise ExpressionError("bad_date", "不是日期", found=inner.name, expected="2026-01-01") from None

    def column(self, node: exp.Column) -> tuple[exp.Expr, str]:
        parts = [part.name for part in node.parts]
        if parts[0] == "param":
            return self._parameter(".".join(parts[1:]))
        if parts == ["as_of"]:
            return literal(self.scope.as_of)
        if len(parts) > 2:
            raise ExpressionError("unknown_column", "不认识的列", found=".".join(parts), expected="别名.列")
        found = self.scope.resolve(parts[0] if len(parts) == 2 else None, parts[-1])
        if isinstance(found, str):
            raise ExpressionError("unknown_column", "不认识的列", found=".".join(parts), expected=found)
        if found.sql is not None:
            return exp.paren(parse_one(found.sql, dialect="duckdb")), found.kind
        self.columns.add(found.name)
        return exp.column(exp.to_identifier(found.name, quoted=True)), found.kind

    def _parameter(self, name: str) -> tuple[exp.Expr, str]:
        try:
            value = self.scope.parameter(name)
        except KeyError:
            raise ExpressionError(
                "undeclared_parameter",
                "参数没有在 parameters 中声明",
                found=f"param.{name}",
                expected="在 parameters 里列出它",
            ) from None
        if isinstance(value, dict | list):
            raise ExpressionError(
                "wrong_type", "表格参数只能交给命名函数", found=f"param.{name}", expected="单个值"
            )
        made, kind = literal(value)
        return (exp.paren(made) if isinstance(made, exp.Neg) else made), kind

    def pipe(self, node: exp.DPipe) -> tuple[exp.Expr, str]:
        call = exp.Anonymous(this="concat", expressions=[node.this, node.expression])
        return self.function(call)

    def function(self, node: exp.Expr) -> tuple[exp.Expr, str]:
        name = (node.sql_name() if isinstance(node, exp.Func) else node.name).lower()
        if isinstance(node, exp.Anonymous):
            name = node.name.lower()
        if name == "extract_on":
            return self._extract_on(node)
        scalar: Scalar | None = FUNCTIONS.get(name)
        if scalar is None:
            raise ExpressionError(
                "unknown_function", "不认识的函数", found=f"{name}()", expected="、".join(sorted(FUNCTIONS))
            )
        arguments = [self.walk(item) for item in scalar.arguments(node)]
        kinds = [kind for _, kind in arguments]
        problem = scalar.problem(kinds)
        if problem:
            raise ExpressionError(
                "wrong_type",
                f"函数 {name} 的参数不对",
                found="、".join(KINDS[kind] for kind in kinds) or "没有参数",
                expected=problem,
            )
        return scalar.build([made for made, _ in arguments]), scalar.result(kinds)

    def _extract_on(self, node: exp.Expr) -> tuple[exp.Expr, str]:
        arguments = node.expressions
        alias = arguments[0].name if len(arguments) == 1 else ""
        try:
            value = self.scope.extract_on(alias)
        except KeyError:
            raise ExpressionError(
                "unknown_alias", "extract_on 需要一个数据别名", found=alias or "空", expected="needs 里的别名"
            ) from None
        return (literal(value)[0] if value else exp.cast(exp.null(), "DATE")), "date"


_HANDLERS: tuple[tuple[Any, Any], ...] = (
    (exp.Paren, _Walker.paren),
    ((exp.And, exp.Or), _Walker.logic),
    (exp.Not, _Walker.negate),
    (_COMPARE, _Walker.compare),
    (tuple(_ARITHMETIC), _Walker.arithmetic),
    (exp.Neg, _Walker.minus),
    (exp.In, _Walker.within),
    (exp.Between, _Walker.between),
    (exp.Is, _Walker.is_null),
    (exp.Like, _Walker.like),
    (exp.Case, _Walker.case),
    (exp.DPipe, _Walker.pipe),
    (exp.Literal, _Walker.constant),
    ((exp.Boolean, exp.Null), _Walker.plain),
    (exp.Cast, _Walker.date_literal),
    (exp.Column, _Walker.column),
    (exp.Func, _Walker.function),
)
