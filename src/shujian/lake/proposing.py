"""For a file that nobody described yet: where its header is, which known fields its columns look like, and why."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shujian.kernel.errors import Fault
from shujian.lake.contracts import sources
from shujian.lake.errors import FileRefused
from shujian.lake.guessing import Kind, KnownHeaders, kind_of
from shujian.lake.reading.delimited import DELIMITERS, Peeked, peek, unread_head
from shujian.lake.reading.encoding import Sniffed, open_text, sniff
from shujian.lake.reading.grid import Grid
from shujian.lake.reading.headers import LOOK_AHEAD
from shujian.lake.reading.json_table import json_head
from shujian.lake.reading.parquet import parquet_head
from shujian.lake.reading.sheets import grids_of_book, grids_of_markup

SAMPLE = 2000
_FORMATS = {",": "csv", "\t": "tsv", ";": "csv", "|": "csv"}


@dataclass(frozen=True)
class ProposedField:
    """One column: the field it looks like, its type, how sure (0 to 1), and the reasons in words."""

    column: str
    field: str
    type: str
    confidence: float
    why: str
    unique: bool
    complete: bool


@dataclass(frozen=True)
class Proposal:
    """What a file looks like. ``nearest``: the source that knows most of its headers, and how many it knows."""

    path: Path
    format: str
    encoding: str | None
    sheet: str | None
    header_line: int | None
    fields: tuple[ProposedField, ...]
    unmatched: tuple[str, ...]
    nearest: tuple[str, int] | None

    def as_dict(self) -> dict[str, Any]:
        """The contract's object."""
        shown = ("column", "field", "type", "confidence", "why")
        near = {"source": self.nearest[0], "matched": self.nearest[1]} if self.nearest else None
        return {
            "format": self.format, "encoding": self.encoding, "sheet": self.sheet, "header_line": self.header_line,
            "fields": [{name: getattr(field, name) for name in shown} for field in self.fields],
            "unmatched": list(self.unmatched), "nearest": near,
        }  # fmt: skip


@dataclass(frozen=True)
class _Table:
    format: str
    encoding: str | None
    sheet: str | None
    records: list[list[str]]
    lines: list[int] | None


def propose(path: Path, sheet: str | None = None) -> Proposal:
    """Look at the first rows of a file. Writes nothing. Raises FileRefused where it is no readable table."""
    sniffed = sniff(path)
    headers = KnownHeaders(sources())
    tables = _tables(path, sniffed, sheet)
    scored = [
        (*(_header(headers, table.records) if table.lines else (1.0, 0)), table)
        for table in tables
        if table.records
    ]
    score, at, table = max(scored, key=lambda entry: entry[0], default=(0.0, None, None))
    if at is None or table is None or score <= 0:
        raise FileRefused(
            Fault(code="no_header", message=f"前 {LOOK_AHEAD} 行里没有像表头的行", file=str(path), line=1,
                  expected="一行互不相同的列名")
        )  # fmt: skip
    titles = [title.strip() or f"第{index + 1}列" for index, title in enumerate(table.records[at])]
    body = [row for row in table.records[at + 1 :] if any(cell.strip() for cell in row)]
    nearest = headers.nearest(titles)
    fields = _fields(headers, titles, body, nearest[0] if nearest else None)
    unmatched = tuple(title for title in titles if not headers.meanings(title))
    line = table.lines[at] if table.lines else None
    return Proposal(path, table.format, table.encoding, table.sheet, line, tuple(fields), unmatched, nearest)


def _tables(path: Path, sniffed: Sniffed, wanted: str | None) -> list[_Table]:
    kind, shown = sniffed.kind, str(path)
    if kind in ("xlsx", "xls"):
        return _sheets(kind, None, grids_of_book(path, kind, shown, wanted))
    if kind == "parquet":
        return [_named(kind, None, parquet_head(path, shown, SAMPLE))]
    with tempfile.TemporaryDirectory(prefix="shujian-") as folder:
        text = open_text(path, sniffed, Path(folder), lines=kind in ("text", "jsonl"))
        if kind in ("html", "xml"):
            return _sheets(kind, text.encoding, grids_of_markup(text, kind, shown, wanted))
        if kind != "text":
            return [_named(kind, text.encoding, json_head(text, kind, shown, SAMPLE))]
        peeked = [peek(text, delimiter, SAMPLE) for delimiter in DELIMITERS]
        if text.bad and not any(any(any(record) for record in one.records) for one in peeked):
            raise FileRefused(unread_head(text, shown))
    best = max(peeked, key=_evenness)
    return [_Table(_FORMATS[best.delimiter], text.encoding, None, best.records, best.starts)]


def _named(kind: str, encoding: str | None, records: list[list[str]]) -> _Table:
    """A table whose columns have names: there is no header line."""
    return _Table(kind, encoding, None, records, None)


def _evenness(peeked: Peeked) -> float:
    widths = [len(record) for record in peeked.records]
    if not widths:
        return 0.0
    common = max(set(widths), key=lambda width: (widths.count(width), width))
    return (widths.count(common) / len(widths)) * min(common - 1, 20)


def _sheets(kind: str, encoding: str | None, grids: Iterator[Grid]) -> list[_Table]:
    tables = []
    for grid in grids:
        records = grid.records(SAMPLE)
        tables.append(_Table(kind, encoding, grid.name, records, list(range(1, len(records) + 1))))
    return tables


def _header(headers: KnownHeaders, records: Sequence[Sequence[str]]) -> tuple[float, int | None]:
    """The row most like a header: known names count most, then distinct words above rows of the same width."""
    best: tuple[float, int | None] = (0.0, None)
    for at, record in enumerate(records[:LOOK_AHEAD]):
        filled = [cell.strip() for cell in record if cell.strip()]
        if not filled or len(set(filled)) < len(filled):
            continue
        known = sum(1 for cell in filled if headers.meanings(cell))
        words = sum(1 for cell in filled if len(cell) <= 20 and not any(sign.isdigit() for sign in cell))
        score = known * 3 + words / len(filled) + (len(filled) / len(record)) + min(len(filled), 3) / 3
        if score > best[0]:
            best = (score, at)
    return best


def _fields(
    headers: KnownHeaders, titles: Sequence[str], body: Sequence[Sequence[str]], nearest: str | None
) -> list[ProposedField]:
    taken: set[str] = set()
    fields = []
    for index, title in enumerate(titles):
        cells = [row[index] if index < len(row) else "" for row in body]
        filled = [cell.strip() for cell in cells if cell.strip()]
        field_id, kind = _meaning(headers, title, cells, nearest)
        if field_id is None or field_id in taken:
            field_id = f"column_{index + 1}"
        taken.add(field_id)
        unique = len(filled) == len(cells) and len(set(filled)) == len(filled) and bool(filled)
        whole = bool(cells) and len(filled) == len(cells)
        fields.append(ProposedField(title, field_id, kind.type, kind.confidence, kind.why, unique, whole))
    return fields


def _meaning(
    headers: KnownHeaders, title: str, cells: Sequence[str], nearest: str | None
) -> tuple[str | None, Kind]:
    by_values = kind_of(title, cells)
    known = headers.meanings(title)
    if not known:
        return None, by_values
    own = next((one for one in known if one.source == nearest), None)
    chosen = own or known[0]
    why = f"表头与数据源 {chosen.source} 的字段 {chosen.field} 同名"
    if chosen.type == by_values.type:
        return chosen.field, Kind(chosen.type, 0.98, f"{why}；{by_values.why}")
    if by_values.confidence >= 0.85 and by_values.type in ("id_card", "uscc"):
        return chosen.field, Kind(by_values.type, 0.6, f"{why}，但{by_values.why}")
    return chosen.field, Kind(chosen.type, 0.9 if own else 0.8, why)
