"""Complaints of one issue become one clue with a count, and open again what was said to be put right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction

from shujian.audit import read as audit
from shujian.clues import folding, service
from shujian.clues.models import Clue, ClueEvidence, ClueFold, ClueNote
from shujian.clues.sealing import sealed_with
from shujian.clues.service import Merged
from shujian.clues.states import Exclusion, State
from shujian.clues.tests.factories import evidence, hit, result
from shujian.kernel.clock import CHINA, now
from shujian.matching.matters import grouping
from shujian.matching.matters.book import MatterBook
from shujian.matching.matters.grouping import Grouped
from shujian.matching.matters.profiles import Complaint
from shujian.supervision.result import Hit

pytestmark = pytest.mark.django_db
WAGES = "示例鸿达公司拖欠我们农民工工资三个月，多次讨薪没有结果，请帮助我们要回血汗钱。"


def claim(n: int, day: date = date(2026, 3, 1), subject: str = "示例鸿达公司", **changes: Any) -> Hit:
    fields = {"order_no": f"GD{n:04d}", "accepted_at": datetime.combine(day, time(9)), "content": WAGES,
              "subject": subject, **changes}  # fmt: skip
    row = evidence(n, alias="工单", dataset="hotline_order", source_title="12345工单", fields=fields,
                   titles={name: name for name in fields}, types=dict.fromkeys(fields, "text"))  # fmt: skip
    return hit(n, absence="none", emit="claim", subject_kind="case", subject_id=f"GD{n:04d}", title="工单反映拖欠工资",
               evidence=(row,), matches=(), keywords=(), absences=())  # fmt: skip


def merge(*hits: Hit, run: str = "run-1") -> Merged:
    with transaction.atomic():
        return service.merge_hits(run=run, result=result(hits, model="support_litigation"), judged=True)


def test_complaints_of_one_issue_are_one_clue_with_a_count() -> None:
    merged = merge(claim(1), claim(2, date(2026, 3, 9)), claim(3, subject="示例恒昌公司"))
    assert merged.new == 2
    one = Clue.objects.get(complaints=2)
    assert one.title == "工单反映拖欠工资（同一事项 2 件）" and one.evidence_count == 2
    fold = ClueFold.objects.get()
    assert fold.clue == one and "地点或主体相同“示例鸿达”" in fold.why
    assert [entry.action for entry in audit.history(f"clue:XS{one.pk:06d}")].count("clue.folded") == 1
    again = merge(claim(1), claim(2, date(2026, 3, 9)), claim(3, subject="示例恒昌公司"), run="run-2")
    assert (again.new, again.appended, again.unchanged, again.withdrawn) == (0, 0, 2, 0)
    assert ClueFold.objects.count() == 1


def test_a_later_complaint_appends_to_the_clue_that_is_there() -> None:
    merge(claim(1))
    first = Clue.objects.get()
    merged = merge(claim(1), claim(2, date(2026, 3, 9)), run="run-2")
    assert (merged.new, merged.appended) == (0, 1)
    first.refresh_from_db()
    assert (first.complaints, first.fresh_evidence, first.evidence_count) == (2, True, 2)


def test_an_earlier_complaint_that_comes_late_does_not_take_the_clue_over() -> None:
    merge(claim(2, date(2026, 3, 9)))
    number = Clue.objects.get().pk
    merged = merge(claim(1), claim(2, date(2026, 3, 9)), run="run-2")
    assert (merged.new, merged.appended) == (0, 1)
    assert Clue.objects.get().pk == number
    assert ClueFold.objects.get().why == "后到的更早一件"


def test_what_are_two_clues_already_stay_two() -> None:
    far = date(2026, 1, 1)
    merge(claim(1, far), claim(2, far + timedelta(days=120)))
    assert Clue.objects.count() == 2
    merged = merge(
        claim(1, far), claim(3, far + timedelta(days=60)), claim(2, far + timedelta(days=120)), run="run-2"
    )
    assert (merged.new, merged.withdrawn) == (0, 0)
    assert sorted(Clue.objects.values_list("complaints", flat=True)) == [1, 2]


def test_a_folded_complaint_that_goes_leaves_the_clue_its_ground() -> None:
    merge(claim(1), claim(2))
    merged = merge(claim(1), run="run-2")
    assert (merged.withdrawn, Clue.objects.get().ground_changed) == (0, False)
    gone = ClueEvidence.objects.get(row=f"{2:032x}")
    assert not gone.current
    assert merge(run="run-3").withdrawn == 1


def test_only_what_is_new_is_compared_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    plain = grouping.group

    def counting(book: MatterBook, complaints: Sequence[Complaint]) -> Grouped:
        asked.append([str(one.on) for one in complaints])
        return plain(book, complaints)

    monkeypatch.setattr(folding, "group", counting)
    old, new = claim(1, date(2025, 6, 1)), claim(2, date(2026, 3, 9))
    merge(old, new)
    merge(old, new, run="run-2")
    merge(old, new, claim(3, date(2026, 6, 7)), run="run-3")
    merge(old, new, claim(3, date(2026, 6, 7)), claim(4, date(2027, 1, 1)), run="run-4")
    assert asked == [["2025-06-01", "2026-03-09"], [], ["2026-03-09", "2026-06-07"], ["2027-01-01"]]


def _exclude(clue: Clue, reason: Exclusion, day: date) -> None:
    at = datetime(day.year, day.month, day.day, 15, tzinfo=CHINA)
    clue.state, clue.exclusion, clue.changed_at = State.C9, reason, at
    clue.save()
    note = ClueNote(clue=clue, at=at, verb="exclude", actor="u1", source="C2", target="C9", reason=reason)
    sealed_with(note, {"note": "已到场核查"}).save()


@pytest.mark.parametrize(
    ("reason", "day", "opened"),
    [
        (Exclusion.DONE, date(2026, 3, 10), True),
        (Exclusion.DONE, date(2026, 3, 20), False),
        (Exclusion.DONE, date(2026, 3, 21), False),
        (Exclusion.NO_OFFENCE, date(2026, 3, 10), False),
    ],
)
def test_what_was_put_right_and_comes_again_is_opened(reason: Exclusion, day: date, opened: bool) -> None:
    merge(claim(1))
    _exclude(Clue.objects.get(), reason, day)
    merge(claim(1), claim(2, date(2026, 3, 20)), run="run-2")
    clue = Clue.objects.get()
    assert (clue.state, clue.relapsed) == (("C1", True) if opened else ("C9", False))
    assert clue.exclusion == ("" if opened else reason)
    told = [entry.action for entry in audit.history(f"clue:XS{clue.pk:06d}")]
    assert ("clue.relapsed" in told) is opened
    assert clue.found_at <= now()
