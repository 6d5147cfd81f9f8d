"""A person leaves the clues: what speaks of him goes, what is about others loses only that, digests stay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shujian.accounts.read import Role
from shujian.clues import read, service
from shujian.clues.errors import ClueRefused
from shujian.clues.models import Clue, ClueEvidence
from shujian.clues.sealing import unsealed
from shujian.clues.states import State
from shujian.clues.tests.factories import ID, NAME, evidence, hit, person, result
from shujian.kernel.canonical import canonical
from shujian.kernel.secrets import pseudonym
from shujian.lake.erasing.spellings import pattern
from shujian.lake.read import Gone

pytestmark = pytest.mark.django_db
SUBJECT = f"{ID[:-1]}1"


def _gone(**changes: object) -> Gone:
    row = evidence(1)
    made = Gone("XH-2026-0001", pattern(ID), {row.dataset: frozenset({row.row})}, names=frozenset({NAME}))
    return replace(made, **changes)  # type: ignore[arg-type]


def _own() -> Clue:
    return Clue.objects.get(subject_key=pseudonym("person", SUBJECT))


def _words(clue: Clue) -> str:
    opened = [unsealed(row) for row in clue.evidence.all()]
    notes = [unsealed(note) for note in clue.notes.all()]
    return canonical([clue.title, clue.subject_masked, clue.figures, unsealed(clue), opened, notes])


def test_a_clue_about_the_person_keeps_digests_and_history_only() -> None:
    service.merge_hits(run="run-1", result=result([hit()]), judged=True)
    before = _own()
    told = service.erase(_gone(), SUBJECT)
    after = _own()
    assert (told.found, told.removed) == (1, 1) and after.erased and after.erased_by == "XH-2026-0001"
    kept = (
        "key",
        "model",
        "emit",
        "subject_key",
        "grade",
        "absence",
        "state",
        "content",
        "evidence_count",
        "run",
    )
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert not after.evidence.exists() and ID not in _words(after) and NAME not in _words(after)
    assert "已按规定删除" in after.title
    detail = read.clue(person(Role.CBR), "1" if after.pk == 1 else str(after.pk))
    assert (
        detail.row.erased and not detail.may_unmask and not any(action.allowed for action in detail.actions)
    )
    with pytest.raises(ClueRefused):
        service.unmask_clue(actor=person(Role.CBR), number=str(after.pk), reason="核对身份信息")


def test_a_clue_about_an_agency_loses_the_row_and_the_words() -> None:
    group = hit(
        2, subject_kind="agency", subject_id="示例局", title=f"示例局疑似2人，其中{NAME}",
        evidence=(evidence(1), evidence(7, fields={"name": "示例丙"}, titles={"name": "姓名"}, types={"name": "person_name"})),
    )  # fmt: skip
    service.merge_hits(run="run-1", result=result([group]), judged=True)
    told = service.erase(_gone(), SUBJECT)
    clue = Clue.objects.get()
    assert told.found == 1 and not clue.erased
    assert [row.row for row in clue.evidence.all()] == [f"{7:032x}"]
    words = _words(clue)
    assert ID not in words and NAME not in words and "示例丙" in words and "示例局疑似2人" in clue.title


def test_others_are_not_touched_and_twice_is_once() -> None:
    other = hit(
        3, subject_id="999999198505050055", title="乙", mask="乙某", keywords=(), matches=(), absences=(), explanation=("在编",),
        evidence=(evidence(9, fields={"name": "示例丁"}, titles={"name": "姓名"}, types={"name": "person_name"}),),
    )  # fmt: skip
    service.merge_hits(run="run-1", result=result([hit(), other]), judged=True)
    before = Clue.objects.get(title="乙")
    first, second = service.erase(_gone(), SUBJECT), service.erase(_gone(), SUBJECT)
    assert first == second and first.found == 1
    after = Clue.objects.get(title="乙")
    assert (bytes(after.sealed), after.revision) == (bytes(before.sealed), before.revision)
    assert ClueEvidence.objects.filter(clue=after).count() == 1


def test_a_later_run_neither_withdraws_nor_fills_it_until_the_hit_is_back() -> None:
    service.merge_hits(run="run-1", result=result([hit()]), judged=True)
    service.erase(_gone(), SUBJECT)
    merged = service.merge_hits(run="run-2", result=result([]), judged=True)
    assert merged.withdrawn == 0 and _own().erased and not _own().ground_changed
    service.merge_hits(run="run-3", result=result([hit()]), judged=True)
    back = _own()
    assert not back.erased and back.title == hit().title and back.evidence.count() == 1
    assert back.state == State.C1


def test_a_batch_goes_by_its_evidence_rows() -> None:
    service.merge_hits(
        run="run-1", result=result([hit(), hit(2, evidence=(evidence(2, batch="batch-2"),))]), judged=True
    )
    told = service.erase(Gone("XH-2026-0002", batches=frozenset({"batch-2"})), None)
    assert told.found == 1
    assert sorted(Clue.objects.values_list("erased_by", flat=True)) == ["", "XH-2026-0002"]
