"""The lake's door for reading: sources, datasets, pinned snapshots, sessions, quality, rejects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from shujian.kernel.clock import today
from shujian.lake.asof import histories, snapshot_as_of
from shujian.lake.compaction import MANY, small_files
from shujian.lake.contracts import check, json_schema, read_contract, source, source_file, sources
from shujian.lake.contracts import warnings as contract_warnings
from shujian.lake.county import TITLES as COUNTY_TITLES
from shujian.lake.county import CountyFile, county_file
from shujian.lake.coverage import Coverage, Gap
from shujian.lake.derived import Forgotten, Gone
from shujian.lake.doubts import DoubtCount, DoubtfulCell, doubt_counts, doubtful_cells
from shujian.lake.engines import duckdb
from shujian.lake.engines.people import People, people_of
from shujian.lake.engines.remembered import forget
from shujian.lake.engines.remembering import Remembering
from shujian.lake.engines.session import ENGINES as ENGINES
from shujian.lake.engines.session import Session
from shujian.lake.engines.spark.door import spark_session
from shujian.lake.erasing.finding import Target
from shujian.lake.erasing.journal import unfinished as unfinished_erasure
from shujian.lake.erasing.records import KINDS as RECORD_KINDS
from shujian.lake.erasing.records import first_bad as first_bad_record
from shujian.lake.erasing.records import printed as printed_record
from shujian.lake.erasing.records import record as destruction_record
from shujian.lake.erasing.records import records as destruction_records
from shujian.lake.erasing.work import Plan as ErasurePlan
from shujian.lake.errors import UnknownSource
from shujian.lake.firms import FirmsFound, resolve_firms
from shujian.lake.folding import erased_batches
from shujian.lake.freshness import agreement_state, delivery, fresh_on
from shujian.lake.keeping import kept
from shujian.lake.log import Commit
from shujian.lake.mapping_proposals import MappingProposal, propose_mapping
from shujian.lake.mappings import MappingFile, mappings_of
from shujian.lake.months import MonthCovered
from shujian.lake.physical import SUBJECT_PARTS as SUBJECT_PARTS
from shujian.lake.physical import further_columns, typed_columns
from shujian.lake.proposing import Proposal, propose
from shujian.lake.quality import FieldQuality, QualityReport, quality
from shujian.lake.rejects import Reject, read_rejects
from shujian.lake.screening.scan import scan as find_words
from shujian.lake.search.find import search
from shujian.lake.search.plan import plan_of as search_plan
from shujian.lake.search.rows import row
from shujian.lake.search.scope import SearchHit, SearchPage, SearchRequest, SearchRights, SearchScope
from shujian.lake.search.snippets import Snippet
from shujian.lake.search.text import form as search_form
from shujian.lake.search.text import hide
from shujian.lake.search.words import SearchWords, holds_number, person_key, wanted
from shujian.lake.shutting import sealed_rows
from shujian.lake.snapshots import DatasetPin, Snapshot, pin, pin_of, snapshot, snapshots
from shujian.lake.sources import SourceContract, SourceField, Subject, header_key
from shujian.lake.tables import Column, SmallTable, read_table

_SMALL = 50_000


@dataclass(frozen=True)
class DatasetInfo:
    """One dataset as it stands. ``fresh``: whether its extract is young enough today; None where unknown.

    ``due_on``: when the next extract is due by the agreed cadence; ``overdue``: that day has passed.
    """

    id: str
    title: str
    rows: int
    version: int
    batches: int
    files: int
    bytes: int
    extract_on: date | None
    fresh: bool | None
    received_at: datetime | None
    due_on: date | None = None
    overdue: bool | None = None

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return dict(vars(self))


def datasets(as_of: date | None = None) -> list[DatasetInfo]:
    """Every dataset that has been ingested, by id; with ``as_of`` as it was known on that day."""
    found = []
    every = histories(as_of)
    pins = (
        snapshot_as_of(as_of).datasets
        if as_of
        else {name: pin_of(name, told) for name, told in every.items()}
    )
    for name, history in sorted(every.items()):
        one = pins[name]
        contract = _contract(name)
        told = [commit.body["received"] for commit in history if commit.body.get("received")]
        received = datetime.fromisoformat(max(told)) if told else None
        due = delivery(contract, one.extract_on or (received.date() if received else None), as_of or today())
        found.append(
            DatasetInfo(
                id=name, title=contract.title if contract else name, rows=one.rows, version=one.version,
                batches=len(_batches(history)), files=len(one.files),
                bytes=sum(Path(path).stat().st_size for path in one.files if Path(path).exists()),
                extract_on=one.extract_on, fresh=fresh_on(contract, one.extract_on, as_of or today()),
                received_at=received, due_on=due.due_on, overdue=due.overdue,
            )
        )  # fmt: skip
    return found


def _batches(history: Sequence[Commit]) -> set[str | None]:
    return {commit.batch for commit in history if commit.kind == "land"} - erased_batches(history)


def _contract(dataset: str) -> SourceContract | None:
    try:
        return source(dataset)
    except UnknownSource:
        return None


def open_session(snapshot: Snapshot, *, threads: int | None = None, engine: str = "duckdb") -> Session:
    """A session over a pinned snapshot; it sees those files and no later ones. ``threads`` is for DuckDB.

    Raises Unavailable where Spark is asked for and is not there.
    """
    if engine == "spark":
        return spark_session(snapshot=snapshot)
    return Remembering(snapshot=snapshot, threads=threads)


def memory_session(
    tables: Mapping[str, pa.Table], *, threads: int | None = None, engine: str = "duckdb"
) -> Session:
    """A session over tables in memory, as proofs use it. Datasets without a table are empty.

    Small tables get one thread unless told otherwise: sharing out a few rows costs more than it saves.
    """
    small = sum(table.num_rows for table in tables.values()) < _SMALL
    if engine == "spark":
        return spark_session(tables=tables)
    return duckdb.Session(tables=tables, threads=threads or (1 if small else None))


def rejects(batch: str) -> list[Reject]:
    """Every reject of a batch. Raises BadInput for an unknown batch."""
    return list(read_rejects(batch))


__all__ = [
    "COUNTY_TITLES", "MANY", "RECORD_KINDS", "Column", "CountyFile", "Coverage", "DatasetInfo", "DatasetPin", "DoubtCount", "DoubtfulCell",
    "ErasurePlan", "FieldQuality", "FirmsFound", "Forgotten", "Gap", "Gone", "MappingFile", "MappingProposal",
    "MonthCovered", "People", "Proposal", "QualityReport", "Reject", "SearchHit", "SearchPage", "SearchRequest",
    "SearchRights", "SearchScope", "SearchWords", "Session", "SmallTable", "Snapshot", "Snippet", "SourceContract",
    "SourceField", "Subject", "Target", "agreement_state", "check", "contract_warnings", "county_file", "datasets",
    "destruction_record", "destruction_records", "doubt_counts", "doubtful_cells", "find_words",
    "first_bad_record", "forget", "fresh_on", "further_columns", "header_key", "hide", "holds_number", "json_schema", "kept",
    "mappings_of", "memory_session", "open_session", "people_of", "person_key", "pin", "printed_record", "propose",
    "propose_mapping", "quality", "read_contract", "read_table", "rejects", "resolve_firms", "row", "sealed_rows", "search",
    "search_form", "search_plan",
    "small_files", "snapshot", "snapshot_as_of", "snapshots", "source", "source_file", "sources", "typed_columns", "unfinished_erasure",
    "wanted",
]  # fmt: skip
