"""What a measure is: a figure of ours, the same work by a named peer, and the bar between them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

Better = Literal["higher", "lower"]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of the report. ``ratio`` = figure / peer_figure; ``bar`` binds the ratio, or the figure itself
    where ``bar_on`` is "figure". ``same``: our answer equals the peer's; ``passed`` is None where the peer is
    not installed.
    """

    name: str
    title: str
    figure: float | None
    unit: str
    peer: str
    peer_figure: float | None
    bar: float
    better: Better
    bar_on: Literal["ratio", "figure"] = "ratio"
    same: bool | None = None
    rows: int = 0
    peak_mb: float = 0.0
    note: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        """Ours to the peer's."""
        return self.figure / self.peer_figure if self.figure is not None and self.peer_figure else None

    @property
    def passed(self) -> bool | None:
        """Whether the bar is kept and the answers are equal; None where it could not be measured."""
        held = self.ratio if self.bar_on == "ratio" else self.figure
        if held is None:
            return None
        kept = held >= self.bar if self.better == "higher" else held <= self.bar
        return kept and self.same is not False

    def as_dict(self) -> dict[str, Any]:
        """The contract's item, with what explains it."""
        told = {**asdict(self), "ratio": self.ratio, "pass": self.passed}
        return {key: round(value, 4) if isinstance(value, float) else value for key, value in told.items()}


@dataclass(frozen=True)
class Measure:
    """A named measure. ``run`` answers one item a peer, in a process of its own, on one core if asked. ``long``: it takes
    so long that it is measured only by its full name.
    """

    name: str
    title: str
    run: Callable[[], list[Item]]
    one_core: bool = True
    long: bool = False


@dataclass(frozen=True)
class Timing:
    """Medians over the rounds: wall seconds, and processor seconds of all threads of this process."""

    wall: float
    cpu: float


def alternate(*works: Callable[[], object], rounds: int = 5) -> list[Timing]:
    """Time each work; all take turns, the order turns too, and one warm round is not counted."""
    taken: list[list[tuple[float, float]]] = [[] for _ in works]
    for turn in range(rounds + 1):
        order = range(len(works)) if turn % 2 else reversed(range(len(works)))
        for place in order:
            started, burned = time.perf_counter(), time.process_time()
            works[place]()
            if turn:
                taken[place].append((time.perf_counter() - started, time.process_time() - burned))
    return [Timing(*(statistics.median(each) for each in zip(*times, strict=True))) for times in taken]


def cpu_facts(ours: Timing, peer: Timing) -> dict[str, float]:
    """Processor seconds of both sides, which a busy machine disturbs less than wall seconds."""
    return {
        "cpu": round(ours.cpu, 4),
        "peer_cpu": round(peer.cpu, 4),
        "cpu_times": round(ours.cpu / peer.cpu, 3),
    }


def with_peak(items: list[Item], peak_mb: float) -> list[Item]:
    """The items with the peak memory of the process that measured them: data, ours and the peer's."""
    return [replace(item, peak_mb=peak_mb) for item in items]
