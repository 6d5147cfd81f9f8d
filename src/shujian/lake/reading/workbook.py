"""An XLSX package looked at before it is opened: how large it really is, and what its sheets say of their cells.

Everything is unpacked once, piece by piece, and counted: what the archive's own directory says of sizes is only a
first check, for it may lie.
"""

from __future__ import annotations

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
from shujian.lake.reading.sheet_facts import SheetFacts
from shujian.lake.reading.sheet_scan import LONGEST_ROW, RowTooLong, SheetScan, TooManyCells

_PIECE = 1 << 20
_SMALL = 64 << 20
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    struct.error,
    etree.LxmlError,
    NotImplementedError,
    EOFError,
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
    except RowTooLong:
        raise FileRefused(
            _bomb(shown, f"一行超过 {LONGEST_ROW} 字节", f"一行不超过 {LONGEST_ROW} 字节")
        ) from None
    except TooManyCells:
        raise FileRefused(_too_large(shown)) from None
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


def _too_large(shown: str) -> Fault:
    return Fault(
        code="too_large", message="工作表的范围太大（往往是最后一行或最后一列有多余的内容）", file=shown,
        found=f"行数乘列数超过 {bounds().sheet_cells}", expected="删去数据以外的内容后另存，或另存为 CSV 再导入",
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
        scan = SheetScan(told[1], bounds().sheet_cells) if told else None
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
