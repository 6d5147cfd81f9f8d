"""Dates as ranges of days: 二〇二四年三月 is 1 to 31 March, 2024年3月至5月 is March to May.

``dates`` stays the reader of single days. A day that never was (2月30日) and a day still to come are told apart.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shujian.matching.normalise.dates import parse_date
from shujian.matching.normalise.text import fold, is_missing, over_unique, upper

State = Literal["ok", "future", "impossible", "reversed", "unreadable", "missing"]
Precision = Literal["day", "third", "month", "quarter", "half", "year", "span"]

_ZERO = "零〇○◯OoΟО"
_CJK = dict.fromkeys(_ZERO, "0") | {
    sign: str(value) for value, sign in enumerate("一二三四五六七八九", start=1)
}
_CJK_YEAR = re.compile(f"[一二三四五六七八九{_ZERO}]{{4}}(?=年)")
_CJK_SMALL = re.compile("(?<![一二三四五六七八九十第])[一二三四五六七八九十]{1,3}(?=[月日号])")
_FORM = re.compile(
    r"(?:(?P<y>[0-9]{4})年度?)?(?:(?P<m>[0-9]{1,2}|元)月份?(?:(?P<d>[0-9]{1,2})[日号]?|(?P<third>[上中下]旬)|(?P<vague>[初底末]))?)?"
    r"(?:第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下]半年))?"
)
_SIGNS = re.compile(r"(?P<y>[0-9]{4})(?P<sep>[-/.])(?P<m>[0-9]{1,2})(?:(?P=sep)(?P<d>[0-9]{1,2}))?")
_SHORT = re.compile(r"(?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})")
_MONTH_DIGITS = re.compile(r"(?P<y>(?:19|20)[0-9]{2})(?P<m>[0-9]{2})")
_DAY_DIGITS = re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})")
_YEAR = re.compile(r"(?P<y>(?:19|20)[0-9]{2})")
_ONE_NUMBER = re.compile(r"(?P<n>[0-9]{1,2})")
_SERIAL = re.compile(r"[0-9]{1,7}(?:\.[0-9]+)?")
_LEAD, _TAIL = re.compile("^(?:自|从|起于)"), re.compile("(?:止|期间|之间)$")
_SINCE = re.compile("(?:起)?(?:至今|以来|至现在)$|-今$")
_CLEAR = re.compile("起?(?:至|到|~|～|—+|–+)")
_TORN = re.compile(r"[0-9]\s+[0-9]")
_NUMBERS = re.compile("[0-9]{4}(?:-[0-9]{1,2}){3}")
_LONGEST = 60  # signs; what is longer is a sentence, not a date
_DASHES = str.maketrans(dict.fromkeys("‐‑‒−", "-"))


@dataclass(frozen=True, slots=True)
class DateRange:
    """The days from ``low`` to ``high``, both included, and how finely they were written.

    ``future``: real days, of which the last lies after today. ``impossible``: written like a date that no
    calendar has. ``low`` and ``high`` are None unless ``state`` is ok or future.
    """

    low: date | None
    high: date | None
    precision: Precision | None
    state: State


@dataclass(frozen=True, slots=True)
class _Part:
    """One side of a range; a missing year or month is to be taken from the left side."""

    low: date
    high: date
    precision: Precision


def read_dates(text: str | None, today: date, *, serial: bool = False) -> DateRange:
    """Read one cell. ``today`` decides what is future, and ends 至今. ``serial``: bare numbers are Excel serials.

    月初 and 月底 mean the whole month, because nobody says which days they are.
    """
    if text is None or is_missing(upper(fold(text))):
        return _none("missing")
    day = parse_date(text, serial=serial)
    if day is not None:
        return _judged(day, day, "day", today)
    shown = _folded(text)
    if shown is not None and len(shown) > _LONGEST:
        return _none("unreadable")
    if shown is None or (serial and _SERIAL.fullmatch(shown)):
        return _none("unreadable" if shown is None else "impossible")
    try:
        return _read(shown, today)
    except ValueError:
        return _none("impossible")


def read_many(values: list[str | None], today: date, *, serial: bool = False) -> list[DateRange]:
    """``read_dates`` over a column, once per distinct value."""
    return over_unique(lambda value: read_dates(value, today, serial=serial), values)


def _none(state: State) -> DateRange:
    return DateRange(None, None, None, state)


def _judged(low: date, high: date, precision: Precision, today: date) -> DateRange:
    """A range that began is not in the future, however long it lasts: 2026年 in the middle of 2026 is none."""
    if low > high:
        return _none("reversed")
    ahead = high > today if precision in ("day", "span") else low > today
    return DateRange(low, high, precision, "future" if ahead else "ok")


def _folded(text: str) -> str | None:
    """One width, figures instead of Chinese numerals, no spaces; None where a space may part two figures."""
    spaced = unicodedata.normalize("NFKC", text.strip())
    if _TORN.search(spaced):
        return None
    shown = fold(spaced).translate(_DASHES).strip("'\"`,;。")
    shown = _CJK_YEAR.sub(lambda found: "".join(_CJK[sign] for sign in found[0]), shown)
    return _CJK_SMALL.sub(lambda found: _small(found[0]), shown)


def _small(signs: str) -> str:
    tens, ten, ones = signs.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return signs
    if not ten:
        return _CJK[tens]
    return f"{_CJK[tens] if tens else 1}{_CJK[ones] if ones else 0}"


def _read(shown: str, today: date) -> DateRange:
    bare = _TAIL.sub("", _LEAD.sub("", shown))
    single = _part(bare, None)
    if single:
        return _judged(single.low, single.high, single.precision, today)
    since = _SINCE.search(bare)
    if since and (start := _part(bare[: since.start()], None)):
        return _judged(start.low, today, "span", today) if start.low <= today else _none("reversed")
    found = {(left.low, right.high) for left, right in _sides(bare)}
    if len(found) != 1:
        return _none("unreadable")
    low, high = found.pop()
    if low == high and _NUMBERS.fullmatch(bare):  # 2000-1-1-1
        return _none("unreadable")
    return _judged(low, high, "span", today)


def _sides(bare: str) -> Iterator[tuple[_Part, _Part]]:
    """Every way to cut a text into two dates: at 至 or ~ where there is one, else at each dash."""
    clear = [(each.start(), each.end()) for each in _CLEAR.finditer(bare)]
    cuts = clear or [(each.start(), each.end()) for each in re.finditer("-+", bare)]
    for start, end in cuts:
        head, tail = bare[:start], bare[end:]
        try:
            left = _part(head, None)
            right = _part(tail, left) if left else None
        except ValueError:
            if clear:
                raise
            continue
        if left and right:
            yield left, right
        elif left is None and (year := re.search("([0-9]{4})年", tail)):  # 3月至5月 of one year, said last
            first = _part(f"{year[1]}年{head}", None)
            last = _part(tail, None)
            if first and last:
                yield first, last


def _part(text: str, left: _Part | None) -> _Part | None:
    """One date of any precision. ``left`` lends year and month to 至5月 and 至8日. Raises ValueError where no calendar has it."""
    if not text:
        return None
    day = parse_date(text)
    if day:
        return _Part(day, day, "day")
    for form in (_SIGNS, _DAY_DIGITS, _MONTH_DIGITS, _YEAR):
        if found := form.fullmatch(text):
            have = found.groupdict()
            return _days(int(have["y"]), int(have.get("m") or 0), int(have.get("d") or 0))
    if left and (found := _SHORT.fullmatch(text)):
        return _days(left.low.year, int(found["m"]), int(found["d"]))
    if left and (found := _ONE_NUMBER.fullmatch(text.rstrip("日号"))):
        number = int(found["n"])
        return (
            _days(left.low.year, left.low.month, number)
            if left.precision == "day"
            else _days(left.low.year, number, 0)
        )
    return _worded(text, left)


def _worded(text: str, left: _Part | None) -> _Part | None:
    found = _FORM.fullmatch(text)
    if found is None or (found["y"] is None and left is None):
        return None
    year = int(found["y"]) if found["y"] else (left.low.year if left else 0)
    if found["quarter"] or found["half"]:
        return None if found["m"] else _stretch(year, found["quarter"], found["half"])
    month = 1 if found["m"] == "元" else int(found["m"] or 0)
    if found["m"] and month == 0:
        raise ValueError(text)
    if found["d"] and int(found["d"]) == 0:
        raise ValueError(text)
    whole = _days(year, month, int(found["d"] or 0))
    return _third(whole, found["third"]) if found["third"] else whole


def _stretch(year: int, quarter: str | None, half: str | None) -> _Part:
    if quarter:
        number = int(_CJK.get(quarter, quarter))
        return _Part(_days(year, 3 * number - 2, 0).low, _days(year, 3 * number, 0).high, "quarter")
    first = 1 if half == "上半年" else 7
    return _Part(_days(year, first, 0).low, _days(year, first + 5, 0).high, "half")


def _third(month: _Part, name: str) -> _Part:
    first, last = {"上旬": (1, 10), "中旬": (11, 20)}.get(name, (21, month.high.day))
    return _Part(month.low.replace(day=first), month.low.replace(day=last), "third")


def _days(year: int, month: int, day: int) -> _Part:
    """A year, a month or a day as its days. Zero means not written. Raises ValueError where no calendar has it."""
    if month == 0 and day == 0:
        return _Part(date(year, 1, 1), date(year, 12, 31), "year")
    if day == 0:
        first = date(year, month, 1)
        return _Part(first, first.replace(day=monthrange(year, month)[1]), "month")
    return _Part(date(year, month, day), date(year, month, day), "day")
