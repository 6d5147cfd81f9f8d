"""Who may look into which dataset, and up to which level of its fields (domain.md §8.6). Denied unless allowed.

A unit's people see the datasets that the models of their unit read: that is what the agreement with the provider
was made for. Datasets of low sensitivity (public ones) are open to the whole procuratorate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from shujian.accounts.read import Actor, Decision, Role, may
from shujian.lake import read as lake
from shujian.lake.read import SearchRights, SearchScope, SourceContract
from shujian.supervision import read as supervision

Reach = Literal["all", "unit", "public"]
LEVELS = {"低": 0, "中": 1, "高": 2}


@dataclass(frozen=True)
class Grant:
    """What one role opens. ``level``: the highest field level that is shown; ``persons``: may look people up."""

    reach: Reach
    level: int
    persons: bool = False


GRANTS: Mapping[Role, Grant] = {
    Role.JCZ: Grant("all", 2, persons=True),
    Role.FGLD: Grant("all", 2, persons=True),
    Role.BMFZR: Grant("unit", 2, persons=True),
    Role.CBR: Grant("unit", 2, persons=True),
    Role.ZL: Grant("unit", 1),
    Role.SJZT: Grant("all", 1),
    Role.AG: Grant("public", 0),
    Role.YJS: Grant("public", 0),
}
"""Roles that are not named (outside bodies, volunteers, the three administrators) see no row of the lake."""

_SHELL = Grant("all", 2, persons=True)


def grants(actor: Actor) -> tuple[Grant, ...]:
    """What all roles of an actor open together."""
    if actor.shell:
        return (_SHELL,)
    return tuple(
        replace(GRANTS[role], level=min(GRANTS[role].level, actor.clearance))
        for role in Role
        if role in actor.roles and role in GRANTS
    )


def may_search(actor: Actor) -> Decision:
    """Whether this person may search the lake at all."""
    return may(actor, "search.text")


def may_look_up_persons(actor: Actor) -> Decision:
    """Whether this person may look for one named person's rows, for a stated purpose."""
    return may(actor, "search.person")


def levels(actor: Actor) -> dict[str, int]:
    """Dataset → the highest level of field that this person sees there; no other dataset exists for them."""
    found: dict[str, int] = {}
    held = grants(actor)
    if not held:
        return found
    units = _of_units(actor) if any(grant.reach == "unit" for grant in held) else frozenset()
    for dataset, contract in lake.sources().items():
        reached = [grant.level for grant in held if _reaches(grant, contract, units)]
        if reached:
            found[dataset] = max(reached)
    return found


def _reaches(grant: Grant, contract: SourceContract, units: frozenset[str]) -> bool:
    return (
        grant.reach == "all"
        or contract.sensitivity == "低"
        or (grant.reach == "unit" and contract.id in units)
    )


def _of_units(actor: Actor) -> frozenset[str]:
    return frozenset(
        need.source
        for spec in supervision.models().values()
        if actor.units & set(spec.units())
        for need in spec.needs.values()
    )


def visible_fields(contract: SourceContract, level: int) -> frozenset[str]:
    """The fields of a dataset up to a level."""
    return frozenset(field.id for field in contract.fields if LEVELS[field.sensitivity] <= level)


def scope(actor: Actor) -> SearchScope:
    """The rights that go into every query of this person."""
    persons = bool(may_look_up_persons(actor))
    contracts = lake.sources()
    made = {}
    for dataset, level in levels(actor).items():
        shown = visible_fields(contracts[dataset], level)
        made[dataset] = SearchRights(fields=shown, persons=shown if persons else frozenset())
    return made
