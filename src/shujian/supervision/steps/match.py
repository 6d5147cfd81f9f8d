"""``match`` (碰撞): pair two lists on a subject, keep the grade, cap and report the name-only list.

Name-only pairs (grade C) are for a person's check: names that occur more often than
``matching.common_name_limit`` in either list are left out, and so are those of more than
``matching.county_name_limit`` persons among all whom the lake names, though few be in a small list; the rest is
capped at ``matching.name_only_cap``. All cuts are counted and said.
"""

from __future__ import annotations

from dataclasses import replace

from shujian.supervision.builder import PEOPLE, Builder, Notes, Skew, Statement, together, with_columns
from shujian.supervision.forms import MatchStep
from shujian.supervision.relation import Relation, quoted
from shujian.supervision.result import GRADES, JUDGED, JUDGED_RANK
from shujian.supervision.scope import Column
from shujian.supervision.steps.judged_pairs import StepJudged, judged_of
from shujian.supervision.steps.pairs import Side, sides
from shujian.supervision.steps.skew import MOST, Blocks, Twin, capped_pairs

LIMIT, CAP = "matching.common_name_limit", "matching.name_only_cap"
COUNTY = "matching.county_name_limit"


def build(step: MatchStep, builder: Builder) -> None:
    """Write the pairs table, then the step's table of kept pairs."""
    left = builder.relation(builder.at(step.id, "left"), step.left)
    right = builder.relation(builder.at(step.id, "right"), step.right)
    if left is None or right is None:
        return
    shared = set(left.aliases) & set(right.aliases)
    if shared:
        builder.fault(
            builder.at(step.id, "right"),
            "same_alias",
            "两边用了同一个数据别名",
            "、".join(sorted(shared)),
            "在 needs 里为同一来源另起一个别名",
        )
        return
    pair = sides(builder, builder.at(step.id, "key"), step.key, left, right)
    both = together(f"st_{step.id}", left, right)
    condition = builder.condition(builder.at(step.id, "when"), step.when, both) if step.when else "TRUE"
    if pair is None:
        builder.finish(
            step.id, _with_grade(step, both), Statement(step=step.id, name=f"st_{step.id}", sql="SELECT 1")
        )
        return
    pairs, notes, blocks = _pairs(step, builder, pair, judged_of(builder, step.id, pair))
    _kept(step, builder, left, both, condition, pairs, notes, blocks)


def _with_grade(step: MatchStep, both: Relation) -> Relation:
    return with_columns(both, f"st_{step.id}", [Column(f"{step.id}_grade", "text")])


def _pairs(
    step: MatchStep, builder: Builder, pair: tuple[Side, Side], told: StepJudged | None
) -> tuple[Twin, Notes | None, list[Blocks]]:
    """The pairs as something to select from, with the name-only list cut; what was cut, to be counted; and the keys
    that stand on too many rows.

    Pairs without two valid numbers are few: they are found on row ids and names alone, cut, and only then joined to
    their columns. Pairs with two valid numbers are written once.
    """
    left, right = pair
    wanted = {GRADES.index(grade) for grade in step.grades}
    values = f"{left.relation.select('l')}, {right.relation.select('r')}"
    select = f"{values}, greatest(l._g, r._g) AS _g, greatest(l._st, r._st) AS _st"
    notes, blocks = None, list[Blocks]()
    if 4 in wanted and left.kind in ("person", "org"):
        weak, notes, apart = _weak(step, builder, pair, wanted, told)
        last = (
            f"SELECT {select}, w._m FROM {weak} AS w {_back(left.relation, 'l')} {_back(right.relation, 'r')}"
        )
        sql, blocks, first = Twin(last, last), [apart], wanted & {0, 1}
        if first:
            strong, found = _machine(step, pair, select, first, told)
            sql, blocks = strong.within(lambda body: f"{body} UNION ALL {last}"), [found, apart]
    else:
        sql, found = _machine(step, pair, select, wanted, told)
        blocks = [found]
    if told is not None and told.same:
        also = told.joined(left, right, select)
        sql = sql.within(lambda body: f"{body} UNION ALL {also}")
    if step.when is None and step.require == "inner":
        return sql.within(lambda body: f"({body})"), notes, blocks
    builder.make(step.id, f"pairs_{step.id}", sql.plain, blocks[0].skew(sql) if sql.differ else None)
    return Twin(*[quoted(f"pairs_{step.id}")] * 2), notes, blocks


def _machine(
    step: MatchStep, pair: tuple[Side, Side], select: str, ranks: set[int], told: StepJudged | None
) -> tuple[Twin, Blocks]:
    """What the machine pairs, without what people have judged."""
    name = f"crowd_{step.id}_{min(ranks)}"
    return capped_pairs(*pair, select, name, ranks, told.without if told else str)


def _refs(relation: Relation, table: str) -> list[str]:
    return [f"{table}.{quoted(f'{alias}._row')}" for alias in relation.aliases]


def _back(relation: Relation, table: str) -> str:
    """Join a side's columns back to row ids. A row id of a source is never null; after a left match it may be."""
    same = "=" if len(relation.aliases) == 1 else "IS NOT DISTINCT FROM"
    met = " AND ".join(f"w.{one.partition('.')[2]} {same} {one}" for one in _refs(relation, table))
    return f"JOIN {quoted(relation.name)} AS {table} ON {met}"


def _weak(
    step: MatchStep, builder: Builder, pair: tuple[Side, Side], wanted: set[int], told: StepJudged | None
) -> tuple[str, Notes, Blocks]:
    left, right = pair
    limit, cap = int(builder.lookup(LIMIT)), int(builder.lookup(CAP))
    name = f"weak_{step.id}"
    key = left.part("name" if left.kind == "person" else "core", "l")
    narrow = ", ".join([*_refs(left.relation, "l"), *_refs(right.relation, "r"), f"{key} AS _name"])
    pairs, blocks = _machine(step, pair, narrow, wanted - {0, 1}, told)
    within = "_m = 4 AND _name IN (SELECT n FROM common)"
    spread, most = "FALSE", 0
    county = ""
    if left.kind == "person" and builder.people:
        builder.people_read, most = True, int(builder.lookup(COUNTY))
        spread, county = "_m = 4 AND _name IN (SELECT n FROM county)", f", county AS ({_county_names(most)})"
    sql = pairs.within(lambda body: (
        f"WITH pairs AS MATERIALIZED ({body}), common AS ({_common_names(left, right, limit)}){county} "
        f"SELECT *, {within} AS _within, {spread} AS _spread FROM pairs"
    ))  # fmt: skip
    builder.make(step.id, name, sql.plain, blocks.skew(sql))
    says = (
        f"同名超过 {limit} 人的仅姓名匹配 {{n}} 对未列出", f"全县同名超过 {most} 人的仅姓名匹配 {{n}} 对未列出",
        f"仅姓名匹配超过上限 {cap} 对，截去 {{n}} 对",
    )  # fmt: skip
    counts = (
        "count(*) FILTER (_within), count(*) FILTER (_spread AND NOT _within), "
        f"greatest(count(*) FILTER (NOT (_within OR _spread)) - {cap}, 0)"
    )
    notes = Notes(says, f"SELECT {counts} FROM {quoted(name)} WHERE _m = 4")
    order = ", ".join(
        each.partition(".")[2] for each in [*_refs(left.relation, "l"), *_refs(right.relation, "r")]
    )
    shown = (
        f"SELECT * FROM {quoted(name)} WHERE _m = 4 AND NOT (_within OR _spread) ORDER BY {order} LIMIT {cap}"
    )
    return f"(SELECT * FROM {quoted(name)} WHERE _m <> 4 UNION ALL SELECT * FROM ({shown}))", notes, blocks


def _common_names(left: Side, right: Side, limit: int) -> str:
    part, strong = ("name", "id") if left.kind == "person" else ("core", "uscc")
    lists = []
    for side in (left, right):
        own = side.alias in side.relation.aliases  # else a union made the subject
        table = quoted(f"src_{side.alias}" if own else side.relation.name)
        name, key = (quoted(f"{side.alias}.{side.subject}__{each}") for each in (part, strong))
        refs = [side.alias] if own else side.relation.aliases
        who = f"coalesce({', '.join([key, *(quoted(alias + '._row') for alias in refs)])})"
        named = f"{name} IN (SELECT _name FROM pairs WHERE _m = 4)"
        lists.append(
            f"SELECT {name} AS n FROM {table} WHERE {named} GROUP BY 1 HAVING count(DISTINCT {who}) > {limit}"
        )
    return " UNION ".join(lists)


def _county_names(limit: int) -> str:
    """Names that more than ``limit`` persons bear among all whom the lake names. Only those are counted who are
    certainly not one another: each valid number, and of those without one each further day of birth.
    """
    asked = f"SELECT * FROM {PEOPLE} WHERE name IN (SELECT _name FROM pairs WHERE _m = 4)"
    day = "CASE WHEN id IS NULL THEN birth ELSE CAST(try_strptime(substr(id, 7, 8), '%Y%m%d') AS DATE) END"
    return (
        f"SELECT name AS n FROM (SELECT name, {day} AS day, count(DISTINCT id) AS ids FROM ({asked}) GROUP BY 1, 2) "
        f"GROUP BY 1 HAVING sum(CASE WHEN day IS NULL THEN ids ELSE greatest(ids, 1) END) > {limit}"
    )


def _kept(
    step: MatchStep,
    builder: Builder,
    left: Relation,
    both: Relation,
    condition: str,
    pairs: Twin,
    notes: Notes | None,
    blocks: list[Blocks],
) -> None:
    grade = "CASE _m " + " ".join(f"WHEN {rank} THEN '{name}'" for rank, name in enumerate(GRADES)) + " END"
    if step.id in builder.judged:
        grade = grade.replace(" END", f" WHEN {JUDGED_RANK} THEN '{JUDGED}' END")
    own = quoted(f"{step.id}_grade")
    # The grade of this match stands before the source rows, as in the relation's column order.
    values = ", ".join(quoted(name) for name in both.columns)
    refs = ", ".join(quoted(f"{alias}._row") for alias in both.aliases)
    sql = pairs.within(lambda body: (
        f"SELECT {values}, {grade} AS {own}, {refs}, greatest(_g, _m) AS _g, _st FROM {body} AS p WHERE {condition}"
    ))  # fmt: skip
    if step.require == "left":
        lonely = _unpaired(left, both, condition, pairs.plain, own)
        # A row on a crowded key was not compared: that it stands alone is not known.
        apart = " AND ".join(f"NOT {met}" for each in blocks for met in each.met)
        sql = Twin(f"{sql.plain} UNION ALL {lonely}", f"{sql.capped} UNION ALL {lonely} AND {apart}")
    unknown = f"SELECT count(*) FROM {pairs.plain} AS p WHERE ({condition}) IS NULL" if step.when else None
    name = f"st_{step.id}"
    statement = Statement(
        step=step.id, name=name, sql=sql.plain, unknown=unknown, notes=notes, skew=_skew(step, sql, blocks)
    )
    builder.finish(step.id, replace(_with_grade(step, both), name=name), statement)


def _skew(step: MatchStep, sql: Twin, blocks: list[Blocks]) -> Skew | None:
    """What the step's own table does where keys are crowded; what was left out is told once, where it was."""
    if step.require == "left":
        tables = tuple(table for each in blocks for table in each.tables)
        check = " UNION ALL ".join(f"SELECT n FROM ({each.check}) AS c(n)" for each in blocks)
        return Skew(blocks[0].sides, f"SELECT sum(n) FROM ({check})", tables, (), sql.capped, MOST)
    return blocks[0].skew(sql) if sql.differ else None


def _unpaired(left: Relation, both: Relation, condition: str, pairs: str, own: str) -> str:
    """The left rows without a pair, the right side's columns null."""
    keys = [quoted(f"{alias}._row") for alias in left.aliases]
    met = " AND ".join(f"p.{key} IS NOT DISTINCT FROM l.{key}" for key in keys)
    values = [
        f"l.{quoted(name)}" if name in left.columns else f"NULL AS {quoted(name)}" for name in both.columns
    ]
    refs = [
        f"l.{quoted(f'{alias}._row')}" if alias in left.aliases else f"NULL AS {quoted(f'{alias}._row')}"
        for alias in both.aliases
    ]
    return (
        f"SELECT {', '.join(values)}, NULL AS {own}, {', '.join(refs)}, l._g, l._st FROM {quoted(left.name)} AS l "
        f"WHERE NOT EXISTS (SELECT 1 FROM {pairs} AS p WHERE {met} AND ({condition}))"
    )
