"""The evaluation counts what it says; its labels name messages by digest alone."""

from __future__ import annotations

import re

import pytest

from shujian.evaluation.tasks import same_issue
from shujian.evaluation.tasks.same_issue import LABELS, best_cut, counts_of, labels


def test_counts_and_the_best_cut() -> None:
    assert vars(counts_of([(True, True), (True, False), (False, True), (False, False)])) == {
        "right": 1, "false": 1, "missed": 1,
    }  # fmt: skip
    best = best_cut([(0.9, True), (0.8, False), (0.7, True), (0.1, False)])
    assert (best.right, best.false, best.missed) == (2, 1, 0)


def test_labels_hold_digests_and_nothing_else() -> None:
    lines = [line for line in LABELS.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert all(re.fullmatch("[0-9a-f]{16}\t[0-9a-f]{16}\t[01]", line) for line in lines)
    pairs = labels()
    assert len({pair[:2] for pair in pairs}) == len(pairs) == len(lines)
    assert {same for *_, same in pairs} == {True, False}


@pytest.mark.lane("reference")
def test_the_bar_is_kept_on_real_messages() -> None:
    whole, half = same_issue.same_issues()
    assert whole.rows == len(labels()) and half.rows < whole.rows
    assert whole.passed and half.passed
