"""Hotline and grid files: which years in which shape, planted rows merged among the ordinary ones by time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from shujian.demo.delimited import CsvFile
from shujian.demo.orders import GRID, HOTLINE, Span, grid_chunks, hotline_chunks
from shujian.demo.sheets import Sheet, write_workbook
from shujian.demo.tables import Delivery

Chunks = Callable[[int, str, Span], Iterator[list[list[str]]]]

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
    ),
    BulkShape(
        "12345工单_2025年.csv", date(2025, 1, 1), date(2025, 12, 31), 0.32, title="12345市长热线工单导出"
    ),
    BulkShape("12345工单_2026年1至5月.csv", date(2026, 1, 1), date(2026, 5, 31), 0.16, aliased=True),
    BulkShape(
        "12345工单_2026年6月.xlsx",
        date(2026, 6, 1),
        date(2026, 6, 30),
        0.02,
        sheet="工单明细",
        title="12345市长热线工单（2026年6月）",
        torn=0,
        undated=1,
    ),
)
GRID_FILES = (
    BulkShape("网格事件_2024年.csv", date(2024, 1, 1), date(2024, 12, 31), 0.36, "gb18030", aliased=True),
    BulkShape("网格事件_2025年.csv", date(2025, 1, 1), date(2025, 12, 31), 0.42, "utf-8-sig"),
    BulkShape("网格事件_2026年上半年.csv", date(2026, 1, 1), date(2026, 6, 30), 0.22),
)


def write_hotline(folder: Path, seed: int, rows: int, planted: Sequence[list[str]]) -> Iterator[Delivery]:
    """Write the hotline files: ``rows`` ordinary lines, the planted ones, and those that must be refused."""
    yield from _write(
        folder, "hotline_order", HOTLINE, HOTLINE_ALIASES, HOTLINE_FILES, hotline_chunks, seed, rows, planted
    )


def write_grid(folder: Path, seed: int, rows: int, planted: Sequence[list[str]]) -> Iterator[Delivery]:
    """Write the grid files: ``rows`` ordinary lines, the planted ones, and those that must be refused."""
    yield from _write(folder, "grid_event", GRID, GRID_ALIASES, GRID_FILES, grid_chunks, seed, rows, planted)


def least_rows() -> int:
    """The lines of hotline and grid that are there at any size: those that must be refused."""
    return sum(shape.torn + shape.undated for shape in (*HOTLINE_FILES, *GRID_FILES))


def _write(
    folder: Path,
    source: str,
    titles: Sequence[str],
    aliases: dict[str, str],
    shapes: Sequence[BulkShape],
    chunks: Chunks,
    seed: int,
    ordinary: int,
    planted: Sequence[list[str]],
) -> Iterator[Delivery]:
    given, done = 0.0, 0
    for shape in shapes:
        given += shape.share
        count = round(ordinary * given) - done
        done += count
        mine = sorted(
            (row for row in planted if str(shape.first) <= row[1][:10] <= str(shape.last)), key=_stamp
        )
        body = _merged(chunks(seed, shape.name, Span(shape.first, shape.last, count)), mine)
        path = folder / shape.name
        _write_file(path, titles, aliases, shape, body)
        total = count + len(mine) + shape.torn + shape.undated
        yield Delivery(source, path, shape.sheet, shape.last, total, shape.torn + shape.undated)


def _stamp(row: list[str]) -> str:
    return row[1]


def _merged(chunks: Iterable[list[list[str]]], planted: list[list[str]]) -> Iterator[list[list[str]]]:
    """Put planted rows where their time belongs; the last chunk takes what is left."""
    waiting = planted
    last: list[list[str]] | None = None
    for chunk in chunks:
        if last is not None:
            yield last
        edge = chunk[-1][1] if chunk else ""
        due = [row for row in waiting if row[1] <= edge]
        waiting = waiting[len(due) :]
        last = sorted([*chunk, *due], key=_stamp)
    yield sorted([*(last or []), *waiting], key=_stamp)


def _write_file(
    path: Path,
    titles: Sequence[str],
    aliases: dict[str, str],
    shape: BulkShape,
    body: Iterator[list[list[str]]],
) -> None:
    order = list(range(len(titles)))
    if shape.aliased:  # another clerk, another order: the last third of the columns comes first
        order = [*order[-len(order) // 3 :], *order[: -len(order) // 3]]
    header = [aliases.get(titles[at], titles[at]) if shape.aliased else titles[at] for at in order]
    spoilt = _undated(titles, shape)
    if shape.slashed:
        body = (_slashed(chunk, titles) for chunk in body)
    if shape.sheet is not None:
        rows: Iterator[Sequence[str]] = ([row[at] for at in order] for row in chain(*body, spoilt))
        lead: list[Sequence[str]] = [[shape.title or ""], ["导出时间：2026年6月30日"], header]
        legend = Sheet("填报说明", [["本表由示例单位导出"], ["内容均系虚构"]])
        write_workbook(path, [Sheet(shape.sheet, chain(lead, rows), ("A1:F1", "A2:F2")), legend])
        return
    with CsvFile(path, header, encoding=shape.encoding, preface=[shape.title] if shape.title else []) as out:
        for chunk in body:
            out.write(([row[at] for at in order] for row in chunk), len(chunk))
        out.write(([row[at] for at in order] for row in spoilt), len(spoilt))
        for number in range(shape.torn):
            out.tear([f"残行{number}", *[""] * (len(header) - 1)], extra=2 if number % 2 == 0 else -2)


def _slashed(chunk: list[list[str]], titles: Sequence[str]) -> list[list[str]]:
    """Moments as another system exports them: 2024/3/5 8:30 instead of 2024-03-05 08:30:00."""
    moments = [at for at, title in enumerate(titles) if title.endswith("时间")]
    for row in chunk:
        for at in moments:
            if row[at]:
                text = row[at]
                row[at] = f"{text[:4]}/{int(text[5:7])}/{int(text[8:10])} {int(text[11:13])}:{text[14:16]}"
    return chunk


def _undated(titles: Sequence[str], shape: BulkShape) -> list[list[str]]:
    """Rows whose time nobody can read: they must be refused, and counted."""
    rows = []
    for number in range(shape.undated):
        row = [""] * len(titles)
        row[0], row[1] = f"BD{shape.first.year}{number:05d}", "时间不详"
        row[titles.index("诉求内容" if "诉求内容" in titles else "描述")] = "录入不全的旧记录。"
        rows.append(row)
    return rows
