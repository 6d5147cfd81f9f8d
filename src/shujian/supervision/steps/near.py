"""``near``: pairs of rows at one place and, where asked, within some days of each other.

Where both rows have a point, metres decide; else the parts of the addresses do. A row whose place or day is not known
is neither near nor far: it is counted as unknown. ``require: left`` keeps the left rows that have no pair, with
``<id>_state``: *proved* only where every right row could be compared, ``covering`` is written, and the right source
declares that span complete and is fresh; else *unknown*.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from shujian.kernel.yamlfile import Where
from shujian.supervision.builder import Builder, Notes, Statement, together, with_columns
from shujian.supervision.further_forms import NearStep
from shujian.supervision.relation import Relation, quoted
from shujian.supervision.scope import Column
from shujian.supervision.steps.absent import covered
from shujian.supervision.steps.near_pairs import ADDRESS, NearSql, Place
from shujian.supervision.steps.pairs import Side, subject_of

CAP = "matching.near_block_cap"
EMPTY = Relation("", {}, ())


@dataclass(frozen=True)
class _Known:
    """What a left row without a pair is asked, as SQL: the span, and whether its absence is covered."""

    start: str
    end: str
    covered: str


def build(step: NearStep, builder: Builder) -> None:
    """Write the tables of both sides, the pairs, the left rows without any, then the step."""
    left = builder.relation(builder.at(step.id, "left"), step.left)
    right = builder.relation(builder.at(step.id, "right"), step.right)
    if left is None or right is None:
        return
    shared = set(left.aliases) & set(right.aliases)
    if shared:
        at, told = builder.at(step.id, "right"), "、".join(sorted(shared))
        builder.fault(at, "same_alias", "两边用了同一个数据别名", told, "在 needs 里为同一来源另起一个别名")
        return
    names = (step.place, step.place) if isinstance(step.place, str) else (step.place.left, step.place.right)
    places = [
        _place(builder, builder.at(step.id, "place"), name, side, step)
        for name, side in zip(names, (left, right), strict=True)
    ]
    sql = _sql(step, builder, left, right, places)
    known = _known(step, builder, left, right, places[1])
    if sql is None or known is None:
        return
    for name, body in sql.tables():
        builder.make(step.id, name, body)
    _finish(step, builder, (left, right), sql, known)


def _place(
    builder: Builder, where: Where, name: str, side: Relation, step: NearStep
) -> tuple[Place, Side] | None:
    found = subject_of(builder.contracts, side, name)
    if found is None or found[2] != "place":
        told = "、".join(
            f"{alias}.{each}"
            for alias in side.aliases
            for each, form in builder.contracts[alias].subjects.items()
            if form.kind == "place"
        )
        builder.fault(where, "unknown_key", "这里没有登记这个地点", name, told or "没有登记地点的数据源")
        return None
    holder, subject, kind = found
    parts: list[list[str]] = []
    for wanted in (
        ("lon", "lat") if step.within.metres is not None else (),
        ADDRESS.get(step.within.address or "", ()),
    ):
        columns = [side.columns.get(f"{holder}.{subject}__{part}") for part in wanted]
        parts.append([builder.use(column) for column in columns if column is not None])
    refs = tuple(quoted(f"{alias}._row") for alias in side.aliases)
    return Place(side.name, tuple(parts[0]), tuple(parts[1]), refs), Side(side, kind, holder, subject)


def _sql(
    step: NearStep, builder: Builder, left: Relation, right: Relation, places: list[tuple[Place, Side] | None]
) -> NearSql | None:
    at = builder.at(step.id)
    metres = days = None
    faults = len(builder.faults.items)
    if step.within.metres is not None:
        metres = builder.expression((*at, "within", "metres"), str(step.within.metres), EMPTY, want="number")
    days_of = []
    if step.time is not None:
        days = builder.expression((*at, "time", "days"), str(step.time.days), EMPTY, want="number")
        for part, relation in (("left", left), ("right", right)):
            day = builder.expression((*at, "time", part), getattr(step.time, part), relation)
            if day is not None and day.kind not in ("date", "timestamp", "null"):
                builder.fault(
                    (*at, "time", part), "wrong_type", "这里需要一个日期", getattr(step.time, part), "日期"
                )
            days_of.append(f"CAST({day.sql} AS DATE)" if day else "NULL")
    if None in places or len(builder.faults.items) > faults:
        return None
    sides = [each[0] for each in places if each is not None]
    low, high = {"either": (-1, 1), "after": (0, 1), "before": (-1, 0)}[
        step.time.side if step.time else "either"
    ]
    span = (f"{low} * ({days.sql})", f"{high} * ({days.sql})") if days else None
    return NearSql(
        step.id, sides[0], sides[1], metres.sql if metres else None, step.within.address is not None,
        tuple(days_of) if step.time else None, span, int(builder.lookup(CAP)),
    )  # fmt: skip


def _known(
    step: NearStep, builder: Builder, left: Relation, right: Relation, place: tuple[Place, Side] | None
) -> _Known | None:
    at = builder.at(step.id, "covering")
    if step.covering is None:
        return _Known("CAST(NULL AS DATE)", "CAST(NULL AS DATE)", "FALSE")
    if step.require == "inner":
        builder.fault(
            at, "useless_covering", "covering 只对没有配上的左行有用", "require: inner", "require: left"
        )
        return None
    if right.united and len(right.aliases) > 1:
        told, want = "、".join(right.aliases), "每个来源写一步 near"
        builder.fault(
            builder.at(step.id, "right"),
            "united_right",
            "右边须是一个来源：各来源声明的完整时期不同",
            told,
            want,
        )
        return None
    start = builder.expression((*at, "from"), step.covering.from_, left, want="date")
    end = builder.expression((*at, "to"), step.covering.to, left, want="date")
    area = (
        builder.expression((*at, "area"), step.covering.area, left, want="text")
        if step.covering.area
        else None
    )
    if start is None or end is None or place is None:
        return None
    side = builder.rights.get(right.aliases[0])
    bare = replace(place[1], subject="")  # which rows can be compared is seen row by row, not by their share
    said = covered(side, bare, start.sql, end.sql, area.sql if area else None, "TRUE")
    return _Known(start.sql, end.sql, said)


def _finish(
    step: NearStep, builder: Builder, sides: tuple[Relation, Relation], sql: NearSql, known: _Known
) -> None:
    left, right = sides
    name = f"st_{step.id}"
    own = [Column(f"{step.id}_{part}", "number", "integer") for part in ("metres", "days")]
    own.append(Column(f"{step.id}_how", "text"))
    lonely = [
        Column(f"{step.id}_state", "text"),
        Column(f"{step.id}_from", "date"),
        Column(f"{step.id}_to", "date"),
    ]
    added = own + (lonely if step.require == "left" else [])
    both = together(name, left, right)
    made = with_columns(both, name, added)
    refs = [f"{alias}._row" for alias in both.aliases]
    values = [f"{'l' if each in left.columns else 'r'}.{quoted(each)}" for each in both.columns]
    values += ["p._metres", "p._days", "p._how", *(f"NULL AS {quoted(each.name)}" for each in added[3:])]
    values += [f"{'l' if each.rpartition('.')[0] in left.aliases else 'r'}.{quoted(each)}" for each in refs]
    body = (
        f"SELECT {', '.join(values)}, greatest(l._g, r._g) AS _g, greatest(l._st, r._st) AS _st "
        f"FROM {sql.pairs} AS p JOIN {sql.left_table} AS l USING (_n) JOIN {sql.right_table} AS r ON p._m = r._n WHERE p._when"
    )
    if step.require == "left":
        alone = [f"l.{quoted(each)}" if each in left.columns else "NULL" for each in both.columns]
        state = f"CASE WHEN NOT w._doubt AND {known.covered} THEN 1 ELSE 3 END"
        alone += [
            "NULL",
            "NULL",
            "NULL",
            f"CASE {state} WHEN 1 THEN 'proved' ELSE 'unknown' END",
            known.start,
            known.end,
        ]
        alone += [f"l.{quoted(each)}" if each.rpartition(".")[0] in left.aliases else "NULL" for each in refs]
        body += (
            f" UNION ALL SELECT {', '.join(alone)}, l._g, greatest(l._st, {state}) "
            f"FROM {sql.rest} AS w JOIN {sql.left_table} AS l USING (_n)"
        )
    columns = ", ".join(quoted(each) for each in [*made.physical(), "_g", "_st"])
    body = f"SELECT * FROM ({body}) AS t({columns})"
    told, counted = sql.notes()
    unknown = f"SELECT count(*) FROM {sql.rest} WHERE _doubt"
    builder.finish(
        step.id,
        made,
        Statement(step=step.id, name=name, sql=body, unknown=unknown, notes=Notes(told, counted)),
    )
