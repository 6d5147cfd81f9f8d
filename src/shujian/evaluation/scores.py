"""Precision, recall and F1 with an interval, and what one task of ``shujian evaluate`` answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from shujian.kernel.intervals import wilson


@dataclass(frozen=True)
class Counts:
    """Right and wrong answers: found and true, found and false, true and not found."""

    right: int
    false: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Share of the found that is true; None where nothing was found."""
        found = self.right + self.false
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        """Share of the true that was found; None where there was nothing to find."""
        true = self.right + self.missed
        return self.right / true if true else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; None where there was nothing at all."""
        whole = 2 * self.right + self.false + self.missed
        return 2 * self.right / whole if whole else None


@dataclass(frozen=True, kw_only=True)
class Score:
    """One line of the report. ``low`` and ``high`` are the 95 % interval of what ``interval_of`` names;
    ``bars`` are the least values that this figure must reach (``most``: the highest it may reach), by name of a
    figure or of a fact.
    """

    task: str
    title: str
    rows: int
    precision: float | None
    recall: float | None
    f1: float | None
    low: float | None
    high: float | None
    interval_of: Literal["precision", "recall", "share"] = "recall"
    baseline: str | None = None
    baseline_f1: float | None = None
    bars: dict[str, float] = field(default_factory=dict)
    most: dict[str, float] = field(default_factory=dict)
    note: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def passed(self) -> bool | None:
        """Whether every bar is kept; None where there is none to keep."""
        if not self.bars and not self.most:
            return None
        told = {"precision": self.precision, "recall": self.recall, "f1": self.f1, **self.facts}
        least = all((value := told.get(name)) is not None and value >= bar for name, bar in self.bars.items())
        return least and all(
            (value := told.get(name)) is not None and value <= bar for name, bar in self.most.items()
        )

    def as_dict(self) -> dict[str, Any]:
        """The contract's item, with what explains it; figures to six digits."""
        told = {**asdict(self), "pass": self.passed}
        return {key: round(value, 6) if isinstance(value, float) else value for key, value in told.items()}


def scored(task: str, title: str, rows: int, counts: Counts, **more: Any) -> Score:
    """A score from counts, with the interval of its recall unless ``interval_of`` says precision."""
    of = more.get("interval_of", "recall")
    trials = counts.right + (counts.false if of == "precision" else counts.missed)
    low, high = wilson(counts.right, trials)
    return Score(
        task=task, title=title, rows=rows, precision=counts.precision, recall=counts.recall, f1=counts.f1,
        low=low, high=high, **more,
    )  # fmt: skip


@dataclass(frozen=True)
class Task:
    """A named evaluation. ``data``: the folders of reference data that it reads; none where it makes its own."""

    name: str
    title: str
    run: Callable[[], list[Score]]
    data: tuple[str, ...] = ()
