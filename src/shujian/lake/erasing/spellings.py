"""How one identity number may be written, as one regular expression for Python, Arrow and DuckDB (RE2) alike."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from shujian.matching.normalise import id_card

_BETWEEN = "[\\s\u00a0\u00ad\u2000-\u200f\u2010-\u2015\u202f\u205f\u2060\u3000\ufeff._,，、·\\-]{0,3}"
_RUN = re.compile(f"(?:[0-9]{_BETWEEN}){{14,}}[0-9Xx×]?")
_NOT_SIGNS = re.compile("[^0-9X]")
MANY_DIGITS = "(?:\\pN[^\\pL\\pN]{0,3}){14}"
"""RE2: a text that may hold a number at all."""


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    """Digit or X → every character that compatibility folding makes it, as the inside of a character class."""
    found: dict[str, list[str]] = {sign: [] for sign in "0123456789X"}
    for code in range(0x20, min(sys.maxunicode, 0x1FFFF)):
        sign = unicodedata.normalize("NFKC", chr(code)).upper()
        if sign in found:
            found[sign].append(chr(code))
    found["X"] += "×✕✖"
    return {sign: "".join(forms) for sign, forms in found.items()}


def written(key: str) -> tuple[str, ...]:
    """The number as it is issued: eighteen signs and, for those born before 2000, the old fifteen."""
    return (key, key[:6] + key[8:17]) if key[6:8] == "19" else (key,)


def spelling(key: str) -> str:
    """An expression that finds the valid number ``key``: 18 signs or the old 15, of any width, x or X, with spaces,
    dashes or points between.
    """
    return "|".join(_BETWEEN.join(f"[{_forms()[sign]}]" for sign in one) for one in written(key))


def pattern(key: str) -> re.Pattern[str]:
    """``spelling`` ready for Python."""
    return re.compile(spelling(key))


def keys_in(text: str) -> Iterator[str]:
    """Every valid number that a text may spell, also inside a longer run of digits."""
    plain = unicodedata.normalize("NFKC", text).upper().replace("×", "X")
    for run in _RUN.finditer(plain):
        signs = _NOT_SIGNS.sub("", run.group())
        for size in (18, 15):
            for start in range(len(signs) - size + 1):
                key = id_card.parse(signs[start : start + size]).key
                if key:
                    yield key
