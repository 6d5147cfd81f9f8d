"""Signs that no text of this house may hold: they cannot be stored, cannot be printed, or make a text look like another."""

from __future__ import annotations

import re

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
"""Control characters (not tab and line ends), halves of pairs, signs that turn the direction of writing, no-characters."""


def found_in(text: str) -> str:
    """The forbidden signs of a text by their numbers (``U+0000、U+202E``), each once; empty where there is none."""
    return "、".join(dict.fromkeys(f"U+{ord(sign):04X}" for sign in FORBIDDEN.findall(text)))


def without(text: str) -> str:
    """The text without them, for files that cannot hold them."""
    return FORBIDDEN.sub("", text)
