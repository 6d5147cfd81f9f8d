"""The frame of everything that people do around a clue: find it, ask whether they may, write it down, keep it current."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shujian.accounts.read import Actor, Decision
from shujian.audit import service as audit
from shujian.clues import details
from shujian.clues.errors import ClueRefused
from shujian.clues.models import Clue, ClueNote
from shujian.clues.numbers import number_of, pk_of, unknown
from shujian.clues.policy import may_read_clue
from shujian.clues.sealing import sealed_with
from shujian.kernel.clock import now
from shujian.kernel.controls import found_in
from shujian.kernel.errors import BadInput, Fault


def held(actor: Actor, number: str) -> Clue:
    """The clue, locked for this transaction. Raises ClueUnknown, also where the actor may not know of it."""
    clue = Clue.objects.select_for_update().filter(pk=pk_of(number)).first()
    if clue is None or not may_read_clue(actor, details.standing(clue)):
        raise unknown(number)
    return clue


def ask(decision: Decision) -> None:
    """Raise ClueRefused, with its reason, where the answer is no."""
    if not decision:
        raise refused("not_allowed", decision.because)


def refused(code: str, message: str) -> ClueRefused:
    """A step that cannot be taken as things stand."""
    return ClueRefused(Fault(code=code, message=message))


def words(text: str, title: str, *, least: int = 4, most: int = 2000, field: str = "note") -> str:
    """The words that a step asks for, trimmed. Raises BadInput where they are too few or too many."""
    told = text.strip()
    if signs := found_in(told):
        raise BadInput(
            Fault(code="bad_signs", message=f"{title}里有不能保存的控制字符", field=field, found=signs, expected="可以显示的文字")
        )  # fmt: skip
    if not least <= len(told) <= most:
        raise BadInput(
            Fault(
                code="bad_words", message=f"请写明{title}", field=field, found=f"{len(told)} 个字",
                expected=f"{least} 至 {most} 个字",
            )
        )  # fmt: skip
    return told


def put_down(
    clue: Clue,
    actor: Actor,
    verb: str,
    note: str,
    *,
    source: str = "",
    reason: str = "",
    to: str = "",
    detail: Mapping[str, Any] | None = None,
) -> datetime:
    """Save the clue as a new revision, with the deed in its history and in the audit chain."""
    at = now()
    clue.changed_at, clue.revision = at, clue.revision + 1
    clue.save()
    made = ClueNote(
        clue=clue, at=at, verb=verb, actor=actor.name, source=source or clue.state, target=clue.state, reason=reason,
    )  # fmt: skip
    sealed_with(made, {"note": note, "to": to}).save()
    audit.record(actor=actor.name, action=f"clue.{verb}", thing=f"clue:{number_of(clue.pk)}", detail=detail)
    return at
