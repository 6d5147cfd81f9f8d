"""Evidence and comparisons as a page shows them: words marked where they stand, values in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from shujian.clues.read import ClueDetail, Evidence, MatchJudged
from shujian.faces.plain.words import COMPARED, OUTCOMES


@dataclass(frozen=True)
class Piece:
    """A run of text, marked or not."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Field:
    """One field of an evidence row; long texts come in pieces, keywords marked."""

    title: str
    pieces: tuple[Piece, ...]
    long: bool


@dataclass(frozen=True)
class Card:
    """One evidence row."""

    evidence: Evidence
    fields: tuple[Field, ...]
    words: tuple[str, ...]


def pieces(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """Cut a text at (offset, length) spans in code points; overlapping spans become one."""
    made: list[Piece] = []
    at = 0
    for start, end in _joined(spans, len(text)):
        if start > at:
            made.append(Piece(text[at:start]))
        made.append(Piece(text[start:end], marked=True))
        at = end
    if at < len(text) or not made:
        made.append(Piece(text[at:]))
    return tuple(made)


def _joined(spans: Iterable[tuple[int, int]], limit: int) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for offset, length in sorted(spans):
        start, end = max(offset, 0), min(offset + length, limit)
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif start < end:
            joined.append((start, end))
    return joined


def evidence_cards(detail: ClueDetail) -> list[Card]:
    """The evidence rows, each with its fields and the words found in it."""
    cards = []
    for row in detail.evidence:
        hits = [word for word in detail.keywords if word["dataset"] == row.dataset and word["row"] == row.row]
        fields = tuple(_field(row, name, value, hits) for name, value in row.fields.items())
        cards.append(Card(row, fields, tuple(dict.fromkeys(word["word"] for word in hits))))
    return cards


def _field(row: Evidence, name: str, value: Any, hits: Sequence[Mapping[str, Any]]) -> Field:
    if value is None or value == "":
        return Field(row.titles.get(name, name), (Piece("—"),), False)
    spans = [(word["offset"], word["length"]) for word in hits if word["field"] == name]
    text = str(value) if spans else said(row.types.get(name, "text"), str(value))
    long = len(text) > (24 if row.types.get(name) == "text" else 60)
    return Field(row.titles.get(name, name), pieces(text, spans), long)


def said(semantic_type: str, text: str) -> str:
    """A stored value as people write it: ``1234.50`` → 1,234.50 元, ``2026-06-21T15:47:49`` → 2026-06-21 15:47."""
    try:
        if semantic_type == "money":
            return f"{Decimal(text):,.2f} 元"
        if semantic_type == "decimal":
            return f"{Decimal(text).normalize():,f}"
        if semantic_type == "timestamp":
            return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M}"
    except (ValueError, InvalidOperation):
        return text
    return text


def match_cards(detail: ClueDetail, judged: Sequence[MatchJudged]) -> list[dict[str, Any]]:
    """The comparisons field by field, with the rows that were compared named by file and line, and what was judged.

    ``first``: the first that waits for a person; its form stands open.
    """
    places = {row.row: row for row in detail.evidence}
    waiting = next((one.match for one in judged if one.grade != "A" and one.standing == "none"), 0)
    return [
        {
            "grade": match["grade"],
            "judged": told,
            "first": told.match == waiting,
            "left": places.get(match["left"]),
            "right": places.get(match["right"]),
            "compared": [
                {
                    **one,
                    "title": COMPARED.get(one["field"], one["field"]),
                    "says": OUTCOMES.get(one["outcome"], one["outcome"]),
                }
                for one in match["compared"]
            ],
        }
        for match, told in zip(detail.matches, judged, strict=True)
    ]


def explained(detail: ClueDetail) -> list[str]:
    """The explanation without its own numbers (the list counts) and without what the absence panel says."""
    lines = []
    for line in detail.explanation:
        for one in detail.absences:
            line = line.replace(one["because"], "").rstrip("。：；")
        lines.append(re.sub(r"^\d+[.、]\s*", "", line))
    return lines
