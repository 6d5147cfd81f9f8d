"""The physical columns of a dataset: one list for Delta, for in-memory tables and for empty views."""

from __future__ import annotations

import pyarrow as pa

from shujian.lake.sources import SourceContract, SourceField

RAW_KEPT = frozenset({
    "id_card", "person_name", "org_name", "uscc", "phone", "plate", "date", "timestamp", "money",
    "integer", "decimal", "lonlat",
})  # fmt: skip
"""Types whose normalising may change the text, so that ``<id>__raw`` keeps what the file said."""

ARROW_TYPES: dict[str, pa.DataType] = {
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "money": pa.decimal128(18, 2),
    "decimal": pa.decimal128(18, 6),
    "lonlat": pa.decimal128(10, 6),
    "integer": pa.int64(),
}
SUBJECT_COLUMNS: dict[str, tuple[tuple[str, pa.DataType], ...]] = {
    "person": (
        ("id", pa.string()), ("name", pa.string()), ("mask", pa.string()), ("birth", pa.date32()),
        ("sex", pa.string()), ("area", pa.string()),
    ),
    "org": (
        ("uscc", pa.string()), ("name", pa.string()), ("core", pa.string()), ("tax", pa.string()),
        ("former", pa.string()), ("parent", pa.string()),
    ),
    "place": (("key", pa.string()),),
}  # fmt: skip
META = (
    ("_row", pa.string()),
    ("_key", pa.string()),
    ("_content", pa.string()),
    ("_supersedes", pa.string()),
    ("_file", pa.string()),
    ("_sha256", pa.string()),
    ("_sheet", pa.string()),
    ("_line", pa.int64()),
    ("_batch", pa.string()),
    ("_received", pa.timestamp("us")),
    ("_as_of", pa.date32()),
    ("_extra", pa.string()),
)
"""``_content`` is null except where a row came back to an earlier content: then it is the content's id and
``_row`` is one of its own, because the earlier version of that content stays superseded."""


def field_type(field: SourceField) -> pa.DataType:
    """The Arrow type of a field's typed column."""
    return ARROW_TYPES.get(field.type, pa.string())


def typed_schema(contract: SourceContract) -> pa.Schema:
    """Field and subject columns, without meta columns."""
    columns: list[tuple[str, pa.DataType]] = []
    for field in contract.fields:
        columns.append((field.id, field_type(field)))
        if field.type in RAW_KEPT:
            columns.append((f"{field.id}__raw", pa.string()))
    for subject_id, subject in contract.subjects.items():
        columns += [(f"{subject_id}__{name}", kind) for name, kind in SUBJECT_COLUMNS[subject.kind]]
    return pa.schema(columns)


def dataset_schema(contract: SourceContract) -> pa.Schema:
    """All physical columns in their order."""
    return pa.schema([*typed_schema(contract), *(pa.field(name, kind) for name, kind in META)])


_SQL_TYPES = {
    pa.string(): "VARCHAR", pa.date32(): "DATE", pa.timestamp("us"): "TIMESTAMP", pa.int64(): "BIGINT",
    pa.decimal128(18, 2): "DECIMAL(18,2)", pa.decimal128(18, 6): "DECIMAL(18,6)",
    pa.decimal128(10, 6): "DECIMAL(10,6)",
}  # fmt: skip


def sql_type(kind: pa.DataType) -> str:
    """The SQL name of one of our Arrow types."""
    return _SQL_TYPES[kind]


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str | None) -> str:
    """An SQL text literal."""
    return "NULL" if text is None else "'" + text.replace("'", "''") + "'"
