"""What a face may ask about look-ups: who may, and where."""

from __future__ import annotations

from shujian.accounts.read import Actor
from shujian.lake import read as lake
from shujian.lookups.policy import may_look_up_persons, may_search, scope

__all__ = ["may_look_up_persons", "may_search", "searchable"]


def searchable(actor: Actor) -> list[tuple[str, str]]:
    """(id, title) of every dataset that holds rows and that this person may search, by title."""
    rights = scope(actor)
    filled = [name for name, one in lake.pin().datasets.items() if one.rows and name in rights]
    plans = [plan for name in filled if (plan := lake.search_plan(name)) is not None]
    found = [(plan.dataset, plan.title) for plan in plans if plan.texts.keys() & rights[plan.dataset].fields]
    return sorted(found, key=lambda one: one[1])
