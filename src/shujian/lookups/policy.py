"""Who may look into which dataset, and up to which level of its fields (domain.md §8.6). Denied unless allowed.

A unit's people see the datasets that the models of their unit read: that is what the agreement with the provider
was made for. Datasets of low sensitivity (public ones) are open to the whole procuratorate.

Whose role was narrowed to a region sees the rows of that region only, in every dataset: a row whose region is not known is
not known to be theirs, and a dataset that tells no region does not exist for them. As for clues.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """What one role opens. ``level``: the highest field level that is shown; ``persons``: may look people up;
    ``region``: the only one whose rows it opens, empty for all.
    """

    reach: Reach
    level: int
    persons: bool = False
    region: str = ""


@dataclass(frozen=True)
class Rows:
    """What a person sees of one dataset: fields up to a level, rows of these regions (None: of all)."""

    level: int
    regions: frozenset[str] | None

    def covers(self, contract: SourceContract, row: Mapping[str, object]) -> bool:
        """Whether a row of the dataset is theirs to see."""
        if self.regions is None:
            return True
        told = row.get(contract.region_field or "")
        return told is not None and lake.search_form(str(told)) in set(map(lake.search_form, self.regions))


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
    return tuple(_narrowed(actor, role) for role in Role if role in actor.roles and role in GRANTS)


def _narrowed(actor: Actor, role: Role) -> Grant:
    """What a role opens to this person, whose grant may reach less than the role."""
    grant, kept = GRANTS[role], actor.narrowed.get(role, "")
    return replace(
        grant,
        level=min(grant.level, actor.clearance),
        reach="unit" if kept == "unit" and grant.reach == "all" else grant.reach,
        region=kept.removeprefix("region:") if kept.startswith("region:") else "",
    )


def own_regions(actor: Actor) -> frozenset[str] | None:
    """The only regions whose rows this person sees anywhere; None where some role is not narrowed."""
    held = grants(actor)
    return _regions(held) if held else None


def _regions(held: Sequence[Grant]) -> frozenset[str] | None:
    return None if any(not grant.region for grant in held) else frozenset(grant.region for grant in held)


def may_search(actor: Actor) -> Decision:
    """Whether this person may search the lake at all."""
    return may(actor, "search.text")


def may_look_up_persons(actor: Actor) -> Decision:
    """Whether this person may look for one named person's rows, for a stated purpose."""
    return may(actor, "search.person")


def levels(actor: Actor) -> dict[str, int]:
    """Dataset → the highest level of field that this person sees there; no other dataset exists for them."""
    return {dataset: rows.level for dataset, rows in rights(actor).items()}


def rights(actor: Actor) -> dict[str, Rows]:
    """Dataset → what this person sees of it. Where roles differ, nobody sees more than one of them opens: an un-narrowed
    role goes before narrowed ones, and of two regions the lower level holds for both.
    """
    found: dict[str, Rows] = {}
    held = grants(actor)
    if not held:
        return found
    units = _of_units(actor) if any(grant.reach == "unit" for grant in held) else frozenset()
    for dataset, contract in lake.sources().items():
        reached = [grant for grant in held if _reaches(grant, contract, units)]
        regions = _regions(reached) if reached else None
        if not reached or (regions is not None and not contract.region_field):
            continue
        seen = [grant.level for grant in reached if regions is not None or not grant.region]
        alike = regions is None or len(regions) == 1
        found[dataset] = Rows(max(seen) if alike else min(seen), regions)
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
    for dataset, rows in rights(actor).items():
        shown = visible_fields(contracts[dataset], rows.level)
        made[dataset] = SearchRights(
            fields=shown, persons=shown if persons else frozenset(), regions=rows.regions
        )
    return made
