"""What a reader may find and what was asked: both become part of the query, so that counts tell nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from shujian.lake.search.snippets import Snippet
from shujian.lake.search.words import SearchWords

ORDERS = ("new", "best")


@dataclass(frozen=True)
class SearchRights:
    """The rights to one dataset. ``fields``: whose text may be searched and shown; ``persons``: fields by which a
    person may be looked up; ``regions``: the only values of its region field whose rows exist for the reader,
    None where all do.
    """

    fields: frozenset[str]
    persons: frozenset[str] = frozenset()
    regions: frozenset[str] | None = None


SearchScope = Mapping[str, SearchRights]
"""Dataset → rights; a dataset that is not named does not exist for the reader."""


@dataclass(frozen=True)
class SearchRequest:
    """One page asked for: words, or one person by (kind, key). Empty filters mean any; ``until`` is included."""

    wanted: SearchWords | None = None
    person: tuple[str, str] | None = None
    datasets: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    region: str = ""
    since: date | None = None
    until: date | None = None
    order: str = "new"
    limit: int = 20
    cursor: str | None = None


@dataclass(frozen=True)
class SearchHit:
    """One row that was found, with pieces of its text, masked, and where it comes from."""

    dataset: str
    title: str
    row: str
    day: date | None
    region: str | None
    file: str
    sheet: str | None
    line: int
    snippets: tuple[Snippet, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {**vars(self), "snippets": [one.as_dict() for one in self.snippets]}


@dataclass(frozen=True)
class SearchPage:
    """Some hits. ``total``: rows found within the rights, exact unless ``at_least``; ``behind``: rows of each
    dataset that are not indexed yet; ``snapshot``: what was searched.
    """

    items: tuple[SearchHit, ...]
    next: str | None
    total: int
    at_least: bool
    snapshot: str
    pinned_at: datetime
    behind: Mapping[str, int] = field(default_factory=dict)
