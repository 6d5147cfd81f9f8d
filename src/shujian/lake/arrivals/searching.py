"""Whether a kept file tells an identifier, whatever its format, and how it is taken out."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
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


def holds(path: Path, wanted: frozenset[bytes]) -> Found | None:
    """Look for identifiers in a file: rows of Parquet, text of documents in any encoding, members of packages."""
    if path.suffix == ".parquet":
        rows = sum(
            pc.sum(_telling(batch, wanted)).as_py() or 0 for batch in pq.ParquetFile(path).iter_batches()
        )
    else:
        rows = int(any(one in text for text in _texts(path) for one in wanted))
    return Found(hashlib.sha256(path.read_bytes()).hexdigest(), rows) if rows else None


def without(path: Path, wanted: frozenset[bytes]) -> int | None:
    """Write a table once more without the rows that tell an identifier, or drop the file; how many rows are left."""
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


def _telling(batch: pa.RecordBatch, wanted: frozenset[bytes]) -> pa.Array:
    told = pa.repeat(pa.scalar(False), batch.num_rows)
    for column in batch.columns:
        if not pa.types.is_string(column.type) and not pa.types.is_large_string(column.type):
            continue
        for one in wanted:
            hit = pc.match_substring(column, one.decode("utf-8"))
            told = pc.or_(told, pc.fill_null(hit, False))
    return told


def _texts(path: Path) -> Iterator[bytes]:
    body = path.read_bytes()
    yield body
    try:
        yield read_document(path, body, path.name).text.encode("utf-8")
    except FileRefused:
        yield body.decode("gb18030", "replace").encode("utf-8")
    if body.startswith(b"PK\x03\x04"):
        yield from _members(body)


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
