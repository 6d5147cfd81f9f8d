"""A small table that is no delivery of a source: a list that a person hands in. Read as deliveries are, nothing lands."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from shujian.kernel.errors import Fault
from shujian.lake.reading.encoding import sniff
from shujian.lake.reading.opening import open_any
from shujian.lake.reading.quick import NeedsCare
from shujian.lake.reading.records import Chunk, Opened
from shujian.lake.sources import Agreement, SourceContract, SourceField


@dataclass(frozen=True)
class Column:
    """A column of the table: what it is called, by which titles it is known, and whether it must be there."""

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class SmallTable:
    """Its rows as (line, field → text), trimmed, and what was no row. ``sha256``: of the whole file."""

    sha256: str
    sheet: str
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    faults: tuple[Fault, ...]


def read_table(
    path: Path, columns: Sequence[Column], *, sheet: str | None = None, most: int = 10_000
) -> SmallTable:
    """Read the columns of a table file; further columns are left. Stops behind ``most`` + 1 rows.

    Raises FileRefused where it is no table, or lacks a column.
    """
    contract = _contract(columns)
    with tempfile.TemporaryDirectory(prefix="shujian-") as work:
        sniffed = sniff(path)
        opened = open_any(path, sniffed, contract, sheet, Path(work))
        try:
            rows, faults = _read(opened, opened.chunks(), path, most)
        except NeedsCare:
            rows, faults = _read(opened, opened.careful(), path, most)
    return SmallTable(sniffed.sha256, opened.sheet or "", tuple(rows), tuple(faults))


def _read(
    opened: Opened, chunks: Iterator[Chunk], path: Path, most: int
) -> tuple[list[tuple[int, Mapping[str, str]]], list[Fault]]:
    rows: list[tuple[int, Mapping[str, str]]] = []
    faults: list[Fault] = []
    for chunk in chunks:
        for bad in chunk.bad:
            faults.append(
                Fault(code=bad.code, message="这一行不能读", file=path.name, line=bad.line, field=bad.field,
                      found=bad.found, expected=bad.expected)
            )  # fmt: skip
        cells = {name: chunk.arrays[place] for name, place in opened.columns.fields.items()}
        for place, line in enumerate(chunk.lines.tolist()):
            told = {name: (array[place].as_py() or "").strip() for name, array in cells.items()}
            if any(told.values()):
                rows.append((int(line), told))
            if len(rows) > most:
                return rows, faults
    return rows, faults


def _contract(columns: Sequence[Column]) -> SourceContract:
    fields = tuple(
        SourceField(id=one.id, title=one.title, aliases=one.aliases, type="text", required=one.required)
        for one in columns
    )
    return SourceContract(
        id="handed_in", title="交来的表格", provider="—", agreement=Agreement(purpose="—"), cadence="P1D", fresh="P1D",
        sensitivity="中", key=(columns[0].id,), fields=fields,
    )  # fmt: skip
