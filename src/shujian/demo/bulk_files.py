"""Hotline and grid files: which years in which shape, planted rows merged among the ordinary ones by time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from shujian.demo.ahead import ahead
from shujian.demo.bulk_dirt import serial_days
from shujian.demo.columns import lines
from shujian.demo.delimited import CsvFile
from shujian.demo.orders import GRID, HOTLINE, Batch, grid_chunks, hotline_chunks
from shujian.demo.seasons import Span
from shujian.demo.sheets import Cell, Sheet, write_workbook
from shujian.demo.tables import Delivery

Chunks = Callable[[Batch, Span], Iterator[pa.Table]]

HOTLINE_ALIASES = {
    "工单编号": "工单号",
    "来电时间": "受理时间",
    "诉求内容": "内容",
    "事发地址": "事发地点",
    "区划": "街道",
    "承办单位": "办理单位",
    "诉求人": "来电人",
    "联系电话": "来电号码",
    "原工单号": "关联工单",
}
GRID_ALIASES = {
    "描述": "事件描述",
    "上报时间": "上报日期",
    "大类": "事件大类",
    "小类": "事件小类",
    "处置部门": "处置单位",
}


@dataclass(frozen=True)
class BulkShape:
    """One file of the bulk: its span, its share of the rows, and how it looks."""

    name: str
    first: date
    last: date
    share: float
    encoding: str = "utf-8"
    aliased: bool = False
    title: str | None = None
    sheet: str | None = None
    torn: int = 2
    undated: int = 3
    slashed: bool = False
    most: int = 10**12
    first_chunk: int = 0
    system: str = "CGCS2000"
    shares: bool = True


HOTLINE_FILES = (
    BulkShape("12345工单_2023年.csv", date(2023, 1, 1), date(2023, 12, 31), 0.22, "gb18030"),
    BulkShape(
        "12345工单_2024年.csv",
        date(2024, 1, 1),
        date(2024, 12, 31),
        0.28,
        "utf-8-sig",
        aliased=True,
        slashed=True,
        system="GCJ02",
    ),
    BulkShape(
        "12345工单_2025年.csv", date(2025, 1, 1), date(2025, 12, 31), 0.32, title="12345市长热线工单导出"
    ),
    BulkShape("12345工单_2026年1至5月.csv", date(2026, 1, 1), date(2026, 5, 31), 0.16, aliased=True),
    BulkShape(
        "12345工单_2026年6月.xlsx",
        date(2026, 6, 1),
        date(2026, 6, 30),
        0.008,
        most=60_000,  # no office fills a sheet to its last line
        sheet="工单明细",
        title="12345市长热线工单（2026年6月）",
        torn=0,
        undated=1,
    ),
    BulkShape(
        "12345工单_2026年6月_续.csv",
        date(2026, 6, 1),
        date(2026, 6, 30),
        0.012,
        "gb18030",
        torn=0,
        undated=0,
        first_chunk=500,
        shares=False,
    ),
)
GRID_FILES = (
    BulkShape(
        "网格事件_2024年.csv",
        date(2024, 1, 1),
        date(2024, 12, 31),
        0.36,
        "gb18030",
        aliased=True,
        system="BD09",
    ),
    BulkShape("网格事件_2025年.csv", date(2025, 1, 1), date(2025, 12, 31), 0.42, "utf-8-sig"),
    BulkShape("网格事件_2026年上半年.csv", date(2026, 1, 1), date(2026, 6, 30), 0.22),
)


@dataclass(frozen=True)
class Bulk:
    """One source of the bulk: its columns, its other headers, its files, and what makes its rows."""

    source: str
    titles: Sequence[str]
    aliases: dict[str, str]
    shapes: Sequence[BulkShape]
    chunks: Chunks


def write_hotline(
    folder: Path, seed: int, rows: int, planted: Sequence[list[str]], shared: int
) -> Iterator[Delivery]:
    """Write the hotline files: ``rows`` ordinary lines, the planted ones, and those that must be refused; ``shared``
    matters of each month also reach the grid.
    """
    bulk = Bulk("hotline_order", HOTLINE, HOTLINE_ALIASES, HOTLINE_FILES, hotline_chunks)
    yield from _write(folder, bulk, seed, rows, planted, shared)


def write_grid(
    folder: Path, seed: int, rows: int, planted: Sequence[list[str]], shared: int
) -> Iterator[Delivery]:
    """Write the grid files: ``rows`` ordinary lines, the planted ones, and those that must be refused."""
    bulk = Bulk("grid_event", GRID, GRID_ALIASES, GRID_FILES, grid_chunks)
    yield from _write(folder, bulk, seed, rows, planted, shared)


def least_rows() -> int:
    """The lines of hotline and grid that are there at any size: those that must be refused."""
    return sum(shape.torn + shape.undated for shape in (*HOTLINE_FILES, *GRID_FILES))


def _write(
    folder: Path,
    bulk: Bulk,
    seed: int,
    ordinary: int,
    planted: Sequence[list[str]],
    shared: int,
) -> Iterator[Delivery]:
    given, done, waiting = 0.0, 0, list(planted)
    for shape in bulk.shapes:
        given += shape.share
        count = min(round(ordinary * given) - done, shape.most)
        done += count
        mine = sorted(
            (row for row in waiting if str(shape.first) <= row[1][:10] <= str(shape.last)), key=_stamp
        )
        waiting = [row for row in waiting if not str(shape.first) <= row[1][:10] <= str(shape.last)]
        batch = Batch(seed, shape.name, shape.first_chunk, shape.system, shared if shape.shares else 0)
        body = _merged(bulk.chunks(batch, Span(shape.first, shape.last, count)), mine)
        path = folder / shape.name
        _write_file(path, bulk, shape, body)
        total = count + len(mine) + shape.torn + shape.undated
        yield Delivery(bulk.source, path, shape.sheet, shape.last, total, shape.torn + shape.undated)


def _stamp(row: list[str]) -> str:
    return row[1]


def _merged(chunks: Iterable[pa.Table], planted: list[list[str]]) -> Iterator[pa.Table]:
    """Put planted rows behind the chunk in whose time they fall; the last chunk takes what is left."""
    waiting = planted
    last: pa.Table | None = None
    for chunk in chunks:
        if last is not None:
            yield last
        edge = _edge(chunk)
        due = [row for row in waiting if row[1] <= edge]
        waiting = waiting[len(due) :]
        last = _with(chunk, due)
    if last is not None:
        yield _with(last, waiting)


def _edge(chunk: pa.Table) -> str:
    """The latest moment of a chunk: its numbers begin with the day."""
    day = str(chunk.column(0)[-1].as_py())[2:10] if len(chunk) else "00000000"
    return f"{day[:4]}-{day[4:6]}-{day[6:]} 23:59:59"


def _with(chunk: pa.Table, rows: list[list[str]]) -> pa.Table:
    """The chunk with planted rows strewn among its own, in order of day."""
    if not rows:
        return chunk.combine_chunks()
    names = chunk.column_names
    more = pa.table({name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(names)})
    whole = pa.concat_tables([chunk, more])
    days = pc.utf8_slice_codeunits(whole.column(0), 2, 10)
    return whole.take(pc.sort_indices(days)).combine_chunks()


def _write_file(path: Path, bulk: Bulk, shape: BulkShape, body: Iterator[pa.Table]) -> None:
    order = list(range(len(bulk.titles)))
    if shape.aliased:  # another clerk, another order: the last third of the columns comes first
        order = [*order[-len(order) // 3 :], *order[: -len(order) // 3]]
    names = [bulk.titles[at] for at in order]
    header = [bulk.aliases.get(name, name) if shape.aliased else name for name in names]
    spoilt = [[row[at] for at in order] for row in _undated(bulk.titles, shape)]
    if shape.slashed:
        body = (_slashed(chunk) for chunk in body)
    if shape.sheet is not None:
        rows = chain.from_iterable(_sheet_rows(chunk.select(names)) for chunk in body)
        lead: list[Sequence[Cell]] = [[shape.title or ""], ["导出时间：2026年6月30日"], header]
        legend = Sheet("填报说明", [["本表由示例单位导出"], ["内容均系虚构"]])
        write_workbook(path, [Sheet(shape.sheet, chain(lead, rows, spoilt), ("A1:F1", "A2:F2")), legend])
        return
    with CsvFile(path, header, encoding=shape.encoding, preface=[shape.title] if shape.title else []) as out:
        for chunk in ahead(body):
            out.write_lines(
                lines([column.combine_chunks() for column in chunk.select(names).columns]), len(chunk)
            )
        out.write(spoilt, len(spoilt))
        for number in range(shape.torn):
            out.tear([f"残行{number}", *[""] * (len(header) - 1)], extra=2 if number % 2 == 0 else -2)


def _sheet_rows(chunk: pa.Table) -> Iterator[list[Cell]]:
    """Rows of a workbook; when an order was passed on stands there as a bare number of days, as sheets keep moments."""
    columns: list[list[Cell]] = [
        [*serial_days(column.combine_chunks())] if name == "派单时间" else column.to_pylist()
        for name, column in zip(chunk.column_names, chunk.columns, strict=True)
    ]
    return (list(row) for row in zip(*columns, strict=True))


def _slashed(chunk: pa.Table) -> pa.Table:
    """Moments as another system exports them: 2024/3/5 8:30 instead of 2024-03-05 08:30:00."""
    for at, title in enumerate(chunk.column_names):
        if title.endswith("时间"):
            shown = pc.replace_substring_regex(
                chunk.column(at), r"^(\d{4})-0?(\d+)-0?(\d+) 0?(\d+):(\d\d):\d\d$", r"\1/\2/\3 \4:\5"
            )
            chunk = chunk.set_column(at, title, shown)
    return chunk


def _undated(titles: Sequence[str], shape: BulkShape) -> list[list[str]]:
    """Rows whose time nobody can read: they must be refused, and counted."""
    rows = []
    for number in range(shape.undated):
        row = [""] * len(titles)
        row[0], row[1] = f"BD{shape.first.year}{shape.first_chunk:03d}{number:05d}", "时间不详"
        row[titles.index("诉求内容" if "诉求内容" in titles else "描述")] = "录入不全的旧记录。"
        rows.append(row)
    return rows
