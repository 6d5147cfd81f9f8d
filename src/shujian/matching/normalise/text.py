"""What every normaliser does first: one width, one kind of bracket, no white or invisible characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

Normalised = TypeVar("Normalised")

MISSING = frozenset(
    {"无", "无。", "暂无", "空", "不详", "未详", "不明", "未知", "未提供", "未填", "未填写", "待查", "待补"}
    | {"/", "\\", "-", "--", "---", "—", "——", "N/A", "NA", "NULL", "NONE", "NIL", "NAN", "#N/A"}
)
"""What people and exports write where they have nothing to write (compared after ``fold`` and upper case)."""

_PLAIN_CJK = re.compile("[\u4e00-\u9fff]+")
_INVISIBLE = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\x00-\x1f\x7f-\x9f\U000e0000-\U000e0fff]+"
)
_BRACKETS = str.maketrans(
    dict.fromkeys("（〔【［[{｛「『〈《<〖﹙", "(") | dict.fromkeys("）〕】］]}｝」』〉》>〗﹚", ")")
)


def fold(text: str) -> str:
    """NFKC without white space and invisible characters (variation selectors, byte order marks too)."""
    if _PLAIN_CJK.fullmatch(text):
        return text
    if text.isascii():
        return text if text.isalnum() else _INVISIBLE.sub("", text)
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))


def upper(text: str) -> str:
    """Upper case that stays NFKC, so that folding twice changes nothing."""
    raised = text.upper()
    return raised if raised.isascii() else fold(raised)


def unify_brackets(text: str) -> str:
    """Every kind of bracket becomes ``(`` or ``)``."""
    return text.translate(_BRACKETS)


def is_missing(text: str) -> bool:
    """Whether a folded, upper-case text says nothing: empty, or one of the usual stand-ins."""
    return not text or text in MISSING


def over_unique(
    function: Callable[[str | None], Normalised], values: Iterable[str | None]
) -> list[Normalised]:
    """Apply a pure normaliser to a column, once per distinct value; the answers are in the column's order."""
    known: dict[str | None, Normalised] = {}
    answers: list[Normalised] = []
    for value in values:
        if value not in known:
            known[value] = function(value)
        answers.append(known[value])
    return answers
