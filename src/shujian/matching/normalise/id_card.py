"""公民身份号码 (GB 11643): read, upgrade from 15 digits, check, and the key of a masked number.

The area code is only a soft check (``plausible_area``), because real and abolished counties are missing
from every published table; the check character (ISO 7064 MOD 11-2) and a real date of birth decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shujian.matching.normalise.text import fold, is_missing, over_unique, upper

State = Literal["valid", "invalid", "masked", "missing"]
Flag = Literal["upgraded", "masked", "length", "signs", "birth", "checksum"]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_NEW = re.compile(r"[0-9]{17}[0-9X]")
_OLD = re.compile(r"[0-9]{15}")
_MASKS = str.maketrans(dict.fromkeys("×✕✖╳✗✘✱✲∗⁎※●•○◯■□#?_", "*"))
_X_RUN = re.compile(r"X{2,}")
_MASKED = re.compile(r"[0-9*]*\*[0-9*]*[0-9X*]")
_SHOWN = re.compile(r"([0-9]{6})[0-9*]*\*[0-9*]*([0-9]{3}[0-9X])")
_EARLIEST, _LATEST = 1850, 2099
_QUOTES = "'\"`‘’“”,，;；。"


@dataclass(frozen=True, slots=True)
class IdCard:
    """One number as read. ``key``: the valid 18 characters, else None. ``mask``: ``first6|last4`` of a valid
    number or of a masked one that shows both ends, else None. ``sex`` 男/女; ``area`` six digits.
    """

    text: str
    key: str | None
    mask: str | None
    state: State
    birth: date | None = None
    sex: str | None = None
    area: str | None = None


def check_character(first17: str) -> str:
    """The 18th character for seventeen digits, ISO 7064 MOD 11-2 (GB 11643)."""
    return _CHECK[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def upgrade(old: str) -> str:
    """Fifteen digits to eighteen characters: 19yy, and a new check character."""
    first17 = old[:6] + "19" + old[6:]
    return first17 + check_character(first17)


def plausible_area(area: str) -> bool:
    """Soft check: the first two digits name a province or a residence permit (83 Taiwan, 9… foreigners)."""
    return area[:2] in _PROVINCES or area[:1] == "9"


def parse(text: str | None) -> IdCard:
    """Read one number in whatever form it was typed. Never raises; ``state`` says what it is worth."""
    shown = "" if text is None else upper(fold(text)).strip(_QUOTES)
    if is_missing(shown):
        return IdCard(shown, None, None, "missing")
    if _NEW.fullmatch(shown):
        return _checked(shown, shown)
    if _OLD.fullmatch(shown):
        return _checked(shown, upgrade(shown))
    return _masked(shown)


def parse_many(values: list[str | None]) -> list[IdCard]:
    """``parse`` over a column, once per distinct value."""
    return over_unique(parse, values)


def flag(card: IdCard) -> Flag | None:
    """Why a number is not a plain eighteen-character one; None where it is, or where there is none.

    ``upgraded``: valid, though written with fifteen digits. The others have no key, and nothing is repaired.
    """
    if card.state == "missing" or (card.state == "valid" and len(card.text) == 18):
        return None
    if card.state == "valid":
        return "upgraded"
    if card.state == "masked":
        return "masked"
    if len(card.text) not in (15, 18):
        return "length"
    whole = card.text if len(card.text) == 18 else upgrade(card.text) if _OLD.fullmatch(card.text) else ""
    if not _NEW.fullmatch(whole):
        return "signs"
    return "birth" if _birth(whole) is None else "checksum"


def _checked(shown: str, number: str) -> IdCard:
    birth = _birth(number)
    if birth is None or check_character(number[:17]) != number[17]:
        return IdCard(shown, None, None, "invalid")
    return IdCard(shown, number, f"{number[:6]}|{number[14:]}", "valid", birth, _sex(number[16]), number[:6])


def _birth(number: str) -> date | None:
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return birth if _EARLIEST <= birth.year <= _LATEST else None


def _sex(sequence_end: str) -> str:
    return "男" if int(sequence_end) % 2 else "女"


def _masked(shown: str) -> IdCard:
    starred = _X_RUN.sub(lambda run: "*" * len(run.group()), shown.translate(_MASKS))
    if not _MASKED.fullmatch(starred):
        return IdCard(shown, None, None, "invalid")
    both_ends = _SHOWN.fullmatch(starred)
    if both_ends is None or len(starred) == 15:  # the last four of an old number are not those of the new one
        return IdCard(shown, None, None, "masked")
    first6, last4 = both_ends.groups()
    return IdCard(shown, None, f"{first6}|{last4}", "masked", None, _sex(last4[2]), first6)


_PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for code in range(first, last + 1)
)
