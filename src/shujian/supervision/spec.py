"""The form of ``model.yaml``. One class a section; the order of the fields is the order of the form.

Numbers of law do not stand here: steps name parameters, parameters stand in dated files.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, Tag, field_validator

from shujian.supervision.during_forms import DuringStep
from shujian.supervision.forms import (
    AbsentStep,
    ComputeStep,
    FilterStep,
    GroupStep,
    MatchStep,
    ScreenStep,
)
from shujian.supervision.further_forms import NearStep, RankStep, ResolveStep, UnionStep

IDENT = r"^[a-z][a-z0-9_]*$"


class Form(BaseModel):
    """Base: unknown keys are refused, instances are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Taxonomy(Form):
    """监督专项 → 重点监督领域 → 监督点."""

    programme: str
    area: str
    point: str | list[str]


class Basis(Form):
    """One legal ground with the days it is in force. ``verified``: somebody read the stored text."""

    law: str
    article: str
    from_: date = Field(alias="from")
    to: date | None = None
    source: str | None = None
    verified: bool = False

    def in_force(self, day: date) -> bool:
        """Whether the ground was in force on ``day``."""
        return self.from_ <= day and (self.to is None or day <= self.to)


class Need(Form):
    """A source that the model reads, and how old its extract may be (``P60D``; ``PnM`` = 30 days each).

    ``fields``, ``subjects``: the model's name → the name in the contract here, for a model that came from elsewhere.
    """

    source: str = Field(pattern=IDENT)
    fresh: str | None = Field(default=None, pattern=r"^P\d+[DM]$")
    fields: dict[str, str] | None = None
    subjects: dict[str, str] | None = None

    def fresh_days(self) -> int | None:
        """The limit in days; None where the model states none."""
        if self.fresh is None:
            return None
        found = re.fullmatch(r"P(\d+)([DM])", self.fresh)
        assert found is not None
        return int(found[1]) * (30 if found[2] == "M" else 1)


class Emit(Form):
    """One kind of clue that the model yields."""

    id: str | None = Field(default=None, pattern=IDENT)
    from_: str = Field(alias="from")
    subject: str | dict[Literal["case", "agency", "place", "org", "person"], str]
    strength: Literal["强", "中", "弱"]
    title: str
    evidence: dict[str, list[str]]
    where: str | None = None
    act_on: str | None = None
    region: str | None = None
    figures: list[str] = []
    unit: str | None = None
    """The unit that gets the clue, where it is not the model's."""

    @property
    def name(self) -> str:
        """The id of the emit; the step it comes from where none is written."""
        return self.id or self.from_

    @field_validator("title")
    @classmethod
    def _says_suspected(cls, value: str) -> str:
        if not any(word in value for word in ("疑似", "涉嫌", "线索", "可能", "提示", "反映")):
            raise ValueError("标题须用“疑似”“涉嫌”“线索”等字样，机器不下结论")
        return value


class FalsePositive(Form):
    """A way in which a hit may be wrong, and what guards against it."""

    what: str
    guard: str


class Privacy(Form):
    """What is masked, who may open it, how long a clue is kept."""

    mask: list[str] = []
    role: str = "CBR"
    retain: str = "3y"
    purpose: Literal["required"] | None = None
    """``required``: no run without a matter, not even in evaluation mode."""
    withhold: list[str] | None = None
    """Fields that are compared and never told: in no title, evidence, match, snippet or explanation."""


Step = Annotated[
    Annotated[FilterStep, Tag("filter")]
    | Annotated[ComputeStep, Tag("compute")]
    | Annotated[ScreenStep, Tag("screen")]
    | Annotated[MatchStep, Tag("match")]
    | Annotated[AbsentStep, Tag("absent")]
    | Annotated[GroupStep, Tag("group")]
    | Annotated[DuringStep, Tag("during")]
    | Annotated[UnionStep, Tag("union")]
    | Annotated[RankStep, Tag("rank")]
    | Annotated[NearStep, Tag("near")]
    | Annotated[ResolveStep, Tag("resolve")],
    Field(discriminator="use"),
]


class ModelSpec(Form):
    """A supervision model as written."""

    id: str = Field(pattern=IDENT)
    number: str | None = Field(default=None, pattern=r"^M\d{2,3}$")
    title: str
    status: Literal["draft", "trial", "stable", "retired"] = "draft"
    taxonomy: Taxonomy
    unit: str
    owner: str | None = None
    since: date | None = None
    successor: str | None = None
    summary: str | None = None
    basis: list[Basis] = Field(min_length=1)
    needs: dict[str, Need] = Field(min_length=1)
    parameters: list[str] = []
    columns: dict[str, str] = {}
    """Chinese titles of the columns that the steps compute."""
    steps: list[Step] = Field(min_length=1)
    emit: list[Emit] = Field(min_length=1)
    false_positives: list[FalsePositive] = Field(min_length=1)
    verify: list[str] = Field(min_length=1)
    privacy: Privacy = Privacy()

    def step(self, step_id: str) -> Any:
        """The step of this id; KeyError where there is none."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def units(self) -> list[str]:
        """The units that get the model's clues, each once."""
        return list(dict.fromkeys(emit.unit or self.unit for emit in self.emit))

    def keyword_files(self) -> list[str]:
        """The keyword files that the screening steps name, in order, once each."""
        named = [step.keywords for step in self.steps if isinstance(step, ScreenStep)]
        return list(dict.fromkeys(named))

    def canonical(self) -> dict[str, Any]:
        """The plain tree that is fingerprinted: comments and layout do not count."""
        return self.model_dump(mode="python", by_alias=True, exclude_none=True)
