"""``compute``: add columns by expressions, or by a named function of the law such as the environmental tax."""

from __future__ import annotations

from dataclasses import replace

from shujian.supervision.builder import Builder, Call, Statement, rows_of, with_columns
from shujian.supervision.forms import ComputeStep, NamedCall
from shujian.supervision.functions.named import NAMED
from shujian.supervision.relation import Relation, quoted
from shujian.supervision.scope import Column


def build(step: ComputeStep, builder: Builder) -> None:
    """Write one nested SELECT a column, so that a later column may name an earlier one."""
    source = builder.relation(builder.at(step.id, "from"), step.from_)
    if source is None:
        return
    if not step.add and step.call is None:
        builder.fault(
            builder.at(step.id), "nothing_to_do", "compute 没有 add 也没有 call", expected="add: {列: 表达式}"
        )
    sql, made = f"SELECT {rows_of(source)} FROM {quoted(source.name)}", source
    for name, body in step.add.items():
        where = builder.at(step.id, "add", name)
        if not free_name(builder, where, name, made):
            continue
        compiled = builder.expression(where, body, made)
        if compiled is None:
            made = with_columns(made, made.name, [Column(name, "null")])
            continue
        sql = f"SELECT {rows_of(made)}, {compiled.sql} AS {quoted(name)} FROM ({sql})"
        made = with_columns(made, made.name, [Column(name, compiled.kind, _semantic(compiled.columns, made))])
    name = f"st_{step.id}"
    if step.call is None:
        builder.finish(step.id, replace(made, name=name), Statement(step=step.id, name=name, sql=sql))
        return
    _build_call(step, step.call, builder, made, sql)


def _semantic(columns: set[str], source: Relation) -> str | None:
    # A name or an id that passes through coalesce is still a name or an id, and must be masked.
    types = {source.columns[name].semantic for name in columns if name in source.columns}
    return next((kind for kind in ("id_card", "person_name", "phone") if kind in types), None)


def free_name(builder: Builder, where: tuple[str | int, ...], name: str, source: Relation) -> bool:
    """Whether a new column may have this name; a fault where it may not."""
    if (
        name.isidentifier()
        and not name.startswith("_")
        and name not in (*source.columns, "grade", "absence", "as_of", "param")
    ):
        return True
    builder.fault(
        where, "bad_column_name", "列名已被占用或不合规定", name, "字母、汉字、数字和下划线，不与已有列重名"
    )
    return False


def _build_call(step: ComputeStep, call: NamedCall, builder: Builder, source: Relation, sql: str) -> None:
    function = NAMED.get(call.function)
    at = builder.at(step.id, "call")
    if function is None:
        builder.fault(
            (*at, "function"), "unknown_function", "没有这个命名函数", call.function, "、".join(sorted(NAMED))
        )
        return
    arguments = {}
    for name, body in call.args.items():
        if name not in function.takes:
            builder.fault(
                (*at, "args", name),
                "unknown_argument",
                "命名函数没有这个参数",
                name,
                "、".join(function.takes),
            )
            continue
        compiled = builder.expression((*at, "args", name), body, source)
        if compiled is not None:
            arguments[name] = compiled.sql
    for name in function.takes:
        if name not in call.args and name not in function.optional:
            builder.fault((*at, "args"), "missing_argument", "命名函数缺少参数", expected=name)
    outputs = {}
    for answer, column in call.outputs().items():
        if answer not in function.gives:
            builder.fault(
                (*at, "into"), "unknown_answer", "命名函数没有这个结果", answer, "、".join(function.gives)
            )
        elif free_name(builder, (*at, "into"), column, source):
            outputs[answer] = column
    added = [Column(column, function.gives[answer]) for answer, column in outputs.items()]
    # Parameters that a named function reads count as read by the model; they are kept with the run.
    values = {}
    for name in function.parameters:
        builder.read_parameters.add(name)
        values[name] = builder.lookup(name)
    name = f"st_{step.id}"
    builder.finish(
        step.id,
        replace(with_columns(source, name, added), name=name),
        Statement(
            step=step.id,
            name=name,
            sql=sql,
            call=Call(call.function, arguments, outputs, values),
        ),
    )
