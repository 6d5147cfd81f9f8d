"""The cells of a dataset that ingest flagged, counted and listed, so that a person can look at them.

Nothing is repaired: a look-alike reading is shown beside the text, and whoever knows decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from shujian.kernel.errors import BadInput, Fault
from shujian.lake.contracts import source
from shujian.lake.engines.duckdb import Session
from shujian.lake.physical import RAW_KEPT, SIDE_COLUMNS, quoted
from shujian.lake.snapshots import Snapshot, pin
from shujian.lake.sources import SourceContract
from shujian.matching.normalise import id_card, lookalikes, uscc

PROPOSED = frozenset({"checksum", "signs", "length"})
"""Flags under which a misread sign may be behind the fault."""
_FITS: dict[str, Callable[[str], bool]] = {
    "id_card": lambda text: id_card.parse(text).key is not None,
    "uscc": lambda text: uscc.parse(text).key is not None,
}


@dataclass(frozen=True)
class DoubtCount:
    """How many current rows carry one flag of one field; a place's flag may hold several notes."""

    field: str
    title: str
    flag: str
    rows: int


@dataclass(frozen=True)
class DoubtfulCell:
    """One flagged cell: as the file wrote it, where, what it lies between, and readings for a person to judge."""

    field: str
    flag: str
    raw: str | None
    low: str | None
    high: str | None
    file: str
    sheet: str | None
    line: int
    proposals: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Marked:
    """A flag column and what stands beside it: the field's or place's id, title, type, raw text, both ends."""

    id: str
    title: str
    type: str
    flag: str
    raw: str
    low: str | None = None
    high: str | None = None


def _marked(contract: SourceContract) -> list[_Marked]:
    found = []
    for field in contract.fields:
        suffixes = [suffix for suffix, _, _ in SIDE_COLUMNS.get(field.type, ())]
        if not suffixes:
            continue
        ends = [f"{field.id}__{name}" for name in ("from", "low", "to", "high") if name in suffixes]
        raw = f"{field.id}__raw" if field.type in RAW_KEPT else field.id
        found.append(_Marked(field.id, field.title, field.type, f"{field.id}__flag", raw, *ends))
    for subject_id, subject in contract.subjects.items():
        if subject.kind == "place" and subject.address:
            found.append(
                _Marked(f"{subject_id}.notes", "地址疑点", "address", f"{subject_id}__notes", subject.address)
            )
            if subject.coordinates:
                raw = subject.coordinates.lon
                found.append(
                    _Marked(
                        f"{subject_id}.point", "坐标疑点", "lonlat", f"{subject_id}__point", f"{raw}__raw"
                    )
                )
    return found


def doubt_counts(dataset: str, snapshot: Snapshot | None = None) -> list[DoubtCount]:
    """Flags of the current rows by field, most frequent first. Raises UnknownSource."""
    contract = source(dataset)
    marked = _marked(contract)
    if not marked:
        return []
    with Session(snapshot=snapshot or pin()) as session:
        view = session.attach(dataset)
        parts = [
            f"select {place} as place, {quoted(one.flag)} as flag, count(*) as n from {view}"
            f" where {quoted(one.flag)} is not null group by 2"
            for place, one in enumerate(marked)
        ]
        rows = session.sql(" union all ".join(parts)).to_pylist()
    counts = [
        DoubtCount(marked[row["place"]].id, marked[row["place"]].title, row["flag"], row["n"]) for row in rows
    ]
    return sorted(counts, key=lambda one: (-one.rows, one.field, one.flag))


def doubtful_cells(
    dataset: str, field: str, *, flag: str | None = None, limit: int = 100, snapshot: Snapshot | None = None
) -> list[DoubtfulCell]:
    """Flagged cells of one field (``place.notes`` for addresses), in the order of the files.

    Raises UnknownSource, or BadInput for a field that is never flagged.
    """
    contract = source(dataset)
    marked = {one.id: one for one in _marked(contract)}
    one = marked.get(field)
    if one is None:
        raise BadInput(
            Fault(code="unknown_field", message="这个字段没有标记", found=field, expected="、".join(marked))
        )
    columns = [one.flag, one.raw, "_file", "_sheet", "_line", *filter(None, (one.low, one.high))]
    told = ", ".join(f"{quoted(name)} as c{place}" for place, name in enumerate(columns))
    with Session(snapshot=snapshot or pin()) as session:
        view = session.attach(dataset)
        session.register("wanted", _one_value(flag))
        rows = session.sql(
            f"select {told} from {view}, wanted where {quoted(one.flag)} is not null"
            f" and (wanted.flag is null or list_contains(string_split({quoted(one.flag)}, ' '), wanted.flag))"
            f" order by _file, _sheet, _line limit {int(limit)}"
        ).to_pylist()
    return [_cell(one, [row[f"c{place}"] for place in range(len(columns))]) for row in rows]


def _one_value(flag: str | None) -> pa.Table:
    return pa.table({"flag": pa.array([flag], pa.string())})


def _cell(one: _Marked, row: Sequence[Any]) -> DoubtfulCell:
    flag, raw, file, sheet, line, *ends = row
    low, high = [*ends, None, None][:2]
    shown = raw if isinstance(raw, str) or raw is None else str(raw)
    return DoubtfulCell(
        field=one.id, flag=flag, raw=shown, low=_text(low), high=_text(high), file=file, sheet=sheet, line=line,
        proposals=_proposals(one.type, flag, shown),
    )  # fmt: skip


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _proposals(kind: str, flag: str, raw: str | None) -> tuple[str, ...]:
    fits = _FITS.get(kind)
    if fits is None or raw is None or flag not in PROPOSED:
        return ()
    read = id_card.parse(raw).text if kind == "id_card" else uscc.parse(raw).text
    return tuple(one.text for one in lookalikes.propose(read, fits, changes=1, limit=3))
