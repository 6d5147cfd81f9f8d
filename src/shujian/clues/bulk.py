"""批量办理: one reasoned step for many clues. What it would change is shown before; each refusal is told with its reason.

Pushing, registering and everything after it is one by one: a person vouches for each. A clue is moved whole or not at
all, and all that are moved are moved in one transaction. Wrong words stop the whole, for they are the same for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from shujian.accounts.read import Actor, unit_names
from shujian.audit import service as audit
from shujian.clues import details
from shujian.clues.desk_policy import may_tend
from shujian.clues.errors import ClueRefused, ClueUnknown
from shujian.clues.models import Clue
from shujian.clues.moving import move_clue
from shujian.clues.numbers import number_of, pk_of
from shujian.clues.policy import may_list_clues, may_move_clue, may_read_clue
from shujian.clues.refusals import refusals_told
from shujian.clues.rows import ClueRow, Filters, list_clues, row_of
from shujian.clues.snoozing import snooze
from shujian.clues.states import TRANSITIONS
from shujian.kernel.clock import today
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.ids import new_id
from shujian.supervision.read import setting

VERBS = ("sign", "return", "transfer", "exclude", "reopen", "snooze")


@dataclass(frozen=True)
class Pick:
    """A clue as the person saw it."""

    number: str
    revision: int


@dataclass(frozen=True)
class Previewed:
    """What a step would do to one clue: where it would go, or why it may not. ``revision``: to be sent along."""

    row: ClueRow
    revision: int
    allowed: bool
    because: str
    target: str


@dataclass(frozen=True)
class Refused:
    """A clue that stayed as it was, and why."""

    number: str
    because: str


@dataclass(frozen=True)
class BulkDone:
    """What a bulk step did. ``batch``: how it is called in the audit chain."""

    batch: str
    moved: tuple[str, ...]
    refused: tuple[Refused, ...]


def most() -> int:
    """How many clues one bulk step takes."""
    return int(setting("casework.bulk_most", today()))


def choose(actor: Actor, filters: Filters, verb: str) -> list[Previewed]:
    """The clues that fit the filters, as many as one step takes, with what the step would do. Raises BadInput."""
    _known(verb)
    if not may_list_clues(actor):
        return []
    found = list_clues(actor, filters, limit=most()).items
    return preview(actor, [row.id for row in found], verb) if found else []


def preview(actor: Actor, numbers: Sequence[str], verb: str) -> list[Previewed]:
    """What a step would do to each of these clues; those that the actor may not know of are left out. Raises BadInput."""
    _known(verb)
    _bounded(numbers)
    wanted = [pk_of(number) for number in numbers]
    found = (
        Clue.objects.filter(pk__in=wanted).select_related("handler", "joined_to").defer("sealed").in_bulk()
    )
    helpers, told = details.helpers_of(wanted), []
    for pk in dict.fromkeys(wanted):
        clue = found.get(pk)
        if clue is None or not may_read_clue(actor, stands := details.standing(clue, helpers.get(pk, ()))):
            continue
        step = TRANSITIONS.get(verb)
        decision = may_move_clue(actor, stands, verb) if step else may_tend(actor, stands, "暂缓")
        target = str(step.target.label) if step else "暂缓，状态不变"
        told.append(
            Previewed(
                row_of(clue),
                clue.revision,
                decision.allowed,
                decision.because,
                target if decision else "不变",
            )
        )
    return told


@refusals_told("verb")
def move_many(
    *,
    actor: Actor,
    picks: Sequence[Pick],
    verb: str,
    reason: str = "",
    note: str = "",
    to: str = "",
    until: date | None = None,
) -> BulkDone:
    """Take one step with all of these clues; those that may not take it, or changed since, stay and are told.

    Raises BadInput, with nothing changed, where the words, the unit or the day are wrong.
    """
    _known(verb)
    _bounded(picks)
    moved: list[str] = []
    refused: list[Refused] = []
    batch = new_id("bulk")
    with transaction.atomic():
        for pick in {one.number.strip().upper(): one for one in picks}.values():
            try:
                with transaction.atomic():
                    _one(actor, pick, verb, {"reason": reason, "note": note, "to": to}, until)
                moved.append(number_of(pk_of(pick.number)))
            except (ClueRefused, ClueUnknown) as error:
                refused.append(Refused(pick.number[:20], error.faults[0].message))
            except BadInput as error:
                if {fault.code for fault in error.faults} != {"no_unit"} or to not in unit_names():
                    raise
                refused.append(Refused(pick.number[:20], f"本来就归{to}"))
        audit.record(
            actor=actor.name, action="clue.bulk", thing=f"bulk:{batch}",
            detail={"step": verb, "moved": moved, "refused": [one.number for one in refused]},
        )  # fmt: skip
    return BulkDone(batch, tuple(moved), tuple(refused))


def _one(actor: Actor, pick: Pick, verb: str, told: dict[str, str], until: date | None) -> None:
    if verb == "snooze":
        snooze(actor=actor, number=pick.number, until=until, note=told["note"], revision=pick.revision)
    else:
        move_clue(actor=actor, number=pick.number, verb=verb, revision=pick.revision, **told)


def _known(verb: str) -> None:
    if verb not in VERBS:
        raise BadInput(
            Fault(
                code="not_in_bulk", message="这一步要逐条办理，不能批量", field="verb", found=verb[:20],
                expected="签收、退回、转其他部门、排除、复查、暂缓",
            )
        )  # fmt: skip


def _bounded(picks: Sequence[object]) -> None:
    if not 1 <= len(picks) <= most():
        raise BadInput(
            Fault(code="too_many", message="请选择线索", field="picks", found=f"{len(picks)} 条", expected=f"1 至 {most()} 条")
        )  # fmt: skip
