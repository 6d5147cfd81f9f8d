"""Which rows of a dataset are meant: those of a person in any spelling, of a batch, of some keys, or past their time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from shujian.lake import log
from shujian.lake.contracts import source
from shujian.lake.engines.duckdb import Scratch
from shujian.lake.erasing.spellings import spelling
from shujian.lake.errors import UnknownSource
from shujian.lake.physical import META, literal, quoted
from shujian.lake.rewriting import whole_schema
from shujian.lake.shutting import SEALED

_NOT_SEARCHED = frozenset(name for name, _ in META if name != "_extra")

OPEN = f"coalesce(_content, '') <> {literal(SEALED)}"
"""Rows that only keep a sealed key closed (``lake.closing``) hold ids alone and are never taken away."""


@dataclass(frozen=True)
class Target:
    """What is to go. ``kind``: person, batch, rows or retention. ``rows``: dataset → row ids (``rows`` only);
    ``before``: dataset → rows received earlier than this go (UTC, without zone; ``retention`` only).
    """

    kind: str
    person: str | None = None
    batch: str | None = None
    rows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    before: Mapping[str, datetime] = field(default_factory=dict)

    def where(self, dataset: str, schema: pa.Schema, files: str) -> str | None:
        """The condition on rows of one dataset; None where none can be meant."""
        if self.kind == "person" and self.person:
            parts = [_holds(one, self.person) for one in schema if one.name not in _NOT_SEARCHED]
            return " or ".join(part for part in parts if part) or None
        if self.kind == "batch" and self.batch:
            return f"_batch = {literal(self.batch)}"
        if self.kind == "rows" and self.rows.get(dataset):
            listed = ", ".join(literal(row) for row in sorted(self.rows[dataset]))
            return f"_key in (select _key from {files} where _row in ({listed}))"
        if self.kind == "retention" and dataset in self.before:
            return f"_received < cast({literal(self.before[dataset].isoformat())} as timestamp)"
        return None


@dataclass(frozen=True)
class Found:
    """What is meant in one dataset. ``rows``: ids of every version; ``mentions``: rows that are about somebody else
    and only name the person; ``files``: names of all data files, current or not, that hold such rows; ``last``: the
    latest day of an event among them; ``names``: how the person is called in them.
    """

    dataset: str
    rows: frozenset[str] = frozenset()
    mentions: int = 0
    files: frozenset[str] = frozenset()
    last: date | None = None
    names: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()


def _holds(column: pa.Field, person: str) -> str | None:
    kind = column.type
    if not (pa.types.is_string(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind)):
        return None
    text = quoted(column.name)
    text = text if pa.types.is_string(kind) else f"cast({text} as varchar)"
    return f"(strlen({text}) >= 15 and regexp_matches({text}, {literal(spelling(person))}))"


def data_files(dataset: str) -> list[Path]:
    """Every data file of a dataset that is still there, current or not."""
    table = log.table_path(dataset)
    return sorted(table / name for name in log.added_files(dataset) if (table / name).exists())


def listed(files: Sequence[Path]) -> str:
    """A table function over files, with ``filename``."""
    names = ", ".join(literal(str(path)) for path in files)
    return f"read_parquet([{names}], union_by_name = true, filename = true)"


def find(dataset: str, target: Target) -> Found:
    """Look through all data files of a dataset."""
    files = data_files(dataset)
    if not files:
        return Found(dataset)
    schema = whole_schema(files)
    where = target.where(dataset, schema, listed(files))
    if where is None:
        return Found(dataset)
    subjects = [name[:-4] for name in schema.names if name.endswith("__id")]
    about, called = _about(subjects, target.person, schema), _called(subjects, target.person, schema)
    day = _event_day(dataset, schema)
    with Scratch() as scratch:
        scratch.execute(
            f"create temp table meant as select _row, _key, filename, {about} as about, {called} as called,"
            f" {day} as day from {listed(files)} where ({where}) and {OPEN}"
        )
        rows = _column(scratch, "_row")
        mentions = scratch.row("select count(distinct _row) from meant where not about")[0]
        return Found(
            dataset=dataset,
            rows=rows,
            mentions=int(str(mentions)),
            files=frozenset(Path(name).name for name in _column(scratch, "filename")),
            last=_day(scratch.row("select max(day) from meant")[0]),
            names=_column(scratch, "called"),
            keys=_column(scratch, "_key"),
        )


def _column(scratch: Scratch, name: str) -> frozenset[str]:
    told = scratch.table(f"select distinct {name} as one from meant where {name} is not null")
    return frozenset(str(one) for one in told["one"].to_pylist())


def _about(subjects: Sequence[str], person: str | None, schema: pa.Schema) -> str:
    if person is None:
        return "true"
    same = [f"coalesce({quoted(one + '__id')} = {literal(person)}, false)" for one in subjects]
    alone = " and ".join(f"{quoted(one + '__id')} is null" for one in subjects)
    return f"({' or '.join(same)} or ({alone}))" if same else "false"


def _called(subjects: Sequence[str], person: str | None, schema: pa.Schema) -> str:
    cases = [
        f"when {quoted(one + '__id')} = {literal(person)} then {quoted(one + '__name')}"
        for one in subjects
        if person and f"{one}__name" in schema.names
    ]
    return f"case {' '.join(cases)} end" if cases else "cast(null as varchar)"


def _event_day(dataset: str, schema: pa.Schema) -> str:
    try:
        named = source(dataset).date_field
    except UnknownSource:
        named = None
    return f"cast({quoted(named)} as date)" if named in schema.names and named else "cast(null as date)"


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def rows_of(path: Path, wanted: frozenset[str]) -> int:
    """How many rows of one file are among the wanted."""
    column = pq.read_table(path, columns=["_row"])["_row"]
    return sum(1 for row in column.to_pylist() if row in wanted)
