"""Judged one person or not: felt at once and at every later run, whatever the rows are called; and taken back whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from shujian.accounts.read import Role, shell_actor
from shujian.audit import read as audit
from shujian.clues import service
from shujian.clues.errors import ClueRefused, ClueUnknown
from shujian.clues.judging import words_of
from shujian.clues.models import Clue, Judgement
from shujian.clues.numbers import number_of
from shujian.clues.service import Merged
from shujian.clues.tests.factories import ID, NAME, evidence, hit, result
from shujian.clues.tests.people import account
from shujian.kernel.errors import BadInput
from shujian.lake import read as lake
from shujian.lake.conftest import traces
from shujian.matching.normalise.id_card import check_character
from shujian.supervision.result import Compared, Hit, MatchFound

pytestmark = pytest.mark.django_db
WHY = "调取户籍档案核对过"
NUMBER = f"{ID[:17]}{check_character(ID[:17])}"


def doubtful(*rights: str, grade: str = "B", left: int = 1, born: str = NUMBER, **changes: Any) -> Hit:
    """A hit that rests on matches of one numbered row with rows that have no number."""
    rows = tuple(
        evidence(
            alias="在编", dataset="establishment_person", source_title="编制名册", row=right, line=n + 2,
            fields={"name": NAME, "id_card": None, "employer": "示例局"},
        )
        for n, right in enumerate(rights)
    )  # fmt: skip
    compared = (Compared("id_card", born, None, "missing"), Compared("name", NAME, NAME, "same"))
    first = evidence(left)
    matches = tuple(MatchFound("on_payroll", first.row, right, grade, compared) for right in rights)
    return replace(hit(grade=grade, absence="none"), evidence=(first, *rows), matches=matches, **changes)


def merge(*hits: Hit, run: str = "run-1") -> Merged:
    with transaction.atomic():
        return service.merge_hits(run=run, result=result(hits), judged=True)


def only() -> Clue:
    return Clue.objects.get()


def judge(verdict: str, match: int = 1, clue: Clue | None = None) -> str:
    number = number_of((clue or only()).pk)
    return service.judge(actor=shell_actor(), number=number, match=match, verdict=verdict, reason=WHY)


def undo(number: str) -> str:
    return service.undo(actor=shell_actor(), number=number, reason="认定有误，收回")


def ground() -> tuple[str, bool, bool, str]:
    clue = only()
    return clue.state, clue.ground_changed, clue.judged_apart, clue.ground_note


def test_judged_different_takes_the_ground_at_once_and_undo_gives_it_back() -> None:
    merge(doubtful("b" * 32))
    before = {**Clue.objects.values().get(), "revision": 0, "changed_at": 0}
    number = judge("different")
    assert number == f"RD{Judgement.objects.get().pk:06d}"
    assert ground() == ("C0", True, True, f"人工认定不是同一人（{number}）")
    actor = account("both", Role.BMFZR, Role.CBR)
    with pytest.raises(ClueRefused):
        service.move_clue(actor=actor, number=number_of(only().pk), verb="push", note="已核对户籍信息")
    undo(number)
    assert {**Clue.objects.values().get(), "revision": 0, "changed_at": 0} == before


def test_no_later_run_pushes_or_restores_what_is_judged_apart() -> None:
    merge(doubtful("b" * 32))
    number = judge("different")
    merged = merge(doubtful("b" * 32), run="run-2")
    assert (merged.unchanged, merged.withdrawn, ground()[:3]) == (1, 0, ("C0", True, True))
    merge(doubtful("b" * 32, grade="A"), run="run-3")
    assert ground()[:3] == ("C0", True, True)
    again = merge(doubtful("b" * 32, grade="A"), run="run-4")
    assert (again.unchanged, again.pushed) == (1, 0)
    undo(number)
    assert (ground(), only().held) == (("C1", False, False, ""), "")


def test_a_pushed_clue_loses_its_ground_and_keeps_its_state() -> None:
    merge(doubtful("b" * 32, grade="A"))
    assert only().state == "C1"
    number = judge("different")
    assert ground()[:3] == ("C1", True, True)
    undo(number)
    assert ground() == ("C1", False, False, "")


def test_a_row_delivered_anew_is_the_same_subject() -> None:
    """The numbered side has another row id, file and line; the other side the content that it had."""
    merge(doubtful("b" * 32))
    judge("different")
    merged = merge(doubtful("b" * 32, left=77), run="run-2")
    assert (merged.withdrawn, ground()[:3]) == (0, ("C0", True, True))
    assert only().evidence.filter(current=False).count() == 1


def test_a_clue_found_for_the_first_time_is_withheld_where_it_is_judged_away() -> None:
    merge(doubtful("b" * 32))
    number = judge("different")
    Clue.objects.all().delete()
    assert Judgement.objects.get().clue is None
    merged = merge(doubtful("b" * 32, left=5, grade="A"), run="run-2")
    assert (merged.new, merged.pushed, ground()) == (
        1,
        0,
        ("C0", True, True, f"人工认定不是同一人（{number}）"),
    )


def test_another_row_still_carries_the_clue() -> None:
    merge(doubtful("b" * 32, "c" * 32))
    judge("different")
    assert ground() == ("C0", False, False, "")
    judge("different", match=2)
    assert ground()[:3] == ("C0", True, True)
    merge(doubtful("b" * 32, "c" * 32, "d" * 32), run="run-2")
    assert ground() == ("C0", False, False, "")


def test_every_step_has_to_be_carried() -> None:
    made = doubtful("b" * 32)
    other = replace(made.matches[0], step="second", right="c" * 32)
    merge(replace(made, matches=(*made.matches, other)))
    judge("different", match=2)
    assert ground()[:3] == ("C0", True, True)


def test_unsure_changes_nothing() -> None:
    merge(doubtful("b" * 32))
    before = Clue.objects.values().get()
    judge("unsure")
    assert Clue.objects.values().get() == before
    assert merge(doubtful("b" * 32), run="run-2").unchanged == 1
    assert ground() == ("C0", False, False, "")


def test_judged_same_is_reason_enough_to_push_and_the_machine_s_grade_stays() -> None:
    merge(doubtful("b" * 32, "c" * 32))
    actor = account("both", Role.BMFZR, Role.CBR)
    first = judge("same")
    with pytest.raises(BadInput):
        service.move_clue(actor=actor, number=number_of(only().pk), verb="push")
    second = judge("same", match=2)
    assert (only().state, only().held) == ("C0", "identity")
    assert service.move_clue(actor=actor, number=number_of(only().pk), verb="push") == "C1"
    from_service = service.unmask_clue(actor=actor, number=number_of(only().pk), reason="核对推送理由").steps
    assert from_service[-1].note == f"人工认定是同一人（{first}、{second}）；机器比对为 B 级"
    assert (only().grade, only().sure) == ("B", False)
    merge(doubtful("b" * 32, "c" * 32), run="run-2")
    assert ground() == ("C1", False, False, "")


def test_a_conflict_is_no_reason_to_push() -> None:
    merge(doubtful("b" * 32, "c" * 32))
    judge("same")
    judge("same", match=2)
    one, other = ({each.left, each.right} for each in Judgement.objects.all())
    pair = sorted(one ^ other)
    first = Judgement.objects.earliest("pk")
    Judgement.objects.create(
        clue=first.clue, clue_key=first.clue_key, kind="person", left=pair[0], right=pair[1], verdict="different",
        grade="C", by="u1", at=first.at, sealed=first.sealed,
    )  # fmt: skip
    actor = account("both", Role.BMFZR, Role.CBR)
    with pytest.raises(BadInput):
        service.move_clue(actor=actor, number=number_of(only().pk), verb="push")
    assert ground() == ("C0", False, False, "")


def test_an_excluded_clue_is_left_alone_and_not_opened_anew() -> None:
    merge(doubtful("b" * 32))
    Clue.objects.update(state="C9", exclusion="done")
    before = Clue.objects.values().get()
    judge("different")
    assert Clue.objects.values().get() == before
    assert merge(doubtful("b" * 32), run="run-2").unchanged == 1
    later = replace(
        doubtful("b" * 32, left=8),
        evidence=(*doubtful("b" * 32).evidence, evidence(9, received_at=only().found_at)),
    )
    merge(later, run="run-3")
    assert (only().state, only().relapsed) == ("C9", False)


def test_a_hit_that_vanished_does_not_come_back_by_undo() -> None:
    merge(doubtful("b" * 32))
    number = judge("different")
    merge(run="run-2")
    assert ground() == ("C0", True, False, f"人工认定不是同一人（{number}），重新运行后不再命中")
    undo(number)
    assert ground() == ("C0", True, False, "认定已撤销，待下次运行重新判断")
    merge(doubtful("b" * 32), run="run-3")
    assert ground() == ("C0", False, False, "")


def test_two_rows_of_one_number_are_told_apart_by_their_rows() -> None:
    merge(hit(1, grade="A-"))
    judge("different")
    one = Judgement.objects.get()
    assert one.left != one.right and ground()[:3] == ("C0", True, True)


@pytest.mark.parametrize(
    ("match", "verdict", "reason", "field"),
    [
        (2, "same", WHY, "match"),
        (0, "same", WHY, "match"),
        (1, "maybe", WHY, "verdict"),
        (1, "same", "好", "reason"),
    ],
)
def test_what_is_missing_is_named(match: int, verdict: str, reason: str, field: str) -> None:
    merge(doubtful("b" * 32))
    with pytest.raises(BadInput) as told:
        service.judge(
            actor=shell_actor(), number=number_of(only().pk), match=match, verdict=verdict, reason=reason
        )
    assert [fault.field for fault in told.value.faults] == [field] and not Judgement.objects.exists()


def test_who_may_judge() -> None:
    merge(doubtful("b" * 32))
    number = number_of(only().pk)
    words: dict[str, Any] = {"number": number, "match": 1, "verdict": "same", "reason": WHY}
    with pytest.raises(ClueRefused):
        service.judge(actor=account("chief", Role.JCZ), **words)
    with pytest.raises(ClueUnknown):
        service.judge(actor=account("other", Role.CBR, units=("刑事检察部门",)), **words)
    judged = service.judge(actor=account("own", Role.CBR), **words)
    with pytest.raises(ClueUnknown):
        service.undo(actor=account("another", Role.CBR, units=("刑事检察部门",)), number=judged, reason=WHY)
    undo(judged)
    with pytest.raises(ClueRefused):
        undo(judged)
    with pytest.raises(ClueUnknown):
        undo("RD999999")


def test_each_record_is_audited_without_words_and_sealed_at_rest() -> None:
    merge(doubtful("b" * 32))
    number = service.judge(
        actor=shell_actor(),
        number=number_of(only().pk),
        match=1,
        verdict="different",
        reason=f"{NAME}（{ID}）另有其人",
    )
    undo(number)
    told = [entry.action for entry in audit.entries() if entry.action.startswith("subject.")]
    assert sorted(told) == ["subject.judge", "subject.undo"] and audit.verify().ok
    stored = repr(list(Judgement.objects.values())) + repr(audit.entries())
    assert (
        NAME not in stored
        and ID not in stored
        and NAME.encode() not in bytes(Judgement.objects.earliest("pk").sealed)
    )
    words = words_of(Judgement.objects.earliest("pk"))
    assert NAME in words["reason"] and NAME not in words["shown"] and ID not in words["shown"]
    assert sorted(words["ends"].values()) == ["编制名册 示某某", "起诉人员名册 示某某"]


def test_judgements_are_lake_data_of_handles_only(own_home: Any) -> None:
    merge(doubtful("b" * 32))
    number = judge("different")
    report = service.publish_judgements(actor=shell_actor())
    assert (report.dataset, report.landed) == ("identity_judgement", 1)
    taken = undo(number)
    again = service.publish_judgements(actor=shell_actor())
    assert (again.landed, again.changed) == (1, 1)
    with lake.open_session(lake.pin()) as session:
        view = session.attach("identity_judgement")
        rows = session.sql(f"select * from {view} order by judgement_no").to_pylist()
    assert [(row["judgement_no"], row["verdict"], row["undoes"], row["in_force"]) for row in rows] == [
        (number, "different", None, "否"), (taken, "undone", number, "否"),
    ]  # fmt: skip
    one = Judgement.objects.earliest("pk")
    assert (rows[0]["left_key"], rows[0]["right_key"]) == (one.left, one.right)
    for told in (NAME, ID, WHY, "示某某"):
        assert traces(own_home / "lake", told) == []
