"""Merge and split: put together, taken apart, exactly as before; runs go on underneath."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from shujian.accounts.read import Role
from shujian.audit import read as audit
from shujian.audit.models import Entry
from shujian.clues import read, service
from shujian.clues.around import around
from shujian.clues.errors import ClueRefused
from shujian.clues.models import Clue, ClueEvidence, ClueJoin, ClueNote
from shujian.clues.read import Filters
from shujian.clues.tests.factories import NAME, evidence, hit, result
from shujian.clues.tests.people import account
from shujian.kernel.clock import today
from shujian.kernel.errors import BadInput

pytestmark = pytest.mark.django_db
WHY = "说的是同一家单位"
MOVING = ("changed_at", "revision")


def merge(*hits: Any, run: str = "run-1") -> None:
    with transaction.atomic():
        service.merge_hits(run=run, result=result(hits), judged=True)


def numbers() -> list[str]:
    return [f"XS{pk:06d}" for pk in Clue.objects.order_by("pk").values_list("pk", flat=True)]


def stands() -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name not in MOVING} for row in Clue.objects.order_by("pk").values()]  # fmt: skip


def picture() -> tuple[Any, ...]:
    done = Entry.objects.exclude(action="clue.refused").count()
    return (
        stands(),
        list(ClueEvidence.objects.values()),
        ClueJoin.objects.count(),
        ClueNote.objects.count(),
        done,
    )


def test_joining_and_taking_apart_is_the_identity() -> None:
    actor = account("one", Role.CBR)
    merge(hit(1), hit(2), hit(3, grade="B"))
    head, one, two = numbers()
    before = stands()
    assert service.join(actor=actor, number=head, members=[one, two, one], note=WHY) == [one, two]
    assert [row.id for row in read.list_clues(actor, Filters()).items] == [head]
    assert [row.id for row in read.list_clues(actor, Filters(mark="joined")).items] == [two, one]
    assert read.funnel(actor).found == 1
    told = around(actor, head, today())
    assert [row.id for row in told.members] == [one, two] and around(actor, one, today()).head == head
    with pytest.raises(ClueRefused, match=f"已并入 {head}"):
        service.move_clue(actor=actor, number=one, verb="sign")
    for number in (one, two):
        assert service.unjoin(actor=actor, number=number, note="核对后是两件事") == head
    assert stands() == before and read.funnel(actor).found == 3
    assert ClueJoin.objects.filter(undone_by="one").count() == 2
    assert [e.action for e in audit.entries(limit=2)] == ["clue.unjoin", "clue.unjoin"]
    assert service.move_clue(actor=actor, number=one, verb="sign") == "C2"


def test_a_run_refreshes_what_is_joined_and_tells_the_head() -> None:
    actor = account("one", Role.CBR)
    merge(hit(1), hit(2))
    head, one = numbers()
    service.join(actor=actor, number=head, members=[one], note=WHY)
    merge(hit(1), hit(2, evidence=(evidence(2), evidence(7))), run="run-2")
    first, member = Clue.objects.order_by("pk")
    assert (member.evidence_count, member.joined_to_id, first.fresh_evidence) == (2, first.pk, True)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"state": "C4"}, "不能并案"),
        ({"unit": "民事检察部门"}, "没有这条线索"),
        ({"objected": True}, "异议"),
    ],
)
def test_what_cannot_be_joined_is_told_and_nothing_changes(changes: dict[str, Any], says: str) -> None:
    actor = account("one", Role.CBR)
    merge(hit(1), hit(2), hit(3))
    head, one, two = numbers()
    Clue.objects.filter(pk=int(two[2:])).update(**changes)
    before = picture()
    with pytest.raises((ClueRefused, BadInput), match=says):
        service.join(actor=actor, number=head, members=[one, two], note=WHY)
    assert picture() == before


def test_no_chains_and_no_self() -> None:
    actor = account("one", Role.CBR)
    merge(hit(1), hit(2), hit(3))
    head, one, two = numbers()
    service.join(actor=actor, number=head, members=[one], note=WHY)
    for number, member in ((two, head), (two, one), (one, two)):
        with pytest.raises(ClueRefused):
            service.join(actor=actor, number=number, members=[member], note=WHY)
    for members in ([head], []):
        with pytest.raises(BadInput):
            service.join(actor=actor, number=head, members=members, note=WHY)
    with pytest.raises(ClueRefused, match="没有并入"):
        service.unjoin(actor=actor, number=two, note="核对后是两件事")


def test_a_part_takes_its_rows_and_stands_with_them() -> None:
    actor = account("one", Role.CBR)
    rows = (evidence(1), evidence(2), evidence(3))
    merge(hit(1, evidence=rows))
    (number,) = numbers()
    part = service.split(
        actor=actor,
        number=number,
        rows=[2, 3],
        title=f"疑似另一处飞线充电，{NAME}所设",
        note="地点不同是另一件事",
    )
    whole, made = read.clue(actor, number), read.clue(actor, part)
    assert NAME not in made.row.title and made.row.title.startswith("疑似另一处飞线充电，")
    assert (len(whole.evidence), len(made.evidence), made.row.origin) == (1, 2, "split")
    assert [one.row for one in made.evidence] == [f"{n:032x}" for n in (2, 3)] and made.row.state == "C1"
    assert (whole.row.evidence_count, made.row.evidence_count) == (1, 2)
    merge(hit(1, evidence=rows), run="run-2")
    assert len(read.clue(actor, number).evidence) == 1 and not read.clue(actor, part).row.ground_changed
    merge(hit(1, evidence=rows[:1]), run="run-3")
    gone = read.clue(actor, part)
    assert gone.row.ground_changed and "不再出现" in gone.ground_note
    assert not read.clue(actor, number).row.ground_changed
    merge(hit(1, evidence=rows), run="run-4")
    assert not read.clue(actor, part).row.ground_changed
    merge(run="run-5")
    assert [row.ground_changed for row in read.list_clues(actor, Filters()).items] == [True, True]


def test_a_part_is_taken_back() -> None:
    actor = account("one", Role.CBR)
    merge(hit(1, evidence=(evidence(1), evidence(2))))
    (number,) = numbers()
    part = service.split(
        actor=actor, number=number, rows=[1], title="疑似另一处飞线充电", note="地点不同是另一件事"
    )
    with pytest.raises(ClueRefused, match="不是分出来的"):
        service.split(actor=actor, number=part, rows=[1], title="疑似又一处充电", note="地点不同是另一件事")
    assert service.unsplit(actor=actor, number=part, note="还是同一件事情") == number
    whole, back = read.clue(actor, number), read.clue(actor, part)
    assert (len(whole.evidence), whole.row.evidence_count) == (2, 2)
    assert (back.row.state, back.exclusion_title, back.row.evidence_count) == ("C9", "重复线索", 0)
    with pytest.raises(ClueRefused):
        service.unsplit(actor=actor, number=part, note="还是同一件事情")


@pytest.mark.parametrize("rows", [[], [0], [3], [1, 2]])
def test_at_least_one_row_goes_and_one_stays(rows: list[int]) -> None:
    actor = account("one", Role.CBR)
    merge(hit(1, evidence=(evidence(1), evidence(2))))
    before = picture()
    with pytest.raises(BadInput, match="至少留一行"):
        service.split(
            actor=actor, number=numbers()[0], rows=rows, title="疑似另一处", note="地点不同是另一件事"
        )
    assert picture() == before
