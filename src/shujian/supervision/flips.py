"""Small changes of a condition: each comparison and each ``and`` or ``or`` turned, one at a time."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from shujian.supervision.expressions import parse_expression
from shujian.supervision.scope import ExpressionError

_FLIPS: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.LT: exp.LTE,
    exp.LTE: exp.LT,
    exp.GT: exp.GTE,
    exp.GTE: exp.GT,
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
    exp.And: exp.Or,
    exp.Or: exp.And,
}


def flipped_conditions(source: str) -> Iterator[tuple[str, str]]:
    """What was changed, and the whole condition with that change; nothing for what does not parse."""
    try:
        tree = parse_expression(source)
    except ExpressionError:
        return
    total = len([node for node in tree.walk() if type(node) in _FLIPS])
    for index in range(total):
        copy = tree.copy()
        node = [each for each in copy.walk() if type(each) in _FLIPS][index]
        flipped = _FLIPS[type(node)](this=node.this.copy(), expression=node.expression.copy())
        before = node.sql(dialect="duckdb")
        if node is copy:
            copy = flipped
        else:
            node.replace(flipped)
        yield f"{before} 改为 {flipped.sql(dialect='duckdb')}", copy.sql(dialect="duckdb")
