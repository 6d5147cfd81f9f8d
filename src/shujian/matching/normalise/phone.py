"""Telephone numbers: mobile, landline, service numbers; masked ones have no key."""

from __future__ import annotations

import re

from shujian.matching.normalise.text import fold, over_unique

_COUNTRY = re.compile(r"^(?:\+|00)86|^86(?=1[0-9]{10}$)")
_FILLING = re.compile(r"[-‐‑‒–—―−()（）.·]")
_EXTENSION = re.compile(r"(?:转|分机|EXT\.?|ext\.?|[xX#])[0-9]{1,6}$")
_MOBILE = re.compile(r"1[0-9]{10}")
_LANDLINE = re.compile(r"0[1-9][0-9]{8,10}")
_LOCAL = re.compile(r"[2-9][0-9]{6,7}")
_SERVICE = re.compile(r"[48]00[0-9]{7}|1[0-9]{2,5}")


def normalise(text: str | None) -> str | None:
    """Digits alone, without +86 and extension, or None where this is not one whole number.

    The second digit of a mobile number is not checked: new ranges appear every few years.
    """
    if text is None:
        return None
    shown = _EXTENSION.sub("", fold(text).strip("'\"`,，;；。"))
    digits = _COUNTRY.sub("", _FILLING.sub("", shown))
    whole = any(form.fullmatch(digits) for form in (_MOBILE, _LANDLINE, _LOCAL, _SERVICE))
    return digits if whole else None


def is_mobile(number: str) -> bool:
    """Whether a normalised number has the shape of a mobile number."""
    return _MOBILE.fullmatch(number) is not None


def normalise_many(values: list[str | None]) -> list[str | None]:
    """``normalise`` over a column, once per distinct value."""
    return over_unique(normalise, values)
