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
_TEXT, _DAY, _AMOUNT, _DEGREES = pa.string(), pa.date32(), pa.decimal128(18, 2), pa.decimal128(10, 6)
SIDE_COLUMNS: dict[str, tuple[tuple[str, pa.DataType, str], ...]] = {
    "id_card": (("flag", _TEXT, "标记"), ("mask", _TEXT, "掩码")),
    "uscc": (("flag", _TEXT, "标记"),),
    "person_name": (("flag", _TEXT, "标记"),),
    "phone": (("flag", _TEXT, "标记"), ("mask", _TEXT, "掩码"), ("other", _TEXT, "其他号码")),
    "plate": (("flag", _TEXT, "标记"), ("mask", _TEXT, "掩码")),
    "date": (("flag", _TEXT, "标记"), ("from", _DAY, "最早"), ("to", _DAY, "最晚")),
    "timestamp": (("flag", _TEXT, "标记"), ("from", _DAY, "最早"), ("to", _DAY, "最晚")),
    "money": (("flag", _TEXT, "标记"), ("low", _AMOUNT, "至少"), ("high", _AMOUNT, "至多")),
    "lonlat": (("flag", _TEXT, "标记"),),
}  # fmt: skip
"""What a cell says besides its value, as ``<field>__<name>``: suffix, type, Chinese title. All are null where the
cell is plain. ``flag`` says why the value is null or doubtful; ``from``/``to`` and ``low``/``high`` hold what was
written less exactly than a day or an amount (2024年3月, 1.2万余元), and the value itself is then null.
"""
SUBJECT_COLUMNS: dict[str, tuple[tuple[str, pa.DataType], ...]] = {
    "person": (
        ("id", pa.string()), ("name", pa.string()), ("mask", pa.string()), ("birth", pa.date32()),
        ("sex", pa.string()), ("area", pa.string()),
    ),
    "org": (
        ("uscc", pa.string()), ("name", pa.string()), ("core", pa.string()), ("tax", pa.string()),
        ("former", pa.string()), ("parent", pa.string()),
    ),
    "place": (
        ("key", _TEXT), ("county", _TEXT), ("town", _TEXT), ("town_name", _TEXT), ("village", _TEXT),
        ("village_name", _TEXT), ("group", _TEXT), ("road", _TEXT), ("number", _TEXT), ("how", _TEXT), ("notes", _TEXT),
        ("lon", _DEGREES), ("lat", _DEGREES), ("system", _TEXT), ("point", _TEXT),
    ),
}  # fmt: skip
SUBJECT_PARTS = {kind: frozenset(name for name, _ in columns) for kind, columns in SUBJECT_COLUMNS.items()}
"""Kind of subject → what follows ``<subject>__`` in the names of its columns."""
SUBJECT_TITLES = {
    "county": "县区代码", "town": "乡镇代码", "town_name": "乡镇街道", "village": "村社区代码", "village_name": "村社区",
    "group": "组", "road": "道路", "number": "门牌", "how": "乡镇依据", "notes": "地址疑点", "lon": "经度（CGCS2000）",
    "lat": "纬度（CGCS2000）", "system": "原坐标系", "point": "坐标疑点",
}  # fmt: skip
"""Titles of subject columns that a person may meet on a screen."""
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
    columns += [(name, kind) for name, kind, _ in side_columns(contract)]
    return pa.schema(columns)


def typed_columns(contract: SourceContract) -> list[str]:
    """The names of the field and subject columns."""
    return list(typed_schema(contract).names)


def side_columns(contract: SourceContract) -> list[tuple[str, pa.DataType, str]]:
    """Name, type and Chinese title of every column that says more of a cell than its value."""
    return [
        (f"{field.id}__{suffix}", kind, f"{field.title}（{title}）")
        for field in contract.fields
        for suffix, kind, title in SIDE_COLUMNS.get(field.type, ())
    ]


def further_columns(contract: SourceContract) -> list[tuple[str, str, str]]:
    """Name, kind (text, number, date) and title of what ingest makes beside fields and keys: the parts of a place,
    the ends of 2024年3月. A model may name them.
    """
    found = [
        (f"{subject_id}__{part}", kind, SUBJECT_TITLES[part])
        for subject_id, subject in contract.subjects.items()
        for part, kind in SUBJECT_COLUMNS[subject.kind]
        if part in SUBJECT_TITLES
    ]
    kinds = {pa.date32(): "date", pa.string(): "text"}
    return [
        (name, kinds.get(kind, "number"), title) for name, kind, title in (*found, *side_columns(contract))
    ]


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


def filled_sql(field: SourceField) -> str:
    """A condition: the cell says something, be it a value, a range (2024年3月) or a text that is no value (138****0000)."""
    if field.type in ("phone", "plate", "uscc", "id_card"):
        return f"{quoted(field.id + '__raw')} is not null"
    told = f"{quoted(field.id)} is not null"
    marked = any(suffix == "flag" for suffix, _, _ in SIDE_COLUMNS.get(field.type, ()))
    return f"({told} or {quoted(field.id + '__flag')} is not null)" if marked else told


def day_sql(field_id: str) -> str:
    """The day of a date or timestamp column; of one that names only a month, the first of it, which is in that month."""
    day, first, last = (quoted(field_id + suffix) for suffix in ("", "__from", "__to"))
    month = f"case when date_trunc('month', {first}) = date_trunc('month', {last}) then {first} end"
    return f"coalesce(cast({day} as date), {month})"
