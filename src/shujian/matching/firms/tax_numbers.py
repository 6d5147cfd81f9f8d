"""Taxpayer numbers of three ages: 18 characters (the credit code itself), 15 (region and organisation code), 20 (a person's
number and two digits, of a trader without a code).

The organisation code of nine characters (GB 11714, the last one a check modulo 11) is what an old tax number and a credit
code share: the code's 9th to 17th character.
"""

from __future__ import annotations

import re

from shujian.matching.normalise import uscc
from shujian.matching.normalise.text import fold, is_missing, upper

_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_FIRST8 = re.compile("[0-9A-Z]{8}")
_OLD = re.compile("[0-9]{6}(?P<body>[0-9A-Z]{8}[0-9X])")
_TRADER = re.compile("(?P<person>[0-9]{17}[0-9X])(?P<shop>[0-9]{2})")
_CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def body_check(first8: str) -> str:
    """The ninth character of an organisation code (GB 11714-1997). Raises ValueError for another form."""
    if not _FIRST8.fullmatch(first8):
        raise ValueError(first8)
    total = sum(int(sign, 36) * weight for sign, weight in zip(first8, _WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def key(text: str | None) -> str | None:
    """What a number is compared by, or None: the nine characters of the organisation code, or a trader's 20 digits.

    A number whose check character is wrong gives None, and so does a 15-digit registration number.
    """
    shown = "" if text is None else upper(fold(text))
    if is_missing(shown):
        return None
    code = uscc.parse(shown).key
    if code is not None:
        return of_code(code)
    old = _OLD.fullmatch(shown)
    if old:
        return _sound(old["body"])
    trader = _TRADER.fullmatch(shown)
    return shown if trader and _person_sound(trader["person"]) else None


def of_code(code: str | None) -> str | None:
    """The organisation code within a valid credit code; None where its own check character does not fit."""
    return None if code is None else _sound(code[8:17])


def _sound(body: str) -> str | None:
    return body if body_check(body[:8]) == body[8] else None


def _person_sound(number: str) -> bool:
    total = sum(int(sign) * weight for sign, weight in zip(number[:17], _CITIZEN_WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17]
