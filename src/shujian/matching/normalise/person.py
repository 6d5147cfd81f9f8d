"""Names of natural persons: one width, no spaces, one middle dot, Latin letters in upper case."""

from __future__ import annotations

import re
from typing import Literal

from shujian.matching.normalise import rare
from shujian.matching.normalise.text import fold, is_missing, over_unique, upper

Flag = Literal["hidden", "anonymised", "nobody", "lost_sign", "private_sign"]

MIDDLE_DOT = "·"
NOT_NAMES = frozenset({"匿名", "无名氏", "无名", "佚名", "不愿透露", "保密", "某人"})
_DOTS = re.compile("[·•‧∙⋅・●○.。﹒ꞏ᛫˙]+")
_HIDDEN = re.compile("[*×✕╳✱?#_]")
_SOMEBODY = re.compile("某|[甲乙丙丁]某")
_PLAIN = re.compile("[\u4e00-\u9fff]{2,4}")
_EDGE = "'\"`‘’“”,，;；:：、"
_REPLACED = "\ufffd"


def normalise(text: str | None) -> str | None:
    """The name as it is compared, or None where there is none: empty, a stand-in, or starred out (张*).

    张某某 is kept as written (see ``is_anonymised``); 买买提.吐尔逊 and 买买提•吐尔逊 become one.
    """
    if text is None:
        return None
    name = text if _PLAIN.fullmatch(text) else _cleaned(text)
    return None if is_missing(name) or name in NOT_NAMES or _HIDDEN.search(name) else name


def normalise_many(values: list[str | None]) -> list[str | None]:
    """``normalise`` over a column, once per distinct value."""
    return over_unique(normalise, values)


def is_anonymised(name: str) -> bool:
    """Whether a normalised name hides its bearer as court papers do: 张某, 张某某."""
    return _SOMEBODY.search(name) is not None


def key(text: str | None) -> str | None:
    """The name as compared across systems: ``normalise``, with rare characters at their present code points.

    None too where a sign is a private one that only the sending system can read, or was lost on the way.
    """
    name = normalise(text)
    if name is None or _PLAIN.fullmatch(name):
        return name
    shown = normalise(rare.comparable(name))
    return None if shown is None or rare.is_private(shown) or _REPLACED in shown else shown


def flag(text: str) -> Flag | None:
    """Why a name says less than a name should: starred out, 张某, 匿名, a character lost or private; else None."""
    if _PLAIN.fullmatch(text) and not _SOMEBODY.search(text) and text not in NOT_NAMES:
        return None
    shown = _cleaned(text)
    if is_missing(shown):
        return None
    if shown in NOT_NAMES:
        return "nobody"
    if rare.is_private(shown):
        return "private_sign"
    if rare.may_have_lost(shown):
        return "lost_sign"
    if _HIDDEN.search(shown):
        return "hidden"
    return "anonymised" if is_anonymised(shown) else None


def _cleaned(text: str) -> str:
    dotted = _DOTS.sub(MIDDLE_DOT, upper(fold(text)))
    return dotted.strip(_EDGE + MIDDLE_DOT)
