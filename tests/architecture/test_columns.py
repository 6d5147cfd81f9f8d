"""Every column of every table is listed as open, masked, handle or sealed; one that is not fails the build."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.db import models

from shujian.keys.service import COLUMNS

FILE = Path(__file__).with_name("columns.txt")
KINDS = {"open", "masked", "handle", "sealed"}


def listed() -> dict[str, tuple[str, str]]:
    """``table.column`` → (kind, reason)."""
    rows = [line.split("|", 2) for line in FILE.read_text("utf-8").splitlines() if line and line[0] != "#"]
    return {name.strip(): (kind.strip(), reason.strip()) for name, kind, reason in rows}


def columns() -> dict[str, models.Field[object, object]]:
    """``table.column`` → field, of every table."""
    return {
        f"{model._meta.db_table}.{field.column}": field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_concrete_fields
    }


def test_every_column_is_listed_and_none_besides() -> None:
    found, told = set(columns()), listed()
    lacking = "\n".join(
        f"{name:<40}| open   | （写明是什么；写人的话用 sealed）" for name in sorted(found - set(told))
    )
    assert not lacking, f"在 {FILE.name} 里添上这些行：\n{lacking}"
    assert sorted(set(told) - found) == [], f"{FILE.name} 里有已经没有的列，请删去"
    wrong = {name: kind for name, (kind, reason) in told.items() if kind not in KINDS or not reason}
    assert wrong == {}


def test_sealed_columns_are_bytes_that_rotation_knows_and_no_other_bytes_stand() -> None:
    fields, told = columns(), listed()
    sealed = {name for name, (kind, _) in told.items() if kind == "sealed"}
    assert sealed == {name for name, field in fields.items() if isinstance(field, models.BinaryField)}
    assert sealed == {one.name for one in COLUMNS}, (
        "加密的列要列进所在房间的 SEALED_COLUMNS，轮换密钥才换得到"
    )
