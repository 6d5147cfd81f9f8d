"""``screen``: keep the rows whose text holds effective keywords or patterns of them.

The literals themselves were found when the batch landed (or are now, once); this step reads the stored hits.
A hit is cancelled by an excluding word in its reach, or by a negation before it with no punctuation between.
A word or a pattern counts once a row; variants count as their word. A row without any text is counted as unknown.
"""

from __future__ import annotations

from dataclasses import replace

from shujian.supervision.adapting import home_field
from shujian.supervision.builder import Builder, Statement, with_columns
from shujian.supervision.forms import ScreenStep
from shujian.supervision.relation import Relation, quoted
from shujian.supervision.scope import Column
from shujian.supervision.steps.screen_near import near_sql
from shujian.supervision.steps.screen_sql import seen_sql, words_sql


def build(step: ScreenStep, builder: Builder) -> None:
    """Write the tables of hits seen and of hits that count, then the rows that have any, with words, count and score."""
    source = builder.relation(builder.at(step.id, "from"), step.from_)
    if source is None:
        return
    fields = _fields(step, builder, source)
    if not fields:
        return
    shelf = builder.model.keywords[step.keywords]
    least = _least(step, builder)
    near, seen, hits = (f"{part}_{step.id}" for part in ("near", "seen", "words"))
    alias = str(fields[0].alias)
    contract = builder.contracts[alias]
    asked = tuple(str(field.field) for field in fields)
    homes = {name: home for name in asked if (home := home_field(contract, name)) != name}
    scanned = (contract.id, asked, tuple(shelf.scanned()))
    row = f"{alias}._row"
    whole = source.path == ()
    kept = ", ".join(quoted(name) for name in (*source.physical(), "_g", "_st"))
    for name, sql, own in (
        (near, f"{near_sql(shelf, least)} SELECT {kept} FROM {quoted(source.name)} WHERE {quoted(row)} IN "
               "(SELECT _row FROM hopeful)", row),
        (seen, seen_sql(shelf, near, fields), "_row"),
        (hits, words_sql(shelf, seen, near, fields), "_row"),
    ):  # fmt: skip
        builder.statements.append(
            Statement(
                step=step.id, name=name, sql=sql, final=False, words=scanned if "{hits}" in sql else None,
                homes=homes, local=(contract.id, own) if whole else None,
            )
        )  # fmt: skip
    added = [
        Column(f"{step.id}_words", "text"),
        Column(f"{step.id}_count", "number", "integer"),
        Column(f"{step.id}_score", "number", "integer"),
    ]
    made = with_columns(source, f"st_{step.id}", added)
    counted = (
        f"SELECT _row, string_agg(word, '、' ORDER BY word) AS w, count(*) AS n, CAST(sum(weight) AS BIGINT) AS s "
        f"FROM (SELECT DISTINCT _row, word, weight FROM {quoted(hits)}) GROUP BY _row"
    )
    values = ", ".join(f"t.{quoted(name)}" for name in source.columns)
    refs = ", ".join(f"t.{quoted(f'{each}._row')}" for each in source.aliases)
    names = ", ".join(f"h.{part} AS {quoted(column.name)}" for part, column in zip("wns", added, strict=True))
    builder.finish(
        step.id,
        replace(made, name=f"st_{step.id}"),
        Statement(
            step=step.id,
            name=f"st_{step.id}",
            sql=f"SELECT {values}, {names}, {refs}, t._g, t._st FROM {quoted(near)} AS t "
            f"JOIN ({counted}) AS h ON t.{quoted(alias + '._row')} = h._row WHERE h.s >= {least}",
            unknown=f"SELECT count(*) FROM {quoted(source.name)} WHERE {' AND '.join(f'{quoted(one.name)} IS NULL' for one in fields)}",
        ),
    )


def _fields(step: ScreenStep, builder: Builder, source: Relation) -> list[Column]:
    """The screened columns, all of one source; none after a fault."""
    found: list[Column] = []
    for place, written in enumerate(step.fields()):
        where = builder.at(step.id, "field", *([] if isinstance(step.field, str) else [place]))
        alias, _, bare = written.rpartition(".")
        field = source.resolve(alias or None, bare)
        if isinstance(field, str):
            builder.fault(where, "unknown_column", "不认识的列", written, field)
        elif field.alias is None or field.kind != "text":
            builder.fault(where, "wrong_type", "关键词只能在数据源的文字列上筛查", written, "如 工单.content")
        elif found and field.alias != found[0].alias:
            builder.fault(where, "two_sources", "几列须来自同一个数据源", written, f"{found[0].alias} 的列")
        elif field in found:
            builder.fault(where, "repeated_column", "同一列写了两次", written, "每列只写一次")
        else:
            builder.use(field)
            found.append(field)
    return found if len(found) == len(step.fields()) else []


def _least(step: ScreenStep, builder: Builder) -> int:
    if step.min_score is None:
        return builder.model.keywords[step.keywords].least
    if isinstance(step.min_score, int):
        builder.fault(
            builder.at(step.id, "min_score"),
            "bare_number",
            "分数线应是参数",
            str(step.min_score),
            "param.组.名",
        )
        return step.min_score
    name = step.min_score.removeprefix("param.")
    try:
        return int(builder.parameter(name))
    except KeyError:
        builder.fault(
            builder.at(step.id, "min_score"),
            "undeclared_parameter",
            "参数没有在 parameters 中声明",
            step.min_score,
            "在 parameters 里列出它",
        )
        return 1
