"""The safe absence accuses only where it may; the plain anti-join accuses everybody whom it does not find."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shujian.evaluation.tasks import absence
from shujian.evaluation.tasks.absence import SCENARIOS, Scenario

CLEAN = Scenario("clean", "没有错", 0.0, 0.0, 1.0, True, 0)


def _only(monkeypatch: pytest.MonkeyPatch, scenario: Scenario) -> dict[str, int]:
    monkeypatch.setattr(absence, "SCENARIOS", (scenario,))
    whole, one = absence.absences(2000)
    assert whole.facts["proved"] == one.facts["proved"]
    return one.facts


def test_a_clean_whole_list_proves_every_absence(monkeypatch: pytest.MonkeyPatch) -> None:
    told = _only(monkeypatch, CLEAN)
    assert (told["absent"], told["proved"], told["false"], told["unknown"]) == (1000, 1000, 0, 0)
    assert (told["plain"], told["plain_false"]) == (1000, 0)


@pytest.mark.parametrize(
    "spoilt", [replace(CLEAN, declared=False, delivered=0.9), replace(CLEAN, age=120, delivered=0.9)]
)
def test_what_is_not_declared_or_old_proves_nothing(
    monkeypatch: pytest.MonkeyPatch, spoilt: Scenario
) -> None:
    told = _only(monkeypatch, spoilt)
    assert (told["proved"], told["false"], told["unknown"]) == (0, 0, 1100)
    assert (told["plain"], told["plain_false"]) == (1100, 100)


def test_errors_make_people_possible_not_accused(monkeypatch: pytest.MonkeyPatch) -> None:
    told = _only(monkeypatch, replace(CLEAN, errors=0.03))
    assert told["false"] == 0 < told["plain_false"]
    assert told["possible"] >= told["plain_false"]


def test_a_miswritten_name_beside_a_bad_number_is_not_accused_either(monkeypatch: pytest.MonkeyPatch) -> None:
    told = _only(monkeypatch, replace(CLEAN, errors=0.03, also_name=1.0))
    assert told["false"] == 0 < told["plain_false"]  # one sign apart, born the same day, of one sex: possible


def test_there_are_five_scenarios_and_a_bar() -> None:
    assert [one.id for one in SCENARIOS] == ["tidy", "plain", "dirty", "partial", "stale"]
    assert absence.MOST_FALSE == 0.001
