"""What a reader sees who gave no reason to see more. Lengths are kept, so that offsets into texts still hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from shujian.kernel.masking import mask_text, mask_value

_NAMES = ("person_name", "name", "姓名")


def known_names(rows: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Person names that the evidence itself states: they are hidden in free text too."""
    found = {
        str(value)
        for row in rows
        for field, value in row["fields"].items()
        if row["types"].get(field) == "person_name" and value
    }
    return frozenset(name for name in found if len(name) >= 2)


def same_length(name: str) -> str:
    """``欧阳示例`` → ``欧某某某``: the family name's first character, the rest hidden, the length kept."""
    return name[:1] + "某" * (len(name) - 1)


def hide_text(text: str, names: frozenset[str]) -> str:
    """Hide numbers by their shape and the known names; every other character stays where it is."""
    hidden = mask_text(text)
    for name in sorted(names, key=len, reverse=True):
        hidden = hidden.replace(name, same_length(name))
    return hidden


def hide_fields(fields: Mapping[str, Any], types: Mapping[str, str], names: frozenset[str]) -> dict[str, Any]:
    """Each field by its semantic type; texts and remarks also lose the known names."""
    shown: dict[str, Any] = {}
    for field, value in fields.items():
        masked = mask_value(types.get(field, "text"), value)
        if isinstance(masked, str) and types.get(field) not in ("person_name", "id_card", "phone"):
            masked = hide_text(masked, names)
        shown[field] = masked
    return shown


def hide_compared(field: str, value: str | None, names: frozenset[str]) -> str | None:
    """One side of a comparison."""
    if value is None:
        return None
    if any(word in field for word in _NAMES):
        return mask_value("person_name", value) if value not in names else same_length(value)
    return hide_text(value, names)
