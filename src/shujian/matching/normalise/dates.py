"""Dates as people write them. A text that does not name one real day is not a date: 2024年3月 is refused.

Whether a real day is possible (a future judgment) is for the caller to say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from functools import partial

from shujian.matching.normalise.text import fold, over_unique

_CHINA = timezone(timedelta(hours=8))
_ZERO = "零〇○◯OoΟО"  # the last four: letters that people type for a round zero
_DIGITS = {str(digit): digit for digit in range(10)} | dict.fromkeys(_ZERO, 0)
_DIGITS |= {sign: value for value, sign in enumerate("一二三四五六七八九", start=1)}
_CJK_YEAR = f"[一二三四五六七八九{_ZERO}]{{4}}"
_CJK_SMALL = "[一二三四五六七八九十]{1,3}"

_DAY = re.compile(
    r"(?P<y>[0-9]{4})(?:(?P<sep>[-/.])(?P<m>[0-9]{1,2})(?P=sep)(?P<d>[0-9]{1,2})|(?P<m2>[0-9]{2})(?P<d2>[0-9]{2}))"
    rf"|(?P<y3>[0-9]{{4}}|{_CJK_YEAR})年(?P<m3>[0-9]{{1,2}}|元|{_CJK_SMALL})月(?P<d3>[0-9]{{1,2}}|{_CJK_SMALL})[日号]?"
)
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?")
_TIME = re.compile(
    r"(?P<half>上午|下午|早上|晚上|中午|凌晨)?(?:(?P<h>[0-9]{1,2})(?::|时|点)(?:(?P<mi>[0-9]{1,2})(?:(?::|分)"
    r"(?:(?P<s>[0-9]{1,2})(?:[.,](?P<f>[0-9]{1,9}))?秒?)?)?)?|(?P<h2>[0-9]{2})(?P<mi2>[0-9]{2})(?P<s2>[0-9]{2}))"
    r"(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_GAP = "@"
_SPACE_BEFORE_TIME = re.compile(r"(?<=[0-9日号一二三四五六天)])\s+(?=[0-9]{1,2}[:时点]|[0-9]{6}(?![0-9]))")
_TORN = re.compile(r"[0-9一二三四五六七八九]\s+[0-9一二三四五六七八九]")
_SERIAL = re.compile(r"[0-9]{1,7}(?:\.[0-9]+)?")
_LAST_SERIAL = 2958465  # 9999-12-31
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


def parse_date(text: str | None, *, serial: bool = False) -> date | None:
    """The day that a text names, or None. A time behind the day is read and left out.

    ``serial``: a bare number is an Excel serial (1900 system), as sheets export dates without a format.
    """
    if text and _ISO.fullmatch(text):  # the common case, four times faster
        return _iso(text)
    moment = parse_timestamp(text, serial=serial)
    return moment.date() if moment else None


def parse_timestamp(text: str | None, *, serial: bool = False) -> datetime | None:
    """The moment that a text names, in China time without zone (midnight if no time is written), or None."""
    if text is None:
        return None
    spaced = _one_gap(text)
    if _TORN.search(spaced):  # 2024-3-1 1: nobody knows whether this is the eleventh
        return None
    shown = fold(spaced).translate(_DASHES).strip("'\"`,;。")
    if serial and _SERIAL.fullmatch(shown):
        return _from_serial(shown)
    found = _DAY.match(shown)
    day = _day(found) if found else None
    if found is None or day is None:
        return None
    rest = _WEEKDAY.sub("", shown[found.end() :], count=1)
    if not rest:
        return datetime.combine(day, time())
    return _with_time(day, rest.removeprefix("T").removeprefix(_GAP))


def parse_dates(values: list[str | None], *, serial: bool = False) -> list[date | None]:
    """``parse_date`` over a column, once per distinct value."""
    reader: Callable[[str | None], date | None] = partial(parse_date, serial=serial)
    return over_unique(reader, values)


def _one_gap(text: str) -> str:
    """Spaces mean nothing except the one between day and time: 2024-3-5 12:30 is not 2024-3-51 2:30."""
    return _SPACE_BEFORE_TIME.sub(_GAP, unicodedata.normalize("NFKC", text.strip()))


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day(found: re.Match[str]) -> date | None:
    year = found["y"] or found["y3"]
    month = found["m"] or found["m2"] or found["m3"]
    day = found["d"] or found["d2"] or found["d3"]
    try:
        return date(_positional(year), _small(month), _small(day))
    except ValueError:
        return None


def _positional(text: str) -> int:
    return int("".join(str(_DIGITS[sign]) for sign in text))


def _small(text: str) -> int:
    """A number below one hundred: 3, 03, 三, 十, 十三, 二十, 三十一; 元 is January. Zero where it is none."""
    if text == "元":
        return 1
    if text.isdigit() and text.isascii():
        return int(text)
    tens, ten, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return 0
    if not ten:
        return _DIGITS[tens]
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)


def _with_time(day: date, text: str) -> datetime | None:
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour = _hour(int(found["h"] or found["h2"]), found["half"])
    micro = int((found["f"] or "0").ljust(6, "0")[:6])
    try:
        moment = datetime.combine(
            day, time(hour, int(found["mi"] or found["mi2"] or 0), int(found["s"] or found["s2"] or 0), micro)
        )
        return _in_china(moment, found["zone"]) if found["zone"] else moment
    except (ValueError, OverflowError):
        return None


def _hour(hour: int, half: str | None) -> int:
    if half in ("下午", "晚上") and 1 <= hour <= 11:
        return hour + 12
    if half in ("上午", "早上", "凌晨") and hour > 12:
        return 99
    return hour


def _in_china(moment: datetime, zone: str) -> datetime:
    shown = "+0000" if zone == "Z" else zone
    offset = timedelta(hours=int(shown[1:3]), minutes=int(shown[-2:])) * (-1 if shown[0] == "-" else 1)
    return moment.replace(tzinfo=timezone(offset)).astimezone(_CHINA).replace(tzinfo=None)


def _from_serial(shown: str) -> datetime | None:
    whole, _, fraction = shown.partition(".")
    days = int(whole)
    if not 1 <= days <= _LAST_SERIAL or days == 60:  # serial 60 is 1900-02-29, a day that never was
        return None
    seconds = round(float(f"0.{fraction or '0'}") * 86400)
    origin = datetime(1899, 12, 30) if days > 60 else datetime(1899, 12, 31)  # noqa: DTZ001 - naive by contract
    try:
        return origin + timedelta(days=days, seconds=seconds)
    except OverflowError:
        return None
