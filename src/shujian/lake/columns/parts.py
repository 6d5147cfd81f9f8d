"""Two ways through one column: the plain cells at once, the others one by one, then joined in order."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Mask = np.ndarray[Any, Any]


def matching(values: pa.Array, pattern: str) -> Mask:
    """Which cells have the plain spelling; null cells have not."""
    return np.array(pc.fill_null(pc.match_substring_regex(values, pattern), False), dtype=bool)


def rejoined(easy: Mask, fast: pa.Array, slow: pa.Array) -> pa.Array:
    """The answers for the ``easy`` rows and for the rest, in the order of the column."""
    order = np.empty(len(easy), dtype=np.int64)
    count = int(easy.sum())
    order[easy] = np.arange(count)
    order[~easy] = count + np.arange(len(easy) - count)
    return pa.concat_arrays([fast, slow]).take(pa.array(order))
