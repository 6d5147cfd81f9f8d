"""Every state × every step × who: legal steps work and are on record, all others change nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from shujian.accounts.read import Role, shell_actor
from shujian.audit import read as audit
from shujian.clues import read, service
from shujian.clues.errors import ClueRefused, ClueUnknown
from shujian.clues.events import ClueMoved
from shujian.clues.models import Clue, ClueNote
from shujian.clues.tests.factories import hit, result
from shujian.clues.tests.people import account
from shujian.kernel.errors import BadInput
from shujian.kernel.events import subscribe

pytestmark = pytest.mark.django_db

WORDS: dict[str, dict[str, Any]] = {
    "push": {"note": "已核对户籍信息"},
    "sign": {},
    "return": {"reason": "wrong_unit", "note": "不归本部门管"},
    "exclude": {"reason": "same_name", "note": "经核实为同名异人"},
    "reopen": {"note": "发现新的证据材料"},
}
LEGAL = {
    ("C0", "push"): "C1",
    ("C0", "exclude"): "C9",
    ("C1", "sign"): "C2",
    ("C1", "return"): "C0",
    ("C2", "exclude"): "C9",
    ("C9", "reopen"): "C2",
}
STATES = ("C0", "C1", "C2", "C9")


def clue(state: str = "C1", **fields: Any) -> str:
    with transaction.atomic():
        service.merge_hits(run="run-1", result=result([hit()]), judged=True)
    Clue.objects.update(state=state, **fields)
    return f"XS{Clue.objects.get().pk:06d}"


def picture() -> tuple[Any, ...]:
    return (list(Clue.objects.values()), ClueNote.objects.count(), audit.verify().entries)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", WORDS)
def test_the_table_is_all_there_is(state: str, verb: str) -> None:
    actor = account("both", Role.BMFZR, Role.CBR)
    number = clue(state)
    if (state, verb) in LEGAL:
        target = LEGAL[state, verb]
        assert service.move_clue(actor=actor, number=number, verb=verb, **WORDS[verb]) == target
        assert Clue.objects.get().state == target
        entry = audit.entries(limit=1)[0]
        assert (entry.actor, entry.action, entry.object) == ("both", f"clue.{verb}", f"clue:{number}")
        assert entry.detail == {"from": state, "to": target, "reason": WORDS[verb].get("reason", "")}
        return
    before = picture()
    with pytest.raises(ClueRefused, match="的线索可以"):
        service.move_clue(actor=actor, number=number, verb=verb, **WORDS[verb])
    assert picture() == before


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.BMFZR, {"push", "sign", "return", "exclude", "reopen"}),
        (Role.CBR, {"push", "sign", "return", "exclude"}),
        (Role.JCZ, set()),
        (Role.FGLD, set()),
        (Role.AG, set()),
        (Role.SJZT, set()),
    ],
)
@pytest.mark.parametrize(("state", "verb"), list(LEGAL))
def test_who_may_take_a_step(role: Role, allowed: set[str], state: str, verb: str) -> None:
    actor, number = account("one", role), clue(state)
    if verb in allowed:
        service.move_clue(actor=actor, number=number, verb=verb, **WORDS[verb])
        return
    before = picture()
    with pytest.raises(ClueRefused, match="由归口单元的"):
        service.move_clue(actor=actor, number=number, verb=verb, **WORDS[verb])
    assert picture() == before


@pytest.mark.parametrize(
    "role", [Role.YJS, Role.XZ, Role.GA, Role.DW, Role.ZYZ, Role.XTGL, Role.AQGL, Role.SJGL]
)
def test_who_may_not_know_gets_the_same_answer_as_for_nothing(role: Role) -> None:
    actor, number = account("none", role), clue()
    before = picture()
    for wanted in (number, "XS999999"):
        with pytest.raises(ClueUnknown, match="没有这条线索"):
            service.move_clue(actor=actor, number=wanted, verb="sign")
        with pytest.raises(ClueUnknown, match="没有这条线索"):
            read.clue(actor, wanted)
        with pytest.raises(ClueUnknown, match="没有这条线索"):
            service.unmask_clue(actor=actor, number=wanted, reason="核对身份证号")
    assert picture() == before


def test_another_unit_may_not_know() -> None:
    actor, number = account("far", Role.BMFZR, Role.CBR, units=["民事检察部门"]), clue()
    with pytest.raises(ClueUnknown):
        service.move_clue(actor=actor, number=number, verb="sign")
    with pytest.raises(ClueUnknown):
        read.clue(actor, number)


def test_the_shell_reads_all_and_moves_nothing() -> None:
    number = clue()
    assert read.clue(shell_actor(), number).row.id == number
    with pytest.raises(ClueRefused):
        service.move_clue(actor=shell_actor(), number=number, verb="sign")


def test_a_clue_in_hand_belongs_to_its_handler_and_his_assistant() -> None:
    handler, number = account("handler", Role.CBR), clue()
    other, assistant = account("other", Role.CBR), account("zl", Role.ZL, assists=handler)
    with pytest.raises(ClueUnknown):
        read.clue(assistant, number)
    service.move_clue(actor=handler, number=number, verb="sign")
    with pytest.raises(ClueUnknown):
        read.clue(other, number)
    head = account("head", Role.BMFZR)
    with pytest.raises(ClueRefused, match="由承办人办理"):
        service.move_clue(actor=head, number=number, verb="exclude", **WORDS["exclude"])
    assert service.move_clue(actor=assistant, number=number, verb="exclude", **WORDS["exclude"]) == "C9"
    assert [step.who for step in read.clue(handler, number).steps] == ["示例handler", "示例zl"]


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        ({}, ["no_reason", "no_note"]),
        ({"reason": "whatever", "note": "核实过了没有问题"}, ["no_reason"]),
        ({"reason": "same_name", "note": " 无 "}, ["no_note"]),
    ],
)
def test_reasons_are_closed_and_words_are_asked(told: dict[str, Any], codes: list[str]) -> None:
    actor, number = account("one", Role.CBR), clue("C2")
    before = picture()
    with pytest.raises(BadInput) as raised:
        service.move_clue(actor=actor, number=number, verb="exclude", **told)
    assert [fault.code for fault in raised.value.faults] == codes
    assert picture() == before


def test_a_page_that_is_out_of_date_is_refused() -> None:
    actor, number = account("one", Role.CBR), clue()
    before = picture()
    with pytest.raises(ClueRefused, match="刷新页面"):
        service.move_clue(actor=actor, number=number, verb="sign", revision=99)
    assert picture() == before


@pytest.mark.parametrize("fields", [{"absence": "unknown"}, {"ground_changed": True}])
def test_nobody_pushes_what_the_data_do_not_carry(fields: dict[str, Any]) -> None:
    actor, number = account("one", Role.CBR), clue("C0", **fields)
    with pytest.raises(ClueRefused, match="不得推送"):
        service.move_clue(actor=actor, number=number, verb="push", **WORDS["push"])


def test_unknown_steps_are_refused() -> None:
    with pytest.raises(BadInput, match="没有这个办理动作"):
        service.move_clue(actor=account("one", Role.CBR), number=clue(), verb="delete")


def test_news_goes_out_after_commit(django_capture_on_commit_callbacks: Any) -> None:
    heard: list[ClueMoved] = []
    subscribe(ClueMoved, heard.append)
    actor, number = account("one", Role.CBR), clue()
    with django_capture_on_commit_callbacks(execute=True):
        service.move_clue(actor=actor, number=number, verb="sign")
        assert heard == []
    assert heard == [ClueMoved(number, "sign", "C1", "C2", "行政检察部门")]


def test_notes_are_sealed() -> None:
    actor, number = account("one", Role.CBR), clue("C2")
    service.move_clue(actor=actor, number=number, verb="exclude", reason="same_name", note="示例甲另有其人")
    stored = repr(list(ClueNote.objects.values())) + repr(audit.entries())
    assert "示例甲" not in stored
    assert read.clue(actor, number).steps[0].note == "示例甲另有其人"


@pytest.mark.parametrize("role", [Role.AG, Role.SJZT])
def test_some_only_ever_see_masks(role: Role) -> None:
    actor, number = account("one", role), clue()
    before = picture()
    with pytest.raises(ClueRefused, match="只能查看脱敏信息"):
        service.unmask_clue(actor=actor, number=number, reason="想看一看而已")
    assert picture() == before


def test_unmasking_needs_a_reason_and_is_on_record() -> None:
    actor, number = account("one", Role.CBR), clue()
    with pytest.raises(ClueRefused, match="须写明事由"):
        service.unmask_clue(actor=actor, number=number, reason=" ")
    shown = service.unmask_clue(actor=actor, number=number, reason="核对身份证号")
    assert shown.evidence[0].fields["id_card"] == "99999919900101001X"
    entry = audit.entries(limit=1)[0]
    assert (entry.action, entry.detail) == ("clue.unmask", {"reason": "核对身份证号"})
