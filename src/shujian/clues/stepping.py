"""What each step of the transition table sets on a clue besides its state."""

from __future__ import annotations

from datetime import datetime

from shujian.accounts.read import Actor, Role
from shujian.clues.models import Clue
from shujian.clues.states import Exclusion, Held, Transition
from shujian.kernel.clock import now


def apply(step: Transition, clue: Clue, actor: Actor, reason: str, to: str) -> None:
    """Set state, marks and times, and save. The step was allowed and its words were checked before."""
    at = now()
    clue.state, clue.snoozed_until = step.target, None
    _mark(step.verb, clue, actor, reason, at)
    _hand_over(step.verb, clue, actor, to)
    clue.changed_at, clue.revision = at, clue.revision + 1
    clue.save()


def _mark(verb: str, clue: Clue, actor: Actor, reason: str, at: datetime) -> None:
    if verb == "push":
        clue.held, clue.pushed_at = Held.NONE, at
    elif verb == "sign":
        clue.handler_id, clue.signed_at = actor.id, at
    elif verb == "return":
        clue.held = Held.RETURNED
    elif verb in ("exclude", "no_case"):
        clue.exclusion, clue.fresh_evidence, clue.held = Exclusion(reason), False, Held.NONE
    elif verb == "reopen":
        clue.exclusion, clue.fresh_evidence = "", False
        clue.handler_id = clue.handler_id or actor.id
    elif verb == "register":
        clue.registered_at = at
    elif verb == "receipt":
        clue.closed_at = at


def _hand_over(verb: str, clue: Clue, actor: Actor, to: str) -> None:
    """Between units a clue has one undertaker at any time: the old one until the new one accepts (domain.md §1.9)."""
    if verb == "transfer":
        clue.unit, clue.handler_id = to, None
    elif verb == "refer_inside":
        clue.offered_unit = ""
    elif verb == "dispatch":
        clue.offered_unit = to
    elif verb == "accept":
        clue.referred_from, clue.unit, clue.offered_unit = clue.unit, clue.offered_unit, ""
        clue.handler_id = actor.id if Role.CBR in actor.roles else None
    elif verb == "decline":
        clue.offered_unit, clue.declined = "", True
    elif verb in ("refer_out", "file_case"):
        clue.outside = to
