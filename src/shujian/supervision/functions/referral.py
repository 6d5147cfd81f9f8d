"""Whether the facts of an administrative case reach a standard of criminal prosecution (立案追诉标准).

The standards stand in ``parameters/referral.yaml``, each with the days it was in force. The day of the act is known
only as a range, and a later milder standard helps the offender (刑法 12), so a figure counts as reached only where it
reaches the standards of all periods from the earliest day of the act until the day of the run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from shujian.kernel.errors import BadInput, Fault
from shujian.matching.normalise.amounts import read_amount
from shujian.matching.normalise.text import fold

REACHED, PERHAPS, UNDER = "达到", "可能", "未达到"
TABLE = "param.referral.standards"
_FIGURE = (
    r"(?P<figure>约|近|大约)?(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?|[一二两三四五六七八九十百千零]+)"
    r"(?P<scale>[千百十]?[万亿])?(?P<more>余|多)?"
)
_LINK = "(?:[为是共达计]|共计|合计|总计|累计|达到|人民币|[:：,，]){0,3}"
_DENIED = ("未发现", "未检出", "未见", "没有", "不含", "不存在", "排除")
_REACH = 6


class Standard(BaseModel):
    """One standard in one period. ``figures``: words that stand before the figure in a text; ``acts``: an act that is a
    crime whatever the amount, told by one word of each group. ``certain`` false: the figure alone does not decide.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: str
    sector: str
    charge: str
    about: tuple[str, ...] = Field(min_length=1)
    without: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    unit: Literal["元", "吨", "立方米", "株", "支"] = "元"
    amount: bool = False
    """Whether the case's own field of the amount involved is this figure."""
    least: Decimal | None = None
    upper: Decimal | None = None
    """Where the law leaves a range to the provinces: its upper end; between the two nothing is certain."""
    acts: tuple[tuple[str, ...], ...] = ()
    certain: bool = True
    says: str
    basis: str
    from_: date = Field(alias="from")
    to: date | None = None
    source: str
    verified: bool = False
    note: str | None = None

    @model_validator(mode="after")
    def _whole(self) -> Standard:
        if (self.least is None) == (not self.acts):
            raise ValueError("least（数额、数量）和 acts（行为）须写一项，只写一项")
        if self.least is not None and not (self.figures or self.amount):
            raise ValueError("写了 least 的须写 figures（数前面的词）或 amount: true")
        if self.upper is not None and self.least is not None and self.upper < self.least:
            raise ValueError("upper 不得小于 least")
        if self.to is not None and self.to < self.from_:
            raise ValueError("to 不得早于 from")
        return self

    def overlaps(self, since: date, until: date) -> bool:
        """Whether the standard was in force on some day between the two."""
        return self.from_ <= until and (self.to is None or self.to >= since)


@dataclass(frozen=True)
class Weighed:
    """One standard against the facts: how far it is reached, by which figure, over which limit."""

    standard: Standard
    state: str
    figure: Decimal | None = None
    limit: Decimal | None = None


_READ: list[tuple[Sequence[Mapping[str, Any]], tuple[Standard, ...]]] = []
"""The table read last: every row of a batch brings the same one."""


def read_standards(rows: Sequence[Mapping[str, Any]]) -> tuple[Standard, ...]:
    """The table as standards. Raises BadInput with every faulty row and field at once."""
    given, read = _READ[0] if _READ else (None, ())
    if rows is not given:
        found, faults = [], []
        for number, row in enumerate(rows, 1):
            try:
                found.append(Standard.model_validate(row))
            except ValidationError as error:
                for each in error.errors():
                    place = ".".join(str(part) for part in each["loc"]) or "整行"
                    faults.append(
                        Fault(code="bad_standard", message=f"立案追诉标准第 {number} 行写错：{each['msg']}",
                              field=f"{TABLE}.{row.get('id', number)}.{place}", found=str(each["input"])[:60],
                              expected="见 parameters/referral.yaml 开头的说明")
                    )  # fmt: skip
        if faults:
            raise BadInput(faults)
        read = tuple(found)
        _READ[:] = [(rows, read)]
    return read


def weigh(
    table: Sequence[Standard], text: str, amount: Decimal | None, since: date, until: date
) -> Weighed | None:
    """The standard that the facts come nearest to; None where no figure of any standard can be read.

    ``since``: the earliest day the act may have been; ``until``: the day of the run.
    """
    shown = fold(text)
    by_id: dict[str, list[Standard]] = {}
    for each in table:
        if each.overlaps(since, until) and _is_about(each, shown):
            by_id.setdefault(each.id, []).append(each)
    order = (REACHED, PERHAPS, UNDER)
    weighed = [found for periods in by_id.values() if (found := _weigh(periods, shown, amount)) is not None]
    return min(weighed, key=lambda found: order.index(found.state), default=None)


def _is_about(standard: Standard, text: str) -> bool:
    return _says(standard.about, text) and not any(word in text for word in standard.without)


def _weigh(periods: Sequence[Standard], text: str, amount: Decimal | None) -> Weighed | None:
    latest = max(periods, key=lambda each: each.from_)
    if latest.acts:
        # An act counts only where it was one under the standard of every period.
        done = all(all(_says(group, text) for group in each.acts) for each in periods)
        return Weighed(latest, PERHAPS) if done else None
    figure = _figure(latest, text, amount)
    if figure is None:
        return None
    least = max(each.least for each in periods if each.least is not None)
    top = max(each.upper or each.least for each in periods if each.least is not None)
    if figure < least:
        return Weighed(latest, UNDER, figure, least)
    sure = figure >= top and all(each.certain for each in periods)
    return Weighed(latest, REACHED if sure else PERHAPS, figure, top)


def _says(words: Iterable[str], text: str) -> bool:
    """Whether one of the words stands in the text and nobody denies it just before."""
    for word in words:
        if word not in text:
            continue
        for found in re.finditer(re.escape(word), text):
            before = re.split("[,，。；;、]", text[max(0, found.start() - _REACH) : found.start()])[-1]
            if not any(denial in before for denial in _DENIED):
                return True
    return False


def _figure(standard: Standard, text: str, amount: Decimal | None) -> Decimal | None:
    """The largest figure that is told exactly or as “more than”; 约 and 近 tell none. Amounts in 元."""
    found = [amount] if standard.amount and amount is not None else []
    for word in standard.figures:
        if word not in text:
            continue
        for hit in re.finditer(re.escape(word) + _LINK + _FIGURE + re.escape(standard.unit), text):
            value = None if hit["figure"] else _number(hit["number"] + (hit["scale"] or ""))
            if value is not None:
                found.append(value)
    return max(found, default=None)


def _number(text: str) -> Decimal | None:
    return read_amount(text + "元").low
