"""Looks through every byte under home for a number: tables column by column, archives member by member."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shujian.kernel.home import home
from shujian.kernel.progress import Progress, Silent
from shujian.lake.erasing.spellings import MANY_DIGITS

_PIECE, _OVERLAP = 8 << 20, 512
_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")


@dataclass(frozen=True)
class Scan:
    """How many files were looked through, and those (relative to home) that still hold the number."""

    files: int
    residue: tuple[str, ...]


def scan(pattern: re.Pattern[str], progress: Progress | None = None) -> Scan:
    """Look through all of home."""
    told, root = progress or Silent(), home().root
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    told.begin("核验扫描", len(files))
    residue = []
    for path in files:
        if holds(path, pattern):
            residue.append(str(path.relative_to(root)))
        told.advance(1)
    return Scan(len(files), tuple(pattern.sub("［号码］", one) for one in residue))


def holds(path: Path, pattern: re.Pattern[str]) -> bool:
    """Whether a file holds the number, in its name or in any of its bytes. One that vanished meanwhile does not."""
    if pattern.search(path.name):
        return True
    try:
        if path.suffix in (".parquet", ".draft", ".erased", ".part") and _parquet(path, pattern):
            return True
        if zipfile.is_zipfile(path) and _archive(path, pattern):
            return True
        with path.open("rb") as bytes_:
            return any(_piece(piece, pattern) for piece in _pieces(bytes_))
    except FileNotFoundError:
        return False


def _parquet(path: Path, pattern: re.Pattern[str]) -> bool:
    try:
        file = pq.ParquetFile(path)
    except pa.ArrowInvalid:
        return False
    return any(
        _column(batch.column(at), pattern)
        for batch in file.iter_batches(batch_size=16_384)
        for at in range(batch.num_columns)
    )


def _column(column: pa.Array, pattern: re.Pattern[str]) -> bool:
    if not (pa.types.is_string(column.type) or pa.types.is_integer(column.type)):
        return False
    text = column.cast(pa.string())
    likely = text.filter(pc.fill_null(pc.match_substring_regex(text, MANY_DIGITS), False))
    return any(pattern.search(one) for one in likely.to_pylist())


def _archive(path: Path, pattern: re.Pattern[str]) -> bool:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if pattern.search(name):
                return True
            with archive.open(name) as member:
                if any(_piece(piece, pattern) for piece in _pieces(member)):
                    return True
    return False


def _pieces(bytes_: object) -> Iterator[bytes]:
    before = b""
    while piece := bytes_.read(_PIECE):  # type: ignore[attr-defined]
        yield before + piece
        before = piece[-_OVERLAP:]


def _piece(piece: bytes, pattern: re.Pattern[str]) -> bool:
    return any(
        pattern.search(piece[start:].decode(encoding, "replace"))
        for encoding in _ENCODINGS
        for start in ((0, 1) if encoding.startswith("utf-16") else (0,))
    )
