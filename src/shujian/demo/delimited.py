"""CSV as offices send it: this or that encoding, a BOM or none, headers by other names, torn lines."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path


class CsvFile:
    """Writes one CSV in chunks. ``torn`` lines are counted, because the reader must refuse exactly those."""

    def __init__(
        self, path: Path, header: Sequence[str], *, encoding: str, preface: Sequence[str] = ()
    ) -> None:
        self.path = path
        self.rows = 0
        self.torn = 0
        self._width = len(header)
        self._out = path.open("w", encoding=encoding, newline="")
        self._writer = csv.writer(self._out, lineterminator="\r\n")
        for line in preface:
            self._out.write(line + "," * (self._width - 1) + "\r\n")
        self._writer.writerow(header)

    def write(self, rows: Iterable[Sequence[object]], count: int) -> None:
        """Append ``count`` good rows."""
        self._writer.writerows(rows)
        self.rows += count

    def write_lines(self, lines: bytes, count: int) -> None:
        """Append ``count`` good rows that stand as whole lines of UTF-8 already."""
        self._out.flush()
        plain = self._out.encoding.lower().startswith("utf-8")
        self._out.buffer.write(lines if plain else lines.decode().encode(self._out.encoding))
        self.rows += count

    def tear(self, row: Sequence[object], *, extra: int) -> None:
        """Append one line with ``extra`` cells too many (negative: too few)."""
        cells = [*row, *(["多出"] * extra)] if extra > 0 else list(row)[:extra]
        self._writer.writerow(cells)
        self.rows += 1
        self.torn += 1

    def close(self) -> None:
        """Finish the file."""
        self._out.close()

    def __enter__(self) -> CsvFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
