"""What ``during`` looks like in ``model.yaml``: one day or one interval of a row, and one thing asked of it."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shujian.supervision.forms import StepForm

Counted = Literal["natural", "working"]
Side = Literal["after", "before", "either"]


class Span(BaseModel):
    """From one day to another, both included. ``open_end``: a missing end means that it still runs."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    from_: str = Field(alias="from")
    to: str
    open_end: bool = False


class Days(BaseModel):
    """So many days from a day, which is not counted itself.

    ``roll``: a last natural day that nobody works moves to the first working day after it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    since: str
    days: str | int
    count: Counted = "natural"
    side: Side = "after"
    roll: bool = False

    @model_validator(mode="after")
    def _rolls_forward_only(self) -> Self:
        if self.roll and (self.count == "working" or self.side != "after"):
            raise ValueError("roll（末日顺延）只用于 count: natural、side: after")
        return self


class Gap(Span):
    """Another span, and how many days at least lie between it and the row's own."""

    days: str | int
    count: Counted = "natural"
    side: Side = "either"


class Uncovered(Span):
    """The spans of all rows of ``list`` that were paired with one row of ``each``; ``longer``: days of the longest gap."""

    each: str
    list: str
    longer: str | int | None = None


ASKED = ("span", "within", "beyond", "overlaps", "contains", "apart", "uncovered")
"""What may be asked; exactly one."""


class DuringStep(StepForm):
    """Keep the rows of which it is true; a missing day makes the answer unknown, an inexact one may.

    ``event`` is a day, ``whole`` an interval. *span*: the event lies in it; *within*, *beyond*: no more, or more, than so
    many days from a day; *overlaps*, *contains*, *apart*: of two intervals; *uncovered*: some part of the interval lies in
    none of the spans of another list.
    """

    use: Literal["during"]
    from_: str = Field(alias="from")
    event: str | None = None
    span: Span | None = None
    whole: Span | None = None
    within: Days | None = None
    beyond: Days | None = None
    overlaps: Span | None = None
    contains: Span | None = None
    apart: Gap | None = None
    uncovered: Uncovered | None = None

    @model_validator(mode="after")
    def _one_question(self) -> Self:
        asked = [name for name in ASKED if getattr(self, name) is not None]
        if len(asked) != 1:
            raise ValueError(f"须写且只写一项：{'、'.join(ASKED)}；实际为：{'、'.join(asked) or '没有'}")
        if (self.event is None) == (self.whole is None):
            raise ValueError("event（一个日期）和 whole（一段时间）须写一个，只写一个")
        if self.event is None and asked[0] in ("span", "within", "beyond"):
            raise ValueError(f"{asked[0]} 问的是一个日期：写 event")
        return self

    def inputs(self) -> tuple[str, ...]:
        """The steps or aliases that this one reads."""
        return (self.from_,)

    def days(self) -> Days | None:
        """What ``within`` or ``beyond`` counts."""
        return self.within or self.beyond
