"""``rank``: the first rows by a score, of the whole list or of each group.

No row is chosen by chance. Rows that tie on the last place are all kept (``ties: keep``) or all left out (``drop``);
a row whose score or group is missing has no place, and is counted as unknown.
"""

from __future__ import annotations

import re
from dataclasses import replace

from shujian.supervision.builder import Builder, Notes, Statement, rows_of, with_columns
from shujian.supervision.further_forms import RankStep
from shujian.supervision.relation import Relation, quoted
from shujian.supervision.scope import Column

_DIRECTION = re.compile(r"^(.*\S)\s+(asc|desc)$", re.IGNORECASE | re.DOTALL)


def build(step: RankStep, builder: Builder) -> None:
    """Write the places, then the rows whose place is among the first."""
    source = builder.relation(builder.at(step.id, "from"), step.from_)
    if source is None:
        return
    keys, scores = _keys(step, builder, source), _scores(step, builder, source)
    top = None
    if step.top is not None:
        top = builder.expression(
            builder.at(step.id, "top"), str(step.top), Relation("", {}, ()), want="number"
        )
    if not scores or (top is None and step.top is not None):
        return
    added = [Column(f"{step.id}_{part}", "number", "integer") for part in ("place", "of")]
    made = replace(with_columns(source, f"st_{step.id}", added), name=f"st_{step.id}")
    present = " AND ".join(f"({sql}) IS NOT NULL" for sql in [*keys, *(sql for sql, _ in scores)])
    groups = f"PARTITION BY {', '.join(keys)} " if keys else ""
    listed = ", ".join(sql for sql, _ in scores)
    order = ", ".join(f"{sql} {direction}" for sql, direction in scores)
    places = (
        f"rank() OVER ({groups}ORDER BY {order}) AS _place, count(*) OVER ({groups or ''}) AS _of, "
        f"count(*) OVER (PARTITION BY {', '.join([*keys, listed])}) AS _tied"
    )
    table, name = quoted(source.name), made.name
    ranked = f"ranked_{step.id}"
    builder.make(step.id, ranked, f"SELECT {rows_of(source)}, {places} FROM {table} WHERE {present}")
    values = ", ".join(quoted(each) for each in source.columns)
    columns = ", ".join(
        f"{part} AS {quoted(column.name)}" for part, column in zip(("_place", "_of"), added, strict=True)
    )
    refs = ", ".join(quoted(each) for each in source.physical() if each not in source.columns)
    among, notes = "", None
    if top is not None:
        last = "_place" if step.ties == "keep" else "_place + _tied - 1"
        among = f" WHERE {last} <= ({top.sql})"
        edge = f"_place <= ({top.sql}) AND _place + _tied - 1 > ({top.sql})"
        told = "并列在末位的 {n} 行都留下" if step.ties == "keep" else "并列在末位而容纳不下的 {n} 行都不留"
        notes = Notes((told,), f"SELECT count(*) FILTER ({edge}) FROM {quoted(ranked)}")
    builder.finish(
        step.id, made,
        Statement(
            step=step.id, name=name,
            sql=f"SELECT {values}, {columns}, {refs}, _g, _st FROM {quoted(ranked)}{among}",
            unknown=f"SELECT count(*) FROM {table} WHERE NOT ({present})",
            notes=notes,
        ),
    )  # fmt: skip


def _keys(step: RankStep, builder: Builder, source: Relation) -> list[str]:
    keys = []
    for position, name in enumerate(step.keys()):
        alias, _, bare = name.rpartition(".")
        found = source.resolve(alias or None, bare)
        if isinstance(found, str):
            builder.fault(builder.at(step.id, "by", position), "unknown_column", "不认识的列", name, found)
        else:
            keys.append(builder.use(found))
    return keys


def _scores(step: RankStep, builder: Builder, source: Relation) -> list[tuple[str, str]]:
    scores = []
    for position, written in enumerate(step.scores()):
        where = (
            builder.at(step.id, "order", position)
            if isinstance(step.order, list)
            else builder.at(step.id, "order")
        )
        found = _DIRECTION.match(written.strip())
        if found is None:
            builder.fault(
                where, "no_direction", "须写明从大到小还是从小到大", written, "人数 desc 或 日期 asc"
            )
            continue
        compiled = builder.expression(where, found[1], source)
        if compiled is None:
            continue
        if compiled.kind not in ("number", "date", "timestamp"):
            builder.fault(where, "wrong_type", "只能按数字或日期排序", found[1], "数字或日期")
            continue
        scores.append((f"({compiled.sql})", found[2].upper()))
    return scores
