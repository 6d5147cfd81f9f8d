"""What a reader sees who gave no reason to see more. Lengths are kept, so that offsets into texts still hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from shujian.kernel.masking import mask_known_names, mask_text, mask_value

_PERSON_FIELDS = frozenset({"id_card", "id", "mask", "birth", "身份证号", "出生日期"})
_NAME_FIELDS = frozenset({"name", "姓名"})


def known_names(rows: Iterable[Mapping[str, Any]], matches: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Person names that evidence and comparisons state: they are hidden in free text too."""
    found = {
        str(value)
        for row in rows
        for field, value in row["fields"].items()
        if row["types"].get(field) == "person_name" and value
    }
    for match in matches:
        if of_person(match):
            named = [one for one in match["compared"] if one["field"] in _NAME_FIELDS]
            found |= {one[side] for one in named for side in ("left", "right") if one[side]}
    return frozenset(name for name in found if len(name) >= 2)


def of_person(match: Mapping[str, Any]) -> bool:
    """Whether a comparison is between persons (firms have no birth date)."""
    return any(one["field"] in _PERSON_FIELDS for one in match["compared"])


def same_length(name: str) -> str:
    """``欧阳示例`` → ``欧某某某``: the family name's first character, the rest hidden, the length kept."""
    return name[:1] + "某" * (len(name) - 1)


def hide_text(text: str, names: frozenset[str]) -> str:
    """Hide numbers by their shape and the known names; every other character stays where it is."""
    return mask_known_names(mask_text(text), names)


def hide_fields(fields: Mapping[str, Any], types: Mapping[str, str], names: frozenset[str]) -> dict[str, Any]:
    """Each field by its semantic type; texts and remarks also lose the known names."""
    shown: dict[str, Any] = {}
    for field, value in fields.items():
        masked = mask_value(types.get(field, "text"), value)
        if isinstance(masked, str) and types.get(field) not in ("person_name", "id_card", "phone"):
            masked = hide_text(masked, names)
        shown[field] = masked
    return shown


def hide_compared(match: Mapping[str, Any], names: frozenset[str]) -> dict[str, Any]:
    """A comparison with both sides hidden; names of firms stay."""
    person = of_person(match)
    compared = [
        {
            **one,
            "left": _hide_side(one, "left", names, person),
            "right": _hide_side(one, "right", names, person),
        }
        for one in match["compared"]
    ]
    return {**match, "compared": compared}


def _hide_side(one: Mapping[str, Any], side: str, names: frozenset[str], person: bool) -> str | None:
    value: str | None = one[side]
    if value is None or not person:
        return value if value is None else hide_text(value, names)
    field = one["field"]
    if field in _NAME_FIELDS:
        return same_length(value)
    if field in ("birth", "出生日期"):
        return value[:4] + "年（已隐去月日）"
    if field == "mask":
        return value[:-4] + "***" + value[-1:]
    return hide_text(value, names)
