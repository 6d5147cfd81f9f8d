"""Names of natural persons: one width, no spaces, one middle dot, Latin letters in upper case."""

from __future__ import annotations

import re

from shujian.matching.normalise.text import fold, is_missing, over_unique, upper

MIDDLE_DOT = "·"
NOT_NAMES = frozenset({"匿名", "无名氏", "无名", "佚名", "不愿透露", "保密", "某人"})
_DOTS = re.compile("[·•‧∙⋅・●○.。﹒ꞏ᛫˙]+")
_HIDDEN = re.compile("[*×✕╳✱?#_]")
_SOMEBODY = re.compile("某|[甲乙丙丁]某")
_PLAIN = re.compile("[\u4e00-\u9fff]{2,4}")
_EDGE = "'\"`‘’“”,，;；:：、"


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


def _cleaned(text: str) -> str:
    dotted = _DOTS.sub(MIDDLE_DOT, upper(fold(text)))
    return dotted.strip(_EDGE + MIDDLE_DOT)
