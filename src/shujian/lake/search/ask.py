"""One question to one shard: words, filters and rights as one query."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

import tantivy
from tantivy import Occur, Query

from shujian.kernel.errors import Fault, Unavailable
from shujian.lake.search.build import opened, order_of, text_field
from shujian.lake.search.plan import Handles, Plan
from shujian.lake.search.scope import SearchRequest, SearchRights
from shujian.lake.search.shards import Shard
from shujian.lake.search.text import form, terms

HEAVY = 100_000
"""Places of terms that are compared at most before a count becomes "at least": rows × terms of a word."""
SLICE_SHARE = 3
"""Where that is too much, the newest rows with a third of it are looked at first."""

Found = list[tuple[Any, tantivy.DocAddress]]


@dataclass(frozen=True)
class Answer:
    """(order number or score, place) of the first rows, how many there are, and whether there may be more."""

    hits: Found
    count: int
    at_least: bool


@dataclass(frozen=True)
class Opened:
    """An open shard."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema


@lru_cache(maxsize=256)
def _opened(shard_path: str, stamp: tuple[int, int], path: Any) -> Opened:
    index = opened(path)
    return Opened(index.searcher(), index.schema)


def open_shard(shard: Shard) -> Opened:
    """Open a shard, or take it as it was opened before. Raises IndexDamaged where it cannot be opened."""
    try:
        return _opened(str(shard.path), shard.stamp, shard.path)
    except (OSError, ValueError):
        raise damaged(shard) from None


def damaged(shard: Shard) -> IndexDamaged:
    """The error that names a shard which must not be believed."""
    told = Fault(code="index_damaged", message="检索索引损坏", file=str(shard.path), expected="重建后的索引")
    return IndexDamaged(told, shard)


class IndexDamaged(Unavailable):
    """A shard cannot be opened, or promises what its text does not hold."""

    def __init__(self, told: Fault, shard: Shard) -> None:
        super().__init__(told)
        self.shard = shard


def fields_of(plan: Plan, allowed: SearchRights, request: SearchRequest) -> list[str]:
    """The fields of a dataset that this request searches, in the contract's order."""
    asked = set(request.fields) or plan.texts.keys()
    return [field for field in plan.texts if field in allowed.fields and field in asked]


def ask(
    shard: Shard,
    plan: Plan,
    allowed: SearchRights,
    request: SearchRequest,
    *,
    most: int,
    below: int | None = None,
    struck: Collection[str] = (),
) -> Answer:
    """The first ``most`` rows; ``below``: only order numbers up to this one. Nobody's rows but the reader's count."""
    one = open_shard(shard)
    asking = _Asking(one, fields_of(plan, allowed, request), request)
    parts = asking.parts(allowed, struck)
    if parts is None:
        return Answer([], 0, False)
    if request.order == "best":
        found = one.searcher.search(
            Query.boolean_query([*parts, *asking.span(None, below)]), most, count=True
        )
        return Answer(found.hits, _count(found), False)
    for lower in _steps(shard, asking.work, below):
        query = Query.boolean_query([*parts, *asking.span(lower, below)])
        found = one.searcher.search(query, most, count=True, order_by_field="at")
        if lower is None or len(found.hits) >= most:
            return Answer(found.hits, _count(found), lower is not None)
    raise AssertionError("the last step has no lower end")


def _count(found: Any) -> int:
    """The number that the binding gives and its type stub does not name."""
    return int(found.count)


def _steps(shard: Shard, work: int, below: int | None) -> list[int | None]:
    """Lower ends of the order number to try, newest rows first: only where a whole comparison is too much work."""
    if work <= HEAVY or not shard.marks:
        return [None]
    parts = max(1, len(shard.marks) * HEAVY // (SLICE_SHARE * work))
    first = sum(mark > below for mark in shard.marks) if below is not None else 0
    ends: list[int | None] = []
    while first + parts < len(shard.marks):
        ends.append(shard.marks[first + parts])
        parts *= 4
    return [*ends, None]


@dataclass(frozen=True)
class _Standing:
    """One word in one field. ``rows``: at most so many hold it; ``compared``: terms whose places say whether."""

    query: Query
    rows: int
    compared: int


class _Asking:
    """Turns one request into the query of one shard; ``work`` says how many places must be compared."""

    def __init__(self, one: Opened, fields: Sequence[str], request: SearchRequest) -> None:
        self.one = one
        self.fields = fields
        self.request = request
        self.work = 0
        self._option = "position" if request.order == "best" else "basic"

    def parts(self, allowed: SearchRights, struck: Collection[str]) -> list[tuple[Occur, Query]] | None:
        """Everything that a row must and must not be; None where no row can be."""
        must = self._person(allowed) if self.request.person else self._words()
        if must is None:
            return None
        made = [(Occur.Must, query) for query in must]
        if allowed.regions is not None:
            made.append((Occur.Must, self._silent(self._any("area", map(form, sorted(allowed.regions))))))
        if self.request.region:
            town = self._word("region", form(self.request.region))
            if town is None:
                return None
            made.append((Occur.Must, self._silent(town.query)))
        made += [(Occur.MustNot, one.query) for one in self._without()]
        if struck:
            made.append((Occur.MustNot, Query.term_set_query(self.one.schema, "row", sorted(struck))))
        return made

    def _person(self, allowed: SearchRights) -> list[Query] | None:
        if self.request.person is None or not allowed.persons:
            return None
        handles, (kind, key) = Handles(), self.request.person
        return [self._any("person", [handles.term(field, kind, key) for field in sorted(allowed.persons)])]

    def _words(self) -> list[Query] | None:
        """One query a clause. What has to be compared is at most what the rarest clause leaves over."""
        wanted = self.request.wanted
        clauses = [
            [one for word in clause for one in self._everywhere(word)]
            for clause in (wanted.clauses if wanted else ())
        ]
        if not clauses or not all(clauses):
            return None
        least = min(sum(one.rows for one in clause) for clause in clauses)
        every = [*(one for clause in clauses for one in clause), *self._without()]
        self.work = sum(min(one.rows, least) * one.compared for one in every)
        return [
            clause[0].query
            if len(clause) == 1
            else Query.boolean_query([(Occur.Should, one.query) for one in clause])
            for clause in clauses
        ]

    def _without(self) -> list[_Standing]:
        return [
            one
            for word in (self.request.wanted.without if self.request.wanted else ())
            for one in self._everywhere(word)
        ]

    def _any(self, field: str, terms_: Iterable[str]) -> Query:
        """Rows that have one of these terms, asked term by term: a set of terms would be read whole each time."""
        made = [(Occur.Should, Query.term_query(self.one.schema, field, term, "basic")) for term in terms_]
        return Query.boolean_query(made)

    def span(self, lower: int | None, upper: int | None) -> list[tuple[Occur, Query]]:
        """The order numbers asked for: filters by day, and what a page needs."""
        since, until = self.request.since, self.request.until
        lowers = [lower, order_of(since) if since else None, 1 << 31 if until else None]
        uppers = [upper, order_of(until + timedelta(days=1)) - 1 if until else None]
        low = max((end for end in lowers if end is not None), default=None)
        high = min((end for end in uppers if end is not None), default=None)
        if low is None and high is None:
            return []
        kind = tantivy.FieldType.Unsigned
        span = Query.range_query(self.one.schema, "at", kind, lower_bound=low, upper_bound=high)
        return [(Occur.Must, self._silent(span))]

    def _silent(self, query: Query) -> Query:
        """A filter that leaves the score alone."""
        return Query.const_score_query(query, 0.0) if self.request.order == "best" else query

    def _everywhere(self, word: str) -> list[_Standing]:
        found = [self._word(text_field(field), word) for field in self.fields]
        return [one for one in found if one is not None]

    def _word(self, field: str, word: str) -> _Standing | None:
        """Rows whose field holds the word, wherever it stands; None where its terms are not in the shard."""
        schema, searcher = self.one.schema, self.one.searcher
        if len(word) == 1:
            return _Standing(Query.regex_query(schema, field, _literal(word) + "."), searcher.num_docs, 0)
        split = terms(word)[:-1]
        counts = [searcher.doc_freq(field, term) for term in split]
        rarest = min(range(len(split)), key=counts.__getitem__)
        if counts[rarest] == 0:
            return None
        if len(split) == 1:
            return _Standing(Query.term_query(schema, field, split[0], self._option), counts[0], 0)
        chosen = sorted({*range(0, len(split), 2), len(split) - 1, rarest})
        phrase = Query.phrase_query(schema, field, [(place, split[place]) for place in chosen])
        return _Standing(phrase, counts[rarest], len(chosen))


def _literal(sign: str) -> str:
    return "\\" + sign if sign in r"\.+*?()|[]{}^$#&-~/" else sign
