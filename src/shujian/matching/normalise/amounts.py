"""Amounts of money as ranges: what its writer did not mean exactly (25万余元, 五千至八千元) has a low and a high end.

``money`` stays the reader of exact amounts; every exact answer here is its answer. How wide an approximation is,
follows from the last figure that was written: 25万余元 lies below 26万, 约40万元 was rounded to 十万.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from shujian.matching.normalise.money import UNITS, parse_money, read_money
from shujian.matching.normalise.text import fold, is_missing, over_unique, upper

Reason = Literal["missing", "unreadable", "reversed", "contradiction"]
ZERO = Decimal(0)
_LONGEST = 60  # signs; what is longer is a sentence, not an amount

_EDGE = "'\"`;；。,"
_CURRENCY = re.compile("人民币|RMB|CNY|¥|￥|共计|合计|总计|共")
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟圆貳參陸萬億〇", "一二三四五六七八九十百千元二三六万亿零")
_FIGURES = "(?:[0-9][0-9,]*(?:\\.[0-9]+)?|[零一二两三四五六七八九十百千]+)"
_MORE = "[余多]"
_AMOUNT = re.compile(
    f"(?P<figures>{_FIGURES})(?P<inner>{_MORE}|几)?(?P<scale>[十百千]?[万亿]|万亿|[百千])?(?P<outer>{_MORE})?(?P<yuan>元|块)?整?"
)
_SEVERAL = re.compile("好?[数几](?P<tens>[十百千])?(?P<scale>万亿|[万亿])?元?")
_SPLIT = re.compile("至|到|[~～—–]+|-+")
_TAILS = (  # what 三至五百万元 and 三千至五千万元 leave out on the left, the longest first
    re.compile("^[一二三四五六七八九]([十百千][万亿]?)[余多]?元?$"),
    re.compile("((?<=[0-9])[十百千]?[万亿]|(?<=[0-9])[百千]|万亿|[万亿])(?=[余多]?元?$)"),
)
_BETWEEN = re.compile("(.+?)以上、?(.+?)以下")
_ONES = "零一二三四五六七八九0123456789"
_NEIGHBOURS = re.compile(
    "([一二两三四五六七八])、?([二三四五六七八九])(?=[十百千万亿元])|([1-8])、([2-9])(?=[百千万亿元])"
)
_WRITTEN_TWICE = re.compile(r"(?P<one>[^()]+)\((?:大写|小写|即)?:?(?P<two>[^()]+)\)(?P<tail>元?整?)")
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_UNIT = re.compile(
    "(?:(?<=[0-9])[百千]万|(?<=[0-9])千(?=元)|万亿|[万亿])(?![0-9零一二三四五六七八九十百千万亿])|元|块"
)
_AROUND = ("大约", "约为", "大概", "约", "估计")
_AROUND_AFTER = ("左右", "上下")
_BELOW = ("不超过", "不高于", "不多于", "不足", "不到", "至多", "最多", "低于", "小于", "≤", "<")
_BELOW_AFTER = ("以下", "以内")
_ABOVE = ("不低于", "不少于", "不小于", "至少", "最少", "超过", "高于", "大于", "超", "逾", "≥", ">")
_ABOVE_AFTER = ("以上",)
_NEAR = ("将近", "接近", "近")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in 元 between ``low`` and ``high`` (None: no upper end is named), or both None and why.

    ``exact``: the writer named one amount. ``unit``: the unit as written (元, 万元 …), None where it is the column's.
    """

    low: Decimal | None
    high: Decimal | None
    exact: bool
    unit: str | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class _Figures:
    """A value with the width of its last written figure; ``more``: the writer said 余, 多 or 几."""

    value: Decimal
    step: Decimal
    more: bool


def read_amount(text: str | None, unit: str = "元") -> Amount:
    """Read one amount or range. ``unit`` (a key of ``money.UNITS``) holds where the text names none.

    Raises KeyError for an unknown unit. 五万以下 is 0 to 五万; 五万以上 has no high end. Without a figure before
    it, 数万元 is everything from 一万 to 十万.
    """
    UNITS[unit]
    shown = "" if text is None else upper(fold(text)).strip(_EDGE).replace("−", "-")
    if is_missing(shown):
        return _none("missing")
    exact = read_money(text, unit).amount
    seen = _unit_seen(shown)
    if exact is not None:
        return Amount(exact, exact, True, seen)
    if len(shown) > _LONGEST:
        return _none("unreadable")
    twice = _WRITTEN_TWICE.fullmatch(shown)
    if twice:
        return _twice(twice["one"], twice["two"] + twice["tail"], unit)
    bare = (
        _CURRENCY.sub("", shown)
        .replace("(元)", "元")
        .replace("(含)", "")
        .translate(_FORMAL)
        .removesuffix("之间")
        .removesuffix("不等")
    )
    ends = _one(bare, unit) or _span(bare, unit)
    if ends is None:
        return _none("unreadable")
    low, high = ends
    if high is not None and low > high:
        return _none("reversed")
    return Amount(low, high, False, seen)


def read_amounts(values: list[str | None], unit: str = "元") -> list[Amount]:
    """``read_amount`` over a column, once per distinct value."""
    return over_unique(lambda value: read_amount(value, unit), values)


def _none(reason: Reason) -> Amount:
    return Amount(None, None, False, None, reason)


def _unit_seen(shown: str) -> str | None:
    """The last unit that the text names: 万元 for 25万余元 and for 3万, 元 for 5000元."""
    plain = shown.translate(_FORMAL)
    for more in "余多几":
        plain = plain.replace(more, "")
    found = _UNIT.findall(plain)
    scales = [each for each in found if each not in "元块"]
    return f"{scales[-1]}元" if scales else ("元" if found else None)


def _twice(one: str, two: str, unit: str) -> Amount:
    """Figures and formal numerals of the same amount: they must agree."""
    first, second = read_amount(one, unit), read_amount(two, unit)
    if first.low is None or second.low is None:
        return _none("unreadable")
    same = (first.low, first.high) == (second.low, second.high)
    return first if same else _none("contradiction")


def _one(text: str, unit: str) -> tuple[Decimal, Decimal | None] | None:
    """One figure with its word of approximation, as low and high."""
    several = _SEVERAL.fullmatch(text)
    if several:
        size = Decimal(_SCALES.get(several["tens"] or "", 1) * _scale(several["scale"]))
        size *= 1 if several["scale"] or "元" in text else UNITS[unit]
        return size, size * 10
    word, rest = _word(text)
    found = _figures(rest, unit)
    if found is None:
        return None
    value, top = found.value, found.value + found.step
    if word == "below":
        return ZERO, top if found.more else value
    if word == "above":
        return value, None
    if word == "near":
        return max(ZERO, value - found.step), value
    if found.more:
        return value, top
    if word == "around":
        return value - found.step / 2, value + found.step / 2
    return value, value


def _word(text: str) -> tuple[str | None, str]:
    """The word of approximation and the text without it. Two that agree (约25万元左右) count once."""
    kinds: set[str] = set()
    for kind, before, after in (
        ("above", _ABOVE, _ABOVE_AFTER),
        ("below", _BELOW, _BELOW_AFTER),
        ("near", _NEAR, ()),
        ("around", _AROUND, _AROUND_AFTER),
    ):
        head = next((word for word in before if text.startswith(word)), "")
        text = text.removeprefix(head)
        tail = next((word for word in after if text.endswith(word)), "")
        text = text.removesuffix(tail)
        if head or tail:
            kinds.add(kind)
    return (kinds.pop(), text) if len(kinds) == 1 else (None, text if not kinds else "")


def _figures(text: str, unit: str) -> _Figures | None:
    if text[:1] in _SCALES:  # 百余万元
        text = f"一{text}"
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return _compound(text, unit)
    if found["inner"] and found["outer"]:
        return None
    number = parse_money(found["figures"] + "元")
    if number is None:
        return None
    own = found["scale"] or found["yuan"]
    scale = Decimal(_scale(found["scale"])) if own else UNITS[unit]
    last = _last_place(number, found["figures"])
    # 四百万余: the unit 万 itself was written last; 四百余万, 25万: the last figure counts
    step = min(last, Decimal(1)) if found["outer"] and found["scale"] else last
    if found["inner"] == "几" and last < 10:
        return None
    return _Figures(number * scale, step * scale, bool(found["inner"] or found["outer"]))


def _compound(text: str, unit: str) -> _Figures | None:
    """Figures in steps: 十二万三千余元, 3亿2000万余元."""
    more = len(re.findall(_MORE, text))
    if more > 1 or (more and not re.search(f"{_MORE}元?$", text)):
        return None
    plain = re.sub(_MORE, "", text)
    value = parse_money(plain, unit)
    if value is None or value <= 0:
        return None
    return _Figures(value, _last_place(value, str(value)), bool(more))


def _last_place(value: Decimal, written: str) -> Decimal:
    """The size of the last figure: 1 for 25, 10 for 120, 0.1 for 1.2 and for 1.0."""
    _, point, decimals = written.partition(".")
    if point:
        return Decimal(1).scaleb(-len(decimals))
    digits = str(int(value))
    return Decimal(10 ** (len(digits) - len(digits.rstrip("0")))) if int(value) else Decimal(1)


def _scale(signs: str | None) -> int:
    size = 1
    for sign in signs or "":
        size *= _SCALES[sign]
    return size


def _span(text: str, unit: str) -> tuple[Decimal, Decimal | None] | None:
    """Two amounts with 至 or a dash. A left end without unit takes that of the right one if it stays below it."""
    parts = _SPLIT.split(_spelled_out(text.removeprefix("从").removeprefix("在")))
    if len(parts) != 2 or not all(parts):
        return None
    high = _one(parts[1], unit)
    if high is None or high[1] is None:
        return None
    own = re.search("[万亿元块]", parts[0])
    tails = [found[1] for form in _TAILS if (found := form.search(parts[1]))]
    for tail in [] if own else tails:
        borrowed = _one(f"{parts[0]}{tail}元", unit)
        if borrowed and borrowed[0] <= high[1]:
            return borrowed[0], high[1]
    has_unit = re.search("[万亿元块]", parts[1])
    low = _one(parts[0] if own or not has_unit else parts[0] + "元", unit)
    return (low[0], high[1]) if low else None


def _spelled_out(text: str) -> str:
    """两三万元, 3、4万元 and 一万元以上五万元以下 as ranges with 至."""
    between = _BETWEEN.fullmatch(text)
    if between:
        return f"{between[1]}至{between[2]}"
    found = _NEIGHBOURS.match(text)
    if found is None:
        return text
    pair = [sign for sign in found.groups() if sign]
    one, two = (_ONES.find("二" if sign == "两" else sign) % 10 for sign in pair)
    return f"{pair[0]}至{pair[1]}{text[found.end() :]}" if two == one + 1 else text
