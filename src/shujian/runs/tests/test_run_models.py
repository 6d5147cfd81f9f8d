"""Runs: one commit, idempotent, replayable, only for a purpose; a power cut leaves all or nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from shujian.audit import read as audit
from shujian.clues.models import Clue
from shujian.clues.tests.factories import hit, result
from shujian.kernel.errors import BadInput, Fault, GuardRefused
from shujian.runs import read, service
from shujian.runs.errors import NoPurpose, SomeRunsFailed
from shujian.runs.models import Run, RunHit
from shujian.runs.tests.fakes import put_in, snapshot

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)


def go(**told: object) -> read.RunRecord:
    settings = {"actor": "cli:tester", "purpose": "示检〔2026〕1号", "as_of": DAY, **told}
    return service.run_models(["convicted_staff"], **settings)[0]  # type: ignore[arg-type]


def test_a_run_is_stored_with_all_that_replay_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    made = result(
        [hit(1), hit(2, grade="B"), hit(3, absence="unknown")],
        frozen='{"model":1}',
        warnings=("处分：已过期",),
    )
    engine = put_in(monkeypatch, made)
    record = go(threads=2)
    assert engine.asked[0]["threads"] == 2 and engine.asked[0]["as_of"] == DAY
    assert record.clues == {"new": 3, "appended": 0, "unchanged": 0, "withdrawn": 0, "pushed": 1}
    assert record.by_state == {"proved": 2, "possible": 0, "unknown": 1, "none": 0}
    assert record.by_grade == {"A": 2, "A-": 0, "B": 1, "B-": 0, "C": 0}
    assert (record.seconds, record.threads, record.judged) == (Decimal("0.125"), 2, True)
    assert record.steps[0] == {
        "id": "convicted",
        "says": "有罪判决",
        "rows": 3,
        "unknown": 0,
        "by_grade": {},
        "notes": [],
    }
    stored = Run.objects.get()
    assert (stored.frozen, stored.purpose, stored.actor) == ('{"model":1}', "示检〔2026〕1号", "cli:tester")
    assert RunHit.objects.count() == 3
    assert read.run(record.run) == record == read.last_run("convicted_staff")
    first = audit.entries(limit=100)[-1]
    assert (first.action, first.object, first.detail["purpose"]) == (
        "model.run",
        f"run:{record.run}",
        "示检〔2026〕1号",
    )
    assert audit.verify().ok


def test_the_contract_of_an_item(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(monkeypatch, result([hit()]))
    item = go().item()
    assert set(item) >= {
        "run", "model", "fingerprint", "snapshot", "as_of", "engine", "engine_version", "parameters", "steps", "hits",
        "by_state", "by_grade", "clues", "result_sm3", "seconds",
    }  # fmt: skip
    assert isinstance(item["seconds"], float)


def test_the_same_run_twice_leaves_all_unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(monkeypatch, result([hit(1), hit(2, grade="B")]))
    go()
    assert go().clues == {"new": 0, "appended": 0, "unchanged": 2, "withdrawn": 0, "pushed": 0}
    assert (Run.objects.count(), Clue.objects.count()) == (2, 2)


def test_a_vanished_hit_is_withdrawn_by_a_model_that_could_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(monkeypatch, result([hit()]), result([]))
    go()
    assert go().clues["withdrawn"] == 1
    assert Clue.objects.get().ground_changed


@pytest.mark.parametrize("rows", [0, None])
def test_an_empty_or_missing_source_clears_nobody(monkeypatch: pytest.MonkeyPatch, rows: int | None) -> None:
    put_in(monkeypatch, result([hit()]))
    go()
    empty = snapshot(rows=rows or 0)
    if rows is None:
        empty = replace(empty, datasets={})
    put_in(monkeypatch, result([]), pinned=empty)
    record = go()
    assert (record.judged, record.clues["withdrawn"]) == (False, 0)
    assert not Clue.objects.get().ground_changed


def test_no_purpose_no_run_except_in_evaluation(monkeypatch: pytest.MonkeyPatch, own_home: Path) -> None:
    engine = put_in(monkeypatch, result([hit()]))
    for purpose in (None, "", "  "):
        with pytest.raises(NoPurpose) as raised:
            go(purpose=purpose)
        assert (raised.value.exit_code, raised.value.faults[0].code) == (3, "no_purpose")
    assert engine.asked == [] and not Run.objects.exists() and not Clue.objects.exists()
    (own_home / "evaluation.json").write_text('{"today": "2026-06-30"}')
    assert go(purpose=None, as_of=None).as_of == DAY


def test_a_purpose_that_the_record_cannot_keep_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = put_in(monkeypatch, result([hit()]))
    with pytest.raises(BadInput) as raised:
        go(purpose="示" * 81)
    assert (raised.value.faults[0].code, raised.value.faults[0].found) == ("purpose_too_long", "81 字")
    assert engine.asked == [] and go(purpose="示" * 80).purpose == "示" * 80


def test_one_failing_model_speaks_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = GuardRefused(Fault(code="agreement_expired", message="约定已到期"))
    put_in(monkeypatch, refused)
    with pytest.raises(GuardRefused, match="约定已到期"):
        go()
    assert not Run.objects.exists()


def test_of_several_models_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = GuardRefused(Fault(code="agreement_expired", message="约定已到期"))
    put_in(monkeypatch, refused, result([hit()]))
    with pytest.raises(SomeRunsFailed) as raised:
        service.run_models(["M03", "M08"], actor="cli:tester", purpose="示检〔2026〕1号", as_of=DAY)
    assert [fault.code for fault in raised.value.faults] == ["agreement_expired"]
    assert raised.value.exit_code == 3
    assert [record.model for record in raised.value.records] == ["convicted_staff"]
    assert Run.objects.count() == 1


def test_a_fault_while_storing_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(monkeypatch, result([hit()]))

    def broken(*_: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr("shujian.runs.records.store_hits", broken)
    with pytest.raises(OSError, match="disk"):
        go()
    assert not Run.objects.exists() and not Clue.objects.exists() and audit.verify().entries == 0


def test_replay_says_the_same_or_the_first_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    made = result([hit(1), hit(2)], frozen="f")
    put_in(monkeypatch, made)
    record = go()
    found = service.replay(record.run, actor="cli:tester")
    assert (found.same, found.first_difference, found.found_sm3) == (True, None, made.result_sm3)
    for other, words in (
        (replace(made, result_sm3="0" * 64, fingerprint="f2"), "模型指纹不同：当时 f1，现在 f2"),
        (result([hit(1)]), "少了一条命中"),
        (result([hit(1), hit(2), hit(3)]), "多了一条命中"),
        (result([hit(1), replace(hit(2), score=1)]), "命中内容不同"),
    ):
        put_in(monkeypatch, other)
        found = service.replay(record.run, actor="cli:tester")
        assert not found.same and found.first_difference and words in found.first_difference
    assert Run.objects.count() == 1 and Clue.objects.count() == 2


def test_unknown_runs_are_told() -> None:
    with pytest.raises(BadInput, match="没有这次运行"):
        service.replay("run-x", actor="cli:tester")


SCRIPT = """
import pytest
from shujian.server.start import open_rooms
open_rooms()
from shujian.clues.tests.factories import hit, result
from shujian.runs import service
from shujian.runs.tests.fakes import put_in
from datetime import date
put_in(pytest.MonkeyPatch(), result([hit(1), hit(2)]))
service.run_models(["convicted_staff"], actor="cli:t", purpose="p", as_of=date(2026, 6, 30))
"""
COUNT = """
from shujian.server.start import open_rooms
open_rooms()
from shujian.audit.read import verify
from shujian.clues.models import Clue, ClueEvidence
from shujian.runs.models import Run, RunHit
print(Run.objects.count(), RunHit.objects.count(), Clue.objects.count(), ClueEvidence.objects.count(),
      verify().entries, verify().ok)
"""


def python(script: str, home: Path, failpoint: str = "") -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "SHUJIAN_HOME": str(home), "SHUJIAN_FAILPOINT": failpoint}
    return subprocess.run([sys.executable, "-c", script], env=settings, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("failpoint", "left"), [("run.before_commit", "0 0 0 0 0 True"), ("run.after_commit", "1 2 2 2 3 True")]
)
def test_a_power_cut_leaves_all_or_nothing_and_the_next_run_doubles_nothing(
    tmp_path: Path, failpoint: str, left: str
) -> None:
    assert python(SCRIPT, tmp_path, failpoint).returncode == 70
    assert python(COUNT, tmp_path).stdout.strip() == left
    assert python(SCRIPT, tmp_path).returncode == 0
    runs, _, clues, rows, _, whole = python(COUNT, tmp_path).stdout.split()
    assert (runs, clues, rows, whole) == (str(int(left[0]) + 1), "2", "2", "True")
