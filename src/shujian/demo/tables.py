"""A planned table and the shapes in which it is written to files, as different offices would send it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from shujian.demo.delimited import CsvFile
from shujian.demo.sheets import Cell, Sheet, write_workbook

Row = Sequence[Cell]


@dataclass(frozen=True)
class Shape:
    """How one file looks. ``columns`` pairs the planned title with the header that the file prints."""

    name: str
    columns: tuple[tuple[str, str], ...]
    encoding: str = "utf-8"
    sheet: str | None = None
    title: str | None = None
    serial: bool = False
    torn: int = 0
    date_form: str = "iso"


@dataclass(frozen=True)
class Declared:
    """What the provider states about completeness: one period with its gaps (from, to, why)."""

    from_: date
    to: date
    stated_by: str
    gaps: tuple[tuple[date, date, str], ...] = ()


@dataclass(frozen=True)
class Delivery:
    """One file that a provider handed over: what it holds and what must be refused of it."""

    source: str
    path: Path
    sheet: str | None
    as_of: date
    rows: int
    rejected: int
    declared: tuple[Declared, ...] = field(default=())


def ordered(titles: Sequence[str], aliases: dict[str, str] | None = None) -> tuple[tuple[str, str], ...]:
    """Columns in the order given, printed by alias where there is one."""
    names = aliases or {}
    return tuple((title, names.get(title, title)) for title in titles)


def write_table(
    folder: Path,
    source: str,
    titles: Sequence[str],
    rows: Sequence[Row],
    shape: Shape,
    *,
    as_of: date,
    rejected: int = 0,
    declared: tuple[Declared, ...] = (),
) -> Delivery:
    """Write ``rows`` (cells in the order of ``titles``) in this shape. Returns what was handed over."""
    path = folder / shape.name
    at = [titles.index(title) for title, _ in shape.columns]
    header = (["序号"] if shape.serial else []) + [shown for _, shown in shape.columns]
    body = _cells(rows, at, serial=shape.serial)
    if shape.sheet is None:
        torn = _write_csv(path, header, body, rows, shape)
        return Delivery(source, path, None, as_of, len(rows) + torn, rejected + torn, declared)
    lines: list[Sequence[Cell]] = []
    merged: tuple[str, ...] = ()
    if shape.title:
        lines = [[shape.title], [f"填报单位：示例市有关单位　数据截止：{as_of.isoformat()}"]]
        width = chr(64 + min(len(header), 26))
        merged = (f"A1:{width}1", f"A2:{width}2")
    cover = Sheet("填报说明", [["本表由示例单位填报"], ["人员、单位均系虚构"]])
    write_workbook(path, [Sheet(shape.sheet, _chain(lines, [header], body), merged), cover])
    return Delivery(source, path, shape.sheet, as_of, len(rows), rejected, declared)


def _write_csv(path: Path, header: list[str], body: Iterable[Row], rows: Sequence[Row], shape: Shape) -> int:
    preface = [shape.title] if shape.title else []
    with CsvFile(path, header, encoding=shape.encoding, preface=preface) as out:
        out.write(([_plain(cell) for cell in row] for row in body), len(rows))
        for number in range(shape.torn):
            out.tear([f"残行{number}", *[""] * (len(header) - 1)], extra=2 if number % 2 == 0 else -2)
        return out.torn


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _cells(rows: Sequence[Row], at: list[int], *, serial: bool) -> Iterator[list[Cell]]:
    for number, row in enumerate(rows, 1):
        cells: list[Cell] = [row[index] for index in at]
        yield [number, *cells] if serial else cells


def _chain(*parts: Iterable[Row]) -> Iterator[Row]:
    for part in parts:
        yield from part
