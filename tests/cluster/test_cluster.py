"""All models on a real cluster, a master and workers as processes of their own: the bytes of DuckDB, whatever dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from house import House
from shujian.kernel.clock import today
from shujian.kernel.progress import Silent
from shujian.lake.read import pin
from shujian.lake.service import spark_cluster
from shujian.supervision.library import load_models
from shujian.supervision.run import run_model


class Loss(Silent):
    """Kills a worker, its executor with it, between two steps in the middle of a run."""

    def __init__(self, worker: int) -> None:
        self.worker, self.left = worker, 0

    def begin(self, title: str, total: int | None) -> None:
        """The steps of the model start."""
        self.left = (total or 0) // 2

    def advance(self, amount: int) -> None:
        """A step is done, what it made lies on both workers."""
        self.left -= amount
        if self.left == 0:
            os.killpg(self.worker, signal.SIGKILL)


@pytest.fixture
def home(county: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The small county, and no cluster left behind."""
    root = county.copy(tmp_path / "home").root
    monkeypatch.setenv("SHUJIAN_HOME", str(root))
    monkeypatch.delenv("SHUJIAN_SPARK", raising=False)
    # Executors that live for minutes: what their second compiler would win comes after the end.
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    yield root
    spark_cluster().down()


def test_one_worker_two_workers_and_a_worker_lost(home: Path) -> None:
    models, snapshot, day, cluster = load_models(), pin(), today(), spark_cluster()
    ours = {name: run_model(model, snapshot, day) for name, model in models.items()}
    assert len(ours) >= 7 and sum(len(result.hits) > 0 for result in ours.values()) >= 7
    differ = []
    for count in (1, 2):
        found = cluster.up(count)
        assert len(cluster.workers(found)) == count
        for name, model in models.items():
            theirs = run_model(model, snapshot, day, engine="spark")
            if (theirs.result_sm3, theirs.steps) != (ours[name].result_sm3, ours[name].steps):
                differ.append((name, f"{count} workers"))
    for name, model in models.items():
        found = cluster.up(2)  # what was killed is started again
        lost = found.processes[-1]
        loss = Loss(lost.pid)
        theirs = run_model(model, snapshot, day, engine="spark", progress=loss)
        assert loss.left <= 0, f"{name}: nothing was killed"
        if (theirs.result_sm3, theirs.steps) != (ours[name].result_sm3, ours[name].steps):
            differ.append((name, "a worker lost"))
    assert differ == []
