"""Small changes of an expression, one at a time: comparisons and connectives turned, branches taken away."""

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


_SIGNS: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.Add: exp.Sub,
    exp.Sub: exp.Add,
    exp.Mul: exp.Div,
    exp.Div: exp.Mul,
}


_NOTHING = ("DAYS(0)", "MONTHS(0)")
"""Added or taken away, a day stays what it is: ``days(0)`` is written to make a day of a time."""


def changed_expressions(source: str) -> Iterator[tuple[str, str]]:
    """``flipped_conditions``, and: every side of an ``or`` alone, every branch of a ``case`` gone, every sign turned,
    every stand-in of a ``coalesce`` gone, ``is null`` and ``not`` turned.
    """
    yield from flipped_conditions(source)
    try:
        tree = parse_expression(source)
    except ExpressionError:
        return
    for index, node in enumerate(tree.walk()):
        for told, change in _changes(node):
            copy = tree.copy()
            place = list(copy.walk())[index]
            if place is copy:
                copy = change
            else:
                place.replace(change)
            yield told, copy.sql(dialect="duckdb")


def _changes(node: exp.Expr) -> Iterator[tuple[str, exp.Expr]]:
    said = node.sql(dialect="duckdb")
    if isinstance(node, exp.Or):
        for gone, left in ((node.this, node.expression), (node.expression, node.this)):
            if not isinstance(gone, exp.Or):  # the sides of a longer chain come up by themselves
                yield f"去掉 or 的一支 {gone.sql(dialect='duckdb')}", left.copy()
    elif isinstance(node, exp.Case):
        for place, branch in enumerate(node.args["ifs"]):
            changed = node.copy()
            left = [each for number, each in enumerate(changed.args["ifs"]) if number != place]
            told = f"去掉 case 的一支 {branch.this.sql(dialect='duckdb')}"
            if left:
                changed.set("ifs", left)
                yield told, changed
            else:
                yield told, node.args["default"].copy() if node.args.get("default") else exp.null()
    elif type(node) in _SIGNS and node.expression.sql(dialect="duckdb") not in _NOTHING:
        turned = _SIGNS[type(node)](this=node.this.copy(), expression=node.expression.copy())
        yield f"{said} 改为 {turned.sql(dialect='duckdb')}", turned
    elif isinstance(node, exp.Coalesce):
        for place, gone in enumerate(node.expressions):
            fewer = node.copy()
            fewer.set(
                "expressions", [each for number, each in enumerate(fewer.expressions) if number != place]
            )
            told = f"{said} 去掉替补 {gone.sql(dialect='duckdb')}"
            yield told, fewer if fewer.expressions else node.this.copy()
    elif isinstance(node, exp.Is):
        if not isinstance(node.parent, exp.Not):
            yield f"{said} 反过来", exp.Not(this=exp.paren(node.copy()))
    elif isinstance(node, exp.Not):
        yield f"{said} 去掉 not", node.this.copy()
