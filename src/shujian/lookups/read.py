"""What a face may ask about look-ups: who may, and where."""

from __future__ import annotations

from shujian.accounts.read import Actor, Decision, allowed, denied, may
from shujian.lake import read as lake
from shujian.lookups.policy import (
    levels,
    may_look_up_persons,
    may_search,
    own_regions,
    scope,
    visible_fields,
)

__all__ = ["may_look_up_persons", "may_search", "own_regions", "row_rights", "searchable"]


def searchable(actor: Actor) -> list[tuple[str, str]]:
    """(id, title) of every dataset that holds rows and that this person may search, by title."""
    rights = scope(actor)
    filled = [name for name, one in lake.pin().datasets.items() if one.rows and name in rights]
    plans = [plan for name in filled if (plan := lake.search_plan(name)) is not None]
    found = [(plan.dataset, plan.title) for plan in plans if plan.texts.keys() & rights[plan.dataset].fields]
    return sorted(found, key=lambda one: one[1])


def row_rights(actor: Actor, dataset: str) -> tuple[Decision, list[str], list[str]]:
    """Why this person may or may not see rows of a dataset, and the titles of the fields shown and hidden."""
    decision = may(actor, "lake.row")
    level = levels(actor).get(dataset)
    if not decision or level is None:
        return (
            decision if not decision else denied("这个数据集不在您的职责范围内，或者没有这个数据集"),
            [],
            [],
        )
    contract = lake.source(dataset)
    shown = visible_fields(contract, level)
    titles: dict[bool, list[str]] = {True: [], False: []}
    for field in contract.fields:
        titles[field.id in shown].append(field.title)
    regions = own_regions(actor)
    only = f"；您的数据范围只到{'、'.join(sorted(regions))}，只看得到这些地区的行" if regions else ""
    return (
        allowed(
            f"您的角色可以看全部数据集，或者本部门的模型读取它，或者它是低敏感的公开数据{only}", decision.rule
        ),
        titles[True],
        titles[False],
    )
