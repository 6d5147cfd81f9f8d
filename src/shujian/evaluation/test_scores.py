"""Figures come out of counts as the textbooks have them, and bars bind on the right side."""

from __future__ import annotations

import pytest

from shujian.evaluation import service
from shujian.evaluation.reference import lacking
from shujian.evaluation.scores import Counts, Score, Task, scored
from shujian.kernel.errors import BadInput
from shujian.kernel.intervals import wilson


def test_figures_of_counts() -> None:
    counts = Counts(right=80, false=20, missed=40)
    assert counts.precision == 0.8
    assert counts.recall == pytest.approx(2 / 3)
    assert counts.f1 == pytest.approx(160 / 220)
    assert (Counts(0, 0, 0).precision, Counts(0, 0, 0).recall, Counts(0, 0, 0).f1) == (None, None, None)
    assert Counts(0, 3, 0).f1 == 0


def _score(**more: object) -> Score:
    return scored("a.b", "甲", 10, Counts(8, 2, 1), **more)


def test_bars_bind_from_below_and_from_above() -> None:
    assert _score().passed is None
    assert _score(bars={"precision": 0.8}).passed is True
    assert _score(bars={"precision": 0.81}).passed is False
    assert _score(bars={"share": 0.5}, facts={"share": 0.5}).passed is True
    assert _score(most={"false": 0}, facts={"false": 0}).passed is True
    assert _score(most={"false": 0}, facts={"false": 1}).passed is False
    assert _score(bars={"unheard": 0.5}).passed is False


def test_the_interval_says_what_it_is_of() -> None:
    assert (_score().low, _score().high) == wilson(8, 9)
    told = _score(interval_of="precision")
    assert (told.low, told.high) == wilson(8, 10)
    wanted = {"task", "rows", "precision", "recall", "f1", "low", "high", "baseline", "baseline_f1", "pass"}
    assert wanted <= told.as_dict().keys()


def test_what_is_lacking_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.delenv("SHUJIAN_REFERENCE_DATA", raising=False)
    assert lacking(()) is None
    assert "SHUJIAN_REFERENCE_DATA" in (lacking(("x",)) or "")
    monkeypatch.setenv("SHUJIAN_REFERENCE_DATA", str(tmp_path))
    assert lacking(("x",)) == "参考数据里没有 x"


def test_unknown_names_are_refused_before_anything_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    def task(name: str, data: tuple[str, ...] = ()) -> Task:
        return Task(name, name, lambda: [ran.append(name) or _score()], data)  # type: ignore[func-returns-value]

    monkeypatch.setattr(
        service, "all_tasks", lambda: {one.name: one for one in (task("f.a"), task("f.b"), task("g", ("x",)))}
    )
    monkeypatch.delenv("SHUJIAN_REFERENCE_DATA", raising=False)
    with pytest.raises(BadInput) as refused:
        service.run(["f.a", "nobody"])
    assert [fault.found for fault in refused.value.faults] == ["nobody"] and ran == []
    scores, left = service.run(["f", "g"])
    assert ran == ["f.a", "f.b"] and len(scores) == 2 and list(left) == ["g"]
