"""XLSX and XLS by calamine, web tables by lxml: the sheet and row where the header stands, then every row.

A sheet is loaded whole: calamine hands it over at once, so that a sheet needs memory for all its cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import fastexcel
import pyarrow as pa

from shujian.kernel.errors import Fault
from shujian.lake.errors import FileRefused
from shujian.lake.reading.biff import inspect_biff
from shujian.lake.reading.encoding import TextFile
from shujian.lake.reading.grid import Grid
from shujian.lake.reading.headers import LOOK_AHEAD, Matcher, find_header, no_header
from shujian.lake.reading.kinds import locked
from shujian.lake.reading.markup import markup_tables
from shujian.lake.reading.records import Chunk, Opened
from shujian.lake.reading.sheet_facts import SheetFacts
from shujian.lake.reading.workbook import inspect_package


def grids_of_book(path: Path, kind: str, shown: str, wanted: str | None = None) -> Iterator[Grid]:
    """The sheets of a workbook, one after another; only the one asked for where there is one of that name.
    Raises FileRefused where the file is no workbook, is under a password, or is too large unpacked."""
    facts = inspect_package(path, shown) if kind == "xlsx" else inspect_biff(path)
    reader = _reader(path, shown)
    names = list(reader.sheet_names)
    if wanted is not None and wanted not in names:
        raise FileRefused(_unknown(names, wanted, shown))
    for name in names if wanted is None else [wanted]:
        batch = _load(reader, name, path, shown)
        arrays = [column.cast(pa.string()) for column in batch.columns]
        yield Grid(name, arrays, facts.get(name, SheetFacts()), shown)


def grids_of_markup(text: TextFile, kind: str, shown: str, wanted: str | None = None) -> Iterator[Grid]:
    """The tables of a web page or an XML sheet. Raises FileRefused where there is none."""
    tables = markup_tables(text, kind, shown)
    if wanted is not None and wanted not in [table.name for table in tables]:
        raise FileRefused(_unknown([table.name for table in tables], wanted, shown))
    for table in tables:
        if wanted in (None, table.name):
            width = max(len(row) for row in table.rows)
            columns: list[list[str | None]] = [
                [(row[at] or None) if at < len(row) else None for row in table.rows] for at in range(width)
            ]
            yield Grid(table.name, [pa.array(column, pa.string()) for column in columns], SheetFacts(), shown)


def _unknown(names: Sequence[str], wanted: str, shown: str) -> Fault:
    return Fault(
        code="unknown_sheet", message="没有这张工作表", file=shown, found=wanted, expected="、".join(names)
    )  # fmt: skip


def _unreadable(path: Path, shown: str, error: BaseException) -> FileRefused:
    reason = str(error).split("\n")[0].removeprefix("calamine error: ")[:200]
    if "password" in reason.lower() or "encrypt" in reason.lower():
        return FileRefused(locked(path))
    return FileRefused(
        Fault(
            code="unreadable_sheet", message="表格文件打不开：已损坏，或不是 Excel 文件", file=shown, found=reason,
            expected="能用 Excel 或 WPS 打开的 .xlsx / .xls；也可另存为 CSV 再导入",
        )
    )  # fmt: skip


def _reader(path: Path, shown: str) -> Any:
    try:
        return fastexcel.read_excel(path.read_bytes())
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # the reader's own panics do not derive from Exception
        raise _unreadable(path, shown, error) from None


def _load(reader: Any, name: str, path: Path, shown: str) -> pa.RecordBatch:
    try:
        return reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_arrow()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # as above
        raise _unreadable(path, shown, error) from None


def open_sheet(grids: Iterator[Grid], matcher: Matcher, shown: str, wanted: str | None) -> Opened:
    """Choose the sheet whose header names most fields, or the one asked for. Raises FileRefused."""
    grid, records, index = _chosen(grids, matcher, shown, wanted)
    last, titles = grid.header(records, index, matcher)
    columns = matcher.columns(titles, file=shown, line=last + 1)

    def chunks() -> Iterator[Chunk]:
        return grid.chunks(columns, last + 1)

    return Opened(columns, last + 1, None, grid.name, True, chunks, chunks, grid.warnings(columns))


def _chosen(
    grids: Iterator[Grid], matcher: Matcher, shown: str, wanted: str | None
) -> tuple[Grid, list[list[str]], int]:
    best: list[tuple[Grid, list[list[str]], int]] = []
    highest = 0
    count = 0
    first: list[str] | None = None
    for grid in grids:
        count += 1
        records = grid.records(LOOK_AHEAD)
        first = first or next((record for record in records if any(record)), None)
        index = find_header(matcher, records)
        score = matcher.score(records[index]) if index is not None else 0
        if index is not None and score >= highest:
            best = [*(best if score == highest else []), (grid, records, index)]
            highest = score
    if not best:
        if first is None and count <= 1:
            raise FileRefused(
                Fault(code="empty_file", message="工作表是空的", file=shown, expected="表头和数据行")
            )
        raise FileRefused(no_header(matcher.contract, first, shown, wanted))
    visible = [one for one in best if not one[0].facts.hidden]
    if len(visible or best) > 1:
        equal = "、".join(grid.name for grid, _, _ in visible or best)
        raise FileRefused(
            Fault(code="several_sheets", message="几张工作表的表头同样符合，请用 --sheet 指定一张（每张分别导入）",
                  file=shown, found=equal, expected="--sheet 工作表名")
        )  # fmt: skip
    return (visible or best)[0]
