"""``group``: one row for each value of ``by``, with counts, sums and shares; every member row is kept as evidence.

A group is only as sure as its least sure member. Rows whose key is null belong to no group and are counted
as unknown. ``count(distinct person)`` counts subjects, not rows; ``total(x)`` is the sum of a column over all groups.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sqlglot import exp

from shujian.kernel.yamlfile import Where
from shujian.supervision.builder import Builder, Statement, with_columns
from shujian.supervision.expressions import Compiled, compile_tree, parse_expression
from shujian.supervision.forms import GroupStep
from shujian.supervision.relation import Relation, quoted
from shujian.supervision.scope import Column, ExpressionError
from shujian.supervision.steps.compute import free_name
from shujian.supervision.steps.group_parts import ROWS, Parts, add_part, part_of

_SUGAR = re.compile(r"\bcount\s+distinct\s+([\w.]+)", re.IGNORECASE)
_STRONG = {"person": ("id", "name"), "org": ("uscc", "name"), "place": ("key", "key")}


def build(step: GroupStep, builder: Builder) -> None:
    """Write the aggregation, then a SELECT around it for the shares."""
    source = builder.relation(builder.at(step.id, "from"), step.from_)
    if source is None:
        return
    if source.grouped:
        builder.fault(builder.at(step.id, "from"), "grouped_twice", "不能对分组结果再分组", step.from_)
        return
    keys = _keys(step, builder, source)
    made = Relation(
        name=f"st_{step.id}",
        columns={column.name: column for column in keys},
        aliases=source.aliases,
        grouped=True,
        path=source.path,
    )
    parts = Parts(inner=[quoted(column.name) for column in keys])
    for name, body in step.add.items():
        where = builder.at(step.id, "add", name)
        if not free_name(builder, where, name, made):
            continue
        if not isinstance(body, dict):
            added = [_column(builder, where, name, str(body), source, made, parts.inner, parts.outer)]
        elif (part := part_of(builder, where, body)) is not None:
            added = add_part(builder, where, name, part, source, keys, parts)
        else:
            added = []
        made = with_columns(made, made.name, added)
    _finish(step, builder, source, made, parts, keys)


def _keys(step: GroupStep, builder: Builder, source: Relation) -> list[Column]:
    keys = []
    for position, name in enumerate(step.keys()):
        alias, _, bare = name.rpartition(".")
        found = source.resolve(alias or None, bare)
        if isinstance(found, str):
            builder.fault(builder.at(step.id, "by", position), "unknown_column", "不认识的列", name, found)
            continue
        builder.use(found)
        keys.append(found)
    return keys


def _column(
    builder: Builder,
    where: Where,
    name: str,
    body: str,
    source: Relation,
    made: Relation,
    inner: list[str],
    outer: list[tuple[str, str]],
) -> Column:
    try:
        tree = parse_expression(_SUGAR.sub(r"count(distinct \1)", body))
        if isinstance(tree, exp.AggFunc):
            sql, column = _aggregate(builder, tree, name, source)
            inner.append(f"{sql} AS {quoted(name)}")
            return column
        compiled = _over_groups(builder, tree, made)
    except ExpressionError as error:
        builder.fault(where, error.code, error.message, error.found, error.expected)
        return Column(name, "null")
    outer.append((name, compiled.sql))
    return Column(name, compiled.kind)


def _aggregate(builder: Builder, tree: exp.AggFunc, name: str, source: Relation) -> tuple[str, Column]:
    if isinstance(tree, exp.Count):
        return _count(builder, tree, source), Column(name, "number", "integer")
    known: dict[type[exp.Expr], str] = {exp.Sum: "sum", exp.Min: "min", exp.Max: "max"}
    function = known.get(type(tree))
    if function is None:
        raise ExpressionError(
            "unknown_function", "不认识的汇总函数", tree.sql()[:40], "count、sum、min、max、total"
        )
    inner = compile_tree(tree.this, builder.scope(source))
    if function == "sum" and inner.kind not in ("number", "null"):
        raise ExpressionError("wrong_type", "sum 只能用于数字", tree.sql()[:40], "数字列")
    semantic = next((source.columns[each].semantic for each in inner.columns if each in source.columns), None)
    sql = f"{function}({inner.sql})"
    if function == "sum":
        sql = f"CAST({sql} AS {'BIGINT' if semantic == 'integer' else 'DECIMAL(38, 2)'})"
    return sql, Column(name, inner.kind, semantic)


def _count(builder: Builder, tree: exp.Count, source: Relation) -> str:
    target = tree.this
    if isinstance(target, exp.Star) or target is None:
        return "count(*)"
    if isinstance(target, exp.Distinct):
        items = target.expressions
        if len(items) != 1:
            raise ExpressionError("not_allowed", "count(distinct …) 只能有一列", tree.sql()[:40])
        bare = items[0].name if isinstance(items[0], exp.Column) and not items[0].table else ""
        if bare in _STRONG and not isinstance(source.resolve(None, bare), Column):
            return f"count(DISTINCT {subject_sql(builder, source, bare)})"
        return f"count(DISTINCT {compile_tree(items[0], builder.scope(source)).sql})"
    return f"count({compile_tree(target, builder.scope(source)).sql})"


def subject_sql(
    builder: Builder, source: Relation, kind: str, alias: str | None = None, subject: str | None = None
) -> str:
    """SQL for a row's subject: its valid number; else its name with birth and source row, never the name alone."""
    choices = [(*key, each) for key, each in source.made.items()]
    choices += [
        (holder, each, form.kind)
        for holder in source.aliases
        for each, form in builder.contracts[holder].subjects.items()
    ]
    for holder, each, found in choices:
        if found != kind or (alias and holder != alias) or (subject and each != subject):
            continue
        strong, weak = _STRONG[kind]
        parts = {
            part: builder.use(source.columns[f"{holder}.{each}__{part}"])
            for part in {strong, weak}
            if f"{holder}.{each}__{part}" in source.columns
        }
        refs = [holder] if holder in source.aliases else source.aliases
        resolved = source.columns.get(f"{holder}.{each}__key") if kind != "place" else None
        ref = ", ".join(quoted(f"{name}._row") for name in refs)
        ref = ref if len(refs) == 1 else f"coalesce({ref})"
        if (
            resolved is not None and holder not in source.aliases
        ):  # a step put the rows of one subject together
            return f"coalesce({builder.use(resolved)}, {ref})"
        if len(parts) < len({strong, weak}):
            return ref
        if kind == "place":
            return parts[strong]
        return f"coalesce({parts[strong]}, {parts[weak]} || '|' || {ref}, {ref})"
    raise ExpressionError("unknown_key", "这里没有这种主体", kind, "、".join(source.aliases))


def _over_groups(builder: Builder, tree: exp.Expr, made: Relation) -> Compiled:
    totals: dict[str, exp.Expr] = {}

    def lift(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Anonymous) and str(node.this).lower() == "total":
            inner = (
                compile_tree(node.expressions[0], builder.scope(made)) if len(node.expressions) == 1 else None
            )
            if inner is None or inner.kind != "number":
                raise ExpressionError("wrong_type", "total 需要一个数字列", node.sql()[:40], "total(人数)")
            key = f"_total{len(totals)}"
            totals[key] = exp.cast(exp.Window(this=exp.Sum(this=inner.tree)), "DECIMAL(38, 2)")
            return exp.column(exp.to_identifier(key, quoted=True))
        return node

    lifted = tree.transform(lift)
    if not totals:
        return compile_tree(lifted, builder.scope(made))
    seen = replace(made, columns={**made.columns, **{key: Column(key, "number") for key in totals}})
    compiled = compile_tree(lifted, builder.scope(seen))
    compiled.tree = compiled.tree.transform(
        lambda node: (
            totals[node.name].copy() if isinstance(node, exp.Column) and node.name in totals else node
        )
    )
    return compiled


def _finish(
    step: GroupStep, builder: Builder, source: Relation, made: Relation, parts: Parts, keys: list[Column]
) -> None:
    named = ", ".join(quoted(column.name) for column in keys) or "1"
    rows = ", ".join(
        f"list_sort(list(DISTINCT {quoted(alias + '._row')})) AS {quoted(alias + '._rows')}"
        for alias in source.aliases
    )
    present = " AND ".join(f"{quoted(column.name)} IS NOT NULL" for column in keys) or "TRUE"
    table = quoted(source.name)
    listed = table
    for select in parts.rows:
        listed = f"({select.replace(ROWS, listed)})"
    sql = f"SELECT {', '.join([*parts.inner, rows])}, max(_g) AS _g, max(_st) AS _st FROM {listed} WHERE {present} GROUP BY {named}"
    for name, body in parts.outer:
        sql = f"SELECT *, {body} AS {quoted(name)} FROM ({sql})"
    order = ", ".join(quoted(name) for name in [*made.physical(), "_g", "_st"])
    unknown = f"SELECT count(*) FROM {table} WHERE NOT ({present})"
    statement = Statement(step=step.id, name=made.name, sql=f"SELECT {order} FROM ({sql})", unknown=unknown)
    builder.finish(step.id, made, statement)


__all__ = ["build", "subject_sql"]
