"""XLSX and XLS by calamine: the sheet and row where the header stands, then every row with its row number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fastexcel
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shujian.kernel.errors import Fault
from shujian.lake.errors import FileRefused
from shujian.lake.reading.headers import LOOK_AHEAD, Matcher, find_header, no_header
from shujian.lake.reading.records import Chunk, Opened

CHUNK_ROWS = 100_000


@dataclass(frozen=True)
class SheetHead:
    """The first rows of one sheet, as text."""

    name: str
    records: list[list[str]]


def _unreadable(path: Path, shown: str, error: BaseException) -> FileRefused:
    reason = str(error).split("\n")[0].removeprefix("calamine error: ")[:200]
    return FileRefused(
        Fault(
            code="unreadable_sheet", message="表格文件打不开：已损坏、有密码，或不是 Excel 文件", file=shown, found=reason,
            expected="能用 Excel 或 WPS 打开、没有密码的 .xlsx / .xls；也可另存为 CSV 再导入",
        )
    )  # fmt: skip


def _reader(path: Path, shown: str) -> Any:
    try:
        return fastexcel.read_excel(path.read_bytes())
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # the reader's own panics do not derive from Exception
        raise _unreadable(path, shown, error) from None


def _load(reader: Any, name: str, path: Path, shown: str, rows: int | None) -> pa.RecordBatch:
    try:
        sheet = reader.load_sheet(name, header_row=None, skip_rows=0, n_rows=rows, dtypes="string")
        return sheet.to_arrow()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # as above
        raise _unreadable(path, shown, error) from None


def heads(path: Path, shown: str, rows: int = LOOK_AHEAD) -> list[SheetHead]:
    """The first rows of every sheet. Raises FileRefused where the file cannot be read."""
    reader = _reader(path, shown)
    found = []
    for name in reader.sheet_names:
        batch = _load(reader, name, path, shown, rows)
        records = zip(*(column.to_pylist() for column in batch.columns), strict=True)
        found.append(SheetHead(name, [[cell or "" for cell in row] for row in records]))
    return found


def open_sheet(path: Path, matcher: Matcher, shown: str, wanted: str | None) -> Opened:
    """Choose the sheet whose header names most fields, or the one asked for. Raises FileRefused."""
    every = heads(path, shown)
    head, index = _chosen(every, matcher, shown, wanted)
    columns = matcher.columns(_without_tail(head.records[index]), file=shown, line=index + 1)

    def chunks() -> Iterator[Chunk]:
        return _chunks(path, shown, head.name, index + 1, len(columns.titles))

    return Opened(columns, index + 1, None, head.name, True, chunks, chunks)


def _without_tail(record: list[str]) -> list[str]:
    width = len(record)
    while width > 1 and not record[width - 1].strip():
        width -= 1
    return record[:width]


def _chosen(
    every: list[SheetHead], matcher: Matcher, shown: str, wanted: str | None
) -> tuple[SheetHead, int]:
    names = [head.name for head in every]
    if wanted is not None and wanted not in names:
        raise FileRefused(
            Fault(
                code="unknown_sheet",
                message="没有这张工作表",
                file=shown,
                found=wanted,
                expected="、".join(names),
            )
        )
    scored = []
    for head in every:
        index = find_header(matcher, head.records)
        if index is not None and wanted in (None, head.name):
            scored.append((matcher.score(head.records[index]), head, index))
    if not scored:
        chosen = next(
            (head for head in every if head.name == wanted), every[0] if every else SheetHead("", [])
        )
        first = next((record for record in chosen.records if any(record)), None)
        if first is None and len(every) <= 1:
            raise FileRefused(
                Fault(code="empty_file", message="工作表是空的", file=shown, expected="表头和数据行")
            )
        raise FileRefused(no_header(matcher.contract, first, shown, chosen.name if wanted else None))
    best = max(score for score, _, _ in scored)
    top = [(head, index) for score, head, index in scored if score == best]
    if len(top) > 1:
        equal = "、".join(head.name for head, _ in top)
        raise FileRefused(
            Fault(code="several_sheets", message="几张工作表的表头同样符合，请用 --sheet 指定一张（每张分别导入）",
                  file=shown, found=equal, expected="--sheet 工作表名")
        )  # fmt: skip
    return top[0]


def _chunks(path: Path, shown: str, sheet: str, skip: int, width: int) -> Iterator[Chunk]:
    batch = _load(_reader(path, shown), sheet, path, shown, None)
    arrays = [column.cast(pa.string()) for column in batch.columns[:width]]
    arrays += [pa.nulls(batch.num_rows, pa.string())] * (width - len(arrays))
    blank = np.ones(batch.num_rows, dtype=bool)
    for array in arrays:
        blank &= np.asarray(pc.fill_null(pc.equal(pc.utf8_trim_whitespace(array), ""), True), dtype=bool)
    blank[:skip] = True
    rows = np.flatnonzero(~blank)
    for start in range(0, len(rows), CHUNK_ROWS):
        part = rows[start : start + CHUNK_ROWS]
        taken = pa.array(part)
        yield Chunk([array.take(taken) for array in arrays], part + 1)
