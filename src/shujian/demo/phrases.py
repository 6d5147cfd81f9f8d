"""Sentences for complaints and rounds: template pieces from ``content/*.yaml``, filled with invented places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from shujian.demo.draws import Text, pick, weighted
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


@dataclass(frozen=True)
class Phrasebook:
    """The pieces of one file."""

    opening: tuple[str, ...]
    closing: tuple[str, ...]
    results: tuple[str, ...]
    topics: tuple[Topic, ...]


@dataclass
class Places:
    """Where each row of a chunk plays: columns of equal length."""

    town: Text
    quarter: Text
    village: Text
    place: Text
    number: Text
    day: Text


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
        )
        for item in content["topics"]
    )
    return Phrasebook(
        tuple(content["opening"]), tuple(content["closing"]), tuple(content.get("results", ("",))), topics
    )


def quarter_of(index: int) -> tuple[str, str]:
    """Town and full name of the ``index``-th housing quarter; each quarter stands in one town only."""
    town = TOWNS[index % len(TOWNS)]
    return town, f"{town}{QUARTERS[index // len(TOWNS) % len(QUARTERS)]}"


QUARTER_COUNT = len(TOWNS) * len(QUARTERS)


def places(rng: np.random.Generator, count: int, first_quarter: int) -> Places:
    """Random places. Quarters below ``first_quarter`` are kept for planted matters and never drawn."""
    index = rng.integers(first_quarter, QUARTER_COUNT, count)
    pairs = [quarter_of(at) for at in index.tolist()]
    town = _column([pair[0] for pair in pairs])
    quarter = _column([pair[1] for pair in pairs])
    road = pick(rng, ROADS, count)
    village = pick(rng, VILLAGES, count)
    number = _column([str(each) for each in rng.integers(2, 30, count).tolist()])
    house = rng.integers(1, 400, count).tolist()
    kind = rng.random(count)
    place = _column(
        [
            q if k < 0.5 else f"{t}{r}{h}号" if k < 0.85 else f"{t}{v}"
            for q, t, r, h, v, k in zip(quarter, town, road, house, village, kind.tolist(), strict=True)
        ]
    )
    day = _column(
        [
            f"{m}月{d}日"
            for m, d in zip(
                rng.integers(1, 13, count).tolist(), rng.integers(1, 29, count).tolist(), strict=True
            )
        ]
    )
    return Places(
        town, quarter, _column([t + v for t, v in zip(town, village, strict=True)]), place, number, day
    )


def compose(
    rng: np.random.Generator,
    book: Phrasebook,
    where: Places,
    topic: Sequence[int],
) -> tuple[Text, Text]:
    """Title and text of each row, by the topic drawn for it."""
    count = len(topic)
    opening = _column(list(book.opening))[rng.integers(0, len(book.opening), count)]
    closing = _column(list(book.closing))[rng.integers(0, len(book.closing), count)]
    which = rng.integers(0, 1 << 30, (3, count)).tolist()
    titles, texts = [], []
    rows = zip(
        topic,
        opening,
        closing,
        *which,
        where.place,
        where.quarter,
        where.village,
        where.town,
        where.number,
        where.day,
        strict=True,
    )
    for t, head, tail, a, b, c, place, quarter, village, town, number, day in rows:
        subject = book.topics[t]
        text = head + subject.body[a % len(subject.body)] + subject.detail[b % len(subject.detail)] + tail
        texts.append(
            text.format(place=place, quarter=quarter, village=village, town=town, n=number, time=day)
        )
        titles.append(subject.title[c % len(subject.title)] if subject.title else "")
    return _column(titles), _column(texts)


def draw_topics(rng: np.random.Generator, book: Phrasebook, count: int) -> list[int]:
    """Topic of each row by weight."""
    return weighted(rng, [topic.weight for topic in book.topics], count).tolist()  # type: ignore[no-any-return]


def _column(values: list[Any]) -> Text:
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out
