"""Comparing found with planted: each way of being wrong is counted and told."""

from __future__ import annotations

from pathlib import Path

import pytest

from shujian.demo.judge import Found, clue_key, judge
from shujian.demo.truth import Truth, read_truth, write_truth


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path))


def _truth() -> Truth:
    truth = Truth("m")
    truth.expect("e", "person", "甲", "A", "proved", "一")
    truth.expect("e", "person", "乙", "B", "proved", "二")
    truth.expect("e", "person", "丙", "A", "possible", "三")
    truth.expect("e", "person", "丁", "A", "unknown", "四")
    return truth


def _as_planted(truth: Truth) -> list[Found]:
    return [Found(clue_key("m", each), each.grade, each.absence, "XS1") for each in truth.expected]


def test_all_as_planted() -> None:
    verdict = judge(_truth(), _as_planted(_truth()))
    assert verdict.clean
    assert verdict.grade["A"] == {"planted": 1, "found": 1, "missed": 0, "false": 0}
    assert verdict.grade["B"] == {"planted": 1, "found": 1, "missed": 0, "false": 0}
    assert verdict.possible["found"] == verdict.unknown["found"] == 1


def test_a_missed_one() -> None:
    verdict = judge(_truth(), _as_planted(_truth())[1:])
    assert verdict.grade["A"] == {"planted": 1, "found": 0, "missed": 1, "false": 0}
    assert verdict.differences == ["m·e：应得 A/proved，没有线索（一）"]


def test_a_false_accusation() -> None:
    verdict = judge(_truth(), [*_as_planted(_truth()), Found("x", "A", "none", "XS9")])
    assert verdict.grade["A"] == {"planted": 1, "found": 1, "missed": 0, "false": 1}
    assert verdict.differences == ["m：未埋设而得出 A/none（XS9）"]


def test_a_doubt_taken_for_proof_is_missed_and_false() -> None:
    found = _as_planted(_truth())
    found[2] = Found(found[2].key, "A", "proved", "XS3")
    verdict = judge(_truth(), found)
    assert verdict.possible == {"planted": 1, "found": 0, "missed": 1, "false": 0}
    assert verdict.grade["A"] == {"planted": 1, "found": 1, "missed": 0, "false": 1}
    assert not verdict.clean


def test_truth_is_written_and_read_back(tmp_path: Path) -> None:
    truth = _truth()
    truth.spare("戊", "guard", "五")
    truth.figures = {"n": 1}
    write_truth(tmp_path / "truth", [truth])
    (again,) = read_truth(tmp_path / "truth")
    assert sorted(again.expected, key=lambda each: each.subject) == sorted(
        truth.expected, key=lambda each: each.subject
    )
    assert (again.near_misses, again.figures) == (truth.near_misses, truth.figures)
    assert (tmp_path / "truth").stat().st_mode & 0o777 == 0o700
