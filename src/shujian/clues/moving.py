"""One step of the transition table, taken by a person: allowed, worded, done and on record in one transaction."""

from __future__ import annotations

from django.db import transaction

from shujian.accounts.read import Actor, unit_names
from shujian.audit import service as audit
from shujian.clues import details
from shujian.clues.errors import ClueRefused
from shujian.clues.events import ClueMoved
from shujian.clues.ledger import reason_for_push
from shujian.clues.looking import draw, void
from shujian.clues.models import Clue, ClueNote
from shujian.clues.numbers import number_of, pk_of, unknown
from shujian.clues.policy import may_move_clue, may_read_clue
from shujian.clues.refusals import refusals_told
from shujian.clues.sealing import sealed_with
from shujian.clues.states import TRANSITIONS, Asks, State, Transition
from shujian.clues.stepping import apply
from shujian.kernel.clock import now
from shujian.kernel.errors import BadInput, Fault, FaultList
from shujian.kernel.events import publish


@refusals_told("verb")
def move_clue(
    *,
    actor: Actor,
    number: str,
    verb: str,
    reason: str = "",
    note: str = "",
    to: str = "",
    revision: int | None = None,
) -> str:
    """Take one step of the transition table and answer the new state.

    ``to``: the unit, body or case that the step asks for (``Transition.asks``), else ignored.
    ``revision``: the one that the person saw; another refuses the step. Raises ClueUnknown where the actor may
    not know of the clue, ClueRefused where the step is illegal or not his, BadInput for a missing reason.
    """
    step = TRANSITIONS.get(verb)
    if step is None:
        raise BadInput(Fault(code="unknown_step", message="没有这个办理动作", found=verb[:40]))
    with transaction.atomic():
        clue = Clue.objects.select_for_update().filter(pk=pk_of(number)).first()
        if clue is None or not may_read_clue(actor, details.standing(clue)):
            raise unknown(number)
        decision = may_move_clue(actor, details.standing(clue), verb)
        if not decision:
            code = "not_allowed" if clue.state in step.sources else "not_now"
            raise ClueRefused(Fault(code=code, message=decision.because, found=verb))
        if revision is not None and revision != clue.revision:
            raise ClueRefused(Fault(code="stale", message="这条线索刚刚被更新过，请刷新页面看过之后再办理"))
        note = note if note.strip() or verb != "push" else reason_for_push(clue)
        to = to.strip() if step.asks else ""
        _check_words(step, clue, reason, note, to)
        source = clue.state
        apply(step, clue, actor, reason, to)
        _put_on_record(step, clue, actor, source, reason, note, to)
        if step.target == State.C9:
            draw(clue, actor)
        elif source == State.C9:
            void(clue)
        publish(
            ClueMoved(
                number_of(clue.pk), verb, step.title, str(source), str(clue.state), clue.unit, clue.offered_unit, clue.handler_id,
                actor.id,
            )
        )  # fmt: skip
    return str(clue.state)


def _check_words(step: Transition, clue: Clue, reason: str, note: str, to: str) -> None:
    faults = FaultList()
    if step.asks is Asks.UNIT:
        units = [one for one in unit_names() if one != clue.unit]
        if to not in units:
            faults.add(
                Fault(code="no_unit", message=f"请选择{step.title}的部门", field="to", found=to[:60], expected="、".join(units))
            )  # fmt: skip
    elif step.asks and not 2 <= len(to) <= 120:
        expected = "2 至 120 个字"
        faults.add(
            Fault(code="no_target", message=f"请写明{step.asks.title}", field="to", found=to[:60], expected=expected)
        )  # fmt: skip
    if step.reasons and reason not in step.reasons.values:
        labels = "、".join(str(label) for label in step.reasons.labels)
        faults.add(
            Fault(
                code="no_reason",
                message=f"请选择{step.title}理由",
                field="reason",
                found=reason,
                expected=labels,
            )
        )
    if step.note and len(note.strip()) < 4:
        faults.add(Fault(code="no_note", message=f"请写明{step.title}的说明（至少四个字）", field="note"))
    faults.raise_if_any()


def _put_on_record(
    step: Transition, clue: Clue, actor: Actor, source: str, reason: str, note: str, to: str
) -> None:
    made = ClueNote(
        clue=clue, at=now(), verb=step.verb, actor=actor.name, source=source, target=clue.state, reason=reason,
    )  # fmt: skip
    sealed_with(made, {"note": note.strip()[:2000], "to": to}).save()
    detail = {"from": str(source), "to": str(clue.state), "reason": reason}
    if step.asks is Asks.UNIT:
        detail["unit"] = to
    audit.record(
        actor=actor.name, action=f"clue.{step.verb}", thing=f"clue:{number_of(clue.pk)}", detail=detail
    )
