"""The dirt of domain.md §7.2, applied on purpose: the same value in the forms in which offices type it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from shujian.demo.identity import masked_id_card, short_id_card, wrong_check
from shujian.demo.phrases import pieces
from shujian.demo.sheets import Cell

_WIDE = str.maketrans("0123456789Xx", "０１２３４５６７８９Ｘｘ")
_SCANNED = str.maketrans({"0": "O", "1": "l", "日": "曰"})
_HAN = "〇一二三四五六七八九"


@cache
def rates(place: str) -> Mapping[str, float]:
    """The kinds of dirt at a place of ``content/dirt.yaml`` (``hotline.phone``) and the share of rows that have each."""
    part, _, column = place.partition(".")
    return {kind: float(rate) for kind, rate in pieces("dirt")[part][column].items()}


def soiled(rng: random.Random, place: str) -> str:
    """The kind of dirt drawn for one row, ``clean`` mostly."""
    left = rng.random()
    for kind, rate in rates(place).items():
        left -= rate
        if left < 0:
            return kind
    return "clean"


def wide(text: str) -> str:
    """Digits and X as full-width characters."""
    return text.translate(_WIDE)


def spaced(number: str) -> str:
    """An identity number typed in groups, with a stray space at the end."""
    return f"{number[:6]} {number[6:14]} {number[14:]} "


ID_FORMS: dict[str, Callable[[str], str]] = {
    "clean": str,
    "lower_x": str.lower,
    "wide": wide,
    "spaced": spaced,
    "fifteen": short_id_card,
    "masked": masked_id_card,
    "wrong_check": wrong_check,
    "missing": lambda _: "",
}
"""Forms of an identity number. The first five still name one person; the last three name nobody for sure."""


def _han_date(day: date) -> str:
    year = "".join(_HAN[int(digit)] for digit in str(day.year))
    return f"{year}年{_han_number(day.month)}月{_han_number(day.day)}日"


def _han_number(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _HAN[tens] + "十")
    return head + (_HAN[ones] if ones else "")


DATE_FORMS: dict[str, Callable[[date], str]] = {
    "iso": date.isoformat,
    "slash": lambda day: f"{day.year}/{day.month}/{day.day}",
    "dotted": lambda day: f"{day.year}.{day.month:02d}.{day.day:02d}",
    "plain": lambda day: f"{day:%Y%m%d}",
    "chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "han": _han_date,
    "wide": lambda day: wide(day.isoformat()),
}


def rough(row: list[Cell], rng: random.Random, rate: float | None = None) -> list[Cell]:
    """The row, and now and then its dates typed by hand in some other form; every form still names the same day."""
    if rng.random() >= (rates("lists.dates")["rough"] if rate is None else rate):
        return row
    form = DATE_FORMS[rng.choice(tuple(DATE_FORMS))]
    return [form(cell) if isinstance(cell, date) else cell for cell in row]


def money_text(amount: int, rng: random.Random, rate: float | None = None) -> Cell:
    """Whole 元 as a number, and now and then with commas, the unit, or full-width."""
    if rng.random() >= (rates("lists.money")["rough"] if rate is None else rate):
        return amount
    return rng.choice((f"{amount:,}", f"{amount}元", wide(str(amount)), f"{amount}.00"))


def code_text(code: str, rng: random.Random, rate: float | None = None) -> str:
    """A credit code, and now and then in lower case, full-width or with spaces: still the same code."""
    if rng.random() >= (rates("lists.code")["rough"] if rate is None else rate):
        return code
    return rng.choice((code.lower(), wide(code), spaced(code)))


def scanned(sentence: str, rng: random.Random, rate: float | None = None) -> str:
    """A sentence, and now and then as a scanner misread it: 0/O, 1/l, 日/曰, a line broken in the middle."""
    if rng.random() >= (rates("lists.sentence")["scanned"] if rate is None else rate):
        return sentence
    middle = len(sentence) // 2
    return f"{sentence[:middle]}\n{sentence[middle:]}".translate(_SCANNED)
