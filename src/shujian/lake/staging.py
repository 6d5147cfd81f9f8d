"""Typed rows on their way: digests to a small table, whole rows to a Parquet draft, beside the reading.

The draft is already what a first delivery commits. Only where rows are known, changed or doubled is it
written once more without them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shujian.lake.engines.duckdb import Scratch
from shujian.lake.physical import META, dataset_schema, literal, quoted, sql_type, typed_schema
from shujian.lake.sources import SourceContract
from shujian.lake.versions import Settled, content_sql, key_sql

_MEMORY = "1GiB"
"""Ten million rows are sorted out within it, partly on disk, so that an ingest stays below 2 GB in all."""
_MORSEL = 8192
"""Rows of one record batch: DuckDB shares batches out among its threads."""
_ROW_GROUP = 122_880
_NEVER_REPEATED = frozenset({"_row", "_key", "_line"})
_LOOKED_AT = 20_000
"""Rows by which a column is judged: where values hardly repeat, a dictionary costs time and room."""


class Stage:
    """The rows of one file before they land: one chunk is written and the next digested while a third is typed."""

    def __init__(
        self, contract: SourceContract, work: Path, extras: Sequence[str], told: Mapping[str, Any]
    ) -> None:
        self.scratch = Scratch(memory=_MEMORY)
        self.draft = work / "draft.parquet"
        self.contract = contract
        self.extras = sorted(extras)
        self.told = dict(told)
        self.schema = dataset_schema(contract)
        self._typed = typed_schema(contract)
        self._digests = (
            f"select _line, _extra, {content_sql(contract)} as _content, {key_sql(contract)} as _key"
            f" from (select *, {_extra_sql(self.extras)} as _extra from chunk)"
        )
        self._writer: pq.ParquetWriter | None = None
        self._filler = ThreadPoolExecutor(max_workers=1)
        self._drafter = ThreadPoolExecutor(max_workers=1)
        self._filling: Future[None] | None = None
        self._drafting: Future[None] | None = None
        self.restart()

    def restart(self) -> None:
        """Forget every row."""
        self.wait()
        self._close_writer()
        self.scratch.execute(
            "create or replace temp table staged (_line bigint, _content varchar, _key varchar)"
        )

    def add(self, rows: pa.Table) -> None:
        """Take typed rows with ``_line`` and ``_x<n>`` for the extra columns; returns before they are written.

        A meta column that the rows carry (``_file``) stands instead of what was told for all of them.
        """
        self._filled()
        if rows.num_rows:
            self._filling = self._filler.submit(self._take, rows)

    def wait(self) -> None:
        """Until everything taken is written; raises what the writing raised."""
        self._filled()
        self._drafted_so_far()

    def _filled(self) -> None:
        waiting, self._filling = self._filling, None
        if waiting is not None:
            waiting.result()

    def _drafted_so_far(self) -> None:
        waiting, self._drafting = self._drafting, None
        if waiting is not None:
            waiting.result()

    def finish(self) -> None:
        """No more rows."""
        self.wait()
        self._close_writer()

    def _take(self, rows: pa.Table) -> None:
        self.scratch.register("chunk", pa.Table.from_batches(rows.combine_chunks().to_batches(_MORSEL)))
        digests = self.scratch.table(self._digests)
        self.scratch.unregister("chunk")
        self.scratch.register("digests", digests)
        self.scratch.execute("insert into staged select _line, _content, _key from digests")
        self.scratch.unregister("digests")
        columns = {name: rows[name] for name in self._typed.names}
        size = rows.num_rows
        own = {
            "_row": digests["_content"], "_line": digests["_line"], "_extra": digests["_extra"],
            "_key": pa.chunked_array([_coalesced(digests["_key"], digests["_content"])]),
        }  # fmt: skip
        for name, kind in META:
            if name in own:
                columns[name] = own[name]
            elif name in rows.column_names:
                columns[name] = rows[name]
            else:
                columns[name] = pa.repeat(pa.scalar(self.told.get(name), kind), size)
        table = pa.Table.from_arrays([columns[name] for name in self.schema.names], schema=self.schema)
        self._drafted_so_far()
        self._drafting = self._drafter.submit(self._draft_rows, table)

    def _draft_rows(self, table: pa.Table) -> None:
        if self._writer is None:
            repeated = [name for name in self.schema.names if _repeats(name, table)]
            self._writer = pq.ParquetWriter(
                self.draft, self.schema, compression="zstd", compression_level=1, use_dictionary=repeated
            )
        self._writer.write_table(table, row_group_size=_ROW_GROUP)

    def _close_writer(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def extract_date(self, field_id: str) -> date | None:
        """The latest day in a column of the draft."""
        if not self.draft.exists():
            return None
        days = self.scratch.row(f"select max(cast({quoted(field_id)} as date)) from {self._drafted()}")[0]
        return days if isinstance(days, date) else None

    def later_than(self, field_id: str, day: date) -> tuple[int, int | None]:
        """How many rows of the draft name a later day in a column, and the line of the first."""
        if not self.draft.exists():
            return 0, None
        later = f"cast({quoted(field_id)} as date) > date {literal(day.isoformat())}"
        count, line = self.scratch.row(f"select count(*), min(_line) from {self._drafted()} where {later}")
        return int(str(count)), int(str(line)) if line is not None else None

    def filled(self) -> dict[str, int]:
        """How many rows fill each field."""
        names = [field.id for field in self.contract.fields]
        if not self.draft.exists():
            return dict.fromkeys(names, 0)
        counts = self.scratch.row(
            f"select {', '.join(f'count({quoted(name)})' for name in names)} from {self._drafted()}"
        )
        return {name: int(str(count)) for name, count in zip(names, counts, strict=True)}

    def write(self, target: Path, settled: Settled, as_of: date | None) -> None:
        """Put the kept rows where the commit will name them."""
        whole = settled.unchanged == 0 and settled.changed == 0 and as_of == self.told.get("_as_of")
        whole = whole and "_line" not in self.told
        whole = whole and settled.kept == pq.read_metadata(self.draft).num_rows
        if whole and self.scratch.row("select count(content) from kept")[0] == 0:
            self.draft.replace(target)
        else:
            self._write_part(target, as_of)
        target.chmod(0o600)

    def _write_part(self, target: Path, as_of: date | None) -> None:
        new = {
            "_row": "kept.row", "_content": "kept.content", "_supersedes": "kept.supersedes",
            "_as_of": literal(as_of.isoformat() if as_of else None),
        }  # fmt: skip
        if "_line" in self.told:  # rows that are documents: each begins at its own first line
            new["_line"] = str(int(self.told["_line"]))
        kinds = dict(META)
        columns = ", ".join(
            f"cast({new[name]} as {sql_type(kinds[name])}) as {quoted(name)}"
            if name in new
            else f"draft.{quoted(name)}"
            for name in self.schema.names
        )
        self.scratch.execute(
            f"copy (select {columns} from {self._drafted()} as draft join kept on draft._line = kept.line order by draft._line)"
            f" to {literal(str(target))} (format parquet, compression zstd, compression_level 1)"
        )

    def _drafted(self) -> str:
        return f"read_parquet({literal(str(self.draft))})"

    def __enter__(self) -> Stage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._filler.shutdown(wait=True)
        self._drafter.shutdown(wait=True)
        self._close_writer()
        self.draft.unlink(missing_ok=True)
        self.scratch.close()


def _repeats(name: str, table: pa.Table) -> bool:
    """Whether a column's values come again often enough to be written as a dictionary."""
    if name in _NEVER_REPEATED:
        return False
    seen = table[name].slice(0, _LOOKED_AT)
    return 2 * int(pc.count_distinct(seen).as_py()) <= len(seen)


def _coalesced(keys: pa.ChunkedArray, contents: pa.ChunkedArray) -> pa.Array:
    if keys.null_count == 0:
        return keys.combine_chunks()
    return pc.coalesce(keys, contents).combine_chunks()


def _extra_sql(names: Sequence[str]) -> str:
    """JSON of the extra columns that are filled, keys in order; null where none is."""
    if not names:
        return "cast(null as varchar)"
    cells = [f"nullif(trim({quoted(f'_x{place}')}), '')" for place in range(len(names))]
    parts = ", ".join(
        f"case when {cell} is not null then concat({literal(json.dumps(name, ensure_ascii=False) + ':')}, to_json({cell})) end"
        for name, cell in zip(names, cells, strict=True)
    )
    return f"nullif(concat('{{', concat_ws(',', {parts}), '}}'), '{{}}')"
