"""Which encoding a text file has, found by strict decoding of all of it, never by guess; and its digest.

UTF-8 (with or without byte order mark), GB18030 and UTF-16 with a mark are read as they stand. A file in
which only some lines are broken goes through ``lines``; nothing is ever decoded with replacement.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from shujian.kernel.errors import Fault
from shujian.lake.errors import FileRefused
from shujian.lake.reading.bounds import bounds
from shujian.lake.reading.kinds import HEAD, kind_of_bytes
from shujian.lake.reading.line_encodings import has_utf8_lines
from shujian.lake.reading.lines import settle_lines, shown_bytes
from shujian.lake.reading.records import BadRecord

BLOCK = 8 << 20
_LF = 0x0A


@dataclass(frozen=True)
class TextFile:
    """A text file to read. ``path`` holds UTF-8 from byte ``start`` on; a line of ``bad`` is empty there.

    ``whole``: the last line ends with a line break. ``told``: what the user should know of the encoding.
    """

    path: Path
    encoding: str
    start: int
    bad: Mapping[int, BadRecord] = field(default_factory=dict)
    whole: bool = True
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sniffed:
    """Bytes of a file, seen once: digest, size, what kind of file they are, and how they fare as text."""

    sha256: str
    size: int
    kind: str
    utf8_stops_at: int | None
    nul: bool = False
    longest: int = 0
    last: int = _LF


def sniff(path: Path) -> Sniffed:
    """Digest a file and test whether it is UTF-8. Raises FileRefused where it cannot be opened, is empty, or is
    known to be no table."""
    try:
        with path.open("rb") as source:
            head = source.read(HEAD)
            source.seek(0)
            seen = _Seen(b"\r" if b"\r" in head and b"\n" not in head else b"\n")
            while block := source.read(BLOCK):
                seen.take(block)
    except OSError as error:
        reason = {"FileNotFoundError": "文件不存在", "IsADirectoryError": "这是文件夹，不是文件"}
        message = reason.get(type(error).__name__)
        raise FileRefused(
            Fault(
                code="no_file",
                message=message or "文件打不开",
                file=str(path),
                found=None if message else error.strerror,
                expected="一个可读的文件",
            )
        ) from None
    if seen.size == 0:
        raise FileRefused(
            Fault(
                code="empty_file",
                message="文件是空的",
                file=str(path),
                found="0 字节",
                expected="表头和数据行",
            )
        )
    return seen.sniffed(kind_of_bytes(path, head))


class _Seen:
    """What the blocks of a file have told so far."""

    def __init__(self, line_end: bytes) -> None:
        self.line_end = line_end
        self.digest = hashlib.sha256()
        self.decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")("strict")
        self.stops: int | None = None
        self.size = self.open = self.longest = 0
        self.nul = False
        self.last = 0
        self.allowed = bounds().line_bytes

    def take(self, block: bytes) -> None:
        """One more block. Where no line inside it can be too long, only its rims are measured."""
        self.digest.update(block)
        self.last = block[-1]
        if self.decoder is not None:
            self._decode(block, final=False)
        self.nul = self.nul or b"\0" in block
        first = block.find(self.line_end)
        if first < 0:
            self.open += len(block)
        else:
            self.longest = max(self.longest, self.open + first)
            if len(block) > self.allowed:
                ends = np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == self.line_end[0])
                self.longest = max(self.longest, int(np.diff(ends).max(initial=0)) - 1)
            self.open = len(block) - 1 - block.rfind(self.line_end)
        self.size += len(block)

    def _decode(self, block: bytes, *, final: bool) -> None:
        assert self.decoder is not None
        pending = len(self.decoder.getstate()[0])
        try:
            self.decoder.decode(block, final)
        except UnicodeDecodeError as error:
            self.stops = self.size - pending + error.start
            self.decoder = None

    def sniffed(self, kind: str) -> Sniffed:
        """Everything, at the end of the file."""
        if self.decoder is not None:
            self._decode(b"", final=True)
        longest = max(self.longest, self.open)
        return Sniffed(self.digest.hexdigest(), self.size, kind, self.stops, self.nul, longest, self.last)


def open_text(path: Path, sniffed: Sniffed, work: Path, *, lines: bool = True) -> TextFile:
    """The file as UTF-8: itself where it is, else a decoded copy in the folder ``work``.

    ``lines``: the file is made of lines, so that one that cannot be read is left out with its reason; else, and
    where no line can be read, raises FileRefused with byte offset and line.
    """
    with path.open("rb") as source:
        head = source.read(HEAD)
    whole = sniffed.last in b"\r\n"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        copy = TextFile(_decoded(path, "utf-16", work), "utf-16", 0)
        return _settled(copy, path, work) if lines else copy
    long = lines and sniffed.longest > bounds().line_bytes
    if sniffed.utf8_stops_at is None and not long and not (lines and sniffed.nul):
        start = 3 if head.startswith(codecs.BOM_UTF8) else 0
        name = "utf-8-sig" if start else "utf-8"
        if lines and b"\n" not in head and b"\r" in head:
            return TextFile(_decoded(path, "utf-8-sig", work), name, 0, whole=whole)
        return TextFile(path, name, start, whole=whole)
    mixed = sniffed.utf8_stops_at is None or long or (lines and sniffed.nul) or has_utf8_lines(path)
    if not (mixed and lines):
        try:
            return TextFile(_decoded(path, "gb18030", work, sniffed.utf8_stops_at), "gb18030", 0, whole=whole)
        except FileRefused:
            if not lines:
                raise
    found = settle_lines(path, path, work / "settled.csv")
    return TextFile(found.path, found.encoding, found.start, found.bad, whole, found.told)


def _settled(text: TextFile, path: Path, work: Path) -> TextFile:
    """A decoded copy without the lines that cannot be rows."""
    seen = _Seen(b"\n")
    with text.path.open("rb") as source:
        while block := source.read(BLOCK):
            seen.take(block)
    whole = seen.last == _LF
    if not seen.nul and max(seen.longest, seen.open) <= bounds().line_bytes:
        return replace(text, whole=whole)
    found = settle_lines(path, text.path, work / "settled.csv")
    return replace(text, path=found.path, bad=found.bad, whole=whole, told=found.told)


def _decoded(path: Path, encoding: str, work: Path, utf8_stops_at: int | None = None) -> Path:
    target = work / "decoded.csv"
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    before, seen_lf = 0, False
    with path.open("rb") as source, target.open("wb") as out:
        target.chmod(0o600)
        while True:
            block = source.read(BLOCK)
            pending = len(decoder.getstate()[0])
            try:
                text = decoder.decode(block, not block)
            except UnicodeDecodeError as error:
                at = max(before - pending + error.start, utf8_stops_at or 0)
                raise FileRefused(not_text(path, at)) from None
            before += len(block)
            seen_lf = seen_lf or "\n" in text
            out.write((text if seen_lf else text.replace("\r", "\n")).encode("utf-8"))
            if not block:
                return target


def not_text(path: Path, at: int) -> Fault:
    """The fault of a file that stops being text at a byte."""
    line, left = 1, at
    found = b""
    with path.open("rb") as source:
        while left > 0 and (block := source.read(min(left, BLOCK))):
            line += block.count(b"\n")
            left -= len(block)
        found = source.read(2)
    return Fault(
        code="wrong_encoding", message=f"文件在第 {at} 字节处不是文字，整个文件未导入", file=str(path), line=line,
        found=shown_bytes(found) if found else "文件到此中断（文件可能被截断）",
        expected="UTF-8（可带 BOM）、GB18030（含 GBK、GB2312）或带 BOM 的 UTF-16",
    )  # fmt: skip
