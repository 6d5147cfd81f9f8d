"""Rows written by hand, as proofs give them, on the same way that an ingested file takes after reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from shujian.kernel.errors import Fault, FaultList
from shujian.lake.columns.table import typed_chunk
from shujian.lake.engines.duckdb import Scratch
from shujian.lake.physical import dataset_schema, literal, quoted, sql_type, typed_schema
from shujian.lake.sources import SourceContract
from shujian.lake.versions import content_sql, key_sql


def typed_table(contract: SourceContract, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows given by field id as the table that an ingest of them would store (``_file`` is ``proof``).

    Fields that no row names are null, required or not. Raises BadInput with every fault.
    """
    known = {field.id: field for field in contract.fields}
    faults = FaultList()
    for at, row in enumerate(rows):
        for name in row:
            if name not in known:
                faults.add(
                    Fault(code="unknown_field", message="数据源没有这个字段", line=at + 1, field=str(name),
                          expected="、".join(known))
                )  # fmt: skip
    faults.raise_if_any()
    columns = {
        name: pa.array([_as_text(row.get(name)) for row in rows], pa.string())
        for name in known
        if any(row.get(name) is not None for row in rows)
    }
    typed = typed_chunk(contract, columns, len(rows), strict=False)
    titles = {field.title: field.id for field in contract.fields}
    for one in typed.faults:
        faults.add(
            Fault(code=one.code, message="取值不合字段类型", line=one.row + 1, field=titles[one.field],
                  found=one.found, expected=one.expected)
        )  # fmt: skip
    faults.raise_if_any()
    lines = pa.array(range(1, len(rows) + 1), pa.int64())
    return _with_meta(contract, typed.table.append_column("_line", lines))


def _as_text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def _with_meta(contract: SourceContract, table: pa.Table) -> pa.Table:
    schema = dataset_schema(contract)
    own = {
        "_row": "_content", "_key": "coalesce(_key, _content)", "_line": "_line", "_content": "null",
        "_file": "'proof'", "_batch": "'proof'", "_sha256": literal("0" * 64),
    }  # fmt: skip
    meta = ", ".join(
        f"cast({own.get(name, 'null')} as {sql_type(schema.field(name).type)}) as {quoted(name)}"
        for name in schema.names
        if name.startswith("_")
    )
    names = ", ".join(quoted(name) for name in typed_schema(contract).names)
    with Scratch(threads=1) as scratch:
        scratch.register("given", table)
        answer = scratch.table(
            f"select {names}, {meta} from"
            f" (select *, {key_sql(contract)} as _key, {content_sql(contract)} as _content"
            " from (select *, cast(null as varchar) as _extra from given)) order by _line"
        )
    return answer.cast(schema)
