"""The piece of a text around the words that were found, with their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shujian.lake.search.text import placed

WIDTH = 96
_BEFORE = 28


@dataclass(frozen=True)
class Snippet:
    """A piece of one field. ``marks``: (offset, length) in ``text``, in code points; ``start``: where it begins
    in the field's text.
    """

    field: str
    title: str
    text: str
    start: int
    marks: tuple[tuple[int, int], ...]
    cut_before: bool
    cut_after: bool

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        marks = [{"offset": offset, "length": length} for offset, length in self.marks]
        return {**vars(self), "marks": marks}


def snippet(field: str, title: str, text: str, words: Sequence[str]) -> Snippet:
    """Cut so that the first word found stands near the beginning; every word inside the piece is marked."""
    spans = _spans(text, words)
    first = spans[0][0] if spans else 0
    start = max(0, first - _BEFORE) if len(text) > WIDTH else 0
    end = min(len(text), max(start + WIDTH, spans[0][1] if spans else 0))
    start = max(0, min(start, end - WIDTH))
    inside = [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]
    marks = tuple((a - start, b - a) for a, b in inside)
    return Snippet(field, title, text[start:end], start, marks, start > 0, end < len(text))


def _spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand, from the first to behind the last sign, in order; overlapping ones are one."""
    plain, places = placed(text)
    found: list[tuple[int, int]] = []
    for word in words:
        at = plain.find(word)
        while at >= 0:
            found.append((places[at], places[at + len(word) - 1] + 1))
            at = plain.find(word, at + len(word))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
