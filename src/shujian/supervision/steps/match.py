"""``match`` (碰撞): pair two lists on a subject, keep the grade, cap and report the name-only list.

Name-only pairs (grade C) are for a person's check: names that occur more often than
``matching.common_name_limit`` in either list are left out, the rest is capped at ``matching.name_only_cap``;
both cuts are counted and said.
"""

from __future__ import annotations

from dataclasses import replace

from shujian.supervision.builder import Builder, Statement, together, with_columns
from shujian.supervision.forms import MatchStep
from shujian.supervision.relation import Relation, quoted
from shujian.supervision.result import GRADES
from shujian.supervision.scope import Column
from shujian.supervision.steps.pairs import Side, pair_sql, sides

LIMIT, CAP = "matching.common_name_limit", "matching.name_only_cap"


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
    _pairs(step, builder, pair, both)
    _kept(step, builder, left, right, both, condition)


def _with_grade(step: MatchStep, both: Relation) -> Relation:
    return with_columns(both, f"st_{step.id}", [Column(f"{step.id}_grade", "text")])


def _pairs(step: MatchStep, builder: Builder, pair: tuple[Side, Side], both: Relation) -> None:
    left, right = pair
    select = f"{left.relation.select('l')}, {right.relation.select('r')}, greatest(l._g, r._g) AS _g, greatest(l._st, r._st) AS _st"
    wanted = {GRADES.index(grade) for grade in step.grades}
    sql = f"SELECT * FROM ({pair_sql(left, right, select)}) AS p WHERE p._m IN ({', '.join(map(str, sorted(wanted)))})"
    name = f"pairs_{step.id}"
    notes: dict[str, str] = {}
    if 4 in wanted and left.kind in ("person", "org"):
        limit, cap = int(builder.lookup(LIMIT)), int(builder.lookup(CAP))
        builder.statements.append(Statement(step=step.id, name=f"all_{name}", sql=sql, final=False))
        common = _common_names(builder, left, right, f"all_{name}", limit)
        builder.statements.append(Statement(step=step.id, name=f"common_{name}", sql=common, final=False))
        sql = _capped(left, both, f"all_{name}", f"common_{name}", cap)
        part = "name" if left.kind == "person" else "core"
        of = quoted(f"{left.alias}.{left.subject}__{part}")
        named = f'FROM "all_{name}" WHERE _m = 4 AND {of}'
        common = f'IN (SELECT n FROM "common_{name}")'
        notes = {
            f"同名超过 {limit} 人的仅姓名匹配 {{n}} 对未列出": f"SELECT count(*) {named} {common}",
            f"仅姓名匹配超过上限 {cap} 对，截去 {{n}} 对": f"SELECT greatest(count(*) - {cap}, 0) {named} NOT {common}",
        }
    builder.statements.append(Statement(step=step.id, name=name, sql=sql, final=False, notes=notes))


def _common_names(builder: Builder, left: Side, right: Side, pairs: str, limit: int) -> str:
    part, strong = ("name", "id") if left.kind == "person" else ("core", "uscc")
    candidates = f"SELECT {quoted(f'{left.alias}.{left.subject}__{part}')} FROM {quoted(pairs)} WHERE _m = 4"
    lists = []
    for side in (left, right):
        table = quoted(f"src_{side.alias}")
        name, key = (quoted(f"{side.alias}.{side.subject}__{each}") for each in (part, strong))
        who = f"coalesce({key}, {quoted(side.alias + '._row')})"
        lists.append(
            f"SELECT {name} AS n FROM {table} WHERE {name} IN ({candidates}) GROUP BY 1 HAVING count(DISTINCT {who}) > {limit}"
        )
    return "SELECT DISTINCT n FROM (" + " UNION ALL ".join(lists) + ")"


def _capped(left: Side, both: Relation, pairs: str, common: str, cap: int) -> str:
    part = "name" if left.kind == "person" else "core"
    name = quoted(f"{left.alias}.{left.subject}__{part}")
    order = ", ".join(quoted(f"{alias}._row") for alias in both.aliases)
    listed = f"SELECT * FROM {quoted(pairs)} WHERE _m = 4 AND {name} NOT IN (SELECT n FROM {quoted(common)}) ORDER BY {order} LIMIT {cap}"
    return f"SELECT * FROM {quoted(pairs)} WHERE _m <> 4 UNION ALL SELECT * FROM ({listed})"


def _kept(
    step: MatchStep, builder: Builder, left: Relation, right: Relation, both: Relation, condition: str
) -> None:
    pairs = quoted(f"pairs_{step.id}")
    grade = "CASE _m " + " ".join(f"WHEN {rank} THEN '{name}'" for rank, name in enumerate(GRADES)) + " END"
    own = quoted(f"{step.id}_grade")
    # The grade of this match stands before the source rows, as in the relation's column order.
    values = ", ".join(quoted(name) for name in both.columns)
    refs = ", ".join(quoted(f"{alias}._row") for alias in both.aliases)
    sql = f"SELECT {values}, {grade} AS {own}, {refs}, greatest(_g, _m) AS _g, _st FROM {pairs} WHERE {condition}"
    if step.require == "left":
        keys = [quoted(f"{alias}._row") for alias in left.aliases]
        met = " AND ".join(f"p.{key} IS NOT DISTINCT FROM l.{key}" for key in keys)
        empty = ", ".join(
            [
                *(
                    f"l.{quoted(name)}" if name in left.columns else f"NULL AS {quoted(name)}"
                    for name in both.columns
                )
            ]
        )
        rows = ", ".join(
            f"l.{quoted(f'{alias}._row')}" if alias in left.aliases else f"NULL AS {quoted(f'{alias}._row')}"
            for alias in both.aliases
        )
        sql += (
            f" UNION ALL SELECT {empty}, NULL AS {own}, {rows}, l._g, l._st FROM {quoted(left.name)} AS l "
            f"WHERE NOT EXISTS (SELECT 1 FROM {pairs} AS p WHERE {met} AND ({condition}))"
        )
    made = _with_grade(step, both)
    unknown = f"SELECT count(*) FROM {pairs} WHERE ({condition}) IS NULL" if step.when else None
    builder.finish(
        step.id,
        replace(made, name=f"st_{step.id}"),
        Statement(
            step=step.id,
            name=f"st_{step.id}",
            sql=sql,
            unknown=unknown,
        ),
    )
