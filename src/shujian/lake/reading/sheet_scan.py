"""The XML of one XLSX sheet, read past piece by piece for what its values do not tell."""

from __future__ import annotations

import re

import numpy as np

from shujian.kernel.errors import ShujianError
from shujian.lake.reading.sheet_facts import CellFault, Merge, SheetFacts

LONGEST_ROW = 32 << 20
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_TYPE = re.compile(rb"""\bt=["'](\w+)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_LONG_NUMBER = re.compile(rb"v>-?[0-9]{16}|[eE]\+?(?:1[5-9]|[2-9][0-9])<")
_LONG_NUMBERS = tuple(map(re.compile, (rb"v>[0-9]{16}", rb"v>-[0-9]{16}", rb"E1[5-9]<", rb"E[2-9][0-9]<")))
_SIGNS = (b't="e"', b"t='e'", b"<f", b":f>", b":f ", b"E+", b"e+")
"""What every piece of XML is looked through for, at the speed of a plain search; cells are taken apart only then."""
_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*\bhidden=["'](?:1|true)["']""")
_MERGE = re.compile(
    rb"""mergeCell\b[^>]*\bref=["']\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})["']"""
)
_MOST_FAULTS = 100_000


class RowTooLong(ShujianError):
    """One row takes more room than a row can."""


class TooManyCells(ShujianError):
    """The sheet reaches so far down and right that it cannot be held, though most of it may be empty."""


class SheetScan:
    """Finds merged ranges, hidden rows and cells without a usable value in the XML of one sheet."""

    def __init__(self, hidden: bool, most_cells: int) -> None:
        self.most_cells = most_cells
        self.height = self.width = 0
        self.facts = SheetFacts(hidden=hidden)
        self.rest = b""

    def take(self, piece: bytes) -> None:
        """One more piece; rows are looked at when they are whole."""
        self.rest += piece
        cut = self.rest.rfind(b"row>")
        if cut >= 0:
            self._look(self.rest[: cut + 4])
            self.rest = self.rest[cut + 4 :]
        elif len(self.rest) > LONGEST_ROW:
            raise RowTooLong(())

    def end(self) -> None:
        """No more pieces."""
        self._look(self.rest)
        self.rest = b""

    def _look(self, xml: bytes) -> None:
        height, width = reach(xml)
        self.height, self.width = max(self.height, height), max(self.width, width)
        if self.width * self.height > self.most_cells:
            raise TooManyCells(())
        if b"mergeCell" in xml:
            for found in _MERGE.finditer(xml):
                left, top, right, bottom = found.groups()
                self.facts.merges.append(Merge(int(top) - 1, _column(left), int(bottom) - 1, _column(right)))
        if b"hidden=" in xml:
            self.facts.hidden_rows += sum(1 for _ in _HIDDEN_ROW.finditer(xml))
        if any(sign in xml for sign in _SIGNS) or any(form.search(xml) for form in _LONG_NUMBERS):
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


def reach(xml: bytes) -> tuple[int, int]:
    """How far down and right the cells of a piece of XML name their places (``r="B3"``): rows, columns."""
    signs = np.frombuffer(xml + bytes(16), dtype=np.uint8)
    starts = (
        np.flatnonzero((signs[1:-14] == ord("r")) & (signs[2:-13] == ord("=")) & (signs[:-15] <= ord(" ")))
        + 4
    )
    letters = np.zeros(len(starts), dtype=np.int64)
    column, row = letters.copy(), letters.copy()
    open_ = np.ones(len(starts), dtype=bool)
    for step in range(3):
        sign = signs[starts + step]
        open_ &= (sign >= ord("A")) & (sign <= ord("Z"))
        column = np.where(open_, column * 26 + sign - 64, column)
        letters += open_
    starts, open_ = starts + letters, letters > 0
    for step in range(7):
        sign = signs[starts + step]
        open_ &= (sign >= ord("0")) & (sign <= ord("9"))
        row = np.where(open_, row * 10 + sign - 48, row)
    named = row > 0
    return int(row[named].max(initial=0)), int(column[named].max(initial=0))
