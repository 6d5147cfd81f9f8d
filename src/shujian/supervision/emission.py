"""What an emit asks of the rows it gets: whose clue, which title, which figures; checked before anything runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from shujian.kernel.yamlfile import Where
from shujian.supervision.builder import Builder
from shujian.supervision.relation import Relation, quoted
from shujian.supervision.scope import Column, ExpressionError
from shujian.supervision.spec import Emit
from shujian.supervision.steps.group import subject_sql
from shujian.supervision.withheld import is_withheld, withheld_fields

PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class EmitPlan:
    """An emit ready to run. ``titled`` maps each placeholder of the title to its column."""

    emit: Emit
    relation: Relation
    kind: str
    sql: str
    named: Column | None
    titled: dict[str, Column]
    evidence: dict[str, list[str]]
    region: Column | None
    act_on: Column | None
    figures: dict[str, Column]


def plan_emit(emit: Emit, position: int, builder: Builder) -> EmitPlan | None:
    """Check one emit and write its query; None after a fault."""
    at: Where = ("emit", position)
    relation = builder.relation((*at, "from"), emit.from_)
    if relation is None:
        return None
    condition = builder.condition((*at, "where"), emit.where, relation) if emit.where else "TRUE"
    titled = {
        name: column
        for name in dict.fromkeys(PLACEHOLDER.findall(emit.title))
        if (column := _column(builder, (*at, "title"), name, relation)) is not None
    }
    figures = {
        name: column
        for index, name in enumerate(emit.figures)
        if (column := _column(builder, (*at, "figures", index), name, relation)) is not None
    }
    region = _column(builder, (*at, "region"), emit.region, relation) if emit.region else None
    act_on = _column(builder, (*at, "act_on"), emit.act_on, relation) if emit.act_on else None
    subject = _subject(builder, (*at, "subject"), emit, relation)
    _evidence(builder, at, emit, relation)
    if subject is None:
        return None
    kind, sql, named = subject
    columns = ", ".join([*(quoted(name) for name in relation.physical()), "_g", "_st"])
    query = (
        f"SELECT {columns}, CAST({sql} AS VARCHAR) AS _subject FROM {quoted(relation.name)} WHERE {condition}"
    )
    return EmitPlan(
        emit=emit,
        relation=relation,
        kind=kind,
        sql=query,
        named=named,
        titled=titled,
        evidence=emit.evidence,
        region=region,
        act_on=act_on,
        figures=figures,
    )


def _column(builder: Builder, where: Where, name: str, relation: Relation) -> Column | None:
    alias, _, bare = name.rpartition(".")
    found = relation.resolve(alias or None, bare)
    if isinstance(found, str):
        builder.fault(where, "unknown_column", "不认识的列", name, found)
        return None
    if found.sql is not None:
        builder.fault(where, "unknown_column", "这里不能用 grade 或 absence", name)
        return None
    if is_withheld(builder.model.spec, builder.contracts, found.name):
        builder.fault(
            where, "withheld", "privacy.withhold 里的字段不能写进线索", name, "换一列，或从 withhold 里去掉"
        )
        return None
    builder.use(found)
    return found


def _subject(
    builder: Builder, where: Where, emit: Emit, relation: Relation
) -> tuple[str, str, Column | None] | None:
    if isinstance(emit.subject, dict):
        if len(emit.subject) != 1:
            builder.fault(
                where, "wrong_type", "subject 只能有一个主体", str(dict(emit.subject)), "{case: 列}"
            )
            return None
        kind, name = next(iter(emit.subject.items()))
        column = _column(builder, where, name, relation)
        return None if column is None else (kind, quoted(column.name), column)
    alias, _, name = emit.subject.rpartition(".")
    if relation.grouped:
        builder.fault(
            where, "wrong_type", "分组之后的主体须写明列", emit.subject, "{agency: 列} 或 {place: 列}"
        )
        return None
    choices: list[tuple[str, str, str]] = [(*key, each) for key, each in relation.made.items()]
    choices += [
        (holder, each, str(form.kind))
        for holder in relation.aliases
        for each, form in builder.contracts[holder].subjects.items()
    ]
    for holder, each, held in choices:
        if (alias and holder != alias) or name not in (each, held):
            continue
        part = "key" if held == "place" else "name"
        shown: Any = relation.columns.get(f"{holder}.{each}__{part}")
        if shown is not None:
            builder.use(shown)
        try:
            return held, subject_sql(builder, relation, held, holder, each), shown
        except ExpressionError as error:
            builder.fault(where, error.code, error.message, error.found, error.expected)
            return None
    told = "、".join(
        f"{holder}.{each}" for holder in relation.aliases for each in builder.contracts[holder].subjects
    )
    builder.fault(where, "unknown_key", "这里没有这个主体", emit.subject, told or "{case: 列}")
    return None


def _evidence(builder: Builder, at: Where, emit: Emit, relation: Relation) -> None:
    for alias, fields in emit.evidence.items():
        contract = builder.contracts.get(alias)
        if contract is None:
            builder.fault(
                (*at, "evidence", alias),
                "unknown_alias",
                "没有这个数据别名",
                alias,
                "、".join(builder.contracts),
            )
            continue
        known = {item.id for item in contract.fields}
        for position, name in enumerate(fields):
            if name in withheld_fields(builder.model.spec):
                builder.fault(
                    (*at, "evidence", alias, position),
                    "withheld",
                    "privacy.withhold 里的字段不能作为证据列",
                    f"{alias}.{name}",
                    "去掉这一列",
                )
            if name not in known and name != "coverage":
                builder.fault(
                    (*at, "evidence", alias, position),
                    "unknown_column",
                    "不认识的列",
                    f"{alias}.{name}",
                    "、".join(sorted(known)),
                )
    if not set(emit.evidence) & set(relation.aliases):
        builder.fault(
            (*at, "evidence"), "no_evidence", "线索须带来源行作为证据", expected="、".join(relation.aliases)
        )
