"""What a dataset is worth today: fullness and validity of fields, rows that nothing can match, coverage by month."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as stated
from datetime import date, timedelta
from typing import Any

from shujian.kernel.clock import today
from shujian.lake.contracts import source
from shujian.lake.deliveries import BatchCounts, batch_before, batch_counts, compared, thresholds
from shujian.lake.depth import ThinMonth, by_type, duplicates, leaks, thin_months, unmatchable
from shujian.lake.engines.duckdb import Session
from shujian.lake.freshness import delivery, fresh_on
from shujian.lake.months import MonthCovered, coverage_by_month, month_state
from shujian.lake.physical import filled_sql, literal, quoted
from shujian.lake.snapshots import DatasetPin, Snapshot, pin
from shujian.lake.sources import SourceContract, SourceField
from shujian.matching.normalise import id_card, uscc


@dataclass(frozen=True)
class FieldQuality:
    """Rows that fill a field, rows whose value is valid for its type, different values."""

    complete: int
    valid: int
    distinct: int


@dataclass(frozen=True)
class QualityReport:
    """The quality of the current rows of one dataset, or of those that one batch brought.

    ``reasons``: why rows are unmatchable, by subject (see ``depth``); ``thin``: months below ``expect_monthly``;
    ``previous``: the batch before; ``warnings``: what differs from it, in words.
    """

    dataset: str
    rows: int
    unmatchable: Mapping[str, int]
    fields: Mapping[str, FieldQuality]
    coverage: tuple[MonthCovered, ...]
    as_of: date | None
    fresh: bool | None
    reasons: Mapping[str, Mapping[str, int]] = stated(default_factory=dict)
    duplicates: Mapping[str, int] = stated(default_factory=dict)
    types: Mapping[str, Mapping[str, int]] = stated(default_factory=dict)
    leaks: Mapping[str, Mapping[str, int]] = stated(default_factory=dict)
    thin: tuple[ThinMonth, ...] = ()
    due_on: date | None = None
    overdue: bool | None = None
    batch: BatchCounts | None = None
    previous: BatchCounts | None = None
    warnings: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The contract's object."""
        return {
            "dataset": self.dataset,
            "rows": self.rows,
            "unmatchable": dict(self.unmatchable),
            "fields": {name: vars(one) for name, one in self.fields.items()},
            "coverage": [vars(one) for one in self.coverage],
            "as_of": self.as_of,
            "fresh": self.fresh,
            "reasons": {name: dict(told) for name, told in self.reasons.items()},
            "duplicates": dict(self.duplicates),
            "types": {name: dict(told) for name, told in self.types.items()},
            "leaks": {name: dict(told) for name, told in self.leaks.items()},
            "thin_months": [vars(one) for one in self.thin],
            "due_on": self.due_on,
            "overdue": self.overdue,
            "batch": self.batch.as_dict() if self.batch else None,
            "previous": self.previous.as_dict() if self.previous else None,
            "warnings": list(self.warnings),
        }


def quality(dataset: str, snapshot: Snapshot | None = None, batch: str | None = None) -> QualityReport:
    """Measure the current rows of a dataset, in the newest snapshot unless one is given; with ``batch`` only the rows
    that this batch brought. Raises UnknownSource, BadInput for a batch that the dataset does not have.
    """
    contract = source(dataset)
    seen = snapshot or pin()
    one = seen.datasets.get(dataset) or DatasetPin(dataset, 0, (), False, 0, None, ())
    this, last, warnings = _batches(contract, batch)
    due = delivery(contract, one.extract_on, today())
    with Session(snapshot=seen) as session:
        view = session.attach(dataset)
        if batch is not None:
            view = f"(select * from {view} where _batch = {literal(batch)})"
        rows = int(session.sql(f"select count(*) as n from {view}")["n"][0].as_py())
        reasons, fields = unmatchable(session, contract, view), _fields(session, contract, view)
        coverage = coverage_by_month(session, contract, one, view)
        return QualityReport(
            dataset=dataset, rows=rows, unmatchable={name: told["all"] for name, told in reasons.items()},
            fields=fields, coverage=coverage, as_of=one.extract_on,
            fresh=fresh_on(contract, one.extract_on, today()), reasons=reasons,
            duplicates=duplicates(session, contract, view),
            types=by_type(contract, {name: (told.complete, told.valid) for name, told in fields.items()}),
            leaks=leaks(session, contract, view, thresholds().minor_words),
            thin=thin_months(contract, _whole_months(one, coverage)), due_on=due.due_on, overdue=due.overdue,
            batch=this, previous=last, warnings=tuple(warnings),
        )  # fmt: skip


def _batches(
    contract: SourceContract, batch: str | None
) -> tuple[BatchCounts | None, BatchCounts | None, list[str]]:
    this, last = batch_before(contract.id, batch)
    if this is None:
        return None, None, []
    counts = batch_counts(this)
    if last is None:
        return counts, None, []
    before = batch_counts(last)
    return counts, before, compared(contract, counts, before)


def _whole_months(one: DatasetPin, coverage: Sequence[MonthCovered]) -> list[tuple[str, int, str]]:
    """Rows of each month over all towns, without the first month seen and those not over at the extract."""
    rows: dict[str, int] = {}
    for entry in coverage:
        if entry.month is not None:
            rows[entry.month] = rows.get(entry.month, 0) + entry.rows
    last = (one.extract_on + timedelta(days=1)).isoformat()[:7] if one.extract_on else max(rows, default="")
    return [(month, rows[month], month_state(one, month, None)) for month in sorted(rows)[1:] if month < last]


def _fields(session: Session, contract: SourceContract, view: str) -> dict[str, FieldQuality]:
    parts = []
    for field in contract.fields:
        text = quoted(field.id)
        raw = quoted(f"{field.id}__raw") if field.type in ("phone", "plate", "uscc", "id_card") else text
        parts += [
            f"count(*) filter (where {filled_sql(field)}) as {quoted(field.id + '.complete')}",
            f"{_valid_sql(contract, field)} as {quoted(field.id + '.valid')}",
            f"count(distinct {raw}) as {quoted(field.id + '.distinct')}",
        ]
    found = session.sql(f"select {', '.join(parts)} from {view}").to_pylist()[0]
    measured = {}
    for field in contract.fields:
        complete, distinct = int(found[f"{field.id}.complete"]), int(found[f"{field.id}.distinct"])
        valid = int(found[f"{field.id}.valid"])
        if field.type in _CHECKED and _key_column(contract, field) is None:
            valid = _valid_one_by_one(session, view, field)
        measured[field.id] = FieldQuality(complete, valid, distinct)
    return measured


_CHECKED: dict[str, Callable[[str], bool]] = {
    "id_card": lambda text: id_card.parse(text).key is not None,
    "uscc": lambda text: uscc.parse(text).key is not None,
}


def _key_column(contract: SourceContract, field: SourceField) -> str | None:
    """The subject column that is filled exactly where the field is valid, if a subject uses the field."""
    for name, subject in contract.subjects.items():
        if subject.id_card == field.id:
            return f"{name}__id"
        if subject.uscc == field.id:
            return f"{name}__uscc"
    return None


def _valid_sql(contract: SourceContract, field: SourceField) -> str:
    if field.values is not None:
        allowed = ", ".join(literal(value) for value in field.values)
        return f"count(*) filter (where {quoted(field.id)} in ({allowed}))"
    return f"count({quoted(_key_column(contract, field) or field.id)})"


def _valid_one_by_one(session: Session, view: str, field: SourceField) -> int:
    name = quoted(field.id)
    rows = session.sql(
        f"select {name} as text, count(*) as n from {view} where {name} is not null group by 1"
    )
    valid = _CHECKED[field.type]
    return sum(row["n"] for row in rows.to_pylist() if valid(row["text"]))
