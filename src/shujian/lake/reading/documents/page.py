"""What every document reader gives: text by lines, metadata, and the cells that stand beside label cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from shujian.kernel.errors import Fault
from shujian.lake.errors import FileRefused

LARGEST = 64 << 20
"""Bytes of one document. A judgment is a few kilobytes, a scanned file is a matter for OCR."""
LONGEST = 4_000_000
"""Characters of one document's text."""
_BLANKS = re.compile(r"[ \t\r\f\v\u00a0\u3000\u200b\ufeff]+")


@dataclass(frozen=True)
class Page:
    """A document as read. ``pairs``: label cell and the cell beside or below it, in the order of the document.
    ``sure``: how sure a recogniser was of each line of the text, 0 to 1; empty where text came as text.
    """

    kind: str
    text: str
    metas: Mapping[str, str] = field(default_factory=dict)
    pairs: tuple[tuple[str, str], ...] = ()
    sure: tuple[float, ...] = ()


def tidy(text: str) -> str:
    """Lines without blanks at their ends, runs of blanks as one, never two empty lines; no NUL and no surrogates."""
    plain = text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    lines = [_BLANKS.sub(" ", line).strip() for line in plain.split("\n")]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept).strip()


def table_pairs(rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Every cell with its right neighbour; in a table of two rows also with the cell below."""
    found: list[tuple[str, str]] = []
    if len(rows) == 2 and len(rows[0]) == len(rows[1]) > 2:
        found += list(zip(rows[0], rows[1], strict=True))
    for row in rows:
        found += list(pairwise(row))
    return [(label, cell) for label, cell in found if label and cell]


def refused(code: str, message: str, file: str, *, found: str | None = None, expected: str) -> FileRefused:
    """The reason why a document gives no row."""
    return FileRefused(Fault(code=code, message=message, file=file, found=found, expected=expected))


def settled(page: Page, file: str) -> Page:
    """The page itself. Raises FileRefused where it has no text, or too much of it."""
    if not page.text:
        raise refused("empty_document", "文书里没有文字", file, expected="有正文的文书")
    if len(page.text) > LONGEST:
        raise refused(
            "document_too_long",
            "文书太长",
            file,
            found=f"{len(page.text):,} 字",
            expected=f"不超过 {LONGEST:,} 字",
        )
    return page
