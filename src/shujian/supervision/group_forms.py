"""What ``group`` may add beside plain expressions: a share of a whole, and the densest stretch of days."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Share(_Part):
    """How many of the group's rows (of those with ``of``) satisfy ``share``.

    ``least`` and ``percent``: at least so many rows, and at least so many of a hundred.
    """

    share: str
    of: str | None = None
    least: str | int | None = None
    percent: str | int | None = None


class Window(_Part):
    """The most source rows (with ``where``) whose day ``window`` lies within ``days`` of the first of them.

    ``least``: at least so many.
    """

    window: str
    days: str | int
    where: str | None = None
    least: str | int | None = None

    @model_validator(mode="after")
    def _days_written(self) -> Self:
        if not str(self.days).strip():
            raise ValueError("days 写相隔不超过几日")
        return self


Part = Share | Window


def parts_of(add: dict[str, object]) -> dict[str, Part]:
    """The entries of ``add`` that are shares or windows; as written, so they must be sound."""
    return {
        name: (Share if "share" in body else Window).model_validate(body)
        for name, body in add.items()
        if isinstance(body, dict)
    }
