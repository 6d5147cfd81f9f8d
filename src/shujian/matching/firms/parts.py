"""Work on a long column a part at a time, on all processors. Parts are answered in their order, whoever is done first."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pyarrow as pa

PART = 1 << 16
"""Rows of a part."""

Answer = TypeVar("Answer")


def in_parts(work: Callable[[int], Answer], size: int) -> list[Answer]:
    """``work`` for each part's first row. Threads are enough: Arrow and numpy let go of the interpreter."""
    starts = range(0, size, PART)
    if len(starts) < 2:
        return [work(start) for start in starts]
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as threads:
        return list(threads.map(work, starts))


def mapped(change: Callable[[pa.Array], pa.Array], column: pa.Array) -> pa.Array:
    """The column with every value changed by itself."""
    if len(column) <= PART:
        return change(column)
    return pa.concat_arrays(in_parts(lambda start: change(column.slice(start, PART)), len(column)))
