"""Conditions in Chinese words: columns by their titles, parameters by their values, operators as one would say them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlglot import exp

from shujian.supervision.relation import Relation

_COMPARE: dict[type[exp.Expr], str] = {
    exp.EQ: "等于",
    exp.NEQ: "不等于",
    exp.LT: "小于",
    exp.LTE: "不大于",
    exp.GT: "大于",
    exp.GTE: "不小于",
}
_DATES: dict[type[exp.Expr], str] = {
    exp.EQ: "同",
    exp.NEQ: "不同于",
    exp.LT: "早于",
    exp.LTE: "不晚于",
    exp.GT: "晚于",
    exp.GTE: "不早于",
}
_SIGNS: dict[type[exp.Expr], str] = {exp.Add: "加", exp.Sub: "减", exp.Mul: "乘", exp.Div: "除以"}


def say_condition(tree: exp.Expr, relation: Relation, parameters: Mapping[str, Any], as_of: date) -> str:
    """One condition of a model in words; parts that have no wording stay as written."""
    return _Speaker(relation, parameters, as_of).say(tree)


class _Speaker:
    def __init__(self, relation: Relation, parameters: Mapping[str, Any], as_of: date) -> None:
        self.relation, self.parameters, self.as_of = relation, parameters, as_of

    def say(self, node: exp.Expr) -> str:
        if isinstance(node, exp.Paren):
            return self.say(node.this)
        if isinstance(node, exp.And | exp.Or):
            word = "，且" if isinstance(node, exp.And) else "，或"
            return f"{self.say(node.this)}{word}{self.say(node.expression)}"
        if isinstance(node, exp.Not):
            return self._not(node.this)
        if type(node) in _COMPARE:
            words = _DATES if self._dated(node.this) or self._dated(node.expression) else _COMPARE
            return f"{self.say(node.this)}{words[type(node)]}{self.say(node.expression)}"
        if type(node) in _SIGNS:
            return f"{self.say(node.this)}{_SIGNS[type(node)]}{self.say(node.expression)}"
        return self._leaf(node)

    def _not(self, inner: exp.Expr) -> str:
        while isinstance(inner, exp.Paren):
            inner = inner.this
        if isinstance(inner, exp.Is) and isinstance(inner.expression, exp.Null):
            return f"{self.say(inner.this)}不为空"
        if isinstance(inner, exp.In):
            return f"{self.say(inner.this)}不是{'、'.join(self.say(item) for item in inner.expressions)}之一"
        return f"并非（{self.say(inner)}）"

    def _leaf(self, node: exp.Expr) -> str:
        if isinstance(node, exp.Is) and isinstance(node.expression, exp.Null):
            return f"{self.say(node.this)}为空"
        if isinstance(node, exp.In):
            return f"{self.say(node.this)}是{'、'.join(self.say(item) for item in node.expressions)}之一"
        if isinstance(node, exp.Between):
            return f"{self.say(node.this)}在{self.say(node.args['low'])}与{self.say(node.args['high'])}之间"
        if isinstance(node, exp.Column):
            return self._column(node)
        if isinstance(node, exp.Literal):
            return f"“{node.name}”" if node.is_string else node.name
        if isinstance(node, exp.Coalesce):
            return self.say(node.this)
        if isinstance(node, exp.Contains):
            return f"{self.say(node.this)}含{self.say(node.expression)}"
        if isinstance(node, exp.Anonymous):
            return self._function(node)
        return node.sql(dialect="duckdb")

    def _function(self, node: exp.Anonymous) -> str:
        name, said = str(node.this).lower(), "、".join(self.say(item) for item in node.expressions)
        if name in ("days", "months"):
            return f"{said}{'天' if name == 'days' else '个月'}"
        if name == "of_age" and len(node.expressions) == 3:
            birth, day, full = (self.say(item) for item in node.expressions)
            return f"{day}已满{full}个月龄（{birth}，周岁从生日次日起算）"
        if name == "extract_on":
            return f"“{said}”的提取日"
        return node.sql(dialect="duckdb")

    def _column(self, node: exp.Column) -> str:
        parts = [part.name for part in node.parts]
        if parts[0] == "param":
            value = self.parameters.get(".".join(parts[1:]))
            return format(value, "f") if isinstance(value, Decimal) else str(value)
        if parts == ["as_of"]:
            return f"基准日{self.as_of.isoformat()}"
        found = self.relation.resolve(parts[0] if len(parts) == 2 else None, parts[-1])
        return ".".join(parts) if isinstance(found, str) else found.title or found.name

    def _dated(self, node: exp.Expr) -> bool:
        for each in node.find_all(exp.Column):
            parts = [part.name for part in each.parts]
            if parts == ["as_of"]:
                return True
            found = self.relation.resolve(parts[0] if len(parts) == 2 else None, parts[-1])
            if not isinstance(found, str) and found.kind in ("date", "timestamp"):
                return True
        return False
