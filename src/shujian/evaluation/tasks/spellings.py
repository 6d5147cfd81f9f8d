"""Dates and amounts in every spelling that people use, drawn from values that we chose: nothing may be read wrongly."""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from shujian.evaluation.scores import Counts, Score, Task, scored
from shujian.matching.normalise.amounts import read_amount
from shujian.matching.normalise.date_ranges import read_dates

SEED = 20260630
DRAWN = 2_000
"""Values drawn; each is spelled in every way."""

Ends = tuple[Any, Any] | None
"""Low and high as they should be read; None where the text is nothing."""

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_EVER = date(9999, 12, 31)


def _small(number: int) -> str:
    """1 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    return (
        ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")
        if number
        else "〇"
    )


def _written_year(year: int) -> str:
    return "".join(_DIGITS[int(sign)] for sign in str(year))


def _wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in text)


def date_cases() -> Iterator[tuple[str, Ends]]:
    """Texts and the days that they mean."""
    draw = random.Random(SEED)
    for _ in range(DRAWN):
        day = date(1950, 1, 1) + timedelta(days=draw.randrange(27_000))
        y, m, d = day.year, day.month, day.day
        weekday = "一二三四五六日"[day.weekday()]
        for text in (
            f"{y}-{m:02d}-{d:02d}", f"{y}/{m}/{d}", f"{y}.{m}.{d}", f"{y}{m:02d}{d:02d}", f"{y}年{m}月{d}日", f"{y}年{m:02d}月{d:02d}日",
            f"{_written_year(y)}年{_small(m)}月{_small(d)}日", f"{_written_year(y).replace('〇', '○')}年{_small(m)}月{_small(d)}日",
            _wide(f"{y}年{m}月{d}日"), f"{y}-{m}-{d} 8:30", f"{y}/{m:02d}/{d:02d} 08:30:00", f"{y}年{m}月{d}日 星期{weekday}",
            f" {y} 年 {m} 月 {d} 日 ", f"{y}-{m:02d}-{d:02d}T08:30:00",
        ):  # fmt: skip
            yield text, (day, day)
        month = day.replace(day=1), day.replace(day=monthrange(y, m)[1])
        for text in (f"{y}年{m}月", f"{y}-{m:02d}", f"{_written_year(y)}年{_small(m)}月", f"{y}年{m}月份"):
            yield text, month
        yield f"{y}年", (date(y, 1, 1), date(y, 12, 31))
        yield f"{y}年{m}月上旬", (month[0], month[0].replace(day=10))
        quarter = (m - 1) // 3 * 3 + 1
        yield (
            f"{y}年第{'一二三四'[(m - 1) // 3]}季度",
            (date(y, quarter, 1), date(y, quarter + 2, monthrange(y, quarter + 2)[1])),
        )
        later = day + timedelta(days=draw.randrange(1, 400))
        yield f"{day}至{later}", (day, later)
        yield f"{y}年{m}月{d}日至{later.year}年{later.month}月{later.day}日", (day, later)
        if m < 12:
            yield f"{y}年{m}月至{m + 1}月", (month[0], date(y, m + 1, monthrange(y, m + 1)[1]))
        for text in (
            f"{y}-02-30", f"{y}年13月{d}日", f"{y}1301", f"{m}月{d}日", f"{y % 100}-{m}-{d}", f"{y}-{m}-{d}-{m}", f"{y}年{m}月{d + 31}日",
            f"{draw.randrange(10**6)}号", f"第{d}条", f"{y}-{m} {d}", "另行通知", f"{later.year + 1}年1月1日至{y}年{m}月{d}日",
        ):  # fmt: skip
            yield text, None


def _formal(number: int) -> str:
    """A whole number below a hundred million in the numerals of cheques, as GB rules for bank bills write it."""
    high, low = divmod(number, 10_000)
    text = _section(high) + "万" if high else ""
    if low:
        text += ("零" if high and low < 1000 else "") + _section(low)
    return text


def _section(number: int) -> str:
    text, gap = "", False
    for place, unit in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if gap and text else "") + _FORMAL[digit] + unit
            gap = False
        else:
            gap = True
    return text


def amount_cases() -> Iterator[tuple[str, Ends]]:
    """Texts and the amounts in 元 that they mean: an exact one twice, else low and high."""
    draw = random.Random(SEED)
    wan = Decimal(10_000)
    for _ in range(DRAWN):
        whole = draw.randrange(1, 99_999_999)
        cents = Decimal(draw.randrange(1, 10**10)).scaleb(-2)
        few, tenth = draw.choice([n for n in range(11, 100) if n % 10]), draw.randrange(11, 100)
        exact: list[tuple[str, Decimal]] = [
            (f"{cents}", cents), (f"{cents:,}", cents), (f"{cents}元", cents), (f"¥{cents:,}", cents),
            (f"人民币{whole}元整", Decimal(whole)),
            (f"{few}万元", few * wan), (f"{few}.5万", few * wan + 5_000), (f"{few}亿元", few * wan * wan),
            (_wide(f"{whole}元"), Decimal(whole)),
            (f"{_formal(whole)}元整", Decimal(whole)), (f"人民币{_formal(whole)}圆整", Decimal(whole)),
        ]  # fmt: skip
        yield from ((text, (amount, amount)) for text, amount in exact)
        top = few + draw.randrange(1, 50)
        between: list[tuple[str, Decimal, Decimal | None]] = [
            (f"{few}万余元", few * wan, (few + 1) * wan), (f"{few}余万元", few * wan, (few + 1) * wan),
            (f"约{few}万元", (few - Decimal("0.5")) * wan, (few + Decimal("0.5")) * wan),
            (f"{few}万元左右", (few - Decimal("0.5")) * wan, (few + Decimal("0.5")) * wan),
            (f"{few}至{top}万元", few * wan, top * wan), (f"{few}万元-{top}万元", few * wan, top * wan),
            (f"{few}万元以上", few * wan, None), (f"不足{few}万元", Decimal(0), few * wan), ("数万元", wan, 10 * wan),
        ]  # fmt: skip
        yield from ((text, (low, high)) for text, low, high in between)
        if tenth % 10:
            step = wan / 10
            yield f"{Decimal(tenth) / 10}万余", (tenth * step, (tenth + 1) * step)
        for text in (
            f"{few},{few},{few}", f"{few}.{few}.{few}", f"{few}份", f"第{few}号", "面议", f"{few}万元{top}万元", f"{top}至{few}亿万",
            f"{few}人次", f"一万{_DIGITS[draw.randrange(1, 10)]}", f"壹万（小写：{few + 1}0000元）",
        ):  # fmt: skip
            yield text, None


def _read_date(text: str) -> Ends:
    read = read_dates(text, _EVER)
    return (read.low, read.high) if read.state == "ok" else None


def _read_amount(text: str) -> Ends:
    read = read_amount(text)
    return None if read.low is None else (read.low, read.high)


def _date_peer(text: str) -> Ends:
    for form in (
        "%Y-%m-%d",
        "%Y/%m/%d",
        "%Y.%m.%d",
        "%Y%m%d",
        "%Y年%m月%d日",
        "%Y-%m-%d %H:%M",
        "%Y-%m-%dT%H:%M:%S",
    ):
        with suppress(ValueError):
            day = datetime.strptime(text, form).date()  # noqa: DTZ007 - a plain day
            return day, day
    return None


def _amount_peer(text: str) -> Ends:
    scale = Decimal(10_000) if "万" in text else Decimal(1)
    with suppress(InvalidOperation):
        amount = Decimal(text.strip("¥人民币元整万").replace(",", "")) * scale
        return amount, amount
    return None


def measured(
    task: str, title: str, cases: Iterable[tuple[str, Ends]], ours: Callable[[str], Ends],
    theirs: Callable[[str], Ends], baseline: str,
) -> Score:  # fmt: skip
    """Recall over what means something; a wrong reading, or a reading of nothing, is allowed to nobody."""
    right = wrong = missed = invented = size = 0
    peer = [0, 0, 0]
    for text, true in cases:
        size += 1
        told = ours(text)
        right += told is not None and told == true
        wrong += told is not None and true is not None and told != true
        invented += told is not None and true is None
        missed += told is None and true is not None
        their = theirs(text)
        peer[0] += their is not None and their == true
        peer[1] += their is not None and their != true
        peer[2] += true is not None and their != true
    return scored(
        task, title, size, Counts(right, wrong + invented, wrong + missed), baseline=baseline,
        baseline_f1=Counts(*peer).f1, bars={"recall": 0.99}, most={"wrong": 0, "invented": 0},
        facts={"wrong": wrong, "invented": invented, "missed": missed, "baseline_wrong": peer[1]},
        note=f"读错 {wrong} 个，把不是的读成是 {invented} 个；基线错 {peer[1]:,} 个",
    )  # fmt: skip


def dates() -> list[Score]:
    """Days, months, quarters, years and spans."""
    return [measured("dates", "日期的各种写法", date_cases(), _read_date, _date_peer, "strptime 七种格式")]


def amounts() -> list[Score]:
    """Exact amounts, approximate ones, ranges."""
    return [measured("amounts", "金额的各种写法", amount_cases(), _read_amount, _amount_peer, "去逗号、乘万")]


TASKS = [Task("dates", "日期的各种写法", dates), Task("amounts", "金额的各种写法", amounts)]
