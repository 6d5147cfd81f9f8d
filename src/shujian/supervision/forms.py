"""What a step of each kind looks like in ``model.yaml``. How it becomes SQL stands in the file of its name."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

GradeName = Literal["A", "A-", "B", "B-", "C"]


class StepForm(BaseModel):
    """Base of all steps: an id and one Chinese sentence that a prosecutor can read aloud."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    says: str = Field(min_length=2)


class FilterStep(StepForm):
    """Keep the rows that satisfy a condition; rows where it is null are counted as unknown."""

    use: Literal["filter"]
    from_: str = Field(alias="from")
    where: str

    def inputs(self) -> tuple[str, ...]:
        """The steps or aliases that this one reads."""
        return (self.from_,)


class NamedCall(BaseModel):
    """A call of a named function: its arguments are expressions, its answers become columns."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    function: str
    args: dict[str, str]
    into: list[str] | dict[str, str]

    def outputs(self) -> dict[str, str]:
        """Answer name of the function → column name."""
        return {name: name for name in self.into} if isinstance(self.into, list) else self.into


class ComputeStep(StepForm):
    """Add columns: expressions, or the answers of a named function."""

    use: Literal["compute"]
    from_: str = Field(alias="from")
    add: dict[str, str] = {}
    call: NamedCall | None = None

    def inputs(self) -> tuple[str, ...]:
        """The steps or aliases that this one reads."""
        return (self.from_,)


class ScreenStep(StepForm):
    """Keep the rows whose text holds effective keywords or patterns of a dated file."""

    use: Literal["screen"]
    from_: str = Field(alias="from")
    field: str | list[str]
    keywords: str
    min_score: str | int | None = None

    def inputs(self) -> tuple[str, ...]:
        """The steps or aliases that this one reads."""
        return (self.from_,)

    def fields(self) -> list[str]:
        """The screened columns as a list."""
        return [self.field] if isinstance(self.field, str) else list(self.field)


class KeyPair(BaseModel):
    """A key whose subject has another name on each side."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    left: str
    right: str


class KeyOn(BaseModel):
    """Plain equality of columns, such as document numbers. Names of persons are refused here."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    on: list[tuple[str, str]] = Field(min_length=1)


class MatchStep(StepForm):
    """碰撞: pair the rows of two lists that are about the same subject, with a grade."""

    use: Literal["match"]
    left: str
    right: str
    key: str | KeyPair | KeyOn
    grades: list[GradeName] = ["A", "A-", "B", "B-", "C"]
    when: str | None = None
    require: Literal["inner", "left"] = "inner"

    def inputs(self) -> tuple[str, ...]:
        """The steps or aliases that this one reads."""
        return (self.left, self.right)


class Covering(BaseModel):
    """The span that the right list must declare complete before an absence is proved."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    from_: str = Field(alias="from")
    to: str
    area: str | None = None


class AbsentStep(StepForm):
    """Safe anti-join: proved absent, possible match, or cannot know."""

    use: Literal["absent"]
    left: str
    right: str
    key: str | KeyPair | KeyOn
    when: str | None = None
    covering: Covering

    def inputs(self) -> tuple[str, ...]:
        """The steps or aliases that this one reads."""
        return (self.left, self.right)


class GroupStep(StepForm):
    """One row for each value of ``by``, with counts and shares."""

    use: Literal["group"]
    from_: str = Field(alias="from")
    by: str | list[str]
    add: dict[str, Any]

    def inputs(self) -> tuple[str, ...]:
        """The steps or aliases that this one reads."""
        return (self.from_,)

    def keys(self) -> list[str]:
        """The grouping columns as a list."""
        return [self.by] if isinstance(self.by, str) else list(self.by)
