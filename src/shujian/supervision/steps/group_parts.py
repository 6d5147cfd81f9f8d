"""The SQL of shares and windows in ``group``. Three-valued: rows whose condition or day is not known are counted at both
ends, and a verdict is given only where both ends agree.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import ValidationError

from shujian.kernel.yamlfile import Where
from shujian.supervision.builder import Builder
from shujian.supervision.group_forms import Part, Share, Window
from shujian.supervision.relation import Relation, quoted
from shujian.supervision.scope import Column

EMPTY = Relation("", {}, ())
ROWS = "{rows}"
"""Stands in ``Parts.rows`` for what the rows are selected from."""
LAST = "DATE '9999-12-31'"


@dataclass
class Parts:
    """What the parts of one group add: to its rows before grouping, to the groups, and around them."""

    rows: list[str] = field(default_factory=list)
    inner: list[str] = field(default_factory=list)
    outer: list[tuple[str, str]] = field(default_factory=list)


def part_of(builder: Builder, where: Where, body: object) -> Part | None:
    """An entry of ``add`` that is a table; None after a fault."""
    form = Share if isinstance(body, dict) and "share" in body else Window
    try:
        return form.model_validate(body)
    except ValidationError as error:
        for fault in builder.model.file.faults_of(error, where):
            builder.faults.add(fault)
        return None


def add_part(
    builder: Builder, where: Where, name: str, part: Part, source: Relation, keys: list[Column], into: Parts
) -> list[Column]:
    """Write one part; answers the columns that it adds to the groups."""
    if isinstance(part, Share):
        return _share(builder, where, name, part, source, into)
    return _window(builder, where, name, part, source, keys, into)


def _number(builder: Builder, where: Where, written: str | int | None) -> str | None:
    found = builder.expression(where, str(written), EMPTY, want="number") if written is not None else None
    return None if found is None else f"({found.sql})"


def _share(
    builder: Builder, where: Where, name: str, part: Share, source: Relation, into: Parts
) -> list[Column]:
    is_so = builder.condition((*where, "share"), part.share, source)
    counted = builder.condition((*where, "of"), part.of, source) if part.of is not None else "TRUE"
    least = _number(builder, (*where, "least"), part.least)
    percent = _number(builder, (*where, "percent"), part.percent)
    kinds = {
        "yes": (f"({counted}) IS TRUE", f"({is_so}) IS TRUE"),
        "no": (f"({counted}) IS TRUE", f"({is_so}) IS FALSE"),
        "open": (f"({counted}) IS TRUE", f"({is_so}) IS NULL"),
        "yes_if": (f"({counted}) IS NULL", f"({is_so}) IS TRUE"),
        "no_if": (f"({counted}) IS NULL", f"({is_so}) IS FALSE"),
        "open_if": (f"({counted}) IS NULL", f"({is_so}) IS NULL"),
    }
    n = {kind: quoted(f"_{name}_{kind}") for kind in kinds}
    into.inner += [
        f"count(*) FILTER ({one} AND {other}) AS {n[kind]}" for kind, (one, other) in kinds.items()
    ]
    maybe = f"({n['open']} + {n['yes_if']} + {n['open_if']})"
    most = f"({n['yes']} + {maybe})"
    # The least share: every doubtful row belongs to the whole unless it is one of those looked for. The most: likewise.
    low_of = f"({n['yes']} + {n['no']} + {n['open']} + {n['open_if']} + {n['no_if']})"
    high_of = f"({n['yes']} + {n['no']} + {n['open']} + {n['yes_if']} + {n['open_if']})"
    made = [
        (Column(f"{name}_yes", "number", "integer"), n["yes"]),
        (Column(f"{name}_maybe", "number", "integer"), maybe),
        (Column(f"{name}_of", "number", "integer"), f"({n['yes']} + {n['no']} + {n['open']})"),
        (Column(f"{name}_low", "number"), _percent(n["yes"], low_of)),
        (Column(f"{name}_high", "number"), _percent(most, high_of)),
    ]
    tests = []
    if least is not None:
        tests.append(f"(CASE WHEN {n['yes']} >= {least} THEN TRUE WHEN {most} < {least} THEN FALSE END)")
    if percent is not None:
        sure = f"{low_of} > 0 AND 100 * {n['yes']} >= {percent} * {low_of}"
        never = f"{most} = 0 OR 100 * {most} < {percent} * {high_of}"
        tests.append(f"(CASE WHEN {sure} THEN TRUE WHEN {never} THEN FALSE END)")
    if tests:
        made.append((Column(name, "bool"), " AND ".join(tests)))
    into.outer += [(column.name, sql) for column, sql in made]
    return [column for column, _ in made]


def _percent(part: str, whole: str) -> str:
    return f"CAST(round(100 * CAST({part} AS DOUBLE) / nullif({whole}, 0), 2) AS DECIMAL(9, 2))"


def _window(
    builder: Builder, where: Where, name: str, part: Window, source: Relation, keys: list[Column], into: Parts
) -> list[Column]:
    day = builder.expression((*where, "window"), part.window, source)
    if day is not None and day.kind not in ("date", "timestamp", "null"):
        builder.fault((*where, "window"), "wrong_type", "这里需要一个日期", part.window, "日期")
    counted = builder.condition((*where, "where"), part.where, source) if part.where is not None else "TRUE"
    days = _number(builder, (*where, "days"), part.days)
    least = _number(builder, (*where, "least"), part.least)
    if day is None or days is None:
        return []
    aliases = {source.columns[each].alias for each in day.columns if each in source.columns} - {None}
    holders = [alias for alias in source.aliases if alias in aliases] or list(source.aliases)
    refs = ", ".join(quoted(f"{alias}._row") for alias in holders)
    group = ", ".join(quoted(key.name) for key in keys)
    own, at, first = quoted(f"_{name}_n"), quoted(f"_{name}_d"), quoted(f"_{name}_once")
    # A source row that a match has doubled is one event: the first that counts stands for all.
    sureness = f"CASE WHEN ({counted}) THEN 0 WHEN ({counted}) IS NULL THEN 1 ELSE 2 END"
    once = (
        f"row_number() OVER (PARTITION BY {', '.join(filter(None, [group, refs]))} ORDER BY {sureness}) = 1"
    )
    into.rows.append(f"SELECT *, {once} AS {first} FROM {ROWS}")
    into.rows.append(
        f"SELECT *, CASE WHEN {first} AND ({counted}) THEN CAST({day.sql} AS DATE) END AS {at} FROM {ROWS}"
    )
    over = f"PARTITION BY {group} " if group else ""
    frame = f"({over}ORDER BY {at} RANGE BETWEEN CURRENT ROW AND INTERVAL {days} DAY FOLLOWING)"
    into.rows.append(
        f"SELECT *, {{'n': count({at}) OVER {frame}, 'b': {LAST} - {at}, 'e': max({at}) OVER {frame}}} AS {own} FROM {ROWS}"
    )
    best, open_rows = quoted(f"_{name}_best"), quoted(f"{name}_unknown")
    into.inner += [
        f"max({own}) FILTER ({at} IS NOT NULL) AS {best}",
        f"count(*) FILTER ({first} AND ({counted}) IS NOT FALSE AND {at} IS NULL) AS {open_rows}",
    ]
    most = f"coalesce({best}.n, 0)"
    made = [
        (Column(f"{name}_most", "number", "integer"), most),
        (Column(f"{name}_from", "date"), f"CAST({LAST} - CAST({best}.b AS INTEGER) AS DATE)"),
        (Column(f"{name}_to", "date"), f"{best}.e"),
    ]
    if least is not None:
        verdict = f"CASE WHEN {most} >= {least} THEN TRUE WHEN {most} + {open_rows} < {least} THEN FALSE END"
        made.append((Column(name, "bool"), verdict))
    into.outer += [(column.name, sql) for column, sql in made]
    return [Column(f"{name}_unknown", "number", "integer"), *(column for column, _ in made)]
