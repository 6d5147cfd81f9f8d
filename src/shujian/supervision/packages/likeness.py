"""How much two models are one: by their steps, whatever the steps and columns are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shujian.supervision.library import Model

NEAR = 0.6
"""From here on two models are told to be near-duplicates."""
_WORD = re.compile(r"[A-Za-z_\u4e00-\u9fff][\w.\u4e00-\u9fff]*")
_SAID = frozenset({"id", "says", "title"})


@dataclass(frozen=True)
class Near:
    """A model of the catalogue that is like another; ``share``: from 0 to 1."""

    model: str
    title: str
    share: float


def near_models(model: Model, others: Mapping[str, Model]) -> list[Near]:
    """The models that are like this one, most like first."""
    own = Counter(_pieces(model))
    found = [
        Near(name, other.spec.title, round(_share(own, Counter(_pieces(other))), 2))
        for name, other in others.items()
        if other.fingerprint != model.fingerprint
    ]
    return sorted((one for one in found if one.share >= NEAR), key=lambda one: (-one.share, one.model))


def _share(left: Counter[str], right: Counter[str]) -> float:
    together = sum((left | right).values())
    return sum((left & right).values()) / together if together else 0.0


def _pieces(model: Model) -> Iterator[str]:
    """What a model is made of: its sources, and each step's kind with its parts; own names of steps do not count."""
    spec = model.spec
    homes = {name: home for need in spec.needs.values() for name, home in (need.fields or {}).items()}
    aliases = {alias: need.source for alias, need in spec.needs.items()}
    own = {step.id for step in spec.steps}
    yield from (f"source {need.source}" for need in spec.needs.values())
    for step in spec.steps:
        body = step.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
        yield f"use {step.use}"
        for part, value in body.items():
            if part not in _SAID and part != "use":
                yield f"{step.use} {part} {_plain(value, homes, aliases, own)}"


def _plain(value: Any, homes: Mapping[str, str], aliases: Mapping[str, str], own: set[str]) -> str:
    """The text of a part with steps as ``*``, aliases as their sources, fields by their names here."""

    def word(found: re.Match[str]) -> str:
        names = found.group().split(".")
        if names[0] in own:
            names[0] = "*"
        return ".".join(homes.get(name, aliases.get(name, name)) for name in names)

    return _WORD.sub(word, re.sub(r"\s+", " ", str(value)))
