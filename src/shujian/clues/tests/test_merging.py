"""Runs become clues: once each, silently richer, pushed only when sure, marked when the ground gives way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from shujian.audit import read as audit
from shujian.clues import service
from shujian.clues.models import Clue, ClueEvidence
from shujian.clues.service import Merged
from shujian.clues.tests.factories import ID, NAME, evidence, hit, result
from shujian.supervision.result import RunResult

pytestmark = pytest.mark.django_db


def merge(made: RunResult, run: str = "run-1", judged: bool = True) -> Merged:
    with transaction.atomic():
        return service.merge_hits(run=run, result=made, judged=judged)


def counts(merged: Merged) -> tuple[int, int, int, int]:
    return merged.new, merged.appended, merged.unchanged, merged.withdrawn


@pytest.mark.parametrize(
    ("grade", "absence", "state", "held"),
    [
        ("A", "proved", "C1", ""),
        ("A", "none", "C1", ""),
        ("A", "possible", "C0", "possible"),
        ("A", "unknown", "C0", "unknown"),
        ("A-", "proved", "C0", "identity"),
        ("B", "none", "C0", "identity"),
        ("B-", "proved", "C0", "identity"),
        ("C", "none", "C0", "identity"),
        ("B", "unknown", "C0", "unknown"),
        ("B", "possible", "C0", "possible"),
    ],
)
def test_only_a_sure_hit_is_pushed(grade: str, absence: str, state: str, held: str) -> None:
    assert counts(merge(result([hit(grade=grade, absence=absence)]))) == (1, 0, 0, 0)
    clue = Clue.objects.get()
    assert (clue.state, clue.held, clue.sure, clue.unit) == (state, held, state == "C1", "行政检察部门")


def test_the_same_run_twice_leaves_everything_unchanged() -> None:
    hits = [hit(1), hit(2, grade="B"), hit(3, absence="unknown")]
    assert counts(merge(result(hits))) == (3, 0, 0, 0)
    before = list(Clue.objects.order_by("id").values("state", "held", "content", "revision", "changed_at"))
    assert counts(merge(result(hits), "run-2")) == (0, 0, 3, 0)
    assert (
        list(Clue.objects.order_by("id").values("state", "held", "content", "revision", "changed_at"))
        == before
    )
    assert ClueEvidence.objects.count() == 3
    assert set(Clue.objects.values_list("run", flat=True)) == {"run-2"}


def test_new_rows_are_appended_silently() -> None:
    merge(result([hit()]))
    more = replace(hit(), evidence=(evidence(1), evidence(7)))
    assert counts(merge(result([more]), "run-2")) == (0, 1, 0, 0)
    clue = Clue.objects.get()
    assert (clue.evidence_count, clue.state, clue.fresh_evidence) == (2, "C1", True)
    assert [row.run for row in clue.evidence.order_by("id")] == ["run-1", "run-2"]


def test_a_row_that_no_longer_counts_is_kept_and_marked() -> None:
    merge(result([replace(hit(), evidence=(evidence(1), evidence(7)))]))
    merge(result([hit()]), "run-2")
    assert list(ClueEvidence.objects.order_by("id").values_list("current", flat=True)) == [True, False]
    assert Clue.objects.get().evidence_count == 1


def test_a_held_clue_is_pushed_when_it_becomes_sure() -> None:
    merge(result([hit(absence="unknown")]))
    merged = merge(result([hit()]), "run-2")
    assert (counts(merged), merged.pushed) == ((0, 1, 0, 0), 1)
    assert Clue.objects.get().state == "C1"


def test_a_vanished_hit_withdraws_the_ground_and_keeps_the_clue() -> None:
    merge(result([hit(1), hit(2)]))
    assert counts(merge(result([hit(1)]), "run-2")) == (0, 0, 1, 1)
    gone = Clue.objects.get(ground_changed=True)
    assert (gone.state, gone.ground_note, gone.ground_run) == (
        "C1",
        "重新运行后不再命中（数据已更正或更新）",
        "run-2",
    )
    assert gone.evidence.count() == 1
    assert counts(merge(result([hit(1)]), "run-3")) == (0, 0, 1, 0)


def test_a_new_version_of_the_model_is_named_as_the_cause() -> None:
    merge(result([hit()]))
    merge(result([], fingerprint="f2"), "run-2")
    assert Clue.objects.get().ground_note == "重新运行后不再命中（模型已换新版本）"


@pytest.mark.parametrize(
    ("absence", "grade", "why"),
    [("possible", "A", "可能存在记录"), ("unknown", "A", "数据不足"), ("proved", "B", "B 级")],
)
def test_a_pushed_clue_that_is_no_longer_sure_loses_its_ground(absence: str, grade: str, why: str) -> None:
    merge(result([hit()]))
    assert counts(merge(result([hit(absence=absence, grade=grade)]), "run-2")) == (0, 0, 0, 1)
    clue = Clue.objects.get()
    assert clue.ground_changed and clue.state == "C1" and why in clue.ground_note
    assert counts(merge(result([hit(absence=absence, grade=grade)]), "run-3")) == (0, 0, 1, 0)


def test_the_mark_goes_when_the_hit_comes_back() -> None:
    merge(result([hit()]))
    merge(result([]), "run-2")
    assert counts(merge(result([hit()]), "run-3")) == (0, 1, 0, 0)
    clue = Clue.objects.get()
    assert (clue.ground_changed, clue.ground_note, clue.state) == (False, "", "C1")


def test_an_older_day_withdraws_nothing() -> None:
    merge(result([hit()]))
    assert counts(merge(result([], as_of=date(2026, 6, 29)), "run-2")) == (0, 0, 0, 0)
    assert counts(merge(result([hit(absence="unknown")], as_of=date(2026, 6, 29)), "run-3")) == (0, 0, 1, 0)
    assert not Clue.objects.get().ground_changed


def test_a_model_that_could_not_judge_withdraws_nothing() -> None:
    merge(result([hit()]))
    assert counts(merge(result([]), "run-2", judged=False)) == (0, 0, 0, 0)
    assert not Clue.objects.get().ground_changed


def test_an_excluded_clue_stays_as_the_person_left_it() -> None:
    merge(result([hit()]))
    Clue.objects.update(state="C9", exclusion="done")
    assert counts(merge(result([]), "run-2")) == (0, 0, 0, 0)
    assert not Clue.objects.get().ground_changed
    more = replace(hit(), evidence=(evidence(1), evidence(7)))
    assert counts(merge(result([more]), "run-3")) == (0, 1, 0, 0)
    clue = Clue.objects.get()
    assert (clue.state, clue.exclusion, clue.fresh_evidence) == ("C9", "done", True)


def test_a_returned_clue_is_not_pushed_again_by_the_machine() -> None:
    merge(result([hit()]))
    Clue.objects.update(state="C0", held="returned")
    merge(result([replace(hit(), score=99)]), "run-2")
    assert Clue.objects.get().state == "C0"


def test_two_hits_on_one_subject_become_one_clue_with_both_rows() -> None:
    twice = [hit(), replace(hit(), evidence=(evidence(9),))]
    assert counts(merge(result(twice))) == (1, 0, 0, 0)
    assert ClueEvidence.objects.count() == 2
    assert counts(merge(result(twice), "run-2")) == (0, 0, 1, 0)


def test_no_person_stands_in_clear_in_any_column() -> None:
    merge(result([hit()]))
    stored = repr(list(Clue.objects.values())) + repr(list(ClueEvidence.objects.values()))
    stored += repr(audit.entries())
    assert ID[:14] not in stored and NAME not in stored
    assert ID.encode() not in bytes(ClueEvidence.objects.get().sealed)


def test_every_push_and_every_withdrawal_is_on_record() -> None:
    merge(result([hit(1), hit(2, grade="B")]))
    merge(result([hit(2, grade="B")]), "run-2")
    assert sorted(entry.action for entry in audit.entries()) == [
        "clue.ground_changed",
        "clue.held",
        "clue.pushed",
    ]
    assert audit.verify().ok
