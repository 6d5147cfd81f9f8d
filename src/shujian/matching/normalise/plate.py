"""Number plates of motor vehicles (GA 36): province character, letter, five or six more."""

from __future__ import annotations

import re

from shujian.matching.normalise.text import fold, over_unique, upper

_FILLING = re.compile("[-‐‑‒–—―−·•‧∙⋅・●.。]")
_CIVIL = re.compile("[\u4e00-\u9fff][A-Z][A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳试超使领]")
_POLICE = re.compile("WJ[\u4e00-\u9fff]?[0-9]{4,5}[0-9A-Z]?|[A-Z]{2}[0-9]{5}")
_EMBASSY = re.compile("使[0-9]{6}|[0-9]{6}使")


def normalise(text: str | None) -> str | None:
    """The plate as compared (``示A12345``), or None where it has no plate's shape.

    The province character is not checked against a list.
    """
    if text is None:
        return None
    plate = _FILLING.sub("", upper(fold(text)))
    return plate if any(form.fullmatch(plate) for form in (_CIVIL, _POLICE, _EMBASSY)) else None


def normalise_many(values: list[str | None]) -> list[str | None]:
    """``normalise`` over a column, once per distinct value."""
    return over_unique(normalise, values)
