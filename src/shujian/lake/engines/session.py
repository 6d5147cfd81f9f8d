"""What an engine offers to the steps of a model: SQL over the current rows of a pinned snapshot, hits, people.

The SQL is the one that the compiler writes, in DuckDB's words; another engine translates it.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Protocol, Self

import pyarrow as pa

from shujian.lake.engines.people import People

ENGINES = ("duckdb", "spark")


class Session(Protocol):
    """A connection over one snapshot or over tables in memory. Close it; it is a context manager too."""

    @property
    def engine(self) -> str:
        """``duckdb`` or ``spark``."""

    @property
    def engine_version(self) -> str:
        """The engine's own version text."""

    def sql(self, sql: str) -> pa.Table:
        """Run a query and give its whole answer."""

    def execute(self, sql: str) -> None:
        """Run a statement without an answer: ``CREATE OR REPLACE TEMP TABLE|VIEW … AS SELECT …``."""

    def register(self, name: str, table: pa.Table) -> None:
        """Name an Arrow table for this session."""

    def attach(self, dataset: str) -> str:
        """A view of the current rows of a dataset, by the columns of its contract; empty if never ingested.

        Answers the view's name, quoted where needed. Raises UnknownSource.
        """

    def hits(self, dataset: str, field: str, words: Sequence[str]) -> str:
        """A view (_row, word, "offset", length) of the words found in one text field; offsets in code points."""

    def people(self, name: str, people: People) -> None:
        """Make a view (name, id, birth): every naming of a person in the current rows of these datasets."""

    def close(self) -> None:
        """Let go of everything."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
