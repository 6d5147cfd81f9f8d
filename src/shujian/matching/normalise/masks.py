"""Masked identity numbers and telephone numbers: what they still show, and whether a whole one can be behind them.

A masked number never proves anybody; agreement only keeps a pair among those that a person looks at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from shujian.matching.normalise.text import fold, over_unique, upper

_STARS = str.maketrans(dict.fromkeys("×✕✖╳✗✘✱✲∗⁎※●•○◯■□#?_", "*"))
_X_RUN = re.compile(r"X{2,}")
_HIDDEN_WORD = re.compile(r"(?<=[0-9])某+|某+(?=[0-9])")
_ID = re.compile(r"[0-9*]{1,17}\*?[0-9*]*[0-9X*]")
_PHONE_FILLING = re.compile(r"[-‐‑‒–—―−().·]")
_COUNTRY = re.compile(r"^(?:\+|00)86")
_EDGE = "'\"`‘’“”,，;；。"


@dataclass(frozen=True, slots=True)
class Masked:
    """A number of which some places are hidden. ``pattern``: digits and ``*``.

    ``whole``: the pattern has as many places as the number, so each sign stands in its own place; else only
    ``first`` and ``last`` (what is shown before and behind the stars) can be compared.
    """

    pattern: str
    whole: bool
    first: str
    last: str

    @property
    def shown(self) -> int:
        """How many figures can be compared."""
        return len(self.pattern.replace("*", "")) if self.whole else len(self.first) + len(self.last)

    def agrees(self, number: str) -> bool:
        """Whether a whole number can be behind this one."""
        if self.whole:
            return len(number) == len(self.pattern) and all(
                mine in ("*", theirs) for mine, theirs in zip(self.pattern, number, strict=True)
            )
        fits = len(self.first) + len(self.last) < len(number)
        return fits and number.startswith(self.first) and number.endswith(self.last)

    def block(self) -> str | None:
        """``first|last`` where both ends are shown: the key under which candidates are looked up."""
        return f"{self.first}|{self.last}" if self.first and self.last else None


def read_id(text: str | None) -> Masked | None:
    """A masked 公民身份号码 (430281********123X, 4302811990****), or None: whole, empty or no number.

    A 15-character one is compared with fifteen-digit forms only through ``agrees_with_id``.
    """
    shown = _starred(text)
    if not _ID.fullmatch(shown):
        return None
    return _masked(shown, (15, 18))


def agrees_with_id(masked: Masked, number: str) -> bool:
    """Whether a valid 18-character number can be behind a masked one, also one masked in its old 15 digits."""
    if masked.whole and len(masked.pattern) == 15:
        return number[6:8] == "19" and masked.agrees(number[:6] + number[8:17])
    return masked.agrees(number)


def read_phone(text: str | None) -> Masked | None:
    """A masked mobile number (138****0000) or landline, or None where nothing is hidden or it is no number."""
    shown = _COUNTRY.sub("", _PHONE_FILLING.sub("", _starred(text)))
    return _masked(shown, (11,)) if re.fullmatch(r"[0-9*]{7,12}", shown) else None


def read_ids(values: list[str | None]) -> list[Masked | None]:
    """``read_id`` over a column, once per distinct value."""
    return over_unique(read_id, values)


def read_phones(values: list[str | None]) -> list[Masked | None]:
    """``read_phone`` over a column, once per distinct value."""
    return over_unique(read_phone, values)


def _starred(text: str | None) -> str:
    shown = "" if text is None else upper(fold(text)).strip(_EDGE).translate(_STARS)
    shown = _HIDDEN_WORD.sub(lambda run: "*" * len(run.group()), shown)
    return _X_RUN.sub(lambda run: "*" * len(run.group()), shown)


def _masked(shown: str, lengths: tuple[int, ...]) -> Masked | None:
    if "*" not in shown or not any(sign.isdigit() for sign in shown):
        return None
    first, last = shown[: shown.index("*")], shown[shown.rindex("*") + 1 :]
    return Masked(shown, len(shown) in lengths, first, last)
