"""Parquet: every column as the text that a person would write, decimals, dates and times to the last digit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shujian.kernel.errors import Fault
from shujian.lake.errors import FileRefused
from shujian.lake.reading.bounds import bounds
from shujian.lake.reading.headers import Matcher, no_header
from shujian.lake.reading.json_cells import cell_text
from shujian.lake.reading.records import BadRecord, Chunk, Opened

CHUNK_ROWS = 50_000
_LAST_MAGIC = b"PAR1"
_PARQUET_FAULTS = (pa.ArrowException, OSError, ValueError, OverflowError)


def open_parquet(path: Path, matcher: Matcher, shown: str) -> Opened:
    """Match the column names as headers. Raises FileRefused where the file is cut, damaged or no such table."""
    file = _file(path, shown)
    names = [field.name for field in file.schema_arrow]
    if not matcher.score(names):
        raise FileRefused(no_header(matcher.contract, names, shown))
    columns = matcher.columns(names, file=shown, line=None)

    def chunks() -> Iterator[Chunk]:
        return _chunks(path, names, shown)

    return Opened(columns, None, None, None, False, chunks, chunks)


def parquet_head(path: Path, shown: str, rows: int) -> list[list[str]]:
    """Column names and the first rows, as text."""
    file = _file(path, shown)
    names = [field.name for field in file.schema_arrow]
    for chunk in _chunks(path, names, shown, rows):
        cells = [array.to_pylist() for array in chunk.arrays]
        return [names, *([cell or "" for cell in row] for row in zip(*cells, strict=True))]
    return [names]


def _file(path: Path, shown: str) -> pq.ParquetFile:
    with path.open("rb") as source:
        size = source.seek(0, 2)
        source.seek(max(0, size - 4))
        if source.read(4) != _LAST_MAGIC:
            raise FileRefused(
                Fault(code="truncated", message="Parquet 文件没有结尾，文件可能被截断", file=shown,
                      found="结尾不是 PAR1", expected="完整的 Parquet 文件，请重新导出或重新传送")
            )  # fmt: skip
    try:
        file = pq.ParquetFile(path)
    except _PARQUET_FAULTS as error:
        raise FileRefused(_unreadable(shown, error)) from None
    if file.metadata.num_rows > size * bounds().parquet_rows_per_byte:
        raise FileRefused(
            Fault(code="zip_bomb", message="文件展开后过大，像是压缩炸弹，没有导入", file=shown,
                  found=f"{size} 字节里有 {file.metadata.num_rows} 行", expected=f"每字节不超过 {bounds().parquet_rows_per_byte} 行")
        )  # fmt: skip
    return file


def _unreadable(shown: str, error: BaseException) -> Fault:
    return Fault(
        code="unreadable_parquet", message="Parquet 文件读不出来，已损坏", file=shown,
        found=str(error).split("\n")[0][:200], expected="完整的 Parquet 文件，请重新导出",
    )  # fmt: skip


def _chunks(path: Path, names: list[str], shown: str, rows: int = CHUNK_ROWS) -> Iterator[Chunk]:
    before = 0
    try:
        for batch in _file(path, shown).iter_batches(batch_size=rows):
            arrays = [_text(column) for column in batch.columns]
            lines = np.arange(before + 1, before + 1 + batch.num_rows)
            before += batch.num_rows
            yield _without_bad(arrays, lines, names)
    except _PARQUET_FAULTS as error:
        raise FileRefused(_unreadable(shown, error)) from None


def _text(column: pa.Array) -> pa.Array:
    """A column as text; null stays null."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if pa.types.is_timestamp(kind):
        return _moments(column)
    if pa.types.is_date64(kind):
        column = column.cast(pa.date32())
    if pa.types.is_nested(kind):
        return pa.array([cell_text(_plain(value)) for value in column.to_pylist()], pa.string())
    if pa.types.is_null(kind):
        return pa.nulls(len(column), pa.string())
    if pa.types.is_floating(kind):
        whole = pc.fill_null(pc.and_(pc.is_finite(column), pc.less(pc.abs(column), 1e15)), False)
        whole = pc.and_(whole, pc.fill_null(pc.equal(column, pc.round(column)), False))
        exact = pc.if_else(whole, column, pa.scalar(None, kind)).cast(pa.int64()).cast(pa.string())
        return pc.coalesce(exact, column.cast(pa.string()))
    return column.cast(pa.string())


def _moments(column: pa.Array) -> pa.Array:
    """Times as written on a clock in China; fractions of a second only where there are some."""
    kind = column.type
    if kind.tz is not None:
        local = pc.local_timestamp(column.cast(pa.timestamp(kind.unit, "+08:00")))
        column = local
    seconds = pc.floor_temporal(column, unit="second")
    plain = seconds.cast(pa.timestamp("s")).cast(pa.string())
    if pc.all(pc.fill_null(pc.equal(column, seconds), True)).as_py():
        return plain
    exact = column.cast(pa.string())
    return pc.if_else(pc.equal(column, seconds), plain, exact)


def _plain(value: Any) -> Any:
    """Nested values as JSON has them; what JSON has no form for is text."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, bool | str | int | float):
        return value
    return value.hex() if isinstance(value, bytes) else str(value)


def _without_bad(arrays: list[pa.Array], lines: np.ndarray[Any, Any], names: list[str]) -> Chunk:
    """Rows with a NUL character in a cell are no rows; rows in which every cell is empty are passed over."""
    blank = np.ones(len(lines), dtype=bool)
    spoilt: dict[int, str] = {}
    for name, array in zip(names, arrays, strict=True):
        blank &= np.asarray(array.is_null())
        for row in np.flatnonzero(np.asarray(pc.fill_null(pc.match_substring(array, "\0"), False))).tolist():
            spoilt.setdefault(row, name)
    if not blank.any() and not spoilt:
        return Chunk(arrays, lines)
    bad = [
        BadRecord(int(lines[row]), "nul_byte", "空字符 0x00", "没有空字符的文字", "", field=name)
        for row, name in spoilt.items()
    ]
    kept = ~blank
    kept[list(spoilt)] = False
    mask = pa.array(kept)
    return Chunk([array.filter(mask) for array in arrays], lines[kept], bad)
