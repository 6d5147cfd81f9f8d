"""Rare characters in names: one form for comparing, and which signs a system may have lost or cannot show.

Sources: GB 18030-2022 (18 signs moved out of the private use area; six more since 2005), Unicode IVS (UTS 37).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from shujian.matching.normalise.text import fold

Block = Literal[
    "extension_a", "extension", "compatibility", "radical", "private", "description", "replacement"
]

_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d\u180f]")
_MOVED = {  # private use in older GB 18030 fonts and exports, and where the sign stands now
    0xE78D: 0xFE10, 0xE78E: 0xFE12, 0xE78F: 0xFE11, 0xE790: 0xFE13, 0xE791: 0xFE14, 0xE792: 0xFE15, 0xE793: 0xFE16,
    0xE794: 0xFE17, 0xE795: 0xFE18, 0xE796: 0xFE19, 0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7,
    0xE832: 0x9FB8, 0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE864: 0x9FBB, 0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC,
    0xE831: 0x215D7, 0xE83B: 0x2298F, 0xE855: 0x241FE,
}  # fmt: skip
_BLOCKS: tuple[tuple[int, int, Block], ...] = (
    (0x2E80, 0x2FDF, "radical"), (0x2FF0, 0x2FFF, "description"), (0x3400, 0x4DBF, "extension_a"),
    (0xE000, 0xF8FF, "private"), (0xF900, 0xFAFF, "compatibility"), (0xFFFD, 0xFFFD, "replacement"),
    (0x20000, 0x2A6DF, "extension"), (0x2A700, 0x2EE5D, "extension"), (0x2F800, 0x2FA1F, "compatibility"),
    (0x30000, 0x323AF, "extension"), (0xF0000, 0x10FFFD, "private"),
)  # fmt: skip
_LOST = re.compile("[\ufffd〓□■◆▯?]")
_STAND_IN = re.compile("[(\\[{〔【][^()\\[\\]{}〔〕【】]{2,8}[)\\]}〕】]")


@dataclass(frozen=True, slots=True)
class Rare:
    """One character outside the common block, or one that stands for a lost one. ``place`` is 0-based."""

    place: int
    sign: str
    block: Block

    @property
    def code(self) -> str:
        """The code point as people look it up: U+20087."""
        return f"U+{ord(self.sign):04X}"


def comparable(text: str) -> str:
    """The text as compared: no variation selectors, moved private-use signs and compatibility forms at their
    present places, NFKC, no white space. Two unified characters never become one by this.
    """
    return fold(without_selectors(text).translate(_MOVED))


def without_selectors(text: str) -> str:
    """The text without the selectors that ask for one glyph of the same character (IVS, SVS)."""
    return _SELECTORS.sub("", text)


def rare_signs(text: str) -> tuple[Rare, ...]:
    """Every character that an old system may drop, show as a box, or never have received."""
    found = []
    for place, sign in enumerate(text):
        block = _block(ord(sign))
        if block:
            found.append(Rare(place, sign, block))
    return tuple(found)


def is_private(text: str) -> bool:
    """Whether private-use signs remain whose meaning only the sending system knows: never a key."""
    return any(unicodedata.category(sign) == "Co" for sign in text.translate(_MOVED))


def may_have_lost(text: str) -> bool:
    """Whether a name holds a box, a question mark, or a described character (张〔金华〕): a person has to look."""
    described = any(_block(ord(sign)) == "description" for sign in text)
    return described or bool(_LOST.search(text)) or bool(_STAND_IN.search(text))


def _block(code: int) -> Block | None:
    return next((block for first, last, block in _BLOCKS if first <= code <= last), None)
