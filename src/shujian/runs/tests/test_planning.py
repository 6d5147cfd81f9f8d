"""A plan says what the run then does, and leaves nothing behind but the audit entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shujian.audit import read as audit
from shujian.clues import service as clues
from shujian.clues.models import Clue, ClueEvidence, ClueNote
from shujian.clues.states import State
from shujian.clues.tests.factories import ID, NAME, hit, result
from shujian.kernel.errors import BadInput
from shujian.runs import service
from shujian.runs.errors import NoPurpose
from shujian.runs.models import Run
from shujian.runs.planning import ModelPlan
from shujian.runs.tests.fakes import put_in, snapshot

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)
SHIPPED = Path(__file__).resolve().parents[2] / "catalogue/models"


def plan(model: str = "M08", **told: Any) -> ModelPlan:
    return service.plan(model, **{"actor": "cli:tester", "purpose": "示检〔2026〕1号", "as_of": DAY, **told})


def run() -> dict[str, int]:
    told = service.run_models(["M08"], actor="cli:tester", purpose="示检〔2026〕1号", as_of=DAY)
    return dict(told[0].clues)


def stored() -> list[Any]:
    kept = Clue.objects.order_by("pk").values_list(
        "key", "state", "ground_changed", "revision", "run", "content"
    )
    return [*kept, Run.objects.count(), ClueEvidence.objects.count(), ClueNote.objects.count()]


def test_a_plan_adds_drops_and_stores_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(monkeypatch, result([hit(1), hit(2), hit(3)]))
    run()
    before = stored()
    put_in(monkeypatch, result([hit(2), replace(hit(3), absence="possible"), hit(4, grade="B")]))
    found = plan()
    assert [(one["id"], one["grade"], one["state"], one["why"]) for one in found.added] == [
        (None, "B", "C0", "新线索")
    ]
    assert [(one["state"], one["why"]) for one in found.dropped] == [
        ("C1", "重新运行后不再确定：另一名册中可能存在记录"),
        ("C1", "重新运行后不再命中（数据已更正或更新）"),
    ]
    assert (found.unchanged, found.hits, found.draft, found.judged) == (1, 3, False, True)
    assert stored() == before
    assert [one.action for one in audit.entries(limit=1)] == ["model.plan"] and audit.verify().ok
    clues_then = run()
    assert (clues_then["new"], clues_then["withdrawn"]) == (len(found.added), len(found.dropped))


def test_what_a_plan_says_is_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(monkeypatch, result([hit(1)]))
    (one,) = plan().added
    assert (
        one["subject_masked"] == "示某某"
        and one["subject_kind"] == "person"
        and len(one["subject_key"]) == 24
    )
    assert (
        NAME not in repr(one)
        and ID not in repr(one)
        and {"absence", "strength", "score", "emit"} - set(one) == {"emit"}
    )


def test_a_clue_without_ground_that_is_hit_again_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(monkeypatch, result([hit()]), result([]))
    run(), run()
    put_in(monkeypatch, result([hit()]))
    found = plan()
    assert [(one["id"] is None, one["why"]) for one in found.added] == [(False, "依据恢复")]
    assert (found.dropped, found.unchanged) == ((), 0) and Clue.objects.get().ground_changed


def test_an_excluded_clue_is_neither_added_nor_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(monkeypatch, result([hit(1), hit(2)]))
    run()
    Clue.objects.update(state=State.C9, exclusion="law")
    put_in(monkeypatch, result([hit(1)]))
    found = plan()
    assert (found.added, found.dropped, found.unchanged) == ((), (), 1)


def test_an_empty_source_drops_nobody_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(monkeypatch, result([hit()]))
    run()
    put_in(monkeypatch, result([]), pinned=snapshot(rows=0))
    found = plan()
    assert (found.judged, found.dropped) == (False, ())


def test_an_earlier_day_proves_nothing_about_a_later(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(monkeypatch, result([hit()]))
    run()
    put_in(monkeypatch, result([], as_of=date(2026, 1, 1)))
    assert plan(as_of=date(2026, 1, 1)).dropped == ()


def test_a_draft_is_named_by_its_file_or_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (source,) = SHIPPED.glob("*/convicted_staff")
    folder = tmp_path / "草稿"
    folder.mkdir()
    (folder / "model.yaml").write_text(source.joinpath("model.yaml").read_text("utf-8"), "utf-8")
    engine = put_in(monkeypatch, result([hit()]))
    for named in (folder, folder / "model.yaml"):
        found = plan(str(named))
        assert found.draft and found.model == "convicted_staff" and engine.asked[-1]["model"] == named
    with pytest.raises(BadInput) as raised:
        plan(str(tmp_path / "nowhere/model.yaml"))
    assert raised.value.exit_code == 2


def test_no_purpose_no_plan(monkeypatch: pytest.MonkeyPatch, own_home: Path) -> None:
    engine = put_in(monkeypatch, result([hit()]))
    with pytest.raises(NoPurpose):
        plan(purpose=" ")
    assert engine.asked == [] and audit.verify().entries == 0


def test_nothing_goes_out_of_a_trial(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as news:
        trial = clues.try_hits(result=result([hit(1)]), judged=True)
    assert len(trial.added) == 1 and news == [] and not Clue.objects.exists() and audit.verify().entries == 0
