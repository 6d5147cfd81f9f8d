"""Looks through every byte under home for a number: tables column by column, archives member by member.

What a store keeps packed in a form of its own (a search index) is not opened: such stores forget whole files.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shujian.kernel.home import home
from shujian.kernel.progress import Progress, Silent
from shujian.lake.erasing.spellings import pattern, written

_PIECE, _OVERLAP = 8 << 20, 512
_TEXT_AT_MOST = 64 << 20
_NOT_OURS = frozenset({"demo"})
"""The invented county's own files: they stand for what lies with the agencies."""
_UPPER = bytes.maketrans(b"x", b"X")
_BETWEEN = b"\0 \t\r\n\x0b\x0c._,-"


@dataclass(frozen=True)
class Scan:
    """How many files were looked through, and those (relative to home) that still hold the number."""

    files: int
    residue: tuple[str, ...]


class _Number:
    """One number in every form that is looked for in raw bytes."""

    def __init__(self, key: str) -> None:
        self.pattern = pattern(key)
        forms = written(key)
        self.plain = tuple(form.encode() for form in forms)
        wide = [form.translate({ord(sign): ord(sign) + 0xFEE0 for sign in form}) for form in forms]
        encodings = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
        self.wide = tuple(form.encode(encoding) for form in wide for encoding in encodings)

    def within(self, piece: bytes) -> bool:
        """Narrow signs in any of the usual encodings, whatever stands between; wide signs side by side."""
        narrow = piece.translate(_UPPER, _BETWEEN)
        return any(form in narrow for form in self.plain) or any(form in piece for form in self.wide)


def scan(key: str, progress: Progress | None = None) -> Scan:
    """Look through all of home but for the demo county's own files."""
    told, root, number = progress or Silent(), home().root, _Number(key)
    files = sorted(
        path
        for path in root.rglob("*")
        if path.is_file() and not path.is_symlink() and path.relative_to(root).parts[0] not in _NOT_OURS
    )
    told.begin("核验扫描", len(files))
    residue = []
    for path in files:
        if _holds(path, number):
            residue.append(str(path.relative_to(root)))
        told.advance(1)
    return Scan(len(files), tuple(number.pattern.sub("［号码］", one) for one in residue))


def _holds(path: Path, number: _Number) -> bool:
    """Whether a file holds the number, in its name or in any of its bytes. One that vanished meanwhile does not."""
    if number.pattern.search(path.name):
        return True
    try:
        if _table(path, number) or (zipfile.is_zipfile(path) and _archive(path, number)):
            return True
        with path.open("rb") as bytes_:
            if any(number.within(piece) for piece in _pieces(bytes_)):
                return True
        return path.stat().st_size <= _TEXT_AT_MOST and _text(path.read_bytes(), number.pattern)
    except FileNotFoundError:
        return False


def _table(path: Path, number: _Number) -> bool:
    with path.open("rb") as bytes_:
        if bytes_.read(4) != b"PAR1":
            return False
    try:
        file = pq.ParquetFile(path)
    except pa.ArrowInvalid:
        return False
    return any(
        _column(batch.column(at), number.pattern)
        for batch in file.iter_batches(batch_size=65_536)
        for at in range(batch.num_columns)
    )


def _column(column: pa.Array, number: re.Pattern[str]) -> bool:
    kind = column.type
    if not (pa.types.is_string(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind)):
        return False
    text = column.cast(pa.string())
    long = text.filter(pc.fill_null(pc.greater_equal(pc.binary_length(text), 15), False)).unique()
    return bool(pc.any(pc.match_substring_regex(long, number.pattern)).as_py())


def _archive(path: Path, number: _Number) -> bool:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if number.pattern.search(name):
                return True
            with archive.open(name) as member:
                if any(number.within(piece) for piece in _pieces(member)):
                    return True
    return False


def _pieces(bytes_: IO[bytes]) -> Iterator[bytes]:
    before = b""
    while piece := bytes_.read(_PIECE):
        yield before + piece
        before = piece[-_OVERLAP:]


def _text(data: bytes, number: re.Pattern[str]) -> bool:
    """Any spelling, where the bytes are a text in UTF-8."""
    try:
        return bool(number.search(data.decode()))
    except UnicodeDecodeError:
        return False
