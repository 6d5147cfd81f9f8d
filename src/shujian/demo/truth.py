"""What was planted, written where no model looks: ``SHUJIAN_HOME/demo/truth/<model>.json``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from shujian.kernel.home import private_folder


@dataclass(frozen=True)
class Expected:
    """A clue that must come out. ``subject`` is the plain subject as the model names it."""

    emit: str
    kind: str
    subject: str
    grade: str
    absence: str
    why: str


@dataclass(frozen=True)
class NearMiss:
    """A row set that looks like a hit and is none; the guard that must keep it out."""

    subject: str
    guard: str
    why: str


@dataclass
class Truth:
    """Everything planted for one model."""

    model: str
    expected: list[Expected] = field(default_factory=list)
    near_misses: list[NearMiss] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)

    def expect(self, emit: str, kind: str, subject: str, grade: str, absence: str, why: str) -> None:
        """Plant one clue."""
        self.expected.append(Expected(emit, kind, subject, grade, absence, why))

    def spare(self, subject: str, guard: str, why: str) -> None:
        """Plant one near miss."""
        self.near_misses.append(NearMiss(subject, guard, why))


def write_truth(folder: Path, truths: Iterable[Truth]) -> None:
    """One file a model, sorted, 0700 folder."""
    private_folder(folder)
    for truth in truths:
        body = asdict(truth)
        body["expected"].sort(key=lambda item: (item["emit"], item["subject"]))
        text = json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / f"{truth.model}.json").write_text(text + "\n", "utf-8")


def read_truth(folder: Path) -> Sequence[Truth]:
    """Everything planted, models in order of their ids."""
    return [_truth(json.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("*.json"))]


def _truth(body: dict[str, Any]) -> Truth:
    return Truth(
        model=body["model"],
        expected=[Expected(**item) for item in body["expected"]],
        near_misses=[NearMiss(**item) for item in body["near_misses"]],
        figures=body["figures"],
    )
