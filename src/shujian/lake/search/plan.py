"""What of a dataset is searched: its text columns, where its persons stand, its day and its town."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from shujian.kernel.canonical import canonical
from shujian.kernel.secrets import secret
from shujian.lake.contracts import source
from shujian.lake.errors import UnknownSource
from shujian.lake.sources import SourceContract

TEXTS = frozenset({"text", "address", "org_name", "document_no"})
"""Semantic types whose columns are searched by their words; persons' names and numbers never are."""

VERSION = 2


@dataclass(frozen=True)
class Plan:
    """One dataset. ``texts``: field → title; ``persons``: column → (field, kind of key it holds); ``names``:
    columns of person names, hidden in the texts; ``day`` and ``region``: columns or None.
    """

    dataset: str
    title: str
    texts: Mapping[str, str]
    persons: Mapping[str, tuple[str, str]]
    names: tuple[str, ...]
    day: str | None
    region: str | None

    @property
    def fingerprint(self) -> str:
        """Changes when the same rows would be indexed otherwise."""
        told = {
            "version": VERSION, "texts": sorted(self.texts), "day": self.day, "region": self.region,
            "persons": {column: list(where) for column, where in self.persons.items()}, "names": list(self.names),
        }  # fmt: skip
        return hashlib.sha256(canonical(told).encode()).hexdigest()[:16]


def plan_of(dataset: str) -> Plan | None:
    """The plan of a dataset; None where it has no contract (any more) or no column to search."""
    try:
        contract = source(dataset)
    except UnknownSource:
        return None
    texts = {field.id: field.title for field in contract.fields if field.type in TEXTS}
    persons = _persons(contract)
    if not texts and not persons:
        return None
    names = tuple(field.id for field in contract.fields if field.type == "person_name")
    return Plan(dataset, contract.title, texts, persons, names, contract.date_field, contract.region_field)


def _persons(contract: SourceContract) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for subject_id, subject in contract.subjects.items():
        if subject.kind == "person":
            if subject.id_card:
                found[f"{subject_id}__id"] = (subject.id_card, "id_card")
            if subject.name:
                found[f"{subject_id}__name"] = (subject.name, "name")
    found |= {field.id: (field.id, "phone") for field in contract.fields if field.type == "phone"}
    return found


class Handles:
    """Keyed handles of persons' keys: the index holds these, so that it tells no number and no name."""

    def __init__(self) -> None:
        self._key = secret("search")

    def term(self, field: str, kind: str, value: str) -> str:
        """The term under which a key stands in the index, per field, because rights are given by field."""
        told = hashlib.blake2b(f"{kind}\x1f{value}".encode(), key=self._key, digest_size=12).hexdigest()
        return f"{field}:{told}"
