"""What the further steps look like in ``model.yaml``: those that join lists, order them, and look near."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shujian.supervision.forms import Covering, KeyPair, StepForm


class UnionStep(StepForm):
    """The rows of several steps in one list; each row keeps its source rows and the name of where it came from.

    ``columns`` and ``subject`` give one entry for each of ``from``, in the same order.
    """

    use: Literal["union"]
    from_: list[str] = Field(alias="from", min_length=2)
    columns: dict[str, list[str]] = Field(default_factory=dict)
    subject: dict[str, list[str]] = Field(default_factory=dict)

    def inputs(self) -> tuple[str, ...]:
        """The steps or aliases that this one reads."""
        return tuple(self.from_)


class RankStep(StepForm):
    """The first rows by a score, of the whole list or of each group; what happens to ties must be written.

    Without ``top`` every row stays, with its place.
    """

    use: Literal["rank"]
    from_: str = Field(alias="from")
    by: str | list[str] = Field(default_factory=list)
    order: str | list[str] = Field(min_length=1)
    top: str | int | None = None
    ties: Literal["keep", "drop"] | None = None

    @model_validator(mode="after")
    def _ties_of_a_top(self) -> Self:
        if (self.top is None) != (self.ties is None):
            raise ValueError("top（取前几名）和 ties（并列的怎么办）要么都写，要么都不写（只排名次，都留下）")
        return self

    def inputs(self) -> tuple[str, ...]:
        """The steps or aliases that this one reads."""
        return (self.from_,)

    def keys(self) -> list[str]:
        """The grouping columns as a list."""
        return [self.by] if isinstance(self.by, str) else list(self.by)

    def scores(self) -> list[str]:
        """What the rows are ordered by, each an expression with ``asc`` or ``desc`` behind it."""
        return [self.order] if isinstance(self.order, str) else list(self.order)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Within(_Part):
    """How near: metres between two points, and which parts of two addresses must agree where a point is missing."""

    metres: str | int | None = None
    address: Literal["same", "number", "road", "village", "town"] | None = None

    @model_validator(mode="after")
    def _one_at_least(self) -> Self:
        if self.metres is None and self.address is None:
            raise ValueError("within 至少写 metres（米数参数）或 address（地址比到哪一级）")
        return self


class Apart(_Part):
    """How far apart in time: days from the left day to the right day; ``after``: the right one is not earlier."""

    left: str
    right: str
    days: str | int
    side: Literal["either", "after", "before"] = "either"


class NearStep(StepForm):
    """Pairs of rows at one place, and within some days where ``time`` is written."""

    use: Literal["near"]
    left: str
    right: str
    place: str | KeyPair = "place"
    within: Within
    time: Apart | None = None
    require: Literal["inner", "left"] = "inner"
    covering: Covering | None = None

    def inputs(self) -> tuple[str, ...]:
        """The steps or aliases that this one reads."""
        return (self.left, self.right)


class ResolveStep(StepForm):
    """Rows of one or several lists put together by subject: a person or a firm, by equal valid numbers only.

    ``subject`` gives one entry for each of ``from``. With ``grades: [A]`` rows under one number whose names differ are
    not put together.
    """

    use: Literal["resolve"]
    from_: str | list[str] = Field(alias="from", min_length=1)
    subject: str | list[str]
    grades: list[Literal["A", "A-"]] = Field(default=["A", "A-"], min_length=1)

    def inputs(self) -> tuple[str, ...]:
        """The steps or aliases that this one reads."""
        return (self.from_,) if isinstance(self.from_, str) else tuple(self.from_)

    def subjects(self) -> list[str]:
        """What is meant in each list; one written for several is meant in all of them."""
        if isinstance(self.subject, str):
            return [self.subject] * len(self.inputs())
        return list(self.subject)
