"""Telephone numbers taken apart: mobile, landline with area code, local, service, abroad, masked; several in one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from shujian.matching.normalise import masks, phone
from shujian.matching.normalise.text import fold, is_missing, upper

Flag = Literal["masked", "several", "abroad", "local", "extension", "respelled", "invalid"]
Kind = Literal["mobile", "landline", "local", "service", "abroad", "masked", "invalid", "missing"]

_EXTENSION = re.compile(r"(?:转|分机|EXT\.?|#|X)(?P<number>[0-9]{1,6})$")
_ABROAD = re.compile(r"^(?:\+|00)(?!86)[1-9][0-9]{6,14}$")
_FILLING = re.compile(r"[-‐‑‒–—―−().·]")
_AREA = re.compile(r"(?P<area>0(?:10|2[0-9]|[3-9][0-9]{2}))(?P<local>[2-9][0-9]{6,7})")
_OLD_MOBILE = re.compile(r"0(?P<mobile>1[3-9][0-9]{9})")
_AREA_MISSING_ZERO = re.compile(r"(?P<area>[3-9][0-9]{2})-(?P<local>[2-9][0-9]{6,7})")
_FROM_ABROAD = re.compile(r"(?:\+|00)86-?(?P<area>10|2[0-9]|[3-9][0-9]{2})-?(?P<local>[2-9][0-9]{6,7})")
_LOCAL = re.compile(r"[2-9][0-9]{6,7}")
_SEVERAL = re.compile(r"[/、,，;；|]|(?<=[0-9])\s+(?=1[0-9]{10})|或|和")
_LABEL = re.compile(r"^(?:电话|手机|联系电话|联系方式|TEL|MOBILE|座机|固话)[:：.]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Phone:
    """One number. ``number``: digits as compared (area code and local number in one), or None.

    ``masked``: what a starred number shows. ``assumed_area``: the area code is the caller's, not the writer's.
    """

    text: str
    kind: Kind
    number: str | None = None
    area: str | None = None
    local: str | None = None
    extension: str | None = None
    masked: masks.Masked | None = None
    assumed_area: bool = False


def read_phone(text: str | None, area: str | None = None) -> Phone:
    """Read one number. ``area``: the area code of the source's county, given to local numbers that have none."""
    shown = "" if text is None else _LABEL.sub("", upper(fold(text)).strip("'\"`,，;；。"))
    if is_missing(shown):
        return Phone(shown, "missing")
    if masked := masks.read_phone(shown):
        return Phone(shown, "masked", masked=masked)
    cut = _EXTENSION.search(shown)
    extension = cut["number"] if cut else None
    bare = shown[: cut.start()] if cut else shown
    if _ABROAD.fullmatch(_FILLING.sub("", bare)):
        return Phone(shown, "abroad", _FILLING.sub("", bare))
    if short := _AREA_MISSING_ZERO.fullmatch(bare) or _FROM_ABROAD.fullmatch(bare):
        bare = "0" + short["area"] + short["local"]
    digits = phone.normalise(bare)
    if digits is None:
        return Phone(shown, "invalid")
    if old := _OLD_MOBILE.fullmatch(digits):  # 0 before a mobile number, as once dialled from afar
        digits = old["mobile"]
    return _kind(shown, digits, extension, area)


def read_phones(text: str | None, area: str | None = None) -> tuple[Phone, ...]:
    """Every number of one cell: 10000000001/10000000002. Empty where there is none."""
    parts = [part for part in _SEVERAL.split(text or "") if part and part.strip()]
    read = tuple(read_phone(part, area) for part in parts)
    return tuple(one for one in read if one.kind != "missing")


def _kind(shown: str, digits: str, extension: str | None, area: str | None) -> Phone:
    if phone.is_mobile(digits):
        return Phone(shown, "mobile", digits, extension=extension)
    if found := _AREA.fullmatch(digits):
        return Phone(shown, "landline", digits, found["area"], found["local"], extension)
    if _LOCAL.fullmatch(digits):
        number = area + digits if area else digits
        return Phone(
            shown, "landline" if area else "local", number, area, digits, extension, assumed_area=bool(area)
        )
    if digits.startswith("0"):
        return Phone(shown, "invalid")
    return Phone(shown, "service", digits, extension=extension)


def reading(text: str) -> tuple[Flag | None, str | None, str | None]:
    """Why a cell is not one whole number, the pattern of a masked one, and every number in it, parted by a space.

    The numbers are given only where the cell is not already the one number that ``phone.normalise`` answers.
    """
    numbers = read_phones(text)
    if not numbers:
        return None, None, None
    patterns = [one.masked.pattern for one in numbers if one.masked]
    pattern = patterns[0] if patterns else None
    found = [one.number for one in numbers if one.number and one.kind != "invalid"]
    if len(numbers) > 1:
        return ("several" if len(found) > 1 or pattern else "invalid"), pattern, " ".join(found) or None
    one = numbers[0]
    if one.kind in ("masked", "abroad", "local", "invalid"):
        return one.kind, pattern, one.number if one.kind == "abroad" else None
    if phone.normalise(text) != one.number:
        return "respelled", None, one.number
    return ("extension" if one.extension else None), None, None
