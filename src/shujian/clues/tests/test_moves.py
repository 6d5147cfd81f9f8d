"""Every state × every step × who: legal steps work and are on record, all others change nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from shujian.accounts.read import Role, shell_actor
from shujian.audit import read as audit
from shujian.audit.models import Entry
from shujian.clues import read, service
from shujian.clues.errors import ClueRefused, ClueUnknown
from shujian.clues.events import ClueMoved
from shujian.clues.models import Clue, ClueNote
from shujian.clues.tests.factories import UNIT, hit, result
from shujian.clues.tests.people import account
from shujian.kernel.errors import BadInput
from shujian.kernel.events import subscribe

pytestmark = pytest.mark.django_db

OTHER = "民事检察部门"
EVERYBODY = (Role.BMFZR, Role.CBR, Role.AG, Role.JCZ)
WORDS: dict[str, dict[str, Any]] = {
    "push": {"note": "已核对户籍信息"},
    "sign": {},
    "return": {"reason": "wrong_unit", "note": "不归本部门管"},
    "exclude": {"reason": "same_name", "note": "经核实为同名异人"},
    "reopen": {"note": "发现新的证据材料"},
    "transfer": {"to": OTHER, "note": "应由该部门初核"},
    "need_data": {"note": "向编办调取名册"},
    "data_here": {"note": "名册已经收到"},
    "register": {"note": "初核属实，有办案价值"},
    "assess": {},
    "refer_out": {"to": "示例市人民检察院", "note": "由上级院管辖"},
    "receipt": {"note": "六月一日收到回执"},
    "refer_inside": {"to": OTHER, "note": "属民事检察职责"},
    "dispatch": {"to": OTHER, "note": "审核后同意移送"},
    "accept": {},
    "decline": {"reason": "thin", "note": "材料不够完整"},
    "file_case": {"to": "示检行公立〔2026〕1号", "note": "决定立案调查"},
    "no_case": {"reason": "no_offence", "note": "经调查不构成"},
}
LEGAL = {
    ("C0", "push"): "C1",
    ("C0", "exclude"): "C9",
    ("C1", "sign"): "C2",
    ("C1", "return"): "C0",
    ("C2", "exclude"): "C9",
    ("C9", "reopen"): "C2",
    ("C1", "transfer"): "C1",
    ("C2", "need_data"): "C3",
    ("C3", "data_here"): "C2",
    ("C3", "exclude"): "C9",
    ("C2", "register"): "C4",
    ("C4", "assess"): "C5",
    ("C4", "refer_out"): "C8",
    ("C5", "refer_out"): "C8",
    ("C8", "receipt"): "C8",
    ("C5", "refer_inside"): "C7",
    ("C7", "dispatch"): "C7",
    ("C7", "accept"): "C5",
    ("C7", "decline"): "C5",
    ("C5", "file_case"): "C6",
    ("C5", "no_case"): "C9",
}
STATES = tuple(f"C{number}" for number in range(10))


def clue(state: str = "C1", **fields: Any) -> str:
    with transaction.atomic():
        service.merge_hits(run="run-1", result=result([hit()]), judged=True)
    Clue.objects.update(state=state, **fields)
    return f"XS{Clue.objects.get().pk:06d}"


def stood(state: str, verb: str) -> str:
    """A clue in a state; for the receiving unit's steps it was offered to that unit."""
    return clue(state, offered_unit=OTHER if verb in ("accept", "decline") else "")


def picture() -> tuple[Any, ...]:
    """Clues, notes and the chain without the entries that tell of refusals: those are to stay."""
    done = Entry.objects.exclude(action="clue.refused")
    return (list(Clue.objects.values()), ClueNote.objects.count(), done.count())


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", WORDS)
def test_the_table_is_all_there_is(state: str, verb: str) -> None:
    actor = account("both", *EVERYBODY, units=(UNIT, OTHER))
    number = stood(state, verb)
    if (state, verb) in LEGAL:
        target = LEGAL[state, verb]
        assert service.move_clue(actor=actor, number=number, verb=verb, **WORDS[verb]) == target
        assert Clue.objects.get().state == target
        entry = audit.entries(limit=1)[0]
        assert (entry.actor, entry.action, entry.object) == ("both", f"clue.{verb}", f"clue:{number}")
        unit = {"unit": OTHER} if WORDS[verb].get("to") == OTHER else {}
        assert entry.detail == {"from": state, "to": target, "reason": WORDS[verb].get("reason", ""), **unit}
        return
    before = picture()
    with pytest.raises(ClueRefused, match="的线索可以"):
        service.move_clue(actor=actor, number=number, verb=verb, **WORDS[verb])
    assert picture() == before


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (
            Role.BMFZR,
            {"push", "sign", "return", "exclude", "reopen", "transfer", "accept", "decline", "no_case"},
        ),
        (
            Role.CBR,
            {
                *(
                    "push",
                    "sign",
                    "return",
                    "exclude",
                    "transfer",
                    "need_data",
                    "data_here",
                    "register",
                    "assess",
                ),
                *("refer_inside", "accept", "receipt"),
            },
        ),
        (Role.JCZ, {"refer_out", "file_case"}),
        (Role.FGLD, set()),
        (Role.AG, {"dispatch", "receipt"}),
        (Role.SJZT, set()),
    ],
)
@pytest.mark.parametrize(("state", "verb"), list(LEGAL))
def test_who_may_take_a_step(role: Role, allowed: set[str], state: str, verb: str) -> None:
    actor, number = account("one", role, units=(UNIT, OTHER)), stood(state, verb)
    if verb in allowed:
        service.move_clue(actor=actor, number=number, verb=verb, **WORDS[verb])
        return
    before = picture()
    with pytest.raises(ClueRefused, match=r"由(归口单元|接收部门|本院)的"):
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


def test_a_clue_goes_to_another_unit_through_the_hub() -> None:
    ours, theirs = account("ours", Role.CBR), account("theirs", Role.CBR, units=[OTHER])
    head, hub = account("head", Role.BMFZR, units=[OTHER]), account("hub", Role.AG)
    number = clue("C5", handler_id=ours.id)
    service.move_clue(actor=ours, number=number, verb="refer_inside", **WORDS["refer_inside"])
    with pytest.raises(ClueUnknown):
        read.clue(theirs, number)
    with pytest.raises(ClueRefused, match="还没有分流"):
        service.move_clue(
            actor=account("all", *EVERYBODY, units=(UNIT, OTHER, "")), number=number, verb="accept"
        )
    service.move_clue(actor=hub, number=number, verb="dispatch", **WORDS["dispatch"])
    with pytest.raises(ClueRefused, match="已经分流给民事检察部门"):
        service.move_clue(actor=hub, number=number, verb="dispatch", **WORDS["dispatch"])
    assert service.move_clue(actor=head, number=number, verb="decline", **WORDS["decline"]) == "C5"
    assert read.clue(ours, number).row.unit == UNIT
    service.move_clue(actor=ours, number=number, verb="refer_inside", **WORDS["refer_inside"])
    service.move_clue(actor=hub, number=number, verb="dispatch", **WORDS["dispatch"])
    with pytest.raises(ClueRefused, match="只能退回一次"):
        service.move_clue(actor=head, number=number, verb="decline", **WORDS["decline"])
    assert service.move_clue(actor=theirs, number=number, verb="accept") == "C5"
    told = read.clue(theirs, number)
    assert (told.row.unit, told.row.handler, told.referred_from) == (OTHER, "示例theirs", UNIT)
    assert [step.to for step in told.steps] == [OTHER, OTHER, "", OTHER, OTHER, ""]
    followed = read.clue(ours, number)
    assert not any(action.allowed for action in followed.actions) and not followed.may_unmask
    assert [row.id for row in read.list_clues(ours, read.Filters()).items] == [number]


def test_a_transferred_clue_leaves_its_first_unit() -> None:
    ours, theirs = account("ours", Role.CBR), account("theirs", Role.CBR, units=[OTHER])
    number = clue()
    service.move_clue(actor=ours, number=number, verb="transfer", **WORDS["transfer"])
    with pytest.raises(ClueUnknown):
        read.clue(ours, number)
    assert service.move_clue(actor=theirs, number=number, verb="sign") == "C2"


@pytest.mark.parametrize(
    ("state", "verb", "to", "code"),
    [
        ("C1", "transfer", "没有的部门", "no_unit"),
        ("C1", "transfer", "行政检察部门", "no_unit"),
        ("C7", "dispatch", "", "no_unit"),
        ("C5", "refer_out", " ", "no_target"),
        ("C5", "file_case", "长" * 121, "no_target"),
    ],
)
def test_where_to_is_asked(state: str, verb: str, to: str, code: str) -> None:
    actor, number = account("one", *EVERYBODY, units=(UNIT, OTHER)), clue(state)
    before = picture()
    with pytest.raises(BadInput) as raised:
        service.move_clue(actor=actor, number=number, verb=verb, **{**WORDS[verb], "to": to})
    assert [fault.code for fault in raised.value.faults] == [code]
    assert picture() == before


@pytest.mark.parametrize(
    ("state", "verb"), [("C2", "register"), ("C5", "refer_out"), ("C5", "refer_inside"), ("C5", "file_case")]
)
def test_what_lost_its_ground_goes_no_further(state: str, verb: str) -> None:
    actor, number = account("one", *EVERYBODY, units=(UNIT, OTHER)), clue(state, ground_changed=True)
    with pytest.raises(ClueRefused, match="依据已变的线索不得"):
        service.move_clue(actor=actor, number=number, verb=verb, **WORDS[verb])


@pytest.mark.parametrize("state", [state for state in STATES if state not in ("C0", "C9")])
def test_a_clue_in_any_hands_is_marked_when_a_run_finds_it_no_more(state: str) -> None:
    number = clue(state, sure=True)
    with transaction.atomic():
        merged = service.merge_hits(run="run-2", result=result([]), judged=True)
    told = read.clue(shell_actor(), number)
    assert (merged.withdrawn, told.row.ground_changed, told.row.state) == (1, True, state)


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


def test_news_is_told_in_the_transaction_of_the_step_and_not_of_a_refused_one() -> None:
    heard: list[ClueMoved] = []
    subscribe(ClueMoved, heard.append)
    actor, number = account("one", Role.CBR), clue()
    service.move_clue(actor=actor, number=number, verb="sign")
    with pytest.raises(ClueRefused):
        service.move_clue(actor=actor, number=number, verb="sign")
    unit = "行政检察部门"
    assert heard == [ClueMoved(number, "sign", "签收", "C1", "C2", unit, "", actor.id, actor.id)]


def test_a_refusal_is_on_record_once_without_words() -> None:
    actor, number = account("one", Role.CBR), clue("C2")
    with pytest.raises(BadInput):
        service.move_clue(actor=actor, number=number, verb="exclude", note="示例甲另有其人")
    with pytest.raises(ClueUnknown):
        service.move_clue(actor=actor, number="99999919900101001X", verb="sign")
    told = [(one.actor, one.action, one.object, one.detail) for one in audit.entries(limit=2)]
    assert told == [
        ("one", "clue.refused", "clue:?", {"step": "sign", "codes": ["unknown_clue"]}),
        ("one", "clue.refused", f"clue:{number}", {"step": "exclude", "codes": ["no_reason"]}),
    ]


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
