"""Identity numbers column-wise: the clean ones by numpy, the rest one by one by ``matching``.

The fast path decides only numbers that are already canonical (18 ASCII characters, real birth date, right
check character); a test holds that it agrees with ``id_card.parse`` on every one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shujian.matching.normalise import id_card, masks

_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], dtype=np.int32)
_CHECK = np.frombuffer(b"10X98765432", dtype=np.uint8)
_LENGTHS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


@dataclass(frozen=True)
class IdColumns:
    """One column of identity numbers, read. Arrow arrays of equal length."""

    text: pa.Array
    key: pa.Array
    mask: pa.Array
    birth: pa.Array
    sex: pa.Array
    area: pa.Array
    sides: dict[str, pa.Array] = field(default_factory=dict)
    """``flag`` and ``mask`` (the pattern of a masked number), where some number is not plain."""


def read_id_cards(values: pa.Array) -> IdColumns:
    """Read a text column; empty values are null in every answer."""
    size = len(values)
    clean, digits = _canonical(values)
    rest = np.flatnonzero(~clean & ~np.asarray(values.is_null()))
    plain: list[str | None] = values.take(pa.array(rest)).to_pylist()
    parsed = id_card.parse_many(plain)
    order = np.full(size, -1, dtype=np.int64)
    order[np.flatnonzero(clean)] = np.arange(int(clean.sum()))
    order[rest] = int(clean.sum()) + np.arange(len(rest))
    index = pa.array(order, mask=order < 0)

    def joined(fast: pa.Array, slow: Sequence[Any]) -> pa.Array:
        return pa.concat_arrays([fast, pa.array(slow, fast.type)]).take(index)

    same = values.filter(pa.array(clean)).cast(pa.string())
    return IdColumns(
        text=joined(same, [None if card.state == "missing" else card.text for card in parsed]),
        key=joined(same, [card.key for card in parsed]),
        mask=joined(_masks(digits), [card.mask for card in parsed]),
        birth=joined(_births(digits), [card.birth for card in parsed]),
        sex=joined(_sexes(digits), [card.sex for card in parsed]),
        area=joined(_texts(digits[:, :6]), [card.area for card in parsed]),
        sides=_sides(parsed, index, int(clean.sum())),
    )


def _sides(parsed: Sequence[id_card.IdCard], index: pa.Array, plain: int) -> dict[str, pa.Array]:
    flags = [id_card.flag(card) for card in parsed]
    if not any(flags):
        return {}
    patterns = [masks.read_id(card.text) if card.state == "masked" else None for card in parsed]
    found = {"flag": flags, "mask": [one.pattern if one else None for one in patterns]}
    nothing = pa.nulls(plain, pa.string())
    return {
        name: pa.concat_arrays([nothing, pa.array(told, pa.string())]).take(index)
        for name, told in found.items()
    }


def _canonical(values: pa.Array) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Which rows are canonical, and their bytes as a matrix of 18 columns."""
    lengths = np.asarray(pc.fill_null(pc.binary_length(values), 0))
    rows = np.flatnonzero(lengths == 18)
    chosen = values.take(pa.array(rows)).cast(pa.string())
    clean = np.zeros(len(values), dtype=bool)
    if len(rows) == 0:
        return clean, np.zeros((0, 18), dtype=np.uint8)
    offset = chosen.offset * 18
    matrix = np.frombuffer(chosen.buffers()[2], dtype=np.uint8)[offset : offset + 18 * len(rows)].reshape(
        -1, 18
    )
    good = _well_formed(matrix)
    clean[rows[good]] = True
    return clean, matrix[good]


def _well_formed(matrix: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    digits = matrix[:, :17].astype(np.int32) - 48
    good: np.ndarray[Any, Any] = np.asarray(((digits >= 0) & (digits <= 9)).all(axis=1))
    digits[~good] = 0
    good &= _CHECK[(digits @ _WEIGHTS) % 11] == matrix[:, 17]
    year, month, day = _birth_parts(digits)
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    safe = np.where((month >= 1) & (month <= 12), month, 0)
    longest = _LENGTHS[safe] + (leap & (safe == 2))
    good &= (year >= 1850) & (year <= 2099) & (day >= 1) & (day <= longest)
    return good


def _birth_parts(digits: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], ...]:
    year = digits[:, 6:10] @ np.array([1000, 100, 10, 1])
    return year, digits[:, 10] * 10 + digits[:, 11], digits[:, 12] * 10 + digits[:, 13]


def _births(matrix: np.ndarray[Any, Any]) -> pa.Array:
    year, month, day = _birth_parts(matrix[:, :17].astype(np.int32) - 48)
    months = (year - 1970).astype("int64") * 12 + (month - 1)
    days = months.astype("datetime64[M]").astype("datetime64[D]").astype("int64") + (day - 1)
    return pa.array(days.astype(np.int32)).cast(pa.date32())


def _sexes(matrix: np.ndarray[Any, Any]) -> pa.Array:
    return pa.array(["女", "男"]).take(pa.array((matrix[:, 16].astype(np.int8) - 48) % 2))


def _masks(matrix: np.ndarray[Any, Any]) -> pa.Array:
    bar = np.full((len(matrix), 1), ord("|"), dtype=np.uint8)
    return _texts(np.hstack([matrix[:, :6], bar, matrix[:, 14:]]))


def _texts(matrix: np.ndarray[Any, Any]) -> pa.Array:
    """A matrix of ASCII bytes as a text column of fixed width."""
    rows, width = matrix.shape
    offsets = np.arange(rows + 1, dtype=np.int32) * width
    data = np.ascontiguousarray(matrix)
    return pa.StringArray.from_buffers(rows, pa.py_buffer(offsets), pa.py_buffer(data))
