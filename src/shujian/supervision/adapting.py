"""A model that names the fields of another office's contract, on a contract of this office: ``needs.<alias>.fields``.

The model goes on saying its own names; what the lake stores, and what evidence shows, bears the names of this office.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shujian.lake.read import Session, SourceContract, typed_columns
from shujian.supervision.relation import quoted
from shujian.supervision.spec import Need


class AdaptedContract(SourceContract):
    """A contract as a model names it. ``base``: as this office states it; ``homes``: the model's name → the own name."""

    base: SourceContract
    homes: dict[str, str]
    subject_homes: dict[str, str]


def adapted(contract: SourceContract, need: Need) -> SourceContract:
    """The contract under the model's names; the contract itself where the model has no names of its own.

    A field of this office whose own name the model uses for something else cannot be named by the model.
    """
    homes, subjects = need.fields or {}, need.subjects or {}
    if not homes and not subjects:
        return contract
    called = {home: name for name, home in homes.items()}
    hidden = homes.keys() - called.keys()
    body: dict[str, Any] = contract.model_dump(mode="python", by_alias=True)
    body["fields"] = [
        {**field, "id": called.get(field["id"], field["id"])}
        for field in body["fields"]
        if field["id"] not in hidden
    ]
    for name in ("date_field", "region_field", "extract_field"):
        body[name] = called.get(body[name], body[name])
    body["key"] = [called.get(name, name) for name in body["key"]]
    names = {home: name for name, home in subjects.items()}
    body["subjects"] = {
        names.get(subject, subject): {part: _part(part, value, called) for part, value in form.items()}
        for subject, form in body["subjects"].items()
        if subject not in subjects or subject in names
    }
    return AdaptedContract.model_validate(
        {**body, "base": contract, "homes": dict(homes), "subject_homes": dict(subjects)}
    )


def _part(part: str, value: Any, called: Mapping[str, str]) -> Any:
    return called.get(value, value) if part != "kind" and isinstance(value, str) else value


def unknown_names(contract: SourceContract, need: Need) -> list[tuple[tuple[str, str], str, str]]:
    """(place below the need, what is not there, what is) for each name that this contract does not have."""
    fields = [field.id for field in contract.fields]
    found = [
        (("fields", name), home, "、".join(fields))
        for name, home in (need.fields or {}).items()
        if home not in fields
    ]
    found += [
        (("subjects", name), home, "、".join(contract.subjects))
        for name, home in (need.subjects or {}).items()
        if home not in contract.subjects
    ]
    return found


def base_of(contract: SourceContract) -> SourceContract:
    """The contract by which rows are stored."""
    return contract.base if isinstance(contract, AdaptedContract) else contract


def home_field(contract: SourceContract, name: str) -> str:
    """What a field is called in the lake."""
    return contract.homes.get(name, name) if isinstance(contract, AdaptedContract) else name


def rows_of(contract: SourceContract, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows that a proof gives by the model's names, by those of the lake."""
    return [{home_field(contract, name): value for name, value in row.items()} for row in rows]


def table_of(session: Session, contract: SourceContract) -> str:
    """What to read the contract's rows from, under the model's names."""
    table = session.attach(contract.id)
    if not isinstance(contract, AdaptedContract):
        return table
    called = {home: name for name, home in contract.homes.items()}
    called_subjects = {home: name for name, home in contract.subject_homes.items()}
    hidden = (contract.homes.keys() - called.keys()) | (
        contract.subject_homes.keys() - called_subjects.keys()
    )
    renames, excluded = [], []
    for column in typed_columns(contract.base):
        stem, mark, part = column.partition("__")
        is_subject = bool(mark) and stem in contract.base.subjects
        name = (called_subjects if is_subject else called).get(stem)
        if name is not None:
            renames.append(f"{quoted(column)} AS {quoted(name + mark + part)}")
        elif stem in hidden:
            excluded.append(quoted(column))
    without = f" EXCLUDE ({', '.join(excluded)})" if excluded else ""
    return f"(SELECT *{without} RENAME ({', '.join(renames)}) FROM {table})"
