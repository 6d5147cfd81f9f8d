"""Whether a kept file tells an identifier, whatever its format, and how it is taken out."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shujian.lake.errors import FileRefused
from shujian.lake.reading.documents.read import read_document

_MOST_UNPACKED = 200 << 20


@dataclass(frozen=True)
class Found:
    """A file that tells an identifier, and in how many rows (a page is one)."""

    sha256: str
    rows: int


def holds(path: Path, wanted: re.Pattern[str]) -> Found | None:
    """Look for identifiers in a file: rows of Parquet, text of documents in any encoding, members of packages."""
    if path.suffix == ".parquet":
        rows = sum(
            pc.sum(_telling(batch, wanted)).as_py() or 0 for batch in pq.ParquetFile(path).iter_batches()
        )
    else:
        rows = int(any(wanted.search(text) for text in _texts(path)))
    return Found(hashlib.sha256(path.read_bytes()).hexdigest(), rows) if rows else None


def without(path: Path, wanted: re.Pattern[str]) -> int | None:
    """Write a table once more without the rows that tell an identifier, or drop the file; how many rows are left.

    ``wanted`` is an expression that Python and RE2 read alike.
    """
    if path.suffix != ".parquet":
        path.unlink()
        return None
    draft = path.with_suffix(".rewritten")
    left = 0
    file = pq.ParquetFile(path)
    with pq.ParquetWriter(draft, file.schema_arrow, compression="zstd") as writer:
        for batch in file.iter_batches():
            kept = batch.filter(pc.invert(_telling(batch, wanted)))
            left += kept.num_rows
            writer.write_batch(kept)
    file.close()
    draft.chmod(0o600)
    draft.replace(path)
    return left


def drop_rows(path: Path, lines: Collection[int]) -> None:
    """Write a table once more without these rows, counted from 1."""
    table = pq.read_table(path)
    gone = {line - 1 for line in lines}
    kept = [place for place in range(table.num_rows) if place not in gone]
    draft = path.with_suffix(".rewritten")
    pq.write_table(table.take(kept), draft, compression="zstd")
    draft.chmod(0o600)
    draft.replace(path)


def _telling(batch: pa.RecordBatch, wanted: re.Pattern[str]) -> pa.Array:
    told = pa.repeat(pa.scalar(False), batch.num_rows)
    for column in batch.columns:
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            hit = pc.match_substring_regex(
                column, wanted.pattern
            )  # RE2: the same expression, many times faster
            told = pc.or_(told, pc.fill_null(hit, False))
    return told


def _texts(path: Path) -> Iterator[str]:
    body = path.read_bytes()
    yield body.decode("utf-8", "replace")
    try:
        yield read_document(path, body, path.name).text
    except FileRefused:
        yield body.decode("gb18030", "replace")
    if body.startswith(b"PK\x03\x04"):
        for member in _members(body):
            yield member.decode("utf-8", "replace")


def _members(body: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            left = _MOST_UNPACKED
            for part in package.infolist():
                left -= part.file_size
                if left < 0:
                    return
                yield package.read(part)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError):
        return
