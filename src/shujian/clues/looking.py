"""抽查: some exclusions, drawn by a keyed lot, are looked at again by somebody else.

The lot is a digest of the clue and of which exclusion of it this is, under a key of this installation: nobody can know
beforehand, choose, or draw again. The share is dated data; the share that was in force when the lot fell counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from shujian.accounts.read import Actor
from shujian.clues import desk
from shujian.clues.desk_policy import may_look_again
from shujian.clues.models import Clue, SecondLook
from shujian.clues.numbers import number_of
from shujian.clues.policy import visible
from shujian.clues.refusals import refusals_told
from shujian.clues.states import Exclusion, State
from shujian.kernel.clock import now, today
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.gm import hmac_sm3_hex
from shujian.kernel.intervals import wilson
from shujian.kernel.secrets import secret
from shujian.supervision.read import setting

VERDICTS: Mapping[str, str] = {"agree": "同意排除", "disagree": "不同意，重新初核"}
_WHOLE = 1 << 32


@dataclass(frozen=True)
class LookRow:
    """One drawn exclusion, masked. ``mine``: the reader excluded it himself and may not look."""

    clue: str
    title: str
    model: str
    unit: str
    reason: str
    drawn_at: datetime
    verdict: str
    mine: bool


@dataclass(frozen=True)
class Looks:
    """The queue and how often the second look disagreed: share in per cent with its 95 % interval."""

    waiting: tuple[LookRow, ...]
    done: int
    disagreed: int
    low: int
    high: int
    share: Decimal


def falls(key: str, ordinal: int, share: Decimal) -> bool:
    """Whether the lot falls on the exclusion of this ordinal of a clue; ``share`` in per cent."""
    lot = int(hmac_sm3_hex(secret("second-look"), f"{key}\x1f{ordinal}".encode())[:8], 16)
    return lot < share / 100 * _WHOLE


def draw(clue: Clue, actor: Actor) -> bool:
    """Cast the lot for an exclusion that was just made, in its transaction; whether it fell. Says nothing to anybody."""
    share = Decimal(str(setting("casework.second_look_share", today())))
    ordinal = clue.notes.filter(target=State.C9).exclude(source=State.C9).count()
    if not falls(clue.key, ordinal, share):
        return False
    SecondLook.objects.create(clue=clue, at=now(), reason=clue.exclusion, excluded_by=actor.name)
    return True


def void(clue: Clue) -> None:
    """The clue was opened anew: what waits for a second look no longer stands."""
    clue.looks.filter(verdict="").update(void=True)


@refusals_told("look")
def look(*, actor: Actor, number: str, verdict: str, note: str) -> str:
    """Say whether an exclusion that was drawn holds; answers the clue's state. Where it does not, it is checked again.

    Raises ClueUnknown, ClueRefused (also for one's own exclusion), BadInput.
    """
    with transaction.atomic():
        clue = desk.held(actor, number)
        desk.ask(may_look_again(actor))
        found = clue.looks.select_for_update().filter(verdict="", void=False).first()
        if found is None or clue.state != State.C9:
            raise desk.refused("not_drawn", "这条线索没有等待抽查")
        if actor.name == found.excluded_by or (actor.id is not None and clue.handler_id == actor.id):
            raise desk.refused("own_exclusion", "自己承办或自己排除的线索，由别人抽查")
        if verdict not in VERDICTS:
            raise BadInput(
                Fault(code="no_verdict", message="请选择抽查结论", field="verdict", found=verdict[:20],
                      expected="、".join(VERDICTS.values()))
            )  # fmt: skip
        told = desk.words(note, "抽查的经过和理由")
        found.verdict, found.by, found.looked_at = verdict, actor.name, now()
        found.save()
        if verdict == "disagree":
            clue.state, clue.exclusion = State.C2, ""
        desk.put_down(
            clue, actor, "look", f"{VERDICTS[verdict]}。{told}", source=State.C9, detail={"verdict": verdict}
        )
    return str(clue.state)


def looks(actor: Actor) -> Looks | None:
    """The queue of second looks in the actor's scope, oldest first; None where it is not his."""
    scope = visible(actor)
    if scope is None or not may_look_again(actor):
        return None
    found = SecondLook.objects.filter(void=False, clue__in=Clue.objects.filter(scope))
    done = found.exclude(verdict="")
    times, against = done.count(), done.filter(verdict="disagree").count()
    low, high = wilson(against, times)
    return Looks(
        _rows(actor, list(found.filter(verdict="").select_related("clue").order_by("pk")[:200])),
        times, against, round(100 * low), round(100 * high), Decimal(str(setting("casework.second_look_share", today()))),
    )  # fmt: skip


def _rows(actor: Actor, found: Sequence[SecondLook]) -> tuple[LookRow, ...]:
    return tuple(
        LookRow(
            number_of(one.clue.pk), one.clue.title, one.clue.model, one.clue.unit, str(Exclusion(one.reason).label),
            one.at, one.verdict, one.excluded_by == actor.name or (actor.id is not None and one.clue.handler_id == actor.id),
        )
        for one in found
    )  # fmt: skip
