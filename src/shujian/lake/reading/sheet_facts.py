"""What a workbook says of a sheet beside its values: merged ranges, cells without a usable value, hidden parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from shujian.kernel.errors import Fault
from shujian.lake.errors import FileRefused


@dataclass(frozen=True)
class Merge:
    """A merged range, ends included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class CellFault:
    """A cell that holds no usable value. ``text``: what the file has there."""

    row: int
    column: int
    code: str
    text: str


@dataclass
class SheetFacts:
    """What the file says of one sheet beside its values."""

    merges: list[Merge] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: int = 0


def cell_name(row: int, column: int) -> str:
    """``B3`` of row 2, column 1."""
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{row + 1}"


def filled(arrays: Sequence[pa.Array], height: int, facts: SheetFacts, shown: str) -> list[pa.Array]:
    """Columns with merged ranges filled, and what the file has in cells without a value where that is text."""
    width = len(arrays)
    patches: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    values: list[str | None] = []
    area = 0
    for merge in facts.merges:
        bottom, right = min(merge.bottom, height - 1), min(merge.right, width - 1)
        if merge.top > bottom or merge.left > right:
            continue
        area += (bottom - merge.top + 1) * (right - merge.left + 1)
        if area > height * width:
            raise FileRefused(
                Fault(code="bad_merge", message="合并单元格互相重叠，工作表已损坏", file=shown,
                      found=cell_name(merge.top, merge.left), expected="互不重叠的合并区域")
            )  # fmt: skip
        value = arrays[merge.left][merge.top].as_py()
        if value is None:
            continue
        for column in range(merge.left, right + 1):
            patches[column].append((merge.top, bottom + 1, len(values)))
        values.append(value)
    for fault in facts.faults:
        if fault.code != "no_cached_value" and fault.row < height and fault.column < width:
            patches[fault.column].append((fault.row, fault.row + 1, len(values)))
            values.append(fault.text)
    added = pa.array(values, pa.string())
    columns = list(arrays)
    for column, ranges in patches.items():
        order = np.arange(height)
        for top, below, value_at in ranges:
            order[top:below] = height + value_at
        columns[column] = pa.concat_arrays([arrays[column], added]).take(pa.array(order))
    return columns
