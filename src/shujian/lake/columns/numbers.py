"""Dates, times, amounts and numbers column-wise: the plain spelling by Arrow, the rest per distinct value."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shujian.lake.columns.parts import matching, rejoined
from shujian.matching.normalise import dates, money
from shujian.matching.normalise.text import fold, is_missing, upper

MISSING = object()
"""What a reader answers for a stand-in such as 无 or ``/``: no value, and no fault."""

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}(?:\.0+)?")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_PLAIN_MONEY = r"^-?[0-9]{1,15}(\.[0-9]{1,2})?$"
_PLAIN_DECIMAL = r"^-?[0-9]{1,11}(\.[0-9]{1,6})?$"
_PLAIN_LONLAT = r"^-?[0-9]{1,3}(\.[0-9]{1,6})?$"
_PLAIN_INTEGER = r"^-?[0-9]{1,18}$"
_PLAIN_TIME = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"

EXPECTED = {
    "date": "真实存在的日期，如 2026-06-30",
    "timestamp": "日期和时间，如 2026-06-30 08:00:00",
    "money": "确定的金额，如 1234.50 或 12万元",
    "integer": "整数",
    "decimal": "数字",
    "lonlat": "经纬度，如 113.496250",
}


@dataclass(frozen=True)
class Typed:
    """A typed column and which rows could not be read (their value is null)."""

    values: pa.Array
    bad: np.ndarray[Any, Any]


def read_numbers(values: pa.Array, semantic: str, *, unit: str = "元", serial: bool = False) -> Typed:
    """Type one text column. ``unit`` holds for amounts that name none; ``serial`` allows Excel day numbers."""
    kind, plain, reader = _how(semantic, unit, serial)
    if plain is None:
        return _each(values, kind, reader)
    easy = matching(values, plain)
    fast = _moments(values, easy) if semantic == "timestamp" else values.filter(pa.array(easy)).cast(kind)
    if easy.all():
        return Typed(fast, np.zeros(len(values), dtype=bool))
    slow = _each(values.filter(pa.array(~easy)), kind, reader)
    bad = np.zeros(len(values), dtype=bool)
    bad[~easy] = slow.bad
    return Typed(rejoined(easy, fast, slow.values), bad)


def _how(semantic: str, unit: str, serial: bool) -> tuple[pa.DataType, str | None, Callable[[str], Any]]:
    if semantic == "date":
        return pa.date32(), None, _missing_first(lambda text: dates.parse_date(text, serial=serial))
    if semantic == "timestamp":
        reader = _missing_first(lambda text: dates.parse_timestamp(text, serial=serial))
        return pa.timestamp("us"), _PLAIN_TIME, reader
    if semantic == "money":
        return pa.decimal128(18, 2), _PLAIN_MONEY if unit == "元" else None, lambda text: _money(text, unit)
    if semantic == "integer":
        return pa.int64(), _PLAIN_INTEGER, _missing_first(_integer)
    if semantic == "decimal":
        return pa.decimal128(18, 6), _PLAIN_DECIMAL, _missing_first(lambda text: _decimal(text, 12))
    return pa.decimal128(10, 6), _PLAIN_LONLAT, _missing_first(lambda text: _decimal(text, 4))


def _moments(values: pa.Array, easy: np.ndarray[Any, Any]) -> pa.Array:
    """Cast plain times; a text whose day is not real leaves the easy path (``easy`` is changed)."""
    chosen = values.filter(pa.array(easy))
    real = ~_each(pc.utf8_slice_codeunits(chosen, 0, 10), pa.date32(), dates.parse_date).bad
    easy[np.flatnonzero(easy)[~real]] = False
    return chosen.filter(pa.array(real)).cast(pa.timestamp("us"))


def _each(values: pa.Array, kind: pa.DataType, reader: Callable[[str], Any]) -> Typed:
    """Read every distinct text once."""
    encoded = values.dictionary_encode()
    answers: list[Any] = []
    wrong: list[bool] = []
    for text in encoded.dictionary.to_pylist():
        answer = reader(text)
        answers.append(None if answer is MISSING else answer)
        wrong.append(answer is None)
    typed = pa.array(answers, kind).take(encoded.indices)
    bad = pa.array(wrong, pa.bool_()).take(encoded.indices)
    return Typed(typed, np.asarray(pc.fill_null(bad, False), dtype=bool))


def _missing_first(reader: Callable[[str], Any]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        answer = reader(text)
        return MISSING if answer is None and is_missing(upper(fold(text))) else answer

    return read


def _money(text: str, unit: str) -> Any:
    found = money.read_money(text, unit)
    if found.reason == "missing":
        return MISSING
    return _scaled(found.amount, 16, "0.01")


def _integer(text: str) -> int | None:
    shown = fold(text)
    if _GROUPED.fullmatch(shown):
        shown = shown.replace(",", "")
    return int(shown.partition(".")[0]) if _INTEGER.fullmatch(shown) else None


def _decimal(text: str, digits: int) -> Decimal | None:
    shown = fold(text)
    if _GROUPED.fullmatch(shown):
        shown = shown.replace(",", "")
    return _scaled(Decimal(shown), digits, "0.000001") if _DECIMAL.fullmatch(shown) else None


def _scaled(amount: Decimal | None, digits: int, step: str) -> Decimal | None:
    """Rounded half up to the column's places; None where it has more digits than the column holds."""
    if amount is None or not amount.is_finite() or abs(amount) >= Decimal(10) ** digits:
        return None
    return amount.quantize(Decimal(step), rounding=ROUND_HALF_UP)
