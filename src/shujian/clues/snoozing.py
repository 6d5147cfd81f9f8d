"""暂缓: a clue is set aside until a day, and is back on that day by itself, because the day is compared, not a timer run."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from shujian.accounts.read import Actor
from shujian.clues import desk, details
from shujian.clues.desk_policy import may_tend
from shujian.clues.models import Clue
from shujian.clues.refusals import refusals_told
from shujian.clues.states import State
from shujian.kernel.clock import today
from shujian.kernel.errors import BadInput, Fault
from shujian.supervision.read import setting

_STATES = (State.C0, State.C1, State.C2, State.C3, State.C4, State.C5)


@refusals_told("snooze")
def snooze(*, actor: Actor, number: str, until: date | None, note: str, revision: int | None = None) -> date:
    """Set a clue aside until a day (later than today, within ``casework.snooze_most_days``); its state stays.

    Raises ClueUnknown, ClueRefused, BadInput.
    """
    most = int(setting("casework.snooze_most_days", today()))
    with transaction.atomic():
        clue = desk.held(actor, number)
        desk.ask(may_tend(actor, details.standing(clue), "暂缓"))
        check_revision(clue, revision)
        if clue.state not in _STATES:
            raise desk.refused("not_now", f"“{State(clue.state).label}”的线索不能暂缓")
        if clue.joined_to_id:
            raise desk.refused("joined", "这条线索已并入另一条，不能单独暂缓")
        if until is None or not 1 <= (until - today()).days <= most:
            raise BadInput(
                Fault(
                    code="bad_day", message="暂缓到哪一天不对", field="until", found=until.isoformat() if until else "没有写",
                    expected=f"明天起 {most} 天以内的日期，如 2026-12-31",
                )
            )  # fmt: skip
        told = desk.words(note, "暂缓的理由")
        clue.snoozed_until = until
        desk.put_down(clue, actor, "snooze", told, to=until.isoformat(), detail={"until": until})
    return until


@refusals_told("wake")
def wake(*, actor: Actor, number: str) -> None:
    """Take a clue up again before its day. Raises ClueUnknown, ClueRefused."""
    with transaction.atomic():
        clue = desk.held(actor, number)
        desk.ask(may_tend(actor, details.standing(clue), "结束暂缓"))
        if clue.snoozed_until is None:
            raise desk.refused("not_now", "这条线索没有暂缓")
        clue.snoozed_until = None
        desk.put_down(clue, actor, "wake", "")


def check_revision(clue: Clue, revision: int | None) -> None:
    """Raise ClueRefused where the person saw an older state of the clue than the present one."""
    if revision is not None and revision != clue.revision:
        raise desk.refused("stale", "这条线索刚刚被更新过，请刷新页面看过之后再办理")
