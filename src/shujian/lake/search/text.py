"""Text as it is searched: one width, one case, no white space, and nothing that a reader may not see.

The form is made sign by sign, so that a part of a text is always a part of its form. What is masked on the
page is masked here first: an index of this form cannot be asked for a number digit by digit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from shujian.kernel.masking import mask_known_names, mask_text
from shujian.matching.normalise.rare import comparable
from shujian.matching.normalise.text import unify_brackets

END = "\x03"
"""Stands behind the last sign of a text, so that every sign begins exactly one term of two."""

_UNKNOWN, _LONGER, _GONE = -1, -2, 0
_SHORTEST_NUMBER = 11
_FILLING = frozenset("-‐‑‒–—―−")
_FILLING_CODES = np.array(sorted(map(ord, _FILLING)), dtype=np.int32)
_forms = np.full(0x110000, _UNKNOWN, dtype=np.int32)

Codes = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Prepared:
    """A column made ready. ``shown``: what a reader may see; ``terms``: its two-sign terms, split by spaces."""

    shown: list[str]
    terms: list[str]


@lru_cache(maxsize=1 << 16)
def sign_form(sign: str) -> str:
    """One character as searched: NFKC, case folded, brackets alike, moved private-use signs at their present
    places; white space, invisible signs and lone surrogates are nothing.
    """
    if "\ud800" <= sign <= "\udfff":
        return ""
    return comparable(unify_brackets(comparable(sign)).casefold())


def form(text: str) -> str:
    """A whole text as searched."""
    return "".join(map(sign_form, text))


def forms(texts: Sequence[str]) -> list[str]:
    """``form`` of many texts at once."""
    return _texts(_codes(texts)) if texts else []


def placed(text: str) -> tuple[str, Sequence[int]]:
    """The text as searched, and for each of its signs the place of the sign in ``text`` that it came from."""
    signs = list(map(sign_form, text))
    plain = "".join(signs)
    lengths = list(map(len, signs))
    if len(plain) == len(text) and 0 not in lengths:
        return plain, range(len(text))
    return plain, [place for place, length in enumerate(lengths) for _ in range(length)]


def hide(text: str, names: Iterable[str] = ()) -> str:
    """The text without identity numbers, phone numbers and these names, in whatever width or spacing they are
    written; its length stays.
    """
    known = [made for name in names if len(made := form(name)) > 1]
    shown = list(mask_text(text))
    plain, places = placed(text)
    _star(shown, plain, places, mask_known_names(mask_text(plain), known))
    kept = [place for place, sign in enumerate(plain) if sign not in _FILLING]
    close = "".join(plain[place] for place in kept)
    _star(shown, close, [places[place] for place in kept], mask_text(close))
    return "".join(shown)


def written_close(text: str) -> tuple[str, str]:
    """The text in its searched form, and that without hyphens: in both of them ``hide`` looks for numbers."""
    plain = form(text)
    return plain, "".join(sign for sign in plain if sign not in _FILLING)


def _star(shown: list[str], plain: str, places: Sequence[int], masked: str) -> None:
    for sign, hidden, place in zip(plain, masked, places, strict=True):
        if sign != hidden:
            shown[place] = hidden


def terms(text: str) -> list[str]:
    """The terms of a text in its searched form, in order: ``欠薪`` → ``欠薪``, ``薪`` + END."""
    return [text[place : place + 2] for place in range(len(text) - 1)] + ([text[-1] + END] if text else [])


def prepared(texts: Sequence[str], names: Sequence[tuple[str, ...]]) -> Prepared:
    """Hide and take apart a column of texts; ``names``: the names that each row states elsewhere."""
    if not texts:
        return Prepared([], [])
    codes = _codes(texts)
    shown = list(texts)
    forms = _texts(codes)
    doubtful: set[int] = set(_numbered(codes).tolist())
    doubtful |= {place for place, known in enumerate(names) if known and _named(forms[place], known)}
    changed = False
    for place in doubtful:
        shown[place] = hide(texts[place], names[place])
        changed = changed or shown[place] != texts[place]
    return Prepared(shown, _terms(_codes(shown) if changed else codes))


def _named(text: str, names: tuple[str, ...]) -> bool:
    return any((made := _name_form(name)) and made in text for name in names)


_name_form = lru_cache(maxsize=1 << 16)(form)


def _codes(texts: Sequence[str]) -> Codes:
    """The searched forms of all texts as code points, END behind each."""
    joined = END.join(texts) + END
    if joined.count(END) != len(texts):
        joined = END.join(text.replace(END, "") for text in texts) + END
    signs = _points(joined)
    made = _formed(signs)
    longer = np.unique(signs[made == _LONGER])
    if len(longer):
        for sign in map(chr, longer.tolist()):
            joined = joined.replace(sign, sign_form(sign))
        made = _formed(_points(joined))
    kept: Codes = made[made != _GONE]
    return kept


def _points(text: str) -> Codes:
    points: Codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.int32)
    return points


def _formed(signs: Codes) -> Codes:
    unknown = signs[_forms[signs] == _UNKNOWN]
    for code in np.unique(unknown).tolist():
        told = END if chr(code) == END else sign_form(chr(code))
        _forms[code] = _LONGER if len(told) > 1 else ord(told) if told else _GONE
    made: Codes = _forms[signs]
    return made


def _texts(codes: Codes) -> list[str]:
    return codes.tobytes().decode("utf-32-le").split(END)[:-1]


def _numbered(codes: Codes) -> Codes:
    """The texts that hold a run of digits as long as a phone number, hyphens within it not counted."""
    close = codes[~np.isin(codes, _FILLING_CODES)]
    breaks = np.flatnonzero((close < ord("0")) | (close > ord("9")))
    runs = np.diff(breaks, prepend=-1) - 1
    ends = np.flatnonzero(close == ord(END))
    found: Codes = np.unique(np.searchsorted(ends, breaks[runs >= _SHORTEST_NUMBER]))
    return found


def _terms(codes: Codes) -> list[str]:
    """Per text one string of terms split by spaces."""
    laid = np.empty((len(codes), 3), dtype=np.int32)
    laid[:, 0] = codes
    laid[:-1, 1] = codes[1:]
    laid[-1:, 1] = ord(END)
    laid[:, 2] = ord(" ")
    laid[codes == ord(END)] = (ord("\n"), ord(" "), ord(" "))
    return laid.tobytes().decode("utf-32-le").split("\n")[:-1]
