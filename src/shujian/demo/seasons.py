"""When things happen: how a year's rows fall on its months, and which matters come in which month."""

from __future__ import annotations

from calendar import monthrange, timegm
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shujian.demo.phrases import Phrasebook, pieces


@dataclass(frozen=True)
class Span:
    """A stretch of time and how many ordinary rows fall into it."""

    first: date
    last: date
    rows: int


@dataclass(frozen=True)
class Slice:
    """A part of one month: begin and end in seconds since 1970, and its rows. ``opens``: the first of its month."""

    month: date
    begin: int
    end: int
    rows: int
    opens: bool


def slices(span: Span, most: int) -> Iterator[Slice]:
    """The span by months, their rows by season, in slices of at most ``most`` rows."""
    months = list(_months(span))
    weights = pieces("seasons")["months"]
    shares = [((last - first).days + 1) * float(weights[first.month - 1]) for first, last in months]
    given, done = 0.0, 0
    for (first, last), share in zip(months, shares, strict=True):
        given += share
        count = round(span.rows * given / sum(shares)) - done
        done += count
        yield from _cut(first, last, count, most)


def topic_weights(book: Phrasebook, month: date) -> Sequence[float]:
    """How often each topic comes in a month."""
    peaks = pieces("seasons")["topics"]
    return [topic.weight * float(peaks.get(topic.id, {}).get(str(month.month), 1)) for topic in book.topics]


def _months(span: Span) -> Iterator[tuple[date, date]]:
    first = span.first
    while first <= span.last:
        end = first.replace(day=monthrange(first.year, first.month)[1])
        yield first, min(end, span.last)
        first = end + timedelta(days=1)


def _cut(first: date, last: date, count: int, most: int) -> Iterator[Slice]:
    begin, end = timegm(first.timetuple()), timegm(last.timetuple()) + 86_400 - 3600
    pieces_ = max(1, -(-count // most))
    for number in range(pieces_):
        rows = count * (number + 1) // pieces_ - count * number // pieces_
        start = begin + (end - begin) * number // pieces_
        stop = begin + (end - begin) * (number + 1) // pieces_
        yield Slice(first.replace(day=1), start, stop, rows, number == 0)
