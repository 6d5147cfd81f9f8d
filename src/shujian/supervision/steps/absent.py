"""``absent``: the safe anti-join. A missing row is proved, possible or unknown; never simply “absent”.

*present*: a right row with the same valid id (or credit code, or equal key) for which ``when`` holds; the left row leaves.
*possible*: a right row that may be the same subject (B, B−, C or a masked number; of a firm also its head office or
branch, and a name one slip apart where a code is missing), or a sure one whose ``when`` is null.
*proved*: neither, and the right source declares the span complete, is fresh, and keeps its unusable rows under its limit.
*unknown*: the rest.

What people judged goes before what the machine supposes: a record judged the subject's is as sure as one of the same
number, one judged another's is no candidate (but never one that bears the same valid number).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shujian.supervision.builder import SUBJECT_PARTS, Builder, Statement, together, with_columns
from shujian.supervision.coverage import STRONG_KEY, RightSide
from shujian.supervision.forms import AbsentStep
from shujian.supervision.relation import Relation, quoted, text
from shujian.supervision.scope import Column
from shujian.supervision.steps.judged_pairs import StepJudged, judged_of
from shujian.supervision.steps.pairs import Side, pair_sql, sides

SHORTEST = "matching.org_near_shortest"


def build(step: AbsentStep, builder: Builder) -> None:
    """Write one statement: what is seen of each left row on the right, then the split."""
    left = builder.relation(builder.at(step.id, "left"), step.left)
    right = builder.relation(builder.at(step.id, "right"), step.right)
    if left is None or right is None:
        return
    if right.united and len(right.aliases) > 1:
        told, want = "、".join(right.aliases), "每个来源写一步 absent，一步接一步"
        builder.fault(
            builder.at(step.id, "right"),
            "united_right",
            "右边须是一个来源：各来源声明的完整时期不同",
            told,
            want,
        )
    pair = sides(builder, builder.at(step.id, "key"), step.key, left, right)
    both = together("both", left, right)
    counts = builder.condition(builder.at(step.id, "when"), step.when, both) if step.when else "TRUE"
    span = _span(step, builder, left)
    added = [
        Column(f"{step.id}_state", "text"),
        Column(f"{step.id}_from", "date"),
        Column(f"{step.id}_to", "date"),
    ]
    made = with_columns(left, f"st_{step.id}", added)
    if pair is None or span is None:
        builder.finish(step.id, made, Statement(step=step.id, name=f"st_{step.id}", sql="SELECT 1"))
        return
    # Named once, so that the engine reads each side's files once for all joins.
    once = [
        replace(side, relation=replace(side.relation, name=name))
        for side, name in zip(pair, ("_l", "_r"), strict=True)
    ]
    shortest = int(builder.lookup(SHORTEST)) if pair[0].kind == "org" else 0
    judged = judged_of(builder, step.id, pair)
    seen = _seen_sql(once[0], once[1], both, counts, shortest, judged)
    builder.candidates[step.id] = (
        pair[0],
        pair[1],
        _candidates(step, pair[0], pair[1], both, counts, shortest, judged),
    )
    known = covered(builder.rights.get(right.aliases[0]), pair[1], *span, _strong_left(pair[0]))
    builder.finish(step.id, made, _split(step, left, right, seen, known, span))


def _span(step: AbsentStep, builder: Builder, left: Relation) -> tuple[str, str, str | None] | None:
    """The span asked and the area, as SQL; None after a fault."""
    at = builder.at(step.id, "covering")
    start = builder.expression((*at, "from"), step.covering.from_, left, want="date")
    end = builder.expression((*at, "to"), step.covering.to, left, want="date")
    area = (
        builder.expression((*at, "area"), step.covering.area, left, want="text")
        if step.covering.area
        else None
    )
    if start is None or end is None:
        return None
    return start.sql, end.sql, area.sql if area else None


def _split(
    step: AbsentStep,
    left: Relation,
    right: Relation,
    seen: str,
    known: str,
    span: tuple[str, str, str | None],
) -> Statement:
    met = " AND ".join(
        f"l.{quoted(f'{alias}._row')} IS NOT DISTINCT FROM s.{quoted(f'{alias}._row')}"
        for alias in left.aliases
    )
    if len(left.aliases) == 1:
        met = met.replace("IS NOT DISTINCT FROM", "=")  # the row of a source is never null
    inner = (
        f"WITH _l AS (SELECT * FROM {quoted(left.name)}), _r AS (SELECT * FROM {quoted(right.name)}), seen AS ({seen}) "
        f"SELECT l.*, CASE WHEN s.maybe THEN 2 WHEN {known} THEN 1 ELSE 3 END AS _a, {span[0]} AS _from, {span[1]} AS _to "
        f"FROM _l AS l LEFT JOIN seen AS s ON {met} WHERE NOT coalesce(s.sure, FALSE)"
    )
    name, state = f"st_{step.id}", quoted(f"{step.id}_state")
    values = ", ".join(f"l.{quoted(column)}" for column in left.columns)
    refs = ", ".join(f"l.{quoted(f'{alias}._row')}" for alias in left.aliases)
    words = "CASE _a WHEN 1 THEN 'proved' WHEN 2 THEN 'possible' ELSE 'unknown' END"
    sql = (
        f"SELECT {values}, {words} AS {state}, _from AS {quoted(f'{step.id}_from')}, "
        f"_to AS {quoted(f'{step.id}_to')}, {refs}, _g, greatest(_st, _a) AS _st FROM ({inner}) AS l"
    )
    return Statement(step=step.id, name=name, sql=sql, unknown_rows=f"{state} = 'unknown'")


def _strong_left(left: Side) -> str:
    """A left row without any key at all cannot be looked for, so nothing is proved of it."""
    if left.kind == "on":
        return " AND ".join(f"l.{quoted(column.name)} IS NOT NULL" for column in left.columns)
    return f"({left.part(STRONG_KEY[left.kind], 'l')} IS NOT NULL)"


SURE = "_m <= 1"
"""Grades A and A-: the same valid number, so the same subject, whatever the name."""
MAYBE = f"((NOT {SURE} AND coalesce(_w, TRUE)) OR ({SURE} AND _w IS NULL))"


def _weighed(
    left: Side,
    right: Side,
    both: Relation,
    counts: str,
    carried: Sequence[str],
    told: StepJudged | None,
    *,
    fine: bool,
    shortest: int,
) -> str:
    # Only what `when` reads, what is carried, and the rank pass through the join.
    named = [name for name in both.columns if quoted(name) in counts]
    read = [f"{'l' if name in left.relation.columns else 'r'}.{quoted(name)}" for name in named]
    chosen = ", ".join(dict.fromkeys([*carried, *read]))
    marked = f"{chosen}, {told.refs()}" if told else chosen
    pairs = pair_sql(left, right, marked, near=True, shortest=shortest, fine=fine)
    if told is not None:
        pairs = told.doubts_without(pairs)
        same = told.joined(left, right, chosen)
        pairs += f" UNION ALL {same}" if same else ""
    return f"SELECT *, ({counts}) AS _w FROM ({pairs}) AS p"


def _seen_sql(
    left: Side, right: Side, both: Relation, counts: str, shortest: int, told: StepJudged | None
) -> str:
    refs = [quoted(f"{alias}._row") for alias in left.relation.aliases]
    weighed = _weighed(
        left, right, both, counts, [f"l.{ref}" for ref in refs], told, fine=False, shortest=shortest
    )
    listed = ", ".join(refs)
    return (
        f"SELECT {listed}, bool_or({SURE} AND coalesce(_w, FALSE)) AS sure, bool_or({MAYBE}) AS maybe "
        f"FROM ({weighed}) GROUP BY {listed}"
    )


def _candidates(
    step: AbsentStep,
    left: Side,
    right: Side,
    both: Relation,
    counts: str,
    shortest: int,
    told: StepJudged | None,
) -> str:
    """The right rows that keep an absence from being proved: run only where a hit shows them to a person."""
    refs = [quoted(f"{alias}._row") for alias in left.relation.aliases]
    met = " AND ".join(f"o.{ref} IS NOT DISTINCT FROM l.{ref}" for ref in refs)
    still = (
        f"SELECT l.* FROM {quoted(left.relation.name)} AS l WHERE EXISTS (SELECT 1 FROM {quoted(f'st_{step.id}')} AS o "
        f"WHERE {met} AND o.{quoted(f'{step.id}_state')} = 'possible')"
    )
    carried = [f"l.{ref}" for ref in refs] + [
        f"r.{quoted(f'{alias}._row')}" for alias in right.relation.aliases
    ]
    for side, table in ((left, "l"), (right, "r")):
        carried += [side.part(part, table) for part in SUBJECT_PARTS.get(side.kind, ())]
    open_left = replace(left, relation=replace(left.relation, name=f"open_{step.id}"))
    weighed = _weighed(open_left, right, both, counts, carried, told, fine=True, shortest=shortest)
    return f"WITH {quoted(f'open_{step.id}')} AS ({still}) SELECT DISTINCT * EXCLUDE (_w) FROM ({weighed}) WHERE {MAYBE}"


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
            inside += f" AND ({area}) IN ({', '.join(text(name) for name in span.area)})"
        tests.append(f"({inside})")
    if not tests:
        return "FALSE"
    ordered = f"({start}) <= ({end})"
    return f"coalesce({strong} AND {ordered} AND ({' OR '.join(tests)}), FALSE)"
