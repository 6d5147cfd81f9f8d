"""Delta tables: made from a contract, appended to by one commit per file. Parquet files are written before."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, Field
from deltalake.schema import PrimitiveType
from deltalake.transaction import AddAction, RemoveAction

from shujian.kernel.clock import now
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import private_folder
from shujian.lake import log
from shujian.lake.log import METADATA_KEY, Commit
from shujian.lake.physical import dataset_schema
from shujian.lake.sources import SourceContract

_KEEP_EVERYTHING = {
    "delta.enableExpiredLogCleanup": "false",
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
    "delta.enableDeletionVectors": "false",
}


def _primitive(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind):
        return f"decimal({kind.precision},{kind.scale})"
    return {
        pa.string(): "string",
        pa.date32(): "date",
        pa.timestamp("us"): "timestamp_ntz",
        pa.int64(): "long",
    }[kind]


def ensure_table(contract: SourceContract) -> DeltaTable:
    """The table of a dataset, made if new, widened if the contract has gained columns.

    Raises BadInput where a column of the contract has another type than the stored one.
    """
    path = private_folder(log.table_path(contract.id))
    wanted = dataset_schema(contract)
    if not DeltaTable.is_deltatable(str(path)):
        return DeltaTable.create(
            str(path),
            schema=wanted,
            name=contract.id,
            description=contract.title,
            configuration=_KEEP_EVERYTHING,
        )
    table = DeltaTable(str(path))
    stored = {field.name: field.type.type for field in table.schema().fields}
    faults = [
        Fault(code="type_changed", message="字段类型与已入库的数据不一致，不能再往这个数据集追加", field=name,
              found=_primitive(kind), expected=stored[name])
        for name, kind in zip(wanted.names, wanted.types, strict=True)
        if name in stored and stored[name] != _primitive(kind)
    ]  # fmt: skip
    if faults:
        raise BadInput(faults)
    new = [name for name in wanted.names if name not in stored]
    if new:
        kinds = {name: _primitive(wanted.field(name).type) for name in new}
        table.alter.add_columns([Field(name, PrimitiveType(kind)) for name, kind in kinds.items()])
        table = DeltaTable(str(path))
    return table


def commit(table: DeltaTable, dataset: str, added: Path | None, body: Mapping[str, Any]) -> Commit:
    """Commit one file (or a statement without rows) with everything the register needs to know about it."""
    actions: list[AddAction | RemoveAction] = []
    if added is not None:
        stat = added.stat()
        statistics = json.dumps({"numRecords": body["landed"] + body["changed"]})
        actions = [AddAction(added.name, stat.st_size, {}, stat.st_mtime_ns // 1_000_000, True, statistics)]
        _to_disk(added)
        _to_disk(added.parent)
    return _committed(table, dataset, actions, body)


def exchange(
    dataset: str,
    removed: Sequence[Path],
    added: Mapping[Path, int],
    body: Mapping[str, Any],
    *,
    same_rows: bool,
) -> Commit:
    """Commit some files in the place of others. ``added``: file → rows; ``same_rows``: nothing is gained or lost."""
    at = int(now().timestamp() * 1000)
    actions: list[AddAction | RemoveAction] = [
        RemoveAction(path.name, not same_rows, at, path.stat().st_size, {}) for path in removed
    ]
    for path, rows in added.items():
        stat = path.stat()
        told = json.dumps({"numRecords": rows})
        actions.append(
            AddAction(path.name, stat.st_size, {}, stat.st_mtime_ns // 1_000_000, not same_rows, told)
        )
        _to_disk(path)
    _to_disk(log.table_path(dataset))
    return _committed(DeltaTable(str(log.table_path(dataset))), dataset, actions, body)


def _committed(
    table: DeltaTable, dataset: str, actions: list[AddAction | RemoveAction], body: Mapping[str, Any]
) -> Commit:
    told = json.dumps(dict(body), ensure_ascii=False, sort_keys=True)
    table.create_write_transaction(
        actions,
        mode="append",
        schema=table.schema(),
        commit_properties=CommitProperties({METADATA_KEY: told}),
    )
    table.update_incremental()
    entry = log.log_entry(dataset, table.version())
    _to_disk(entry)
    _to_disk(entry.parent)
    return Commit(dataset, table.version(), str(body["kind"]), dict(body))


def _to_disk(path: Path) -> None:
    """Let a file or folder outlive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(dataset: str) -> None:
    """Remove Parquet files that no commit ever named: what a process left that died before its commit."""
    path = log.table_path(dataset)
    if not path.is_dir():
        return
    named = log.added_files(dataset)
    for stray in path.glob("*.parquet"):
        if stray.name not in named:
            stray.unlink()
