"""An XLSX package looked at before it is opened: how large it really is, and what its sheets say of their cells.

Everything is unpacked once, piece by piece, and counted: what the archive's own directory says of sizes is only a
first check, for it may lie.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from shujian.kernel.errors import Fault
from shujian.lake.errors import FileRefused
from shujian.lake.reading.bounds import bounds
from shujian.lake.reading.grid import CellFault, Merge, SheetFacts

_PIECE = 1 << 20
_SMALL = 64 << 20
_LONGEST_ROW = 32 << 20
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_TYPE = re.compile(rb"""\bt=["'](\w+)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_LONG_NUMBER = re.compile(rb"v>-?[0-9]{16}|E\+?(?:1[5-9]|[2-9][0-9])<")
_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*\bhidden=["'](?:1|true)["']""")
_MERGE = re.compile(
    rb"""mergeCell\b[^>]*\bref=["']\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})["']"""
)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MOST_FAULTS = 100_000
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    struct.error,
    etree.LxmlError,
    NotImplementedError,
)


def inspect_package(path: Path, shown: str) -> dict[str, SheetFacts]:
    """What the file says of its sheets, by name. Unpacks everything once, counting.

    Raises FileRefused where it is a bomb, damaged or cut.
    """
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as source:
            entries = archive.infolist()
            _check_directory(entries, path.stat().st_size, shown)
            parts = _sheet_parts(archive)
            return _unpacked(entries, source, parts, shown, path.stat().st_size)
    except _UNREADABLE as error:
        raise FileRefused(
            Fault(code="unreadable_sheet", message="表格文件打不开：已损坏，文件可能被截断", file=shown,
                  found=str(error)[:200], expected="能用 Excel 或 WPS 打开的 .xlsx；也可另存为 CSV 再导入")
        ) from None  # fmt: skip


def _check_directory(entries: list[zipfile.ZipInfo], size: int, shown: str) -> None:
    if len(entries) > bounds().zip_entries:
        raise FileRefused(_bomb(shown, f"{len(entries)} 个部件", f"不超过 {bounds().zip_entries} 个部件"))
    if sum(entry.compress_size for entry in entries) > size:
        raise FileRefused(_bomb(shown, "压缩包的部件互相重叠", "部件互不重叠的 .xlsx"))
    _check_size(sum(entry.file_size for entry in entries), size, shown)


def _check_size(unpacked: int, size: int, shown: str) -> None:
    if unpacked > bounds().unpacked_bytes:
        raise FileRefused(
            _bomb(shown, f"解压后超过 {unpacked} 字节", f"不超过 {bounds().unpacked_bytes} 字节")
        )
    if unpacked > _SMALL and unpacked > size * bounds().unpacked_ratio:
        raise FileRefused(
            _bomb(shown, f"{size} 字节解压成 {unpacked} 字节以上", f"不超过 {bounds().unpacked_ratio} 倍")
        )


def _bomb(shown: str, found: str, expected: str) -> Fault:
    return Fault(
        code="zip_bomb", message="文件解压后过大，像是压缩炸弹，没有打开", file=shown, found=found,
        expected=f"{expected}（上限可在 catalogue/limits/reading.yaml 里放宽）",
    )  # fmt: skip


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, tuple[str, bool]]:
    """Part name → sheet name and whether it is hidden."""
    names = {name.lower(): name for name in archive.namelist()}
    book, relations = names.get("xl/workbook.xml"), names.get("xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        return {}
    targets = {}
    for element in _xml(archive, relations).iter("{*}Relationship"):
        target = (element.get("Target") or "").lstrip("/")
        targets[element.get("Id")] = (target if target.startswith("xl/") else f"xl/{target}").lower()
    parts = {}
    for element in _xml(archive, book).iter("{*}sheet"):
        part = targets.get(element.get(_RELATION))
        if part:
            parts[part] = (element.get("name") or "", element.get("state", "visible") != "visible")
    return parts


def _xml(archive: zipfile.ZipFile, name: str) -> etree._Element:
    with archive.open(name) as source:
        body = source.read(_SMALL + 1)
    if len(body) > _SMALL:
        raise ValueError(f"{name} 太大")
    return etree.fromstring(body, etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True))


def _unpacked(
    entries: list[zipfile.ZipInfo],
    source: BinaryIO,
    parts: dict[str, tuple[str, bool]],
    shown: str,
    size: int,
) -> dict[str, SheetFacts]:
    facts: dict[str, SheetFacts] = {}
    total = 0
    for entry in entries:
        told = parts.get(entry.filename.lower())
        scan = _Scan(told[1], shown) if told else None
        for piece in _pieces(source, entry):
            total += len(piece)
            _check_size(total, size, shown)
            if scan:
                scan.take(piece)
        if told and scan:
            scan.end()
            facts[told[0]] = scan.facts
    return facts


def _pieces(source: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a part really holds, by its packed bytes alone."""
    source.seek(entry.header_offset)
    head = source.read(30)
    if len(head) < 30 or head[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile(f"部件 {entry.filename} 的开头不对")
    name, extra = struct.unpack("<HH", head[26:30])
    source.seek(entry.header_offset + 30 + name + extra)
    left = entry.compress_size
    if entry.flag_bits & 1:
        raise zipfile.BadZipFile("部件有密码")
    if entry.compress_type == zipfile.ZIP_STORED:
        while left > 0 and (piece := source.read(min(left, _PIECE))):
            left -= len(piece)
            yield piece
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile("压缩方法不常见")
    unpacker = zlib.decompressobj(-15)
    while not unpacker.eof:
        packed = unpacker.unconsumed_tail or source.read(min(left, _PIECE))
        if not unpacker.unconsumed_tail:
            left -= len(packed)
        if not packed:
            raise zipfile.BadZipFile(f"部件 {entry.filename} 不完整")
        if piece := unpacker.decompress(packed, _PIECE * 4):
            yield piece


class _Scan:
    """Finds merged ranges, hidden rows and cells without a usable value in the XML of one sheet."""

    def __init__(self, hidden: bool, shown: str) -> None:
        self.shown = shown
        self.facts = SheetFacts(hidden=hidden)
        self.rest = b""

    def take(self, piece: bytes) -> None:
        """One more piece; rows are looked at when they are whole."""
        self.rest += piece
        cut = self.rest.rfind(b"row>")
        if cut >= 0:
            self._look(self.rest[: cut + 4])
            self.rest = self.rest[cut + 4 :]
        elif len(self.rest) > _LONGEST_ROW:
            raise FileRefused(
                _bomb(self.shown, f"一行超过 {_LONGEST_ROW} 字节", f"一行不超过 {_LONGEST_ROW} 字节")
            )

    def end(self) -> None:
        """No more pieces."""
        self._look(self.rest)
        self.rest = b""

    def _look(self, xml: bytes) -> None:
        if b"mergeCell" in xml:
            for found in _MERGE.finditer(xml):
                left, top, right, bottom = found.groups()
                self.facts.merges.append(Merge(int(top) - 1, _column(left), int(bottom) - 1, _column(right)))
        if b"hidden=" in xml:
            self.facts.hidden_rows += sum(1 for _ in _HIDDEN_ROW.finditer(xml))
        if b't="e"' in xml or b"t='e'" in xml or _FORMULA.search(xml) or _LONG_NUMBER.search(xml):
            for found in _CELL.finditer(xml):
                self._cell(found[1], found[2] or b"")

    def _cell(self, attributes: bytes, body: bytes) -> None:
        place = _PLACE.search(attributes)
        if place is None:
            return
        if len(self.facts.faults) >= _MOST_FAULTS:
            raise ValueError(f"出错的单元格超过 {_MOST_FAULTS} 个")
        told = _TYPE.search(attributes)
        kind = told[1] if told else b"n"
        value = _VALUE.search(body)
        text = value[1].decode("utf-8", "replace").strip() if value else ""
        code = None
        if kind == b"e":
            code = "error_cell"
        elif kind in (b"n", b"b") and not text and _FORMULA.search(body):
            code = "no_cached_value"
        elif kind == b"n" and _LONG_NUMBER.search(b"v>" + text.encode() + b"<"):
            code = "lost_digits"
        if code:
            row, column = int(place[2]) - 1, _column(place[1])
            self.facts.faults.append(CellFault(row, column, code, text))


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1
