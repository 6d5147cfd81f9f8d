"""What every reader hands on: chunks of text columns with their lines, and the records that cannot be rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from shujian.lake.reading.headers import Columns


@dataclass(frozen=True)
class BadRecord:
    """A record that is no row: ragged, with a quote that never ends, or with a cell that holds an error.
    ``field``: the title of that cell's column.
    """

    line: int
    code: str
    found: str
    expected: str
    raw: str
    file: str | None = None
    """Where not the arrival's own name: the document of a folder."""
    field: str | None = None


@dataclass
class Chunk:
    """Rows of a file: one text array per column of the file, the line of each row, and what was no row.

    ``told``: provenance that differs from row to row (``_file``, ``_sha256``), where rows come from many documents.
    """

    arrays: list[pa.Array]
    lines: np.ndarray[Any, Any]
    bad: list[BadRecord] = field(default_factory=list)
    told: dict[str, pa.Array] = field(default_factory=dict)


@dataclass(frozen=True)
class Opened:
    """A file whose header is known. ``chunks`` reads from the start at every call; where it raises NeedsCare,
    what it gave is void and ``careful`` reads the whole again. ``serial``: bare numbers may be day numbers.
    ``header_line``: None where columns have names of their own (JSON, Parquet). ``warnings``: what the user should know.
    """

    columns: Columns
    header_line: int | None
    encoding: str | None
    sheet: str | None
    serial: bool
    chunks: Callable[[], Iterator[Chunk]]
    careful: Callable[[], Iterator[Chunk]]
    warnings: tuple[str, ...] = ()
