"""Pinyin of names, so that a name whose characters cannot be typed can still be found. For search, never for matching.

Readings come from pypinyin, which knows most characters of the Unicode extensions; a surname keeps all its readings.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, product

from pypinyin import Style, pinyin

from shujian.matching.normalise import rare

MOST_READINGS = 16
"""Readings of one name; what has more is a sentence."""


@lru_cache(maxsize=1 << 15)
def readings(name: str) -> tuple[str, ...]:
    """Every way to say a name, syllables joined, without tones: 单雄 → danxiong, shanxiong, chanxiong. ü is v.

    A character without a known reading stays as it is, so that the others still help; Latin letters in lower case.
    """
    shown = rare.comparable(name).replace("·", "")
    syllables = [
        tuple(dict.fromkeys(one.lower() for one in options)) for options in
        pinyin(list(shown), style=Style.NORMAL, heteronym=True, v_to_u=False)
    ]  # fmt: skip
    return tuple("".join(chosen) for chosen in islice(product(*syllables), MOST_READINGS))


def initials(name: str) -> tuple[str, ...]:
    """The first letters of every reading: 单雄 → dx, sx, cx."""
    shown = rare.comparable(name).replace("·", "")
    options = [
        tuple(dict.fromkeys(one[:1].lower() for one in told)) for told in
        pinyin(list(shown), style=Style.NORMAL, heteronym=True, v_to_u=False)
    ]  # fmt: skip
    return tuple("".join(chosen) for chosen in islice(product(*options), MOST_READINGS))


def sounds_like(name: str, typed: str) -> bool:
    """Whether what was typed (zhangsan, zs, Zhang San) is one of the name's readings or their initials."""
    wanted = "".join(typed.split()).lower()
    return bool(wanted) and (wanted in readings(name) or wanted in initials(name))
