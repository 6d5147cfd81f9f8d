"""Dates, times, amounts and numbers column-wise: the plain spelling by Arrow, the rest per distinct value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shujian.lake.columns import cells
from shujian.lake.columns.cells import MISSING, Doubt
from shujian.lake.columns.parts import matching, rejoined
from shujian.matching.normalise import dates

_PLAIN_MONEY = r"^-?[0-9]{1,15}(\.[0-9]{1,2})?$"
_PLAIN_DECIMAL = r"^-?[0-9]{1,11}(\.[0-9]{1,6})?$"
_PLAIN_LONLAT = r"^-?[0-9]{1,3}(\.[0-9]{1,6})?$"
_PLAIN_INTEGER = r"^-?[0-9]{1,18}$"
_PLAIN_DAY = r"^[12][0-9]{3}-[01][0-9]-[0-3][0-9]$"
_PLAIN_TIME = r"^[12][0-9]{3}-[0-9]{2}-[0-9]{2}[ T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"

EXPECTED = {
    "date": "真实存在的日期，如 2026-06-30",
    "timestamp": "日期和时间，如 2026-06-30 08:00:00",
    "money": "确定的金额，如 1234.50 或 12万元",
    "integer": "整数",
    "decimal": "数字",
    "lonlat": "经纬度，如 113.496250",
}
_SIDES: dict[str, tuple[str, pa.DataType]] = {
    "date": ("from to", pa.date32()), "timestamp": ("from to", pa.date32()), "money": ("low high", pa.decimal128(18, 2)),
    "lonlat": ("", pa.null()),
}  # fmt: skip
"""Names and type of the two ends that a type has, as in ``physical.SIDE_COLUMNS``."""


@dataclass(frozen=True)
class Typed:
    """A typed column and which rows could not be read (their value is null). ``sides``: by suffix, only where some
    row has a doubt; such a row may have no value and is not bad.
    """

    values: pa.Array
    bad: np.ndarray[Any, Any]
    sides: dict[str, pa.Array] = field(default_factory=dict)


def read_numbers(
    values: pa.Array,
    semantic: str,
    *,
    unit: str = "元",
    serial: bool = False,
    told: bool = False,
    today: date | None = None,
) -> Typed:
    """Type one text column. ``unit`` holds for amounts that name none; ``serial`` allows Excel day numbers, and
    ``told`` takes them from a text file whose column is made of them (each is flagged). Days after ``today`` are
    flagged; None flags none.
    """
    kind, plain, reader = _how(semantic, unit, serial, told)
    if plain is None:
        return _flag_future(_each(values, kind, reader, semantic), today)
    easy = matching(values, plain)
    timed = semantic in ("date", "timestamp")
    fast = _moments(values, easy, kind) if timed else values.filter(pa.array(easy)).cast(kind)
    if easy.all():
        return _flag_future(Typed(fast, np.zeros(len(values), dtype=bool)), today)
    slow = _each(values.filter(pa.array(~easy)), kind, reader, semantic)
    bad = np.zeros(len(values), dtype=bool)
    bad[~easy] = slow.bad
    sides = {
        name: rejoined(easy, pa.nulls(len(fast), column.type), column) for name, column in slow.sides.items()
    }
    return _flag_future(Typed(rejoined(easy, fast, slow.values), bad, sides), today)


def _flag_future(typed: Typed, today: date | None) -> Typed:
    """Mark days after ``today`` that carry no other mark."""
    if today is None or typed.values.type not in (pa.date32(), pa.timestamp("us")):
        return typed
    last = pc.max(typed.values).as_py()
    end = datetime.combine(today, datetime.max.time()) if isinstance(last, datetime) else today
    if last is None or last <= end:
        return typed
    ahead = pc.fill_null(pc.greater(typed.values, pa.scalar(end, typed.values.type)), False)
    mark = pc.if_else(ahead, pa.scalar("future"), pa.scalar(None, pa.string()))
    flags = typed.sides.get("flag")
    typed.sides["flag"] = mark if flags is None else pc.coalesce(flags, mark)
    return typed


def _how(
    semantic: str, unit: str, serial: bool, told: bool
) -> tuple[pa.DataType, str | None, Callable[[str], Any]]:
    if semantic == "date":
        return pa.date32(), _PLAIN_DAY, cells.days(serial, told)
    if semantic == "timestamp":
        return pa.timestamp("us"), _PLAIN_TIME, cells.moments(serial, told)
    if semantic == "money":
        return pa.decimal128(18, 2), _PLAIN_MONEY if unit == "元" else None, cells.money_in(unit)
    if semantic == "integer":
        return pa.int64(), _PLAIN_INTEGER, cells.integer
    if semantic == "decimal":
        return pa.decimal128(18, 6), _PLAIN_DECIMAL, cells.decimal
    return pa.decimal128(10, 6), _PLAIN_LONLAT, cells.degrees


def _moments(values: pa.Array, easy: np.ndarray[Any, Any], kind: pa.DataType) -> pa.Array:
    """Cast plain days and times; a text whose day is not real leaves the easy path (``easy`` is changed)."""
    chosen = values.filter(pa.array(easy))
    try:
        return chosen.cast(kind)
    except pa.ArrowInvalid:  # some day is not real
        days = pc.utf8_slice_codeunits(chosen, 0, 10)
    real = ~_each(days, pa.date32(), dates.parse_date, "date").bad
    easy[np.flatnonzero(easy)[~real]] = False
    return chosen.filter(pa.array(real)).cast(kind)


def _each(values: pa.Array, kind: pa.DataType, reader: Callable[[str], Any], semantic: str) -> Typed:
    """Read every distinct text once."""
    encoded = values.dictionary_encode()
    answers: list[Any] = []
    wrong: list[bool] = []
    doubts: dict[int, Doubt] = {}
    for place, text in enumerate(encoded.dictionary.to_pylist()):
        answer = reader(text)
        if isinstance(answer, Doubt):
            doubts[place] = answer
            answers.append(answer.value)
        else:
            answers.append(None if answer is MISSING else answer)
        wrong.append(answer is None)
    typed = pa.array(answers, kind).take(encoded.indices)
    bad = pa.array(wrong, pa.bool_()).take(encoded.indices)
    sides = _sides(doubts, len(answers), encoded.indices, semantic) if doubts else {}
    return Typed(typed, np.asarray(pc.fill_null(bad, False), dtype=bool), sides)


def _sides(doubts: dict[int, Doubt], size: int, indices: pa.Array, semantic: str) -> dict[str, pa.Array]:
    """Doubts by distinct text as columns over the rows."""
    names, kind = _SIDES[semantic]
    told = [doubts.get(place) for place in range(size)]
    found = {"flag": pa.array([one.flag if one else None for one in told], pa.string())}
    for name, end in zip(names.split(), ("low", "high"), strict=False):
        found[name] = pa.array([getattr(one, end) if one else None for one in told], kind)
    return {name: column.take(indices) for name, column in found.items()}
