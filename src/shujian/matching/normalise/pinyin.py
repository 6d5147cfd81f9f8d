"""Pinyin of names, so that a name whose characters cannot be typed can still be found. For search, never for matching.

Readings come from pypinyin, which knows most characters of the Unicode extensions; a surname keeps all its readings.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import import_module
from itertools import islice, product
from typing import Any

from shujian.matching.normalise import rare

MOST_READINGS = 16
"""Readings of one name; what has more is a sentence."""


@cache
def _library() -> Any:
    # Its tables take half a second to load, and few commands ask how a name sounds.
    return import_module("pypinyin")


def _spoken(shown: str) -> list[list[str]]:
    """Each character's readings without tones."""
    library = _library()
    told: list[list[str]] = library.pinyin(
        list(shown), style=library.Style.NORMAL, heteronym=True, v_to_u=False
    )
    return told


@lru_cache(maxsize=1 << 15)
def readings(name: str) -> tuple[str, ...]:
    """Every way to say a name, syllables joined, without tones: 单雄 → danxiong, shanxiong, chanxiong. ü is v.

    A character without a known reading stays as it is, so that the others still help; Latin letters in lower case.
    """
    shown = rare.comparable(name).replace("·", "")
    syllables = [
        tuple(dict.fromkeys(one.lower() for one in options)) for options in
        _spoken(shown)
    ]  # fmt: skip
    return tuple("".join(chosen) for chosen in islice(product(*syllables), MOST_READINGS))


def initials(name: str) -> tuple[str, ...]:
    """The first letters of every reading: 单雄 → dx, sx, cx."""
    shown = rare.comparable(name).replace("·", "")
    options = [
        tuple(dict.fromkeys(one[:1].lower() for one in told)) for told in
        _spoken(shown)
    ]  # fmt: skip
    return tuple("".join(chosen) for chosen in islice(product(*options), MOST_READINGS))


def sounds_like(name: str, typed: str) -> bool:
    """Whether what was typed (zhangsan, zs, Zhang San) is one of the name's readings or their initials."""
    wanted = "".join(typed.split()).lower()
    return bool(wanted) and (wanted in readings(name) or wanted in initials(name))
