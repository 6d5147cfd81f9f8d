"""Inside data becomes lake data: the owning room publishes typed rows, one commit, never the same content twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from shujian.kernel.canonical import digest
from shujian.kernel.clock import now, today
from shujian.kernel.errors import BadInput, Fault, FaultList, GuardRefused
from shujian.kernel.home import home
from shujian.kernel.ids import new_id
from shujian.kernel.masking import mask_text
from shujian.kernel.secrets import pseudonym
from shujian.lake import log, store
from shujian.lake import register as registers
from shujian.lake.columns.table import typed_chunk
from shujian.lake.contracts import source
from shujian.lake.coverage import Coverage, as_plain
from shujian.lake.erasing.tombstones import Gate
from shujian.lake.landing import work_folder
from shujian.lake.locks import writing
from shujian.lake.proofs import text_columns
from shujian.lake.snapshots import pin, pin_of
from shujian.lake.sources import SourceContract
from shujian.lake.staging import Stage
from shujian.lake.versions import settle, sums_sql
from shujian.matching.normalise import id_card, uscc

PROTECTED = "_protected"
"""A key of a row that is given to ``publish``: true where the row is about a minor or a victim."""
_IDENTITY = frozenset({"id_card", "person_name", "phone", "plate", "address", "lonlat"})
_KINDS = {"id_card": "person", "uscc": "org"}


@dataclass(frozen=True)
class PublishReport:
    """One publication. ``state``: landed, or same (nothing new). read = landed + changed + unchanged; ``erased``:
    rows left out beside them, because they hold the number of a person who was erased from the lake.
    """

    batch: str
    dataset: str
    file: str
    state: str
    read: int
    landed: int
    changed: int
    unchanged: int
    snapshot: str
    erased: int = 0

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return dict(vars(self))


def publish(
    dataset: str,
    rows: Iterable[Mapping[str, Any]],
    *,
    room: str,
    what: str,
    as_of: date | None = None,
    coverage: Sequence[Coverage] = (),
) -> PublishReport:
    """Freeze rows of a room as rows of an inside dataset, by one commit with ``_file`` = ``inside:<room>/<what>``.

    ``rows``: values by field id (text, date, datetime, int, Decimal or bool); a row that changed under its natural
    key becomes a new version, one that is left out stays as it was. A field that its contract calls ``keyed`` takes
    the pseudonym of the subject in the field it names, unless given. A row with ``_protected`` true (a minor, a
    victim) keeps no identity at all: identity fields are left out, numbers in its texts are masked. A row with the
    number of a person whom ``lake erase`` took out does not come back.
    Raises UnknownSource; GuardRefused where the source is not inside data of this room; BadInput with every fault
    of every row, and then nothing lands; Unavailable while another process writes the dataset.
    """
    contract = source(dataset)
    _guard(contract, room, as_of)
    given, gate = list(rows), Gate()
    told = [_shown(contract, row) for row in given if not _erased(gate, row)]
    table = _typed(contract, told)
    name = f"inside:{room}/{what}"
    batch, received = new_id("batch"), now()
    day = as_of or received.date()
    with writing(contract.id):
        store.sweep(contract.id)
        # the given rows, in any order: the same rows again are the same content
        sha = digest(sorted(digest(row) for row in told))
        body: dict[str, Any] = {
            "batch": batch, "file": name, "sha256": sha, "as_of": day.isoformat(), "received": received.isoformat(),
            "coverage": [as_plain(claim) for claim in coverage],
        }  # fmt: skip
        counts = _commit(contract, table, body, received, day)
        snapshot = pin().id
    state = "landed" if counts["landed"] or counts["changed"] else "same"
    return PublishReport(
        batch,
        contract.id,
        name,
        state,
        table.num_rows,
        snapshot=snapshot,
        erased=len(given) - len(told),
        **counts,
    )


def _erased(gate: Gate, row: Mapping[str, Any]) -> bool:
    return any(gate.text(value) for value in row.values() if isinstance(value, str))


def _guard(contract: SourceContract, room: str, as_of: date | None) -> None:
    if contract.inside != room:
        raise GuardRefused(
            Fault(code="not_inside_data", message=f"“{contract.title}”不是由 {room} 发布的内部数据", field="inside",
                  found=contract.inside, expected=room)
        )  # fmt: skip
    if as_of is not None and as_of > today():
        raise BadInput(
            Fault(code="future_extract", message="数据截止日不能晚于今天", field="as_of", found=as_of.isoformat(),
                  expected=f"不晚于 {today().isoformat()}")
        )  # fmt: skip


def _shown(contract: SourceContract, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as it may lie in the lake: handles made, identities of the protected taken out."""
    kept = {name: value for name, value in row.items() if name != PROTECTED and value is not None}
    for field in contract.fields:
        if field.keyed and field.id not in kept and field.keyed in kept:
            kept[field.id] = _handle(contract, field.keyed, str(kept[field.keyed]))
    if not row.get(PROTECTED):
        return kept
    for field in contract.fields:
        if field.type in _IDENTITY:
            kept.pop(field.id, None)
        elif field.type == "text" and isinstance(kept.get(field.id), str):
            kept[field.id] = mask_text(kept[field.id])
    return kept


def _handle(contract: SourceContract, field_id: str, value: str) -> str:
    field = contract.field(field_id)
    kind = field.type if field else "text"
    key: str | None = None
    if kind == "id_card":
        key = id_card.parse(value).key
    elif kind == "uscc":
        key = uscc.parse(value).key
    return pseudonym(_KINDS.get(kind, kind), key or value)


def _typed(contract: SourceContract, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Typed columns of the rows and their place as ``_line``; raises BadInput with every fault."""
    faults = FaultList()
    columns = text_columns(contract, rows, faults)
    faults.raise_if_any()
    typed = typed_chunk(contract, columns, len(rows))
    for one in typed.faults:
        faults.add(
            Fault(code=one.code, message="取值不合字段类型", line=one.row + 1, field=one.field, found=one.found,
                  expected=one.expected)
        )  # fmt: skip
    faults.raise_if_any()
    return typed.table.append_column("_line", pa.array(range(1, len(rows) + 1), pa.int64()))


def _commit(
    contract: SourceContract, table: pa.Table, told: Mapping[str, Any], received: datetime, day: date
) -> dict[str, int]:
    """Write what is new by one commit; where nothing is, only a newer day or a declaration is recorded."""
    with registers.register() as connection:
        history = registers.commits(connection, contract.id)
    work = work_folder(str(told["batch"]), home().lake / "staging" / contract.id)
    meta = {
        "_file": told["file"], "_sha256": told["sha256"], "_sheet": None, "_batch": told["batch"],
        "_received": received.replace(tzinfo=None), "_as_of": day,
    }  # fmt: skip
    try:
        with Stage(contract, work, [], meta) as stage:
            stage.add(table)
            stage.finish()
            before = pin_of(contract.id, history) if history else None
            settled = settle(stage.scratch, before, day)
            counts = {"landed": settled.landed, "changed": settled.changed, "unchanged": settled.unchanged}
            body = {**told, **counts, "kind": "land", "read": table.num_rows, "rejected": 0, "number": 0}
            added = None
            if settled.kept:
                added = log.table_path(contract.id) / f"{told['batch']}-0000.parquet"
                sums = [str(one) for one in stage.scratch.row(sums_sql("kept"))]
                delta = store.ensure_table(contract)
                stage.write(added, settled, day)
                body |= {"sums": sums, "path": added.name}
            elif before and before.extract_on and before.extract_on >= day and not told["coverage"]:
                return counts
            else:
                delta = store.ensure_table(contract)
                body = {**told, "kind": "extract"}
            commit = store.commit(delta, contract.id, added, body)
    finally:
        for path in work.iterdir():
            path.unlink()
        work.rmdir()
    with registers.register() as connection:
        registers.keep_commit(connection, commit)
    return counts
