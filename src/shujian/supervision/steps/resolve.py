"""``resolve``: which rows of one or several lists are about one person or one firm, by valid numbers only.

Rows of one valid number are one subject (grade A; A− where their names differ by more than a slip). A firm's row without
a credit code goes by its taxpayer number, where that leads to one code. A name never puts rows together: a row without a
number has no subject (null), and is counted as unknown. So are the rows of a number that stands beside more names than
``matching.resolve_names``: it was filled in for others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shujian.supervision.builder import Builder, Notes, Statement, with_columns
from shujian.supervision.further_forms import ResolveStep, UnionStep
from shujian.supervision.relation import Relation, quoted, text
from shujian.supervision.scope import Column
from shujian.supervision.steps.pairs import close_names, subject_of
from shujian.supervision.steps.union import branches_of, fit, united

NAMES = "matching.resolve_names"
WHY = (
    "号码相同",
    "税号相同",
    "号码相同而姓名（名称）不同",
    "没有有效号码",
    "税号对应多个信用代码",
    "号码下姓名（名称）过多",
)
_STRONG = {"person": ("id", "name"), "org": ("uscc", "core")}


@dataclass(frozen=True)
class _Names:
    """The tables and columns of one resolve, quoted."""

    step: str
    kind: str

    def table(self, part: str) -> str:
        return quoted(f"resolve_{part}_{self.step}")

    def part(self, name: str) -> str:
        return quoted(f"{self.step}.subject__{name}")


def build(step: ResolveStep, builder: Builder) -> None:
    """Write the rows with their keys, the subjects with their names, then the step."""
    branches = branches_of(builder, step.id, step.inputs())
    if branches is None:
        return
    asked = UnionStep.model_construct(
        id=step.id, says=step.says, use="union", from_=list(step.inputs()), columns={},
        subject={"subject": step.subjects()},
    )  # fmt: skip
    fits = fit(asked.model_copy(update={"subject": {}}), builder, branches)
    kind = _kind(step, builder, branches)
    if kind is None or not fits:
        return
    sides = [
        found
        for name, branch in zip(step.subjects(), branches, strict=True)
        if (found := subject_of(builder.contracts, branch, name)) is not None
    ]
    refs = [_ref(builder, branch, side[0]) for branch, side in zip(branches, sides, strict=True)]
    lists = [_list(branch, side[0]) for branch, side in zip(branches, sides, strict=True)]
    more = [
        (Column(f"{step.id}.subject__ref", "text"), refs),
        (Column(f"{step.id}.subject__list", "text"), lists),
    ]
    relation, sql = united(asked, builder, branches, more)
    names = _Names(step.id, kind)
    builder.make(step.id, f"resolve_rows_{step.id}", _keyed(names, sql))
    builder.make(step.id, f"resolve_names_{step.id}", _named(names))
    builder.make(step.id, f"resolve_whole_{step.id}", _whole(names))
    _finish(step, builder, relation, names)


def _kind(step: ResolveStep, builder: Builder, branches: Sequence[Relation]) -> str | None:
    """The kind of the subjects; None after a fault."""
    if len(step.subjects()) != len(branches):
        builder.fault(
            builder.at(step.id, "subject"), "wrong_length", "每个来处各写一项，次序与 from 相同",
            str(len(step.subjects())), str(len(branches)),
        )  # fmt: skip
        return None
    kinds: list[str] = []
    for place, (name, branch) in enumerate(zip(step.subjects(), branches, strict=True)):
        found = subject_of(builder.contracts, branch, name)
        if found is None or found[2] not in _STRONG:
            where = builder.at(step.id, "subject", place)
            builder.fault(where, "unknown_key", "这里没有这个人或单位", name, "别名.主体")
        else:
            kinds.append(found[2])
    if len(set(kinds)) > 1:
        told = "、".join(sorted(set(kinds)))
        builder.fault(
            builder.at(step.id, "subject"), "wrong_type", "各来处的主体种类不同", told, "同一种主体"
        )
    return kinds[0] if len(kinds) == len(branches) and len(set(kinds)) == 1 else None


def _ref(builder: Builder, branch: Relation, holder: str) -> str:
    """What tells one source row of the subject from another: the same row read under two aliases is one."""
    aliases = [holder] if holder in branch.aliases else list(branch.aliases)
    rows = [f"{text(builder.contracts[alias].id + ':')} || {quoted(f'{alias}._row')}" for alias in aliases]
    return rows[0] if len(rows) == 1 else " || '|' || ".join(f"coalesce({row}, '')" for row in rows)


def _list(branch: Relation, holder: str) -> str:
    """The alias that the subject of a row comes from."""
    if holder in branch.aliases:
        return text(holder)
    cases = " ".join(
        f"WHEN {quoted(f'{alias}._row')} IS NOT NULL THEN {text(alias)}" for alias in branch.aliases
    )
    return f"CASE {cases} END"


def _keyed(names: _Names, sql: str) -> str:
    """The rows with ``_k`` (the key, null where not known) and ``_y`` (why, an index of ``WHY``)."""
    strong = names.part(_STRONG[names.kind][0])
    if names.kind == "person":
        return f"SELECT *, {strong} AS _k, CASE WHEN {strong} IS NULL THEN 3 ELSE 0 END AS _y FROM ({sql})"
    tax = names.part("tax")
    codes = f"SELECT {tax} AS _t, count(DISTINCT {strong}) AS _n, min({strong}) AS _c FROM rows WHERE {tax} IS NOT NULL GROUP BY 1"
    key = f"CASE WHEN {strong} IS NOT NULL THEN {strong} WHEN _n = 1 THEN _c WHEN _n = 0 THEN '税号|' || {tax} END"
    why = f"CASE WHEN {strong} IS NOT NULL THEN 0 WHEN {tax} IS NULL THEN 3 WHEN _n > 1 THEN 4 ELSE 1 END"
    return (
        f"WITH rows AS MATERIALIZED ({sql}), codes AS ({codes}) SELECT rows.*, {key} AS _k, {why} AS _y "
        f"FROM rows LEFT JOIN codes ON {tax} = _t"
    )


def _named(names: _Names) -> str:
    weak = names.part(_STRONG[names.kind][1])
    return f"SELECT DISTINCT _k, {weak} AS _name FROM {names.table('rows')} WHERE _k IS NOT NULL"


def _whole(names: _Names) -> str:
    """A row for each key: members, lists, whether some two names differ, and how many of the names do."""
    rows, named = names.table("rows"), names.table("names")
    ref, listed = names.part("ref"), names.part("list")
    counted = (
        f"SELECT _k, count(DISTINCT {ref}) AS _members, count(DISTINCT {listed}) AS _lists, "
        f"string_agg(DISTINCT {listed}, '、' ORDER BY {listed}) AS _sources FROM {rows} WHERE _k IS NOT NULL GROUP BY _k"
    )
    many = f"SELECT _k, count(_name) AS _names, count(*) > count(_name) AS _nameless FROM {named} GROUP BY _k"
    least = f"SELECT _k, min(_name) AS _first FROM {named} GROUP BY _k"
    # Two names that are each a slip from the first may differ by two: only a few names are compared pair by pair.
    unlike = (
        f"SELECT _k, count(*) AS _unlike FROM {named} JOIN ({least}) USING (_k) "
        f"WHERE _name <> _first AND NOT {close_names('_name', '_first')} GROUP BY _k"
    )
    apart = (
        f"SELECT DISTINCT a._k FROM few AS a JOIN few AS b ON a._k = b._k AND a._name < b._name "
        f"WHERE NOT {close_names('a._name', 'b._name')}"
    )
    return (
        f"WITH counted AS ({counted}), many AS ({many}), unlike AS ({unlike}), "
        f"few AS (SELECT {named}._k, _name FROM {named} JOIN many USING (_k) WHERE _names BETWEEN 2 AND {FEW}), apart AS ({apart}) "
        f"SELECT c.*, 1 + coalesce(u._unlike, 0) AS _kinds, "
        f"c._members > 1 AND (m._nameless OR m._names > {FEW} OR u._k IS NOT NULL OR a._k IS NOT NULL) AS _differ "
        f"FROM counted AS c JOIN many AS m USING (_k) LEFT JOIN unlike AS u USING (_k) LEFT JOIN apart AS a USING (_k)"
    )


FEW = 50
"""Names under one number that are compared pair by pair; more are taken to differ, which is the safe side."""


def _finish(step: ResolveStep, builder: Builder, relation: Relation, names: _Names) -> None:
    limit = int(builder.lookup(NAMES))
    crowded = f"coalesce(w._kinds > {limit}, FALSE)"
    split = "coalesce(w._differ, FALSE)" if "A-" not in step.grades else "FALSE"
    known = f"r._k IS NOT NULL AND NOT {crowded} AND NOT {split}"
    why = f"CASE WHEN r._k IS NULL THEN r._y WHEN {crowded} THEN 5 WHEN w._differ THEN 2 ELSE r._y END"
    said = f"CASE {why} {' '.join(f'WHEN {place} THEN {text(word)}' for place, word in enumerate(WHY))} END"
    strong, semantic = _STRONG[names.kind][0], "id_card" if names.kind == "person" else None
    added = [
        (Column(f"{step.id}_subject", "text", semantic), f"CASE WHEN {known} THEN r._k END"),
        (Column(f"{step.id}_members", "number", "integer"), f"CASE WHEN {known} THEN w._members END"),
        (Column(f"{step.id}_lists", "number", "integer"), f"CASE WHEN {known} THEN w._lists END"),
        (Column(f"{step.id}_sources", "text"), f"CASE WHEN {known} THEN w._sources END"),
        (Column(f"{step.id}_why", "text"), said),
        (Column(f"{step.id}.subject__key", "text"), f"CASE WHEN {known} THEN r._k END"),
    ]
    made = with_columns(relation, relation.name, [column for column, _ in added])
    # The number of rows that stay apart is no key for a later step either.
    code = f"CASE WHEN {known} THEN {'r._k' if names.kind == 'person' else _code(names)} END"
    values = [
        f"{code} AS {quoted(name)}" if name == f"{step.id}.subject__{strong}" else f"r.{quoted(name)}"
        for name in relation.columns
    ]
    values += [f"{sql} AS {quoted(column.name)}" for column, sql in added]
    values += [f"r.{quoted(name)}" for name in relation.physical() if name not in relation.columns]
    table = names.table("rows")
    sql = (
        f"SELECT {', '.join(values)}, CASE WHEN {known} AND w._differ THEN greatest(r._g, 1) ELSE r._g END AS _g, r._st "
        f"FROM {table} AS r LEFT JOIN {names.table('whole')} AS w USING (_k)"
    )
    told = (
        "{n} 个号码下姓名（名称）不同（A−），须人工核对"
        if "A-" in step.grades
        else "{n} 个号码下姓名（名称）不同，没有归并",
        f"{{n}} 个号码下互不相近的姓名（名称）超过 {limit} 个，没有归并",
    )
    counts = f"count(*) FILTER (_differ AND _kinds <= {limit}), count(*) FILTER (_kinds > {limit})"
    builder.finish(
        step.id, replace(made, name=f"st_{step.id}"),
        Statement(
            step=step.id, name=f"st_{step.id}", sql=sql, unknown_rows=f"{quoted(f'{step.id}_subject')} IS NULL",
            notes=Notes(told, f"SELECT {counts} FROM {names.table('whole')}"),
        ),
    )  # fmt: skip


def _code(names: _Names) -> str:
    """A firm's credit code: its own, or the one that its taxpayer number leads to."""
    return "CASE WHEN NOT starts_with(r._k, '税号|') THEN r._k END"
