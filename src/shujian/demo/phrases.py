"""Sentences for complaints and rounds: template pieces from ``content/*.yaml``, filled with invented places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shujian.demo.columns import Column, Mask, Numbers, at, constant, digits, either, glued, some, texts
from shujian.demo.draws import weighted
from shujian.demo.places import QUARTERS, ROADS, TOWNS, VILLAGES
from shujian.kernel.yamlfile import read_yaml

_FOLDER = Path(__file__).resolve().parent / "content"


@dataclass(frozen=True)
class Topic:
    """One matter that people ring about."""

    id: str
    weight: float
    kind: str
    cats: tuple[str, ...]
    handler: int
    title: tuple[str, ...]
    body: tuple[str, ...]
    detail: tuple[str, ...]
    names_firm: bool


@dataclass(frozen=True)
class Phrasebook:
    """The pieces of one file."""

    opening: tuple[str, ...]
    closing: tuple[str, ...]
    results: tuple[str, ...]
    leaks: tuple[str, ...]
    topics: tuple[Topic, ...]


@dataclass
class Places:
    """Where each row of a chunk plays: columns of equal length."""

    town: Column
    quarter: Column
    village: Column
    place: Column
    number: Column
    day: Column
    in_quarter: Mask


@cache
def pieces(name: str) -> Mapping[str, Any]:
    """The YAML file of this name, as plain values."""
    return dict(read_yaml(_FOLDER / f"{name}.yaml").value)


@cache
def phrasebook(name: str) -> Phrasebook:
    """``everyday`` or ``rounds``."""
    content = pieces(name)
    topics = tuple(
        Topic(
            item["id"],
            float(item["weight"]),
            item.get("kind", ""),
            tuple(item["cats"]),
            item["handler"],
            tuple(item.get("title", ())),
            tuple(item["body"]),
            tuple(item.get("detail", ("",))),
            bool(item.get("names_firm", False)),
        )
        for item in content["topics"]
    )
    return Phrasebook(
        tuple(content["opening"]),
        tuple(content["closing"]),
        tuple(content.get("results", ("",))),
        tuple(content.get("leaks", ())),
        topics,
    )


def quarter_of(index: int) -> tuple[str, str]:
    """Town and full name of the ``index``-th housing quarter; each quarter stands in one town only."""
    town = TOWNS[index % len(TOWNS)]
    return town, f"{town}{QUARTERS[index // len(TOWNS) % len(QUARTERS)]}"


QUARTER_COUNT = len(TOWNS) * len(QUARTERS)


QUARTER_NAMES = tuple(quarter_of(index) for index in range(QUARTER_COUNT))
_FILLS = ("", "place", "quarter", "village", "town", "n", "time")
_PLACEHOLDERS = 3
"""At most so many in one piece."""


def places(rng: np.random.Generator, count: int, first_quarter: int) -> Places:
    """Random places. Quarters below ``first_quarter`` are kept for planted matters and never drawn."""
    index = rng.integers(first_quarter, QUARTER_COUNT, count)
    town = at([town for town, _ in QUARTER_NAMES], index)
    quarter = at([name for _, name in QUARTER_NAMES], index)
    village = glued(town, some(rng, VILLAGES, count))
    house = glued(town, some(rng, ROADS, count), digits(rng.integers(1, 400, count)), "号")
    kind = rng.random(count)
    place = either(kind < 0.5, quarter, either(kind < 0.85, house, village))
    day = glued(digits(rng.integers(1, 13, count)), "月", digits(rng.integers(1, 29, count)), "日")
    return Places(town, quarter, village, place, digits(rng.integers(2, 30, count)), day, kind < 0.5)


def compose(
    rng: np.random.Generator, book: Phrasebook, where: Places, topic: Numbers
) -> tuple[Column, Column]:
    """Title and text of each row, by the topic drawn for it."""
    count = len(topic)
    opening, closing = (rng.integers(0, len(slot), count) for slot in (book.opening, book.closing))
    bodies, details, titles = (_slot(book, name) for name in ("body", "detail", "title"))
    body, detail, title = (
        slot.first[topic] + rng.integers(0, 1 << 30, count) % slot.many[topic]
        for slot in (bodies, details, titles)
    )
    fills = [
        constant("", count), where.place, where.quarter, where.village, where.town, where.number, where.day
    ]  # fmt: skip
    text = glued(
        *_filled(_cut_up(book.opening), opening, fills),
        *_filled(bodies.cut, body, fills),
        *_filled(details.cut, detail, fills),
        *_filled(_cut_up(book.closing), closing, fills),
    )
    return at(titles.plain, title), text


@dataclass(frozen=True)
class _Cut:
    """Pieces cut at their placeholders: the text before each, and which value follows (0: none)."""

    before: tuple[Column, ...]
    follows: tuple[Numbers, ...]


@dataclass(frozen=True)
class _Slot:
    """One part of a sentence over all topics: where each topic's pieces begin, and how many there are."""

    first: Numbers
    many: Numbers
    plain: tuple[str, ...]

    @property
    def cut(self) -> _Cut:
        return _cut_up(self.plain)


@cache
def _slot(book: Phrasebook, name: str) -> _Slot:
    lists: list[tuple[str, ...]] = [getattr(topic, name) or ("",) for topic in book.topics]
    many = np.array([len(each) for each in lists])
    return _Slot(np.cumsum(many) - many, many, tuple(piece for each in lists for piece in each))


@cache
def _cut_up(plain: tuple[str, ...]) -> _Cut:
    before = [[""] * len(plain) for _ in range(_PLACEHOLDERS + 1)]
    follows = np.zeros((_PLACEHOLDERS, len(plain)), dtype=np.int64)
    for row, piece in enumerate(plain):
        for turn, (literal, field, _, _) in enumerate(Formatter().parse(piece)):
            before[turn][row] = literal
            if field is not None:
                follows[turn, row] = _FILLS.index(field)
    used = max((turn + 1 for turn in range(_PLACEHOLDERS) if follows[turn].any()), default=0)
    return _Cut(tuple(texts(column) for column in before[: used + 1]), tuple(follows[:used]))


def _filled(cut: _Cut, which: Numbers, fills: Sequence[Column]) -> Iterator[Column]:
    rows = pa.array(which)
    yield cut.before[0].take(rows)
    for turn, follows in enumerate(cut.follows):
        yield pc.choose(pa.array(follows[which]), *fills)
        yield cut.before[turn + 1].take(rows)


def draw_topics(rng: np.random.Generator, weights: Sequence[float], count: int) -> Numbers:
    """Topic of each row by weight."""
    return weighted(rng, weights, count)
