"""Writes the rows of some Parquet files into one new file, in their order, with nothing else changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from shujian.lake.engines.duckdb import Scratch
from shujian.lake.physical import literal
from shujian.lake.versions import sums_sql

_ROW_GROUP = 122_880
_READ_ROWS = 16_384
_NEVER_REPEATED = frozenset({"_row", "_key", "_line"})

Change = Callable[[pa.Table], pa.Table]


def write_again(sources: Sequence[Path], target: Path, change: Change | None = None) -> int:
    """Write all rows of the sources to the target and answer how many; no file where none are left.

    Columns are those of all sources together; a file that lacks one has nulls there. ``change`` sees each piece.
    """
    schema = whole_schema(sources)
    rows = 0
    writer: pq.ParquetWriter | None = None
    try:
        for table in _row_groups(sources, schema, change):
            if writer is None:
                repeated = [name for name in schema.names if name not in _NEVER_REPEATED]
                writer = pq.ParquetWriter(
                    target, schema, compression="zstd", compression_level=1, use_dictionary=repeated
                )
            writer.write_table(table, row_group_size=_ROW_GROUP)
            rows += table.num_rows
    finally:
        if writer is not None:
            writer.close()
            target.chmod(0o600)
    return rows


def whole_schema(sources: Sequence[Path]) -> pa.Schema:
    """The columns of all files, meta columns last; all may be null, whatever a file says of itself."""
    schema = pa.unify_schemas([pq.read_schema(path) for path in sources]).remove_metadata()
    fields = sorted(schema, key=lambda field: field.name.startswith("_"))
    return pa.schema([pa.field(field.name, field.type) for field in fields])


def _row_groups(sources: Sequence[Path], schema: pa.Schema, change: Change | None) -> Iterator[pa.Table]:
    waiting: list[pa.Table] = []
    held = 0
    for path in sources:
        for batch in pq.ParquetFile(path).iter_batches(batch_size=_READ_ROWS):
            table = _widened(pa.Table.from_batches([batch]), schema)
            table = change(table) if change else table
            waiting.append(table)
            held += table.num_rows
            if held >= _ROW_GROUP:
                yield pa.concat_tables(waiting)
                waiting, held = [], 0
    if held:
        yield pa.concat_tables(waiting)


def _widened(table: pa.Table, schema: pa.Schema) -> pa.Table:
    columns = [
        table[field.name].cast(field.type)
        if field.name in table.column_names
        else pa.nulls(table.num_rows, field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def tally(files: Sequence[Path]) -> tuple[int, int, tuple[int, int]]:
    """(rows that supersede nobody, rows that supersede, the two sums over row ids) of some files together."""
    if not files:
        return 0, 0, (0, 0)
    listed = ", ".join(literal(str(path)) for path in files)
    with Scratch() as scratch:
        scratch.execute(
            "create temp view counted as select _row as row, _supersedes as supersedes"
            f" from read_parquet([{listed}], union_by_name = true)"
        )
        first, second = scratch.row(sums_sql("counted"))
        total, changed = scratch.row("select count(*), count(supersedes) from counted")
    return int(str(total)) - int(str(changed)), int(str(changed)), (int(str(first)), int(str(second)))
