"""What one file shuts: its shut rows leave no data, and older versions under their natural keys stop being current.

A closing row holds nothing but ids. It supersedes itself and the version that was current, and keeps the key closed:
whatever comes later under it, in whatever order, is shut too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from shujian.lake import log, store
from shujian.lake import register as registers
from shujian.lake.columns.table import TypedChunk
from shujian.lake.engines.duckdb import Scratch, scan
from shujian.lake.physical import META, dataset_schema, literal
from shujian.lake.rejects import Reject
from shujian.lake.shutting import SEALED, Shut, sealed_rows, shut_rows, told
from shujian.lake.snapshots import DatasetPin, Snapshot
from shujian.lake.sources import SourceContract
from shujian.lake.versions import key_sql, sums_sql

CODE = "sealed_record"
LATER = "同一编号的记录已依法封存，不入库、不留原文"
_NOTHING = "(select null as _row, null as _key, null as _supersedes, null as _content where false)"


class Closing:
    """The shut rows of one file, found chunk by chunk."""

    def __init__(self, contract: SourceContract) -> None:
        self.contract = contract
        self.keys: list[pa.Table] = []

    def restart(self) -> None:
        """The file is read again."""
        self.keys = []

    def find(self, typed: TypedChunk) -> Shut | None:
        """Which rows of a chunk are shut, remembered by key; they no longer count as faulty. None without rules."""
        if not self.contract.shut:
            return None
        shut = shut_rows(self.contract, typed.table)
        if shut.rows.any():
            chosen = typed.table.select(list(dict.fromkeys(self.contract.key)))
            self.keys.append(chosen.filter(pa.array(shut.rows)))
            typed.faults = [fault for fault in typed.faults if not shut.rows[fault.row]]
            typed.bad = typed.bad & ~shut.rows
        return shut

    def reject(self, file: str, sheet: str | None, line: int, rule: int) -> Reject:
        """The trace that a shut row leaves: its place and the rule, nothing of what it says."""
        one = self.contract.shut[rule]
        return Reject(file, sheet, line, one.id, None, told(one), CODE, "")

    def settle(self, scratch: Scratch, before: DatasetPin | None) -> list[int]:
        """Take staged rows out whose key is closed, by this file or earlier; answers their lines."""
        scratch.execute("create or replace temp table shut_keys (key varchar)")
        for keys in self.keys:
            scratch.register("shut_chunk", keys)
            scratch.execute(f"insert into shut_keys select {key_sql(self.contract)} from shut_chunk")
            scratch.unregister("shut_chunk")
        if before is not None and before.files and before.superseding:
            scratch.execute(
                f"insert into shut_keys select _key from {scan(before)} where _content = {literal(SEALED)}"
            )
        closed = "_key in (select key from shut_keys where key is not null)"
        found = scratch.table(f"select _line from staged where {closed} order by _line")
        lines: list[int] = found["_line"].to_pylist()
        if lines:
            scratch.execute(f"delete from staged where {closed}")
        return lines

    def commit(
        self, scratch: Scratch, before: DatasetPin | None, body: Mapping[str, Any], meta: Mapping[str, Any]
    ) -> int:
        """Close the keys in ``shut_keys`` that are open, by one commit; answers how many versions it ends.

        ``body``: batch, file and extract date for the log; ``meta``: the provenance columns.
        """
        found = self._closings(scratch, before)
        if not found.num_rows:
            return 0
        ended = int(
            np.asarray(
                found["supersedes"].to_numpy(zero_copy_only=False)
                != found["row"].to_numpy(zero_copy_only=False)
            ).sum()
        )
        sums = [str(one) for one in scratch.row(sums_sql("closings"))]
        delta = store.ensure_table(self.contract)
        target = (
            log.table_path(self.contract.id)
            / f"{body['batch']}-{int(body.get('number', 0)):04d}-closing.parquet"
        )
        pq.write_table(self._rows(found, meta), target, compression="zstd")
        target.chmod(0o600)
        counts = {
            "landed": -ended,
            "changed": found.num_rows + ended,
            "read": 0,
            "unchanged": 0,
            "rejected": 0,
        }
        told = {**body, **counts, "kind": "land", "sums": sums, "path": target.name, "closing": True}
        commit = store.commit(delta, self.contract.id, target, told)
        with registers.register() as connection:
            registers.keep_commit(connection, commit)
        return ended

    def _closings(self, scratch: Scratch, before: DatasetPin | None) -> pa.Table:
        past = scan(before) if before is not None and before.files else _NOTHING
        scratch.execute(f"""
            create or replace temp table closings as
            with wanted as (select distinct key from shut_keys where key is not null
                            except select _key from {past} where _content = {literal(SEALED)}),
            old as (select _row as row, _key as key from {past} where _key in (select key from wanted)
                    and _row not in (select _supersedes from {past} where _supersedes is not null)),
            closer as (select key, left(sha256(concat('sealed;', key)), 32) as row from wanted)
            select row, key, row as supersedes from closer
            union all select closer.row, key, old.row as supersedes from old join closer using (key)""")
        return scratch.table("select * from closings order by row, supersedes")

    def _rows(self, found: pa.Table, meta: Mapping[str, Any]) -> pa.Table:
        size = found.num_rows
        own = {"_row": found["row"], "_key": found["key"], "_supersedes": found["supersedes"]}
        given = {"_content": SEALED, "_line": 0, **meta}
        kinds = dict(META)
        schema = dataset_schema(self.contract)
        columns = [
            own[one.name]
            if one.name in own
            else pa.repeat(pa.scalar(given.get(one.name), kinds.get(one.name, one.type)), size)
            for one in schema
        ]
        return pa.Table.from_arrays(columns, schema=schema)


def close_landed(
    contract: SourceContract, snapshot: Snapshot, body: Mapping[str, Any], received: datetime
) -> int:
    """Shut rows that landed before their rule stood; answers how many versions stop being current."""
    before = snapshot.datasets.get(contract.id)
    rows = sealed_rows(contract.id, snapshot)
    if before is None or not rows:
        return 0
    closing = Closing(contract)
    with Scratch() as scratch:
        scratch.register("shut_ids", pa.table({"row": pa.array(rows, pa.string())}))
        scratch.execute(
            "create temp table shut_keys as select distinct _key as key"
            f" from {scan(before)} where _row in (select row from shut_ids)"
        )
        meta = {"_file": body["file"], "_batch": body["batch"], "_received": received.replace(tzinfo=None)}
        return closing.commit(scratch, before, body, meta)
