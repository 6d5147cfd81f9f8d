"""A JSON value as a cell of a table: numbers as the file writes them, nested values as JSON text."""

from __future__ import annotations

import json
from typing import Any

from shujian.lake.reading.json_window import Number


def cell_text(value: Any) -> str | None:
    """A value as a cell: text and numbers as written, nested values as JSON; null and empty text are None."""
    if isinstance(value, str):
        return str(value) or None
    return None if value is None else _json(value)


def _json(value: Any) -> str:
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(_json(one) for one in value) + "]"
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {_json(one)}" for key, one in value.items())
            + "}"
        )
    return json.dumps(value, ensure_ascii=False)


def unwritable(text: str) -> str | None:
    """Why a text cannot be stored; None where it can."""
    if "\0" in text:
        return "空字符 \\u0000"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return f"不成对的代理字符 \\u{ord(text[error.start]):04x}"
    return None
