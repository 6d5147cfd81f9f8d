"""Amounts of money in 元, exact. An amount that its writer did not mean exactly (1.2万余元) is not one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import Literal

from shujian.matching.normalise.text import fold, is_missing, over_unique, upper

Reason = Literal["missing", "approximate", "range", "unreadable"]
Unit = Literal["元", "千元", "万元", "百万元", "亿元"]

UNITS: dict[str, Decimal] = {
    "元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000), "亿元": Decimal(100_000_000),
}  # fmt: skip

_APPROXIMATE = re.compile(
    "[余约近多几超]|左右|上下|以上|以下|以内|不足|不到|不少于|不低于|大概|估计|[<>≤≥≈]|数[十百千万]"
)
_RANGE = re.compile("[至~～—–]|[0-9元万]-[0-9]")
_CURRENCY = re.compile("^(?:人民币|RMB|CNY|¥|￥)+:?|(?:人民币|RMB|CNY)$")
_EDGE = "'\"`;；。"
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_SINGLE = re.compile(
    rf"(?P<sign>-)?(?P<number>{_NUMBER})(?P<scale>[十百千]?[万亿]|[百千])?(?P<unit>[元圆块])?[整正]?"
)
_STEPPED = re.compile(
    r"(?P<sign>-)?(?:(?P<亿>[0-9]+)亿)?(?:(?P<万>[0-9]+)万)?(?:(?P<千>[0-9])千)?(?:(?P<元>[0-9]+)?[元圆])?"
    r"(?:(?P<角>[0-9])[角毛])?(?:(?P<分>[0-9])分)?[整正]?"
)
_PARTS = {"亿": UNITS["亿元"], "万": UNITS["万元"], "千": UNITS["千元"], "元": Decimal(1),
          "角": Decimal("0.1"), "分": Decimal("0.01")}  # fmt: skip
_FORMAL = str.maketrans(
    "壹贰叁肆伍陆柒捌玖拾佰仟两圆貳參陸萬億〇", "一二三四五六七八九十百千二元二三六万亿零"
)
_WRITTEN = re.compile(
    "(?P<sign>负)?(?P<yuan>[零一二三四五六七八九十百千万亿]+?)?(?P<unit>元)?"
    "零?(?:(?P<角>[一二三四五六七八九零])角)?零?(?:(?P<分>[一二三四五六七八九])分)?[整正]?"
)
_CJK_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_SECTION = re.compile(
    "(?:(?P<q>[一二三四五六七八九])千)?(?P<z1>零)?(?:(?P<b>[一二三四五六七八九])百)?(?P<z2>零)?"
    "(?:(?P<s>[一二三四五六七八九])?(?P<ten>十))?(?P<z3>零)?(?P<g>[一二三四五六七八九])?"
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in 元 with all its decimals, or None and why there is none."""

    amount: Decimal | None
    reason: Reason | None = None


def parse_money(text: str | None, unit: str = "元") -> Decimal | None:
    """The exact amount in 元, or None (``read_money`` says why). ``unit`` holds where the text names none."""
    return read_money(text, unit).amount


def read_money(text: str | None, unit: str = "元") -> Money:
    """Read 1,234.50 · 12万元 · 3亿 · 12元5角 · 壹拾贰万叁仟元整. Raises KeyError for a unit not in ``UNITS``.

    A text that names its own unit is read by that unit, whatever the column's unit is.
    """
    default = UNITS[unit]
    shown = "" if text is None else upper(fold(text)).strip(_EDGE).replace("−", "-")
    if is_missing(shown):
        return Money(None, "missing")
    bare = _CURRENCY.sub("", shown).replace("(整)", "整").replace("(元)", "元")
    if _APPROXIMATE.search(bare):
        return Money(None, "approximate")
    if _RANGE.search(bare):
        return Money(None, "range")
    amount = _digits(bare, default)
    if amount is None:
        amount = _stepped(bare)
    if amount is None:
        amount = _written(bare.translate(_FORMAL), default)
    return Money(amount) if amount is not None else Money(None, "unreadable")


def read_many(values: list[str | None], unit: str = "元") -> list[Money]:
    """``read_money`` over a column, once per distinct value."""
    return over_unique(lambda value: read_money(value, unit), values)


def _digits(text: str, default: Decimal) -> Decimal | None:
    found = _SINGLE.fullmatch(text)
    if found is None:
        return None
    number = Decimal(found["number"].replace(",", ""))
    own_unit = found["scale"] or found["unit"]
    scale = prod(_SCALES[sign] for sign in found["scale"] or "")
    value = number * (scale if own_unit else default)
    return -value if found["sign"] else value


def _stepped(text: str) -> Decimal | None:
    found = _STEPPED.fullmatch(text)
    if found is None or not any(found[part] for part in _PARTS):
        return None
    if found["万"] and (len(found["万"]) > 4 or (found["元"] and len(found["元"]) > 4)):
        return None
    if not found["元"] and "元" in text and (found["角"] or found["分"]):
        return None
    value = sum((int(found[part]) * size for part, size in _PARTS.items() if found[part]), Decimal(0))
    return -value if found["sign"] else value


def _written(text: str, default: Decimal) -> Decimal | None:
    found = _WRITTEN.fullmatch(text)
    if found is None or not (found["yuan"] or found["角"] or found["分"]):
        return None
    whole = _cjk_integer(found["yuan"]) if found["yuan"] else 0
    if whole is None or (found["yuan"] and (found["角"] or found["分"]) and not found["unit"]):
        return None
    parts = sum((_CJK_DIGITS[found[part]] * _PARTS[part] for part in ("角", "分") if found[part]), Decimal(0))
    own_unit = found["unit"] or found["角"] or found["分"] or "万" in text or "亿" in text
    value = (whole + parts) * (Decimal(1) if own_unit else default)
    return -value if found["sign"] else value


def _cjk_integer(text: str) -> int | None:
    """A whole number in Chinese numerals, or None where it is not written out in full (一万二, 一二三)."""
    if text == "零":
        return 0
    total = 0
    for mark, size in (("亿", 100_000_000), ("万", 10_000)):
        head, found, tail = text.partition(mark)
        if not found:
            continue
        section = _section(head, first=total == 0)
        if section is None or section == 0:
            return None
        total, text = total + section * size, tail
    if not text:
        return total or None
    rest = _section(text, first=total == 0)
    return None if rest is None or rest == 0 else total + rest


def _section(text: str, *, first: bool) -> int | None:
    """Below ten thousand. A lone digit behind a larger unit needs 零 before it (二千五 is refused)."""
    found = _SECTION.fullmatch(text)
    if found is None or text == "" or text.endswith("零"):
        return None
    if found["g"] and not found["ten"]:
        before = found["q"] or found["b"] or not first
        if before and not (found["z1"] or found["z2"] or found["z3"]):
            return None
    if found["ten"] and not found["s"] and (found["q"] or found["b"] or not first):
        return None
    digits = [(found["q"], 1000), (found["b"], 100), (found["s"], 10), (found["g"], 1)]
    value = sum(_CJK_DIGITS[sign] * size for sign, size in digits if sign)
    return value + (10 if found["ten"] and not found["s"] else 0)
