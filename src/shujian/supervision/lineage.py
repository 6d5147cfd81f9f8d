"""Which fields of a source a model really reads: from the columns of its compiled plan back to what a body hands over.

Three reasons why a field is asked for: the plan or the evidence of a clue reads it (``read``); without it a row cannot
land or be told from another (``row``: natural key, required fields, the day of the row); the law shuts rows by it at
ingest (``shut``). Nothing else is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from shujian.lake.read import SUBJECT_PARTS, SourceContract
from shujian.supervision.adapting import base_of, home_field
from shujian.supervision.compile import Plan
from shujian.supervision.relation import META

Reason = Literal["read", "row", "shut"]

_PARTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "person": {
        "id": ("id_card",), "mask": ("id_card",), "name": ("name",), "birth": ("id_card", "birth"),
        "sex": ("id_card", "sex"), "area": ("id_card", "area"),
    },
    "org": {
        "uscc": ("uscc",), "name": ("name",), "core": ("name",), "parent": ("name",), "tax": ("tax",), "former": ("former",),
    },
    "place": {"lon": ("lon", "lat"), "lat": ("lon", "lat"), "system": ("lon", "lat"), "point": ("lon", "lat"), "key": ("address",)},
}  # fmt: skip
"""Kind of subject → its column → the roles whose fields make it. Every other part of a place comes of address and town."""
_PLACE = ("address", "region")


@dataclass(frozen=True)
class FieldRead:
    """One field to be handed over: its id in this office's contract, why, and which steps and emits read it."""

    field: str
    reason: Reason
    readers: tuple[str, ...] = ()


def origins(contract: SourceContract, column: str) -> tuple[str, ...]:
    """The fields of the contract of which ingest makes a column; none for a column that it makes of nothing."""
    if contract.field(column) is not None:
        return (column,)
    stem, mark, part = column.rpartition("__")
    if not mark:
        return ()
    form = contract.subjects.get(stem)
    # A subject may bear the name of a field; the parts of a subject and what is said beside a field do not meet.
    if form is None or part not in SUBJECT_PARTS[form.kind]:
        return (stem,) if contract.field(stem) is not None else ()
    links = form.links()
    roles = _PARTS[form.kind].get(part, _PLACE if form.kind == "place" else ())
    return tuple(dict.fromkeys(links[role] for role in roles if role in links))


def fields_read(plan: Plan) -> dict[str, tuple[FieldRead, ...]]:
    """Source → every field that the model needs of it, in the order of the contract; by this office's names."""
    found: dict[str, dict[str, FieldRead]] = {}
    for alias, contract in plan.contracts.items():
        base = base_of(contract)
        mine = found.setdefault(base.id, {})
        for name, readers in (*_columns(plan, alias), *_evidence(plan, alias)):
            for origin in origins(contract, name):
                home = home_field(contract, origin)
                before = mine.get(home)
                told = (*(before.readers if before else ()), *(f"{alias}.{reader}" for reader in readers))
                mine[home] = FieldRead(home, "read", tuple(dict.fromkeys(told)))
    for contract in plan.contracts.values():
        base, mine = base_of(contract), found[base_of(contract).id]
        for reason, names in (("row", _row(base)), ("shut", _shut(base))):
            for name in names:
                mine.setdefault(name, FieldRead(name, reason))  # type: ignore[arg-type]
    bases = {base_of(contract).id: base_of(contract) for contract in plan.contracts.values()}
    return {
        name: tuple(mine[item.id] for item in bases[name].fields if item.id in mine)
        for name, mine in found.items()
    }


def _columns(plan: Plan, alias: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The columns of the alias that the plan's own view selects, and who reads each."""
    for column in plan.relations[alias].columns.values():
        if column.field is not None and column.field not in META:
            yield column.field, plan.readers.get((alias, column.field), ())


def _evidence(plan: Plan, alias: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for emit in plan.model.spec.emit:
        for name in emit.evidence.get(alias, ()):
            yield name, (f"emit:{emit.name}",)


def _row(contract: SourceContract) -> tuple[str, ...]:
    required = [item.id for item in contract.fields if item.required]
    return tuple(name for name in (*contract.key, *required, contract.date_field) if name)


def _shut(contract: SourceContract) -> tuple[str, ...]:
    names: list[str | None] = []
    for rule in contract.shut:
        for each in (*rule.when, *rule.unless):
            names += [each.field, each.on, each.latest]
            form = contract.subjects.get(each.subject) if each.subject else None
            names += [form.id_card, form.birth] if form else []
    return tuple(dict.fromkeys(name for name in names if name))
