"""Addresses as text keys: one width, no spaces, one kind of bracket, one kind of dash and number mark."""

from __future__ import annotations

import re

from shujian.matching.normalise.text import MISSING, fold, is_missing, over_unique, unify_brackets, upper

_DASHES = re.compile("[‐‑‒–—―−~～]+")
_PLAIN = re.compile("[\u4e00-\u9fff0-9A-Z]+(?:-[0-9A-Z]+)*")
_EDGE = ",，;；。.、'\"`"


def key(text: str | None) -> str | None:
    """The address as compared, or None where there is none. Nothing is guessed: towns are not completed."""
    if text is None:
        return None
    if _PLAIN.fullmatch(text):  # the usual one: nothing to bring to one form
        return text if text not in MISSING else None
    shown = upper(fold(text))
    cleaned = _DASHES.sub("-", unify_brackets(shown)).replace("#", "号").replace("号号", "号").strip(_EDGE)
    return None if is_missing(shown) or is_missing(cleaned) else cleaned


def key_many(values: list[str | None]) -> list[str | None]:
    """``key`` over a column, once per distinct value."""
    return over_unique(key, values)
