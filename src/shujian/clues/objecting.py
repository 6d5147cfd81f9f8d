"""有异议: somebody says that a clue about him is wrong. It is checked again, by a day, by another than the handler.

Until it is answered the clue takes no step outward. Where the objection holds, the clue is excluded if it still can be,
and else marked as without ground, for papers that went out have to be looked at.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from shujian.accounts.read import Actor
from shujian.clues import desk, details, looking
from shujian.clues.desk_policy import may_add, may_answer
from shujian.clues.events import ObjectionAnswered, ObjectionRaised
from shujian.clues.models import Objection
from shujian.clues.numbers import number_of
from shujian.clues.refusals import refusals_told
from shujian.clues.sealing import sealed_with
from shujian.clues.states import Exclusion, Held, State
from shujian.kernel.clock import now, today
from shujian.kernel.errors import Fault, FaultList
from shujian.kernel.events import publish
from shujian.supervision.read import setting

VERDICTS = {"upheld": "异议成立", "rejected": "异议不成立"}
UPHELD = "当事人的异议成立"
_BEFORE_CASE = (State.C0, State.C1, State.C2, State.C3, State.C4, State.C5)


@refusals_told("object")
def record_objection(*, actor: Actor, number: str, who: str, text: str) -> date:
    """Put an objection on record: who objects (sealed) and what he says; answers the day by which it is to be answered.

    Raises ClueUnknown, ClueRefused, BadInput.
    """
    days = int(setting("casework.objection_days", today()))
    with transaction.atomic():
        clue = desk.held(actor, number)
        desk.ask(may_add(actor, details.standing(clue)))
        if clue.objected:
            raise desk.refused("open_objection", "已有一件异议还没有答复，请先答复")
        told = {
            "who": desk.words(who, "提出异议的人", least=2, most=120, field="who"),
            "text": desk.words(text, "异议的内容", field="text"),
        }
        due = today() + timedelta(days=days)
        sealed_with(Objection(clue=clue, at=now(), by=actor.name, due=due), told).save()
        clue.objected, clue.snoozed_until = True, None
        desk.put_down(clue, actor, "object", f"{told['who']}：{told['text']}", detail={"due": due})
        publish(ObjectionRaised(number_of(clue.pk), clue.unit, clue.handler_id, actor.id, due.isoformat()))
    return due


@refusals_told("answer")
def answer_objection(*, actor: Actor, number: str, verdict: str, note: str, reason: str = "") -> str:
    """Answer the open objection; answers the clue's state. ``reason``: the exclusion's, where it holds and the clue
    is no case yet. Raises ClueUnknown, ClueRefused, BadInput.
    """
    with transaction.atomic():
        clue = desk.held(actor, number)
        found = clue.objections.select_for_update().filter(verdict="").first()
        if found is None:
            raise desk.refused("no_objection", "没有等待答复的异议")
        desk.ask(may_answer(actor, details.standing(clue), found.by))
        excludes = verdict == "upheld" and clue.state in _BEFORE_CASE
        _check(verdict, reason, excludes)
        told = desk.words(note, "复核经过和结论")
        found.verdict, found.answered_by, found.answered_at = verdict, actor.name, now()
        found.save()
        source, clue.objected = clue.state, False
        if excludes:
            clue.state, clue.exclusion, clue.held, clue.fresh_evidence = State.C9, reason, Held.NONE, False
        elif verdict == "upheld" and clue.state != State.C9:
            clue.ground_changed, clue.ground_note = True, UPHELD
        desk.put_down(
            clue, actor, "answer", f"{VERDICTS[verdict]}。{told}", source=source, reason=reason if excludes else "",
            detail={"verdict": verdict, "from": str(source), "to": str(clue.state)},
        )  # fmt: skip
        publish(
            ObjectionAnswered(number_of(clue.pk), clue.unit, clue.handler_id, actor.id, verdict == "upheld")
        )
        if excludes:
            looking.draw(clue, actor)
    return str(clue.state)


def _check(verdict: str, reason: str, excludes: bool) -> None:
    faults = FaultList()
    if verdict not in VERDICTS:
        faults.add(
            Fault(code="no_verdict", message="请选择复核结论", field="verdict", found=verdict[:20], expected="、".join(VERDICTS.values()))
        )  # fmt: skip
    if excludes and reason not in Exclusion.values:
        expected = "、".join(str(label) for label in Exclusion.labels)
        faults.add(
            Fault(code="no_reason", message="异议成立，请选择排除理由", field="reason", found=reason[:20], expected=expected)
        )  # fmt: skip
    faults.raise_if_any()
