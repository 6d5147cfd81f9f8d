"""Which encoding a text file has, found by strict decoding of all of it, never by guess; and its digest.

UTF-8 (with or without byte order mark), GB18030 and UTF-16 with a mark are read. Anything else is refused
with the byte and line at which it stops being text.
"""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

from shujian.kernel.errors import Fault
from shujian.lake.errors import FileRefused

BLOCK = 8 << 20
_SHEET_MAGIC = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xls"}


@dataclass(frozen=True)
class TextFile:
    """A text file that decodes as a whole. ``path`` holds UTF-8 from byte ``start`` on."""

    path: Path
    encoding: str
    start: int


@dataclass(frozen=True)
class Sniffed:
    """Bytes of a file, seen once: digest, size, and what kind of file its first bytes and name say it is."""

    sha256: str
    size: int
    kind: str
    utf8_stops_at: int | None


def sniff(path: Path) -> Sniffed:
    """Digest a file and test whether it is UTF-8. Raises FileRefused where it cannot be opened or is empty."""
    digest, size, stops = hashlib.sha256(), 0, None
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    try:
        with path.open("rb") as source:
            head = source.read(4)
            source.seek(0)
            while block := source.read(BLOCK):
                digest.update(block)
                stops = _stop(decoder, block, size, final=False) if stops is None else stops
                size += len(block)
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
    if size == 0:
        raise FileRefused(
            Fault(
                code="empty_file",
                message="文件是空的",
                file=str(path),
                found="0 字节",
                expected="表头和数据行",
            )
        )
    if stops is None:
        stops = _stop(decoder, b"", size, final=True)
    kind = _SHEET_MAGIC.get(head) or {".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls"}.get(
        path.suffix.lower(), "text"
    )
    return Sniffed(digest.hexdigest(), size, kind, stops)


def _stop(decoder: codecs.IncrementalDecoder, block: bytes, before: int, *, final: bool) -> int | None:
    pending = len(decoder.getstate()[0])
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError as error:
        return before - pending + error.start
    return None


def open_text(path: Path, sniffed: Sniffed, work: Path) -> TextFile:
    """The file as UTF-8: itself where it is, else a decoded copy in the folder ``work``.

    Raises FileRefused with byte offset and line where no encoding reads it to the end.
    """
    with path.open("rb") as source:
        head = source.read(1 << 16)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return TextFile(_decoded(path, "utf-16", work), "utf-16", 0)
    if sniffed.utf8_stops_at is None:
        if b"\0" in head:
            raise FileRefused(_not_text(path, head.index(b"\0")))
        start = 3 if head.startswith(codecs.BOM_UTF8) else 0
        if b"\n" not in head and b"\r" in head:
            return TextFile(_decoded(path, "utf-8-sig", work), "utf-8-sig" if start else "utf-8", 0)
        return TextFile(path, "utf-8-sig" if start else "utf-8", start)
    return TextFile(_decoded(path, "gb18030", work, sniffed.utf8_stops_at), "gb18030", 0)


def _decoded(path: Path, encoding: str, work: Path, utf8_stops_at: int | None = None) -> Path:
    target = work / "decoded.csv"
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    before, seen_lf = 0, False
    with path.open("rb") as source, target.open("wb") as out:
        target.chmod(0o600)
        while True:
            block = source.read(BLOCK)
            pending = len(decoder.getstate()[0]) if encoding == "gb18030" else 0
            try:
                text = decoder.decode(block, not block)
            except UnicodeDecodeError as error:
                at = max(before - pending + error.start, utf8_stops_at or 0)
                raise FileRefused(_not_text(path, at)) from None
            if "\0" in text:
                raise FileRefused(_not_text(path, before))
            before += len(block)
            seen_lf = seen_lf or "\n" in text
            out.write((text if seen_lf else text.replace("\r", "\n")).encode("utf-8"))
            if not block:
                return target


def _not_text(path: Path, at: int) -> Fault:
    line, left = 1, at
    with path.open("rb") as source:
        while left > 0 and (block := source.read(min(left, BLOCK))):
            line += block.count(b"\n")
            left -= len(block)
        found = source.read(2)
    return Fault(
        code="wrong_encoding", message=f"文件在第 {at} 字节处不是文字，整个文件未导入", file=str(path), line=line,
        found="字节 " + " ".join(f"0x{byte:02x}" for byte in found),
        expected="UTF-8（可带 BOM）、GB18030（含 GBK、GB2312）或带 BOM 的 UTF-16",
    )  # fmt: skip
