"""A lake that is pinned without files, and an engine that answers what it is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from shujian.kernel.errors import ShujianError
from shujian.lake import read as lake
from shujian.lake.read import DatasetPin, Snapshot
from shujian.runs import planning, service
from shujian.supervision import read as supervision
from shujian.supervision.result import RunResult
from shujian.supervision.service import Replayed


def snapshot(model: str = "convicted_staff", rows: int = 10) -> Snapshot:
    """Every source of the model, with so many rows each."""
    pins = {
        need.source: DatasetPin(need.source, 1, (), False, rows, date(2026, 6, 30), ())
        for need in supervision.model(model).needs.values()
    }
    return Snapshot("snap-1", datetime(2026, 6, 30, tzinfo=UTC), pins)


class Engine:
    """Stands in for ``supervision.service``: answers the results in turn, the last one for ever."""

    def __init__(self, answers: Sequence[RunResult | ShujianError], pinned: Snapshot) -> None:
        self.answers, self.pinned, self.asked = list(answers), pinned, list[dict[str, Any]]()

    def _next(self) -> RunResult:
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, ShujianError):
            raise answer
        return answer

    def run(self, model: str | Path, **told: Any) -> RunResult:
        """What ``service.run`` would answer."""
        self.asked.append({"model": model, **told})
        return self._next()

    def run_many(self, models: Sequence[str], **told: Any) -> Iterator[tuple[str, RunResult | ShujianError]]:
        """What ``service.run_many`` would answer."""
        for name in models:
            try:
                yield name, self.run(name, **told)
            except ShujianError as error:
                yield name, error

    def replay(self, frozen: str, *, expected_sm3: str, **told: Any) -> Replayed:
        """What ``service.replay`` would answer."""
        self.asked.append({"frozen": frozen, **told})
        result = self._next()
        return Replayed(result.result_sm3 == expected_sm3, expected_sm3, result.result_sm3, result)

    def pin(self) -> Snapshot:
        """What ``lake.read.pin`` would answer."""
        return self.pinned

    def snapshot(self, snapshot_id: str) -> Snapshot:
        """What ``lake.read.snapshot`` would answer."""
        return self.pinned


def put_in(
    monkeypatch: pytest.MonkeyPatch, *answers: RunResult | ShujianError, pinned: Snapshot | None = None
) -> Engine:
    """Put the stand-ins in the place of the engine and the lake."""
    engine = Engine(answers, pinned or snapshot())
    monkeypatch.setattr(service, "engine", engine)
    monkeypatch.setattr(planning, "engine", engine)
    monkeypatch.setattr(lake, "pin", engine.pin)
    monkeypatch.setattr(lake, "snapshot", engine.snapshot)
    return engine
