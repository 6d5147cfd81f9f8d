"""Number plates by kind (GA 36-2018): new-energy plates, trailers, driving schools, masked ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from shujian.matching.normalise import plate
from shujian.matching.normalise.text import fold, is_missing, upper

Kind = Literal[
    "civil", "new_energy_small", "new_energy_large", "trailer", "school", "police", "embassy", "border", "armed_police",
    "military", "other", "masked", "invalid", "missing",
]  # fmt: skip

_CJK = "\u4e00-\u9fff"
_HEAD = f"[{_CJK}][A-Z]"
_FREE = "[A-HJ-NP-Z0-9]"
_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    # A to K without I: letters of new-energy plates; D to F were the first, the others follow as numbers run out
    ("new_energy_small", re.compile(f"{_HEAD}[A-HJK]{_FREE}[0-9]{{4}}")),
    ("new_energy_large", re.compile(f"{_HEAD}[0-9]{{5}}[A-HJK]")),
    ("trailer", re.compile(f"{_HEAD}{_FREE}{{4}}挂")),
    ("school", re.compile(f"{_HEAD}{_FREE}{{4}}学")),
    ("police", re.compile(f"{_HEAD}{_FREE}{{4}}警")),
    ("border", re.compile(f"{_HEAD}{_FREE}{{4}}[港澳]")),
    ("embassy", re.compile(f"{_HEAD}?{_FREE}{{4}}[使领]|使[0-9]{{6}}|[0-9]{{6}}使")),
    ("armed_police", re.compile(f"WJ[{_CJK}]?[0-9]{{4,5}}[0-9A-Z]?")),
    ("civil", re.compile(f"{_HEAD}{_FREE}{{5}}")),
    ("military", re.compile("[A-Z]{2}[0-9]{5}")),
)
_STARS = str.maketrans(dict.fromkeys("×✕✖╳✱∗※●○■□#?_", "*"))
_FILLING = re.compile("[-‐‑‒–—―−·•‧∙⋅・.。]")
_MASKED = re.compile(f"[{_CJK}*][A-Z*][A-Z0-9*]{{4,5}}[A-Z0-9*挂学警港澳]")
_COLOUR = re.compile("[（(]?(?:蓝|黄|绿|白|黑|黄绿|渐变绿)(?:牌|色)[)）]?")


@dataclass(frozen=True, slots=True)
class Plate:
    """One plate. ``number``: as compared, or None. ``pattern``: a masked one with ``*``, never a key."""

    text: str
    kind: Kind
    number: str | None = None
    pattern: str | None = None

    def agrees(self, number: str) -> bool:
        """Whether a whole plate can be behind this masked one; a whole one agrees with itself."""
        mine = self.pattern or self.number
        return mine is not None and len(mine) == len(number) and all(
            one in ("*", other) for one, other in zip(mine, number, strict=True)
        )  # fmt: skip


def read_plate(text: str | None) -> Plate:
    """Read one plate; a colour written beside it (绿牌) is left out."""
    shown = "" if text is None else _COLOUR.sub("", upper(fold(text)))
    if is_missing(shown):
        return Plate(shown, "missing")
    number = plate.normalise(shown)
    if number:
        return Plate(shown, _kind(number), number)
    starred = _FILLING.sub("", shown.translate(_STARS))
    if "*" in starred and starred.strip("*") and _MASKED.fullmatch(starred):
        return Plate(shown, "masked", pattern=starred)
    return Plate(shown, "invalid")


def _kind(number: str) -> Kind:
    return next((kind for kind, form in _FORMS if form.fullmatch(number)), "other")


def reading(text: str) -> tuple[Literal["masked", "invalid"] | None, str | None]:
    """Why a text is no whole plate, and the pattern of a masked one."""
    found = read_plate(text)
    if found.kind == "masked" or found.kind == "invalid":
        return found.kind, found.pattern
    return None, None
