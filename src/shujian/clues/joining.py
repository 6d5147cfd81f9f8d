"""并入 and 拆开: clues of one matter handled as one, and taken apart again exactly as they were.

A clue that is put into another keeps everything of its own, only it stands no longer in the lists and takes no step
until it is taken out: so taking out is the whole undo. Runs go on to refresh it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from shujian.accounts.read import Actor
from shujian.clues import desk, details
from shujian.clues.desk_policy import may_tend
from shujian.clues.errors import ClueRefused
from shujian.clues.models import Clue, ClueJoin
from shujian.clues.numbers import number_of, pk_of
from shujian.clues.refusals import refusals_told
from shujian.clues.states import State
from shujian.kernel.clock import now
from shujian.kernel.errors import BadInput, Fault, FaultList

OPEN = (State.C0, State.C1, State.C2, State.C3)
"""States in which clues may be put together: before one of them is registered as a formal clue."""
MOST = 50


@refusals_told("join")
def join(*, actor: Actor, number: str, members: Sequence[str], note: str) -> list[str]:
    """Put other clues into this one; answers their numbers. All or none. Raises ClueUnknown, ClueRefused, BadInput."""
    with transaction.atomic():
        head = desk.held(actor, number)
        desk.ask(may_tend(actor, details.standing(head), "并入"))
        told = desk.words(note, "为什么是同一件事")
        wanted = _wanted(head, members)
        found = [desk.held(actor, one) for one in wanted]
        _check(actor, head, found)
        for clue in found:
            clue.joined_to, clue.snoozed_until = head, None
            ClueJoin.objects.create(head=head, member=clue, by=actor.name, at=now())
            desk.put_down(
                clue, actor, "join", told, to=number_of(head.pk), detail={"head": number_of(head.pk)}
            )
        numbers = [number_of(clue.pk) for clue in found]
        desk.put_down(head, actor, "join", told, to="、".join(numbers), detail={"members": numbers})
    return numbers


@refusals_told("unjoin")
def unjoin(*, actor: Actor, number: str, note: str) -> str:
    """Take a clue out of the one that it was put into; answers that one's number. Raises as ``join``."""
    with transaction.atomic():
        clue = desk.held(actor, number)
        desk.ask(may_tend(actor, details.standing(clue), "拆开"))
        if clue.joined_to is None:
            raise desk.refused("not_joined", "这条线索没有并入别的线索")
        told = desk.words(note, "为什么拆开")
        head = desk.held(actor, number_of(clue.joined_to.pk))
        clue.joined_to = None
        ClueJoin.objects.filter(member=clue, undone_at=None).update(undone_by=actor.name, undone_at=now())
        desk.put_down(clue, actor, "unjoin", told, to=number_of(head.pk), detail={"head": number_of(head.pk)})
        desk.put_down(
            head, actor, "unjoin", told, to=number_of(clue.pk), detail={"members": [number_of(clue.pk)]}
        )
    return number_of(head.pk)


def _wanted(head: Clue, members: Sequence[str]) -> list[str]:
    wanted = list(dict.fromkeys(number_of(pk_of(one)) for one in members))
    if not 1 <= len(wanted) <= MOST or number_of(head.pk) in wanted:
        raise BadInput(
            Fault(
                code="bad_members", message="请写明要并入的其他线索", field="members", found="、".join(wanted)[:200] or "没有写",
                expected=f"1 至 {MOST} 个线索编号，不含这条自己",
            )
        )  # fmt: skip
    return wanted


def _check(actor: Actor, head: Clue, found: Sequence[Clue]) -> None:
    """All that stands in the way, at once."""
    faults = FaultList()
    for clue in (head, *found):
        number = number_of(clue.pk)
        decision = may_tend(actor, details.standing(clue), "并入")
        says = "" if decision else decision.because
        if clue.state not in OPEN:
            says = f"“{State(clue.state).label}”的线索不能并案，只有登记之前的可以"
        elif clue.joined_to_id:
            says = f"已经并入 {number_of(clue.joined_to_id)}"
        elif clue.unit != head.unit:
            says = f"归口单元是“{clue.unit}”，与 {number_of(head.pk)} 不同，请先转到一个部门"
        elif clue is not head and clue.members.exists():
            says = "里面已并入别的线索，请先拆开，或者反过来并入"
        elif clue.objected:
            says = "有还没有答复的异议"
        if says:
            faults.add(Fault(code="cannot_join", message=f"{number}：{says}", field="members"))
    faults.raise_if_any(ClueRefused)
