"""What an engine offers to the steps of a model: SQL over the current rows of a pinned snapshot, hits, people.

The SQL is the one that the compiler writes, in DuckDB's words; another engine translates it. What is the same on every
engine stands here: which view is made of what. How a query runs, a file is read and a text is screened is the engine's.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import pyarrow as pa

from shujian.lake.contracts import source
from shujian.lake.engines.people import People, people_sql
from shujian.lake.errors import UnknownSource
from shujian.lake.physical import dataset_schema, quoted, sql_type
from shujian.lake.snapshots import DatasetPin, Snapshot

CREATE = re.compile(
    r'\s*create\s+(?:or\s+replace\s+)?temp\s+(table|view)\s+("(?:[^"]|"")+"|\w+)\s+as\s+', re.I
)
"""What makes a table or view of a session: its kind, its name, then the query."""
ENGINES = ("duckdb", "spark")
Work = Callable[[pa.Table], pa.Table]
"""Rows in, rows out, each answered by itself: any cut into batches gives the same; it may be sent to another machine.
No rows give the columns and kinds of the answer."""


class Session(ABC):
    """A connection over one snapshot or over tables in memory. Close it; it is a context manager too."""

    engine: str
    """``duckdb`` or ``spark``."""

    def __init__(
        self, *, snapshot: Snapshot | None = None, tables: Mapping[str, pa.Table] | None = None
    ) -> None:
        self.snapshot = snapshot
        self.tables = dict(tables or {})
        self._views: dict[str, str] = {}
        self._hits: dict[tuple[str, str, tuple[str, ...]], str] = {}

    @property
    @abstractmethod
    def engine_version(self) -> str:
        """The engine's own version text."""

    @abstractmethod
    def sql(self, sql: str) -> pa.Table:
        """Run a query and give its whole answer."""

    @abstractmethod
    def execute(self, sql: str) -> None:
        """Run a statement without an answer: ``CREATE OR REPLACE TEMP TABLE|VIEW … AS SELECT …``."""

    @abstractmethod
    def register(self, name: str, table: pa.Table) -> None:
        """Name an Arrow table for this session."""

    def derive(self, name: str, sql: str, work: Work) -> None:
        """Make a temp table ``name`` of what ``work`` answers to the rows of a query, batch by batch."""
        self.register(f"derived_{name}", work(self.sql(sql)))
        self.execute(
            f"CREATE OR REPLACE TEMP TABLE {quoted(name)} AS SELECT * FROM {quoted(f'derived_{name}')}"
        )

    def local(self, name: str, sql: str, dataset: str, row: str) -> None:
        """Make a temp table of a query whose every row comes of one row of ``dataset`` and of the hits in it: its column
        ``row`` names that row. An engine may answer for the new files of a dataset alone.
        """
        self.execute(f"CREATE OR REPLACE TEMP TABLE {quoted(name)} AS {sql}")

    def rows(self, dataset: str, columns: Sequence[str], ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Stored rows by their ids (``_row``, which is added to the columns); ids that are not there are left out."""
        self.register(name := f"asked_{dataset}", pa.table({"_row": pa.array(ids, pa.string())}))
        listed = ", ".join(quoted(column) for column in dict.fromkeys(("_row", *columns)))
        among = f"_row IN (SELECT _row FROM {quoted(name)})"
        found = self.sql(f"SELECT {listed} FROM {self.attach(dataset)} WHERE {among}")
        return {row["_row"]: row for row in found.to_pylist()}

    @abstractmethod
    def close(self) -> None:
        """Let go of everything."""

    @abstractmethod
    def _scan(self, pin: DatasetPin) -> str:
        """Something to select from: all files of a pin, columns by name."""

    @abstractmethod
    def _stored(self, pin: DatasetPin) -> set[str]:
        """The columns that the files of a pin have."""

    @abstractmethod
    def _make_hits(self, name: str, dataset: str, field: str, words: tuple[str, ...]) -> None:
        """Make the view ``name`` of ``hits``."""

    def attach(self, dataset: str) -> str:
        """A view of the current rows of a dataset, by the columns of its contract; empty if never ingested.

        Answers the view's name, quoted where needed. Raises UnknownSource.
        """
        if dataset not in self._views:
            name, pin = f"ds_{dataset}", self.pin(dataset)
            if dataset in self.tables:
                body = self._in_memory(dataset)
            else:
                body = current_rows(pin, self._stored(pin), self._scan(pin)) if pin else no_rows(dataset)
            self.execute(f"create or replace temp view {quoted(name)} as {body}")
            self._views[dataset] = name
        return quoted(self._views[dataset])

    def pin(self, dataset: str) -> DatasetPin | None:
        """The dataset in the snapshot; None where it holds no file."""
        found = self.snapshot.datasets.get(dataset) if self.snapshot else None
        return found if found and found.files else None

    def _in_memory(self, dataset: str) -> str:
        table, memory = self.tables[dataset], f"mem_{dataset}"
        self.register(memory, table)
        told = "_supersedes" in table.column_names and table["_supersedes"].null_count < len(table)
        return f"select * from {quoted(memory)}{still_current(quoted(memory)) if told else ''}"

    def hits(self, dataset: str, field: str, words: Sequence[str]) -> str:
        """A view (_row, word, "offset", length) of the words found in one text field; offsets in code points."""
        wanted = (dataset, field, tuple(sorted(set(words))))
        if wanted not in self._hits:
            name = f"hits_{len(self._hits) + 1}"
            self._make_hits(name, dataset, field, wanted[2])
            self._hits[wanted] = quoted(name)
        return self._hits[wanted]

    def people(self, name: str, people: People) -> None:
        """Make a view (name, id, birth): every naming of a person in the current rows of these datasets."""
        pins = self.snapshot.datasets if self.snapshot else {}
        self.execute(
            f"create or replace temp view {quoted(name)} as {people_sql(people, pins, self._columns)}"
        )

    def _columns(self, pin: DatasetPin, columns: Sequence[str]) -> str | None:
        if not pin.files or not set(columns) <= self._stored(pin):
            return None
        scanned = self._scan(pin)
        where = still_current(scanned) if pin.superseding else ""
        return f"select {', '.join(map(quoted, columns))} from {scanned}{where}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _schema_of(dataset: str) -> dict[str, str]:
    schema = dataset_schema(source(dataset))
    return {name: sql_type(kind) for name, kind in zip(schema.names, schema.types, strict=True)}


def no_rows(dataset: str) -> str:
    """A query for no row of a dataset, by the columns of its contract. Raises UnknownSource."""
    columns = _schema_of(dataset).items()
    return (
        f"select {', '.join(f'cast(null as {kind}) as {quoted(name)}' for name, kind in columns)} where false"
    )


def current_rows(pin: DatasetPin, stored: set[str], scanned: str) -> str:
    """A query for the current rows of a pin, by the columns of the contract; columns not stored are null."""
    try:
        shown = ", ".join(
            quoted(column) if column in stored else f"cast(null as {kind}) as {quoted(column)}"
            for column, kind in _schema_of(pin.dataset).items()
        )
    except UnknownSource:
        shown = "*"
    return f"select {shown} from {scanned}{still_current(scanned) if pin.superseding else ''}"


def still_current(scanned: str) -> str:
    """The condition that no other row of ``scanned`` supersedes a row."""
    told = f"select _supersedes from {scanned} where _supersedes is not null"
    return f" where _row not in ({told})"
