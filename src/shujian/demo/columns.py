"""Columns of text, a chunk at a time: chosen, glued, patched; all by Arrow, so that millions of rows take seconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from shujian.demo.draws import weighted

Column = Any
"""A ``pyarrow.StringArray``."""
Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


def texts(values: Sequence[str]) -> Column:
    """A column of these values."""
    return pa.array(list(values), pa.string())


def constant(value: str, count: int) -> Column:
    """The same value ``count`` times."""
    return pa.repeat(pa.scalar(value, pa.string()), count)


def at(options: Sequence[str], places: Numbers) -> Column:
    """``options[place]`` for every place."""
    return texts(options).take(pa.array(places))


def some(
    rng: np.random.Generator, options: Sequence[str], count: int, weights: Sequence[float] = ()
) -> Column:
    """``count`` draws from ``options``, weighted where weights are given."""
    return at(options, weighted(rng, weights, count) if weights else rng.integers(0, len(options), count))


def glued(*parts: Column | str) -> Column:
    """Columns and constants one behind the other, row by row."""
    return pc.binary_join_element_wise(*parts, "")


def digits(values: Numbers, width: int = 0) -> Column:
    """Numbers as text, with leading zeros up to ``width``."""
    shown = pc.cast(pa.array(values), pa.string())
    return pc.utf8_lpad(shown, width, "0") if width else shown


def moments(seconds: Numbers) -> Column:
    """Seconds since 1970 as 2026-03-05 08:30:00."""
    return pc.cast(pa.array(seconds.astype("datetime64[s]")), pa.string())


def either(mask: Mask, yes: Column | str, no: Column | str) -> Column:
    """``yes`` where the mask holds, ``no`` elsewhere."""
    return pc.if_else(pa.array(mask), yes, no)


def patched(column: Column, mask: Mask, change: Callable[[Column], Column]) -> Column:
    """The column, changed where the mask holds."""
    if not mask.any():
        return column
    changed = change(column.filter(pa.array(mask)))
    return pc.replace_with_mask(column, pa.array(mask), changed)


def lines(columns: Sequence[Column]) -> bytes:
    """The rows as CSV lines in UTF-8, each ended by CR LF; cells that need quotes get them."""
    count = len(columns[0])
    if not count:
        return b""
    body = _joined(columns)
    if body.count(b",") != count * (len(columns) - 1) or b'"' in body or body.count(b"\n") != count - 1:
        body = _joined([_quoted(column) for column in columns])
    return body + b"\r\n"


def _joined(columns: Sequence[Column]) -> bytes:
    rows = pc.binary_join_element_wise(*columns, ",")
    whole = pa.ListArray.from_arrays(pa.array([0, len(rows)], pa.int32()), rows)
    return bytes(pc.binary_join(whole, "\r\n")[0].as_buffer())


def _quoted(column: Column) -> Column:
    return patched(
        column,
        pc.match_substring_regex(column, '[",\r\n]').to_numpy(zero_copy_only=False),
        lambda cells: glued('"', pc.replace_substring(cells, '"', '""'), '"'),
    )
