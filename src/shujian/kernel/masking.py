"""Hide what a reader has no need of. Masking is done on the server; the reason to unmask is audited."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_GAP = r"[ \u3000\-－—·.]?"
_D = r"[0-9０-９]"
_ID = re.compile(
    rf"(?<![0-9A-Za-z０-９]){_D}(?:{_GAP}{_D}){{16}}{_GAP}[0-9０-９XxＸｘ](?![0-9A-Za-z０-９])"
    rf"|(?<![0-9A-Za-z０-９]){_D}{{6}}{_GAP}{_D}{{6}}{_GAP}{_D}{{3}}(?![0-9A-Za-z０-９])"
)
"""Eighteen or fifteen characters of an identity number, full width or with gaps between them."""
_PHONE = re.compile(
    rf"(?<![0-9０-９])[1１]{_D}{{2}}(?:{_GAP}{_D}){{8}}(?![0-9０-９])"
    rf"|(?<![0-9０-９])[0０]{_D}{{2,3}}{_GAP}[2-9２-９]{_D}{{6,7}}(?![0-9０-９])"
)
"""A mobile number, or a fixed one with its area code; full width or with gaps."""


def mask_name(name: str) -> str:
    """Keep the family name: 张三丰 → 张某某."""
    return name[:1] + "某" * max(1, min(len(name) - 1, 2)) if name else name


def mask_id_card(number: str) -> str:
    """Keep the first six and the last character: 999999********001X → 999999***********X."""
    if len(number) < 8:
        return "*" * len(number)
    return number[:6] + "*" * (len(number) - 7) + number[-1:]


def mask_phone(number: str) -> str:
    """Keep three and two: 100****5678 → 100******78."""
    return number[:3] + "*" * max(0, len(number) - 5) + number[-2:] if len(number) > 5 else "*" * len(number)


def mask_text(text: str) -> str:
    """Hide identity and phone numbers inside free text, full width, with gaps or of fifteen digits too; all else stays,
    offsets stay.
    """
    text = _ID.sub(lambda found: mask_id_card(found.group(0)), text)
    return _PHONE.sub(lambda found: mask_phone(found.group(0)), text)


def leaks(text: str) -> tuple[bool, bool]:
    """Whether a free text carries an identity number, and whether a telephone number."""
    rest, ids = _ID.subn("", text)
    return ids > 0, _PHONE.search(rest) is not None


def numbers_in(text: str) -> list[tuple[str, str]]:
    """Every identity number and phone number that ``mask_text`` hides: (``id_card`` or ``phone``, the number)."""
    found = [("id_card", one.group(0).upper()) for one in _ID.finditer(text)]
    return found + [("phone", one.group(0)) for one in _PHONE.finditer(_ID.sub("", text))]


def mask_known_names(text: str, names: Iterable[str]) -> str:
    """Hide these names inside free text (``欧阳示例`` → ``欧某某某``); every other character stays where it is."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, name[:1] + "某" * (len(name) - 1))
    return text


def mask_value(semantic_type: str, value: Any) -> Any:
    """Mask one field by the semantic type that its source contract states."""
    if not isinstance(value, str):
        return value
    if semantic_type == "person_name":
        return mask_name(value)
    if semantic_type == "id_card":
        return mask_id_card(value)
    if semantic_type == "phone":
        return mask_phone(value)
    if semantic_type == "text":
        return mask_text(value)
    return value
