"""``absent``: the safe anti-join. A missing row is proved, possible or unknown; never simply “absent”.

*present*: a right row with the same valid id (or credit code, or equal key) for which ``when`` holds; the left row leaves.
*possible*: a right row that may be the same subject (B, B−, C or a masked number), or a sure one whose ``when`` is null.
*proved*: neither, and the right source declares the span complete, is fresh, and keeps its unusable rows under its limit.
*unknown*: the rest.
"""

from __future__ import annotations

from dataclasses import replace

from shujian.supervision.builder import Builder, Statement, together, with_columns
from shujian.supervision.coverage import RightSide
from shujian.supervision.forms import AbsentStep
from shujian.supervision.relation import Relation, quoted
from shujian.supervision.scope import Column
from shujian.supervision.steps.pairs import Side, pair_sql, sides


def build(step: AbsentStep, builder: Builder) -> None:
    """Write the numbered left rows, the candidate pairs, and the split."""
    left = builder.relation(builder.at(step.id, "left"), step.left)
    right = builder.relation(builder.at(step.id, "right"), step.right)
    if left is None or right is None:
        return
    pair = sides(builder, builder.at(step.id, "key"), step.key, left, right)
    both = together("both", left, right)
    counts = builder.condition(builder.at(step.id, "when"), step.when, both) if step.when else "TRUE"
    start = builder.expression(
        builder.at(step.id, "covering", "from"), step.covering.from_, left, want="date"
    )
    end = builder.expression(builder.at(step.id, "covering", "to"), step.covering.to, left, want="date")
    area = (
        builder.expression(builder.at(step.id, "covering", "area"), step.covering.area, left, want="text")
        if step.covering.area
        else None
    )
    made = with_columns(
        left,
        f"st_{step.id}",
        [
            Column(f"{step.id}_state", "text"),
            Column(f"{step.id}_from", "date"),
            Column(f"{step.id}_to", "date"),
        ],
    )
    if pair is None or start is None or end is None:
        builder.finish(step.id, made, Statement(step=step.id, name=f"st_{step.id}", sql="SELECT 1"))
        return
    numbered = f"left_{step.id}"
    builder.statements.append(
        Statement(
            step=step.id,
            name=numbered,
            final=False,
            sql=f"SELECT {left.select()}, _g, _st, row_number() OVER () AS _n FROM {quoted(left.name)}",
        )
    )
    seen = _seen_sql(replace(pair[0], relation=replace(left, name=numbered)), pair[1], both, counts)
    builder.statements.append(Statement(step=step.id, name=f"seen_{step.id}", sql=seen, final=False))
    known = covered(
        _right(builder, right), pair[1], start.sql, end.sql, area.sql if area else None, _strong_left(pair[0])
    )
    state = f"CASE WHEN s.maybe THEN 2 WHEN {known} THEN 1 ELSE 3 END"
    inner = (
        f"SELECT l.*, {state} AS _a, {start.sql} AS _from, {end.sql} AS _to FROM {quoted(numbered)} AS l "
        f"LEFT JOIN {quoted(f'seen_{step.id}')} AS s ON l._n = s._n WHERE NOT coalesce(s.sure, FALSE)"
    )
    values = ", ".join(quoted(name) for name in left.columns)
    refs = ", ".join(quoted(f"{alias}._row") for alias in left.aliases)
    words = "CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END"
    sql = (
        f"SELECT {values}, {words} AS {quoted(f'{step.id}_state')}, _from AS {quoted(f'{step.id}_from')}, "
        f"_to AS {quoted(f'{step.id}_to')}, {refs}, _g, greatest(_st, _a) AS _st FROM ({inner})"
    )
    builder.finish(
        step.id,
        made,
        Statement(
            step=step.id,
            name=f"st_{step.id}",
            sql=sql,
            unknown=f"SELECT count(*) FROM {quoted(f'st_{step.id}')} WHERE {quoted(f'{step.id}_state')} = 'unknown'",
        ),
    )


def _right(builder: Builder, right: Relation) -> RightSide | None:
    return builder.rights.get(right.aliases[0])


def _strong_left(left: Side) -> str:
    """A left row without any key at all cannot be looked for, so nothing is proved of it."""
    if left.kind == "person":
        return f"({left.part('id', 'l')} IS NOT NULL)"
    if left.kind == "org":
        return f"({left.part('uscc', 'l')} IS NOT NULL)"
    if left.kind == "place":
        return f"({left.part('key', 'l')} IS NOT NULL)"
    return " AND ".join(f"l.{quoted(column.name)} IS NOT NULL" for column in left.columns)


def _seen_sql(left: Side, right: Side, both: Relation, counts: str) -> str:
    # Only what `when` reads, the number of the left row and the rank are carried through the join.
    named = [name for name in both.columns if quoted(name) in counts]
    chosen = ", ".join(
        ["l._n AS _n", *(f"{'l' if name in left.relation.columns else 'r'}.{quoted(name)}" for name in named)]
    )
    pairs = pair_sql(left, right, chosen, near=True)
    certain = "_m <= 1"
    return (
        f"SELECT _n, bool_or({certain} AND coalesce(_w, FALSE)) AS sure, "
        f"bool_or((_m > 1 AND coalesce(_w, TRUE)) OR ({certain} AND _w IS NULL)) AS maybe "
        f"FROM (SELECT _n, _m, ({counts}) AS _w FROM ({pairs}) AS p) GROUP BY _n"
    )


def covered(right: RightSide | None, key: Side, start: str, end: str, area: str | None, strong: str) -> str:
    """SQL that is true where the declaration lets an absence be proved for this row.

    The span asked ends at the extract date at the latest: a fresh extract cannot know more.
    """
    if right is None or not right.fresh or right.extract_on is None or not right.spans:
        return "FALSE"
    if right.unmatchable.get(key.subject, 0) > right.limit:
        return "FALSE"
    extract = f"DATE '{right.extract_on.isoformat()}'"
    last = f"CASE WHEN ({end}) > {extract} THEN {extract} ELSE ({end}) END"
    tests = []
    for span in right.spans:
        inside = f"({start}) >= DATE '{span.start.isoformat()}' AND {last} <= DATE '{span.end.isoformat()}'"
        if span.area:
            if area is None:
                continue
            inside += f" AND ({area}) IN ({', '.join(chr(39) + name + chr(39) for name in span.area)})"
        tests.append(f"({inside})")
    if not tests:
        return "FALSE"
    ordered = f"({start}) <= ({end})"
    return f"coalesce({strong} AND {ordered} AND ({' OR '.join(tests)}), FALSE)"
