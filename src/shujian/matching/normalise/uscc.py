"""统一社会信用代码 (GB 32100): eighteen characters without I O Z S V, the last one a check modulo 31.

Look-alikes (I/1, O/0) are never repaired: a repaired code could name another firm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from shujian.matching.normalise.text import fold, is_missing, over_unique, upper

State = Literal["valid", "invalid", "old", "missing"]
Flag = Literal["old", "masked", "length", "signs", "checksum"]

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_FORM = re.compile(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")
_OLD = re.compile(r"[0-9]{15}")
_EDGE = "'\"`‘’“”,，;；。"
_HIDDEN = re.compile("[*×✕╳✱※●○■□]")


@dataclass(frozen=True, slots=True)
class Uscc:
    """One code as read. ``key``: the valid eighteen characters, else None. ``old``: a 15-digit registration
    number from before 2015, which names a firm but compares with nothing here.
    """

    text: str
    key: str | None
    state: State


def check_character(first17: str) -> str:
    """The 18th character for the first seventeen (GB 32100-2015). Raises KeyError outside the alphabet."""
    total = sum(_VALUES[character] * weight for character, weight in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def parse(text: str | None) -> Uscc:
    """Read one code in whatever width it was typed. Never raises; ``state`` says what it is worth."""
    shown = "" if text is None else upper(fold(text)).strip(_EDGE)
    if is_missing(shown):
        return Uscc(shown, None, "missing")
    if _OLD.fullmatch(shown):
        return Uscc(shown, None, "old")
    if _FORM.fullmatch(shown) and check_character(shown[:17]) == shown[17]:
        return Uscc(shown, shown, "valid")
    return Uscc(shown, None, "invalid")


def flag(code: Uscc) -> Flag | None:
    """Why a code is no key; None where it is one, or where there is none.

    ``signs``: a sign that no code has (I, O, Z, S, V or a mark), or a letter among the six digits of the region.
    """
    if code.state in ("valid", "missing"):
        return None
    if code.state == "old":
        return "old"
    if _HIDDEN.search(code.text):
        return "masked"
    if len(code.text) != 18:
        return "length"
    return "checksum" if _FORM.fullmatch(code.text) else "signs"


def parse_many(values: list[str | None]) -> list[Uscc]:
    """``parse`` over a column, once per distinct value."""
    return over_unique(parse, values)
