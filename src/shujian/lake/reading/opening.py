"""A file of any kind, opened: its header settled, its rows ready to be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shujian.lake.reading.delimited import open_delimited
from shujian.lake.reading.encoding import Sniffed, open_text
from shujian.lake.reading.headers import Matcher
from shujian.lake.reading.json_table import open_json
from shujian.lake.reading.parquet import open_parquet
from shujian.lake.reading.records import BadRecord, Chunk, Opened
from shujian.lake.reading.sheets import grids_of_book, grids_of_markup, open_sheet
from shujian.lake.sources import SourceContract, header_key


def open_any(path: Path, sniffed: Sniffed, contract: SourceContract, sheet: str | None, work: Path) -> Opened:
    """Open by the kind that the bytes say. ``work``: a private folder for decoded copies. Raises FileRefused."""
    matcher, shown, kind = Matcher(contract), str(path), sniffed.kind
    if kind == "parquet":
        return open_parquet(path, matcher, shown)
    if kind in ("json", "jsonl"):
        return open_json(open_text(path, sniffed, work, lines=kind == "jsonl"), kind, matcher, shown)
    if kind in ("xlsx", "xls"):
        opened = open_sheet(grids_of_book(path, kind, shown, sheet), matcher, shown, sheet)
    elif kind in ("html", "xml"):
        text = open_text(path, sniffed, work, lines=False)
        opened = open_sheet(grids_of_markup(text, kind, shown, sheet), matcher, shown, sheet)
        opened = replace(opened, encoding=text.encoding, serial=False)
    else:
        opened = open_delimited(open_text(path, sniffed, work), matcher, shown)
    return _without_repeats(opened)


def _without_repeats(opened: Opened) -> Opened:
    """Rows that are the header once more (files put one behind another, printed pages) are no rows."""
    titles = opened.columns.titles
    place = max((at for at, title in enumerate(titles) if title.strip()), default=0)

    def through(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
        for chunk in chunks:
            alike = pc.fill_null(
                pc.equal(pc.utf8_trim_whitespace(chunk.arrays[place]), titles[place].strip()), False
            )
            yield _parted(chunk, titles, alike) if pc.any(alike).as_py() else chunk

    return replace(opened, chunks=lambda: through(opened.chunks()), careful=lambda: through(opened.careful()))


def _parted(chunk: Chunk, titles: tuple[str, ...], alike: pa.Array) -> Chunk:
    kept = np.ones(len(chunk.lines), dtype=bool)
    bad = list(chunk.bad)
    wanted = [header_key(title) for title in titles]
    for row in np.flatnonzero(np.asarray(alike)).tolist():
        cells = [array[row].as_py() or "" for array in chunk.arrays]
        if [header_key(cell) for cell in cells] == wanted:
            kept[row] = False
            line = int(chunk.lines[row])
            bad.append(BadRecord(line, "repeated_header", "又是一行表头", "数据行", "、".join(cells)[:2000]))
    mask = pa.array(kept)
    told = {name: cells.filter(mask) for name, cells in chunk.told.items()}
    return replace(
        chunk,
        arrays=[array.filter(mask) for array in chunk.arrays],
        lines=chunk.lines[kept],
        bad=bad,
        told=told,
    )
