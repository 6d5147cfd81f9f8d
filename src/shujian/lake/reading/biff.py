"""What an old ``.xls`` workbook says of its cells beside their values, read from its own records.

OLE2 container ([MS-CFB]) and BIFF8 records ([MS-XLS]): MERGEDCELLS, FORMULA and BOOLERR with errors, NUMBER too long
to be exact, hidden sheets and rows, FILEPASS (a password). Anything unexpected ends the look, never the reading.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from shujian.lake.errors import FileRefused
from shujian.lake.reading.kinds import locked
from shujian.lake.reading.sheet_facts import CellFault, Merge, SheetFacts

_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_FILEPASS, _BOUNDSHEET, _EOF = 0x2F, 0x85, 0x0A
_FORMULA, _NUMBER, _BOOLERR, _ROW, _MERGED = 0x06, 0x203, 0x205, 0x208, 0xE5
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_EXACT = 1e15
_SMALL_STREAM = 4096


def inspect_biff(path: Path) -> dict[str, SheetFacts]:
    """Sheet name → what the file says of it; empty where it cannot be told. Raises FileRefused for a password."""
    try:
        book = _book(path.read_bytes())
    except (struct.error, IndexError, ValueError, OverflowError):
        return {}
    facts: dict[str, SheetFacts] = {}
    for kind, body in _records(book, 0):
        if kind == _FILEPASS:
            raise FileRefused(locked(path))
        if kind == _BOUNDSHEET and len(body) >= 8:
            start, state = struct.unpack("<IB", body[:5])
            facts[_sheet_name(body[6:])] = _sheet(book, start, hidden=state & 3 != 0)
    return facts


def _sheet_name(body: bytes) -> str:
    size, wide = body[0], body[1] & 1
    return body[2 : 2 + size * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1", "replace")


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Records of one substream, up to its end."""
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        yield kind, book[at + 4 : at + 4 + size]
        if kind == _EOF:
            return
        at += 4 + size


def _sheet(book: bytes, start: int, *, hidden: bool) -> SheetFacts:
    facts = SheetFacts(hidden=hidden)
    for kind, body in _records(book, start):
        try:
            _take(facts, kind, body)
        except struct.error:
            break
    return facts


def _take(facts: SheetFacts, kind: int, body: bytes) -> None:
    if kind == _MERGED:
        for at in range(struct.unpack_from("<H", body)[0]):
            top, bottom, left, right = struct.unpack_from("<4H", body, 2 + 8 * at)
            facts.merges.append(Merge(top, left, bottom, right))
    elif kind == _ROW:
        facts.hidden_rows += bool(struct.unpack_from("<I", body, 12)[0] & 0x20)
    elif kind == _BOOLERR:
        row, column, _, value, is_error = struct.unpack_from("<3HBB", body)
        if is_error:
            facts.faults.append(CellFault(row, column, "error_cell", _ERRORS.get(value, "#?")))
    elif kind == _FORMULA:
        row, column, _ = struct.unpack_from("<3H", body)
        if body[12:14] == b"\xff\xff" and body[6] == 2:
            facts.faults.append(CellFault(row, column, "error_cell", _ERRORS.get(body[8], "#?")))
    elif kind == _NUMBER:
        row, column, _, value = struct.unpack_from("<3Hd", body)
        if abs(value) >= _EXACT:
            facts.faults.append(CellFault(row, column, "lost_digits", f"{value:.0f}"))


def _book(data: bytes) -> bytes:
    """The workbook stream of the container."""
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    if not (7 <= shift <= 16 and 4 <= small_shift <= shift):
        raise ValueError("sector size")
    size = 1 << shift
    first_directory, cutoff, first_small = (
        struct.unpack_from("<I", data, 48)[0],
        *struct.unpack_from("<II", data, 56),
    )
    table = _table(data, size)

    def chain(start: int, links: list[int], most: int) -> list[int]:
        found: list[int] = []
        while start < _FREE - 3 and len(found) <= most:
            found.append(start)
            start = links[start]
        return found

    def sectors(start: int) -> bytes:
        return b"".join(data[(at + 1) * size : (at + 2) * size] for at in chain(start, table, len(table)))

    entries = sectors(first_directory)
    root = entries[:128]
    for at in range(0, len(entries) - 127, 128):
        entry = entries[at : at + 128]
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        if name.lower() in ("workbook", "book"):
            start, length = struct.unpack_from("<II", entry, 116)
            if length >= (cutoff or _SMALL_STREAM):
                return sectors(start)[:length]
            small = 1 << small_shift
            packed, raw = sectors(struct.unpack_from("<I", root, 116)[0]), sectors(first_small)
            links = list(struct.unpack(f"<{len(raw) // 4}I", raw))
            pieces = (packed[one * small : (one + 1) * small] for one in chain(start, links, len(links)))
            return b"".join(pieces)[:length]
    raise ValueError("no workbook")


def _table(data: bytes, size: int) -> list[int]:
    """The sector table, found through its own list of sectors."""
    listed = list(struct.unpack_from("<109I", data, 76))
    following, count = struct.unpack_from("<II", data, 68)
    per = size // 4
    while following < _FREE - 3 and count > 0 and len(listed) < len(data) // size + 200:
        block = struct.unpack_from(f"<{per}I", data, (following + 1) * size)
        listed += block[:-1]
        following, count = block[-1], count - 1
    table: list[int] = []
    for at in listed:
        if at < _FREE - 3:
            table += struct.unpack_from(f"<{per}I", data, (at + 1) * size)
    return table
