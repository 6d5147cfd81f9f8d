"""``screen``: keep the rows whose text holds an effective keyword.

The words themselves were found when the batch landed (or are now, once); this step reads the stored hits.
A hit is cancelled by an excluding word within the file's window of characters, or by a negation directly
before it with no punctuation between. A word counts once a text; variants count as their word.
"""

from __future__ import annotations

from dataclasses import replace

from shujian.supervision.builder import Builder, Statement, with_columns
from shujian.supervision.forms import ScreenStep
from shujian.supervision.keywords import KeywordFile
from shujian.supervision.relation import Relation, quoted, text
from shujian.supervision.scope import Column

BREAKS = '，。；！？、：,;!?:（）()“”" 　'


def build(step: ScreenStep, builder: Builder) -> None:
    """Write the table of effective hits, then the rows that have any, with words, count and score."""
    source = builder.relation(builder.at(step.id, "from"), step.from_)
    if source is None:
        return
    alias, _, bare = step.field.rpartition(".")
    field = source.resolve(alias or None, bare)
    if isinstance(field, str):
        builder.fault(builder.at(step.id, "field"), "unknown_column", "不认识的列", step.field, field)
        return
    if field.alias is None or field.kind != "text":
        builder.fault(
            builder.at(step.id, "field"),
            "wrong_type",
            "关键词只能在数据源的文字列上筛查",
            step.field,
            "如 工单.content",
        )
        return
    builder.use(field)
    shelf = builder.model.keywords[step.keywords]
    least = _least(step, builder)
    hits = f"words_{step.id}"
    dataset = builder.contracts[field.alias].id
    builder.statements.append(
        Statement(
            step=step.id,
            name=hits,
            sql=_effective(shelf, source, field),
            final=False,
            words=(dataset, str(field.field), tuple(shelf.scanned())),
        )
    )
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
            sql=f"SELECT {values}, {names}, {refs}, t._g, t._st FROM {quoted(source.name)} AS t "
            f"JOIN ({counted}) AS h ON t.{quoted(field.alias + '._row')} = h._row WHERE h.s >= {least}",
        ),
    )


def _least(step: ScreenStep, builder: Builder) -> int:
    if step.min_score is None:
        return 1
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


def _effective(shelf: KeywordFile, source: Relation, field: Column) -> str:
    included = [
        f"({text(spelling)}, {text(word.word)}, {word.weight})"
        for word in shelf.words
        for spelling in word.spellings()
    ]
    row = quoted(f"{field.alias}._row")
    known = f"word_list(spelling, word, weight) AS (VALUES {', '.join(included)})"
    found = (
        f'found AS (SELECT h._row, k.word, k.weight, h.word AS spelling, h."offset", h.length, t.{quoted(field.name)} AS body '
        f"FROM {{hits}} AS h JOIN word_list AS k ON h.word = k.spelling "
        f"JOIN (SELECT DISTINCT {row}, {quoted(field.name)} FROM {quoted(source.name)}) AS t ON h._row = t.{row})"
    )
    tests = []
    if shelf.exclude:
        excluded = ", ".join(text(word) for word in shelf.exclude)
        tests.append(
            f"NOT EXISTS (SELECT 1 FROM {{hits}} AS e WHERE e._row = f._row AND e.word IN ({excluded}) "
            f'AND e."offset" < f."offset" + f.length + {shelf.window} AND e."offset" + e.length + {shelf.window} > f."offset")'
        )
    if shelf.negations:
        reach = shelf.negation_reach
        start = f'greatest(f."offset" - {reach}, 0)'
        before = f'substr(f.body, {start} + 1, f."offset" - {start})'
        # Only what follows the last punctuation: “不，飞线充电” does not negate.
        near = f"regexp_extract({before}, {text(f'[^{BREAKS}]*$')})"
        tests.append(
            "NOT (" + " OR ".join(f"contains({near}, {text(word)})" for word in shelf.negations) + ")"
        )
    where = " AND ".join(tests) or "TRUE"
    return f'WITH {known}, {found} SELECT f._row, f.word, f.weight, f.spelling, f."offset", f.length FROM found AS f WHERE {where}'
