"""Around a clue: set aside, helped, commented, objected to, looked at again. Both ways, refusals change nothing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from shujian.accounts.read import Actor, Role, shell_actor
from shujian.audit import read as audit
from shujian.audit.models import Entry
from shujian.clues import looking, read, service
from shujian.clues.around import around
from shujian.clues.errors import ClueRefused, ClueUnknown
from shujian.clues.models import Clue, ClueComment, ClueNote, Objection, SecondLook
from shujian.clues.read import Filters
from shujian.clues.tests.factories import NAME, evidence, hit, result
from shujian.clues.tests.people import account
from shujian.kernel.clock import today
from shujian.kernel.errors import BadInput

pytestmark = pytest.mark.django_db
WHY = "等待调取档案材料"


def merge(*hits: Any, run: str = "run-1", **changes: Any) -> None:
    with transaction.atomic():
        service.merge_hits(run=run, result=result(hits, **changes), judged=True)


def clue(state: str = "C2", **fields: Any) -> str:
    merge(hit())
    Clue.objects.update(state=state, **fields)
    return f"XS{Clue.objects.get().pk:06d}"


def picture() -> tuple[Any, ...]:
    tables = (Clue, ClueNote, ClueComment, Objection, SecondLook)
    return (*(list(table._default_manager.values()) for table in tables), Entry.objects.exclude(action="clue.refused").count())  # fmt: skip


def listed(actor: Actor, **told: Any) -> list[str]:
    return [row.id for row in read.list_clues(actor, Filters(**told)).items]


def test_a_snoozed_clue_comes_back_on_its_day_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    actor, number = account("one", Role.CBR), clue()
    until = today() + timedelta(days=10)
    assert service.snooze(actor=actor, number=number, until=until, note=WHY) == until
    assert (listed(actor, mark="snoozed"), listed(actor, mark="woken")) == ([number], [])
    assert read.clue(actor, number).row.snoozed_until == until and Clue.objects.get().state == "C2"
    monkeypatch.setenv("SHUJIAN_TODAY", until.isoformat())
    assert (listed(actor, mark="snoozed"), listed(actor, mark="woken")) == ([], [number])
    service.wake(actor=actor, number=number)
    assert (listed(actor, mark="woken"), Clue.objects.get().snoozed_until) == ([], None)
    assert [step.title for step in read.clue(actor, number).steps] == ["暂缓", "结束暂缓"]


@pytest.mark.parametrize("days", [None, 0, -1, 91])
def test_a_snooze_has_an_end_within_the_limit(days: int | None) -> None:
    actor, number = account("one", Role.CBR), clue()
    until = None if days is None else today() + timedelta(days=days)
    before = picture()
    with pytest.raises(BadInput, match="暂缓到哪一天不对"):
        service.snooze(actor=actor, number=number, until=until, note=WHY)
    assert picture() == before and audit.entries(limit=1)[0].detail == {
        "step": "snooze",
        "codes": ["bad_day"],
    }


@pytest.mark.parametrize(
    ("state", "role"), [("C6", Role.CBR), ("C9", Role.CBR), ("C2", Role.AG), ("C2", Role.JCZ)]
)
def test_who_and_when_may_not_snooze(state: str, role: Role) -> None:
    actor, number = account("one", role), clue(state)
    before = picture()
    with pytest.raises(ClueRefused):
        service.snooze(actor=actor, number=number, until=today() + timedelta(days=5), note=WHY)
    assert picture() == before


def test_new_evidence_and_any_step_end_a_snooze() -> None:
    actor, number = account("one", Role.CBR), clue()
    service.snooze(actor=actor, number=number, until=today() + timedelta(days=5), note=WHY)
    merge(hit(evidence=(evidence(1), evidence(2))), run="run-2")
    assert Clue.objects.get().snoozed_until is None
    service.snooze(actor=actor, number=number, until=today() + timedelta(days=5), note=WHY)
    service.move_clue(actor=actor, number=number, verb="need_data", note="调取名册材料")
    assert Clue.objects.get().snoozed_until is None


def test_a_helper_sees_and_adds_but_decides_nothing() -> None:
    actor = account("one", Role.CBR)
    number = clue(handler_id=actor.id)
    far = account("far", Role.CBR, units=["民事检察部门"])
    with pytest.raises(ClueUnknown):
        read.clue(far, number)
    service.help_on(actor=actor, number=number, username="far", note="请协助核对档案")
    assert listed(far, mark="helped") == [number] and read.clue(far, number).row.id == number
    service.comment(actor=far, number=number, text="档案已经核对")
    with pytest.raises(ClueRefused):
        service.move_clue(actor=far, number=number, verb="exclude", reason="done", note="已经整改完毕")
    with pytest.raises(ClueRefused, match="已经在协办"):
        service.help_on(actor=actor, number=number, username="far", note="请协助核对档案")
    service.help_off(actor=far, number=number, username="far")
    with pytest.raises(ClueUnknown):
        read.clue(far, number)
    assert [one.display for one in around(actor, number, today()).helpers] == []
    assert [one.text for one in around(actor, number, today()).comments] == ["档案已经核对"]


@pytest.mark.parametrize("name", ["nobody", "admin", "one"])
def test_who_cannot_help(name: str) -> None:
    actor = account("one", Role.CBR)
    account("admin", Role.SJGL)
    number = clue(handler_id=actor.id)
    before = picture()
    with pytest.raises((BadInput, ClueRefused)):
        service.help_on(actor=actor, number=number, username=name, note="请协助核对档案")
    assert picture() == before


def test_comments_are_sealed_masked_and_taken_back_by_their_writer() -> None:
    actor, head, number = account("one", Role.CBR), account("head", Role.BMFZR), clue()
    made = service.comment(actor=actor, number=number, text=f"{NAME}称不是本人")
    assert NAME not in repr(list(ClueComment.objects.values()))
    (told,) = around(head, number, today()).comments
    assert (told.who, told.text, told.own) == (
        "示例one",
        "示某某称不是本人",
        False,
    )
    with pytest.raises(ClueRefused, match="只能撤回自己的"):
        service.uncomment(actor=head, number=number, comment=made)
    service.uncomment(actor=actor, number=number, comment=made)
    (told,) = around(head, number, today()).comments
    assert (told.text, told.withdrawn) == ("", True)
    with pytest.raises(ClueRefused):
        service.uncomment(actor=actor, number=number, comment=made)


def test_an_objection_stops_steps_outward_and_is_answered_by_another() -> None:
    handler, head = account("one", Role.CBR, Role.BMFZR), account("head", Role.BMFZR)
    number = clue(handler_id=handler.id)
    due = service.record_objection(actor=handler, number=number, who="示例某本人", text="已于去年受过处分")
    assert due == today() + timedelta(days=15) and listed(handler, mark="objected") == [number]
    with pytest.raises(ClueRefused, match="异议还没有答复"):
        service.move_clue(actor=handler, number=number, verb="register", note="初核属实应登记")
    with pytest.raises(ClueRefused, match="还没有答复"):
        service.record_objection(actor=handler, number=number, who="示例某本人", text="再说一次理由")
    before = picture()
    with pytest.raises(ClueRefused, match="不能自己答复"):
        service.answer_objection(actor=handler, number=number, verdict="rejected", note="查无此事实")
    assert picture() == before
    assert (
        service.answer_objection(actor=head, number=number, verdict="rejected", note="处分系另一事实") == "C2"
    )
    assert service.move_clue(actor=handler, number=number, verb="register", note="初核属实应登记") == "C4"
    (told,) = around(head, number, today()).objections
    assert (told.verdict, told.open, told.answered_by) == ("异议不成立", False, "示例head")


@pytest.mark.parametrize(("state", "reason", "after"), [("C4", "same_name", "C9"), ("C8", "", "C8")])
def test_an_objection_that_holds_excludes_or_takes_the_ground(state: str, reason: str, after: str) -> None:
    handler, head = account("one", Role.CBR), account("head", Role.BMFZR)
    number = clue(state, handler_id=handler.id)
    service.record_objection(actor=handler, number=number, who="示例某本人", text="不是本人所为")
    if after == "C9":
        with pytest.raises(BadInput, match="请选择排除理由"):
            service.answer_objection(actor=head, number=number, verdict="upheld", note="核对后确为他人")
    told = service.answer_objection(
        actor=head, number=number, verdict="upheld", note="核对后确为他人", reason=reason
    )
    stands = Clue.objects.get()
    assert (told, stands.state, stands.exclusion, stands.ground_changed) == (
        after,
        after,
        reason,
        after == "C8",
    )


def test_the_lot_falls_on_its_share_and_nobody_else_can_tell() -> None:
    fell = sum(looking.falls(f"{n:024x}", 1, Decimal(5)) for n in range(4000))
    assert 140 <= fell <= 260  # 200 expected, sd 13.8
    assert not any(looking.falls(f"{n:024x}", 1, Decimal(0)) for n in range(200))
    assert all(looking.falls(f"{n:024x}", 1, Decimal(100)) for n in range(200))
    assert looking.falls("a", 1, Decimal(50)) == looking.falls("a", 1, Decimal(50))


@pytest.mark.parametrize(("verdict", "state"), [("agree", "C9"), ("disagree", "C2")])
def test_a_drawn_exclusion_is_looked_at_by_another(
    verdict: str, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "falls", lambda *_: True)
    handler, head, number = account("one", Role.CBR, Role.BMFZR), account("head", Role.BMFZR), clue()
    service.move_clue(actor=handler, number=number, verb="exclude", reason="same_name", note="另有其人在册")
    queue, own = read.looks(head), read.looks(handler)
    assert queue and own and [row.clue for row in queue.waiting] == [number]
    assert (queue.waiting[0].mine, own.waiting[0].mine) == (False, True)
    with pytest.raises(ClueRefused, match="由别人抽查"):
        service.look(actor=handler, number=number, verdict="agree", note="看过没有问题")
    with pytest.raises(BadInput, match="抽查结论"):
        service.look(actor=head, number=number, verdict="", note="看过没有问题")
    assert service.look(actor=head, number=number, verdict=verdict, note="调档核对过了") == state
    after = read.looks(head)
    assert after and (after.waiting, after.done, after.disagreed) == ((), 1, int(verdict == "disagree"))
    with pytest.raises(ClueRefused, match="没有等待抽查"):
        service.look(actor=head, number=number, verdict=verdict, note="调档核对过了")


def test_a_clue_opened_anew_leaves_the_queue_and_one_not_drawn_never_enters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(looking, "falls", lambda *_: False)
    actor, head = account("one", Role.CBR), account("head", Role.BMFZR)
    number = clue(handler_id=actor.id)
    service.move_clue(actor=actor, number=number, verb="exclude", reason="same_name", note="另有其人在册")
    assert SecondLook.objects.count() == 0
    service.move_clue(actor=head, number=number, verb="reopen", note="又有新的证据")
    monkeypatch.setattr(looking, "falls", lambda *_: True)
    service.move_clue(actor=actor, number=number, verb="exclude", reason="same_name", note="另有其人在册")
    service.move_clue(actor=head, number=number, verb="reopen", note="又有新的证据")
    queue = read.looks(head)
    assert queue and queue.waiting == () and read.looks(actor) is None


def test_several_at_once_move_whole_and_tell_what_stayed() -> None:
    actor, other = account("one", Role.CBR), account("other", Role.CBR)
    merge(hit(1), hit(2), hit(3), hit(4, grade="B"))
    rows = {f"XS{one.pk:06d}": one for one in Clue.objects.order_by("pk")}
    numbers = list(rows)
    Clue.objects.filter(pk=rows[numbers[1]].pk).update(state="C2", handler_id=other.id)
    told = {one.row.id: (one.allowed, one.target) for one in read.preview_bulk(actor, numbers, "sign")}
    assert told == {numbers[0]: (True, "初核中"), numbers[2]: (True, "初核中"), numbers[3]: (False, "不变")}
    picks = [service.Pick(number, 1) for number in numbers]
    Clue.objects.filter(pk=rows[numbers[2]].pk).update(revision=7)
    done = service.move_many(actor=actor, picks=picks, verb="sign")
    assert done.moved == (numbers[0],)
    assert {one.number: one.because[:6] for one in done.refused} == {
        numbers[1]: "没有这条线索", numbers[2]: "这条线索刚刚", numbers[3]: "只有“待初核",
    }  # fmt: skip
    (entry,) = [one for one in audit.entries(limit=9) if one.action == "clue.bulk"]
    assert entry.detail == {"step": "sign", "moved": [numbers[0]], "refused": numbers[1:]}


@pytest.mark.parametrize(
    ("verb", "told", "code"),
    [
        ("push", {"note": "核实过了身份"}, "not_in_bulk"),
        ("exclude", {"reason": "same_name", "note": ""}, "no_note"),
        ("transfer", {"to": "没有的部门", "note": "应由其初核"}, "no_unit"),
        ("snooze", {"note": WHY}, "bad_day"),
    ],
)
def test_wrong_words_stop_the_whole(verb: str, told: dict[str, Any], code: str) -> None:
    actor = account("one", Role.CBR)
    merge(hit(1), hit(2))
    Clue.objects.update(state="C1" if verb == "transfer" else "C2")
    before = picture()
    picks = [service.Pick(f"XS{pk:06d}", 1) for pk in Clue.objects.values_list("pk", flat=True)]
    with pytest.raises(BadInput) as raised:
        service.move_many(actor=actor, picks=picks, verb=verb, **told)
    assert code in {fault.code for fault in raised.value.faults} and picture() == before


def test_too_many_or_none_are_refused() -> None:
    actor = account("one", Role.CBR)
    for picks in ([], [service.Pick(f"XS{n:06d}", 1) for n in range(201)]):
        with pytest.raises(BadInput, match="请选择线索"):
            service.move_many(actor=actor, picks=picks, verb="sign")


def test_the_identity_queue_shows_what_was_compared_masked() -> None:
    actor = account("one", Role.CBR)
    merge(hit(1), hit(2, grade="B"), hit(3, grade="A-"))
    doubts, page = read.identity_queue(actor)
    assert page.total == 2 and [one.clue.row.grade for one in doubts] == ["A-", "B"]
    compared = doubts[0].clue.matches[0]["compared"]
    assert [(one["field"], one["outcome"]) for one in compared] == [("身份证号", "same"), ("姓名", "differs")]
    assert NAME not in repr(doubts) and [
        row.id for row in read.identity_queue(actor, grade="B")[1].items
    ] == [doubts[1].clue.row.id]


def test_the_shell_comments_but_takes_no_step() -> None:
    number = clue()
    service.comment(actor=shell_actor(), number=number, text="命令行所加批注")
    with pytest.raises(ClueRefused):
        service.snooze(actor=shell_actor(), number=number, until=date(2099, 1, 1), note=WHY)
