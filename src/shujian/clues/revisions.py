"""A step that rests on the revision which a person saw: checked and done under one lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from shujian.accounts.read import Actor
from shujian.clues import desk
from shujian.clues.refusals import refusals_told
from shujian.clues.snoozing import check_revision
from shujian.kernel.errors import ShujianError

R = TypeVar("R")


def at_revision(*, actor: Actor, number: str, revision: int, step: str, act: Callable[[], R]) -> R:
    """Do ``act`` with a clue that still is at this revision. Raises what it raises, and ClueRefused (``stale``).

    An error is carried out of the transaction, so that what the refused step put on record stays.
    """
    with transaction.atomic():
        try:
            _still(actor=actor, number=number, revision=revision, step=step)
            return act()
        except ShujianError as error:
            refused = error
    raise refused


@refusals_told("step")
def _still(*, actor: Actor, number: str, revision: int, step: str) -> None:
    check_revision(desk.held(actor, number), revision)
