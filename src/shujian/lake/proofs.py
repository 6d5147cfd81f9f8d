"""Rows written by hand, as proofs give them, on the same way that an ingested file takes after reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from shujian.kernel.errors import Fault, FaultList
from shujian.lake.columns.table import Told, typed_chunk
from shujian.lake.physical import dataset_schema
from shujian.lake.sources import SourceContract
from shujian.lake.versions import row_digests


def typed_table(contract: SourceContract, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows given by field id as the table that an ingest of them would store (``_file`` is ``proof``).

    Fields that no row names are null, required or not; points of sources that detect their system are CGCS2000, for so few
    rows show none. Raises BadInput with every fault.
    """
    faults = FaultList()
    columns = text_columns(contract, rows, faults)
    faults.raise_if_any()
    typed = typed_chunk(contract, columns, len(rows), told=_told(contract), strict=False)
    titles = {field.title: field.id for field in contract.fields}
    for one in typed.faults:
        faults.add(
            Fault(code=one.code, message="取值不合字段类型", line=one.row + 1, field=titles[one.field],
                  found=one.found, expected=one.expected)
        )  # fmt: skip
    faults.raise_if_any()
    return _with_meta(contract, typed.table)


def _told(contract: SourceContract) -> Told:
    return Told(
        systems={
            name: "CGCS2000"
            for name, subject in contract.subjects.items()
            if subject.coordinates is not None and subject.coordinates.system == "detect"
        }
    )


def text_columns(
    contract: SourceContract, rows: Sequence[Mapping[str, Any]], faults: FaultList
) -> dict[str, pa.Array]:
    """Rows by field id as the text columns that a file of them would have; unknown names go to the faults."""
    known = {field.id: field for field in contract.fields}
    for at, row in enumerate(rows):
        for name in row:
            if name not in known:
                faults.add(
                    Fault(code="unknown_field", message="数据源没有这个字段", line=at + 1, field=str(name),
                          expected="、".join(known))
                )  # fmt: skip
    return {
        name: pa.array([_as_text(row.get(name)) for row in rows], pa.string())
        for name in known
        if any(row.get(name) is not None for row in rows)
    }


def _as_text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def _with_meta(contract: SourceContract, table: pa.Table) -> pa.Table:
    size = table.num_rows
    digests = row_digests(contract, table.to_pylist())
    own = {
        "_row": [content for content, _ in digests], "_key": [key for _, key in digests],
        "_line": list(range(1, size + 1)), "_file": ["proof"] * size, "_batch": ["proof"] * size,
        "_sha256": ["0" * 64] * size,
    }  # fmt: skip
    schema = dataset_schema(contract)
    columns = [
        pa.array(own.get(field.name) or [None] * size, field.type)
        if field.name.startswith("_")
        else table[field.name]
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)
