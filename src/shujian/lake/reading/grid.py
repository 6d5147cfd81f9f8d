"""A sheet as columns of text with what a plain table lacks: merged ranges, cells that hold no value, hidden parts."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shujian.lake.reading.headers import Columns, Matcher
from shujian.lake.reading.records import BadRecord, Chunk
from shujian.lake.reading.sheet_facts import CellFault, SheetFacts, cell_name, filled
from shujian.lake.sources import header_key

CHUNK_ROWS = 100_000
_HEADER_ROWS = 3
_RAW_KEPT = 2000
_WIDE = 3
_WORDS = {
    "error_cell": ("公式出错", "有值的单元格：请在 Excel 里改正公式"),
    "no_cached_value": ("公式没有存下计算结果", "有值的单元格：请用 Excel 或 WPS 打开后保存一次"),
    "lost_digits": ("数字超过 15 位，后面的数字已被 Excel 丢掉", "以文本格式存放的号码"),
}


class Grid:
    """One sheet. Columns are equally long text arrays; merged ranges are filled with their first cell's value."""

    def __init__(self, name: str, arrays: Sequence[pa.Array], facts: SheetFacts, shown: str) -> None:
        self.name = name
        self.facts = facts
        self.height = len(arrays[0]) if arrays else 0
        self.arrays = filled(arrays, self.height, facts, shown)

    def records(self, most: int) -> list[list[str]]:
        """The first rows."""
        cells = [array.slice(0, most).to_pylist() for array in self.arrays]
        return [[cell or "" for cell in row] for row in zip(*cells, strict=True)]

    def header(self, records: Sequence[Sequence[str]], index: int, matcher: Matcher) -> tuple[int, list[str]]:
        """The last row of a header that stands in row ``index``, and its titles: over merged rows the lower title,
        with the upper one before it where the lower one alone names nothing or names two columns."""
        last = index
        for merge in self.facts.merges:
            if merge.top <= index < merge.bottom < index + _HEADER_ROWS and merge.bottom < len(records):
                last = max(last, merge.bottom)
        titles = list(records[last])
        if last == index and index and self._under_a_wide_title(index):
            titles = _joined(records[index - 1], titles, matcher)
        elif last > index:
            titles = _joined(records[last - 1], titles, matcher)
        while len(titles) > 1 and not titles[-1].strip():
            titles.pop()
        return last, titles

    def _under_a_wide_title(self, index: int) -> bool:
        return any(merge.top <= index - 1 and merge.bottom == index for merge in self.facts.merges)

    def warnings(self, columns: Columns) -> tuple[str, ...]:
        """What the user should know of hidden parts and of cells outside the known columns."""
        told = []
        if self.facts.hidden:
            told.append(f"工作表“{self.name}”是隐藏的，已照样读取")
        if self.facts.hidden_rows:
            told.append(
                f"工作表“{self.name}”有 {self.facts.hidden_rows} 行是隐藏的（如筛选掉的），已照样读取"
            )
        known = set(columns.fields.values())
        beside = [
            fault
            for fault in self.facts.faults
            if fault.column not in known and fault.code == "no_cached_value"
        ]
        if beside:
            told.append(
                f"其他列有 {len(beside)} 个公式没有存下结果，按空值保留，如 {cell_name(beside[0].row, beside[0].column)}"
            )
        return tuple(told)

    def chunks(self, columns: Columns, skip: int) -> Iterator[Chunk]:
        """Rows behind the first ``skip``. Rows whose known cells hold no value, and headings across the whole width,
        are no rows."""
        width = len(columns.titles)
        arrays = list(self.arrays[:width]) + [pa.nulls(self.height, pa.string())] * (width - len(self.arrays))
        blank = np.ones(self.height, dtype=bool)
        for array in arrays:
            if blank.any():
                blank &= np.asarray(
                    pc.fill_null(pc.equal(pc.utf8_trim_whitespace(array), ""), True), dtype=bool
                )
        blank[:skip] = True
        bad = self._bad(columns, arrays, skip, blank)
        kept = ~blank
        kept[[record.line - 1 for record in bad]] = False
        rows = np.flatnonzero(kept)
        for start in range(0, max(len(rows), 1), CHUNK_ROWS):
            part = rows[start : start + CHUNK_ROWS]
            taken = pa.array(part, pa.int64())
            yield Chunk([array.take(taken) for array in arrays], part + 1, bad if start == 0 else [])

    def _bad(
        self, columns: Columns, arrays: list[pa.Array], skip: int, blank: np.ndarray[Any, Any]
    ) -> list[BadRecord]:
        known = set(columns.fields.values())
        by_row: dict[int, list[CellFault]] = defaultdict(list)
        for fault in self.facts.faults:
            if skip <= fault.row < self.height and fault.column in known:
                by_row[fault.row].append(fault)
        bad = {}
        for row, faults in by_row.items():
            first = faults[0]
            words, expected = _WORDS[first.code]
            places = "、".join(
                f"{cell_name(row, fault.column)} {fault.text}".strip() for fault in faults[:20]
            )
            title = columns.titles[first.column]
            found = f"{words}：{places}"
            bad[row] = BadRecord(
                row + 1, first.code, found, expected, _raw(columns, arrays, row), field=title
            )
        for row in self._headings(len(columns.titles), skip):
            if row not in bad and not blank[row]:
                bad[row] = BadRecord(
                    row + 1, "heading_row", "一个单元格横跨整行，像小标题", "一行数据", _raw(columns, arrays, row)
                )  # fmt: skip
        return [bad[row] for row in sorted(bad)]

    def _headings(self, width: int, skip: int) -> Iterator[int]:
        if width < _WIDE:
            return
        for merge in self.facts.merges:
            if merge.left == 0 and merge.right >= width - 1:
                yield from range(max(merge.top, skip), min(merge.bottom + 1, self.height))


def _raw(columns: Columns, arrays: Sequence[pa.Array], row: int) -> str:
    cells = {title: array[row].as_py() for title, array in zip(columns.titles, arrays, strict=True)}
    told = {title: cell for title, cell in cells.items() if cell is not None}
    return json.dumps(told, ensure_ascii=False)[:_RAW_KEPT]


def _joined(upper: Sequence[str], lower: Sequence[str], matcher: Matcher) -> list[str]:
    times = Counter(header_key(title) for title in lower)
    titles = []
    for above, below in zip(upper, lower, strict=True):
        both = above + below
        apart = bool(above.strip()) and header_key(above) != header_key(below)
        if apart and (matcher.field_of(both) or times[header_key(below)] > 1 or not below.strip()):
            titles.append(both)
        else:
            titles.append(below)
    return titles
