"""What a page about a model tells beside its form: its proofs, and the numbers of law that it reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from shujian.kernel.clock import today
from shujian.supervision.library import Model
from shujian.supervision.parameters import parameter_book
from shujian.supervision.proof import read_proofs

KINDS = {"hit": "应当命中", "miss": "不应命中", "edge": "边界"}


@dataclass(frozen=True)
class ProofTold:
    """One proof in words: what it shows, how many hits must come out."""

    name: str
    says: str
    kind: str
    expected: int


@dataclass(frozen=True)
class ParameterTold:
    """One parameter as it holds on the day; ``value`` None where none does."""

    name: str
    title: str
    value: Any
    unit: str
    from_: date | None
    basis: str
    verified: bool


def proofs_of(model: Model) -> list[ProofTold]:
    """The sound proofs beside a model, those of hits first."""
    found = [
        ProofTold(each.proof.name, each.proof.says, KINDS[each.proof.kind], len(each.proof.expect))
        for each in read_proofs(model)[0]
    ]
    order = list(KINDS.values())
    return sorted(found, key=lambda one: (order.index(one.kind), one.name))


def parameters_of(model: Model, day: date | None = None) -> list[ParameterTold]:
    """The parameters that a model names, as they hold on the day (today unless told)."""
    book = parameter_book()
    found = []
    for name in model.spec.parameters:
        parameter = book.items.get(name)
        if parameter is None:
            continue
        dated = parameter.at(day or today())
        value = dated.value if dated is not None and not isinstance(dated.value, dict | list) else None
        found.append(
            ParameterTold(
                name, parameter.title, value, parameter.unit or "", dated.from_ if dated else None,
                dated.basis if dated else "", bool(dated and dated.verified),
            )
        )  # fmt: skip
    return found
