"""Deeper questions of a quality report: doubles, why rows cannot be matched, months with too little."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shujian.lake.engines.duckdb import Session
from shujian.lake.physical import RAW_KEPT, literal, quoted
from shujian.lake.sources import SourceContract, Subject

REASONS = ("missing", "masked", "bad")
"""No number at all; a masked one; one that is not valid (check digit, length, unreadable address)."""
STRONG = {"person": ("id",), "org": ("uscc", "name"), "place": ("key",)}
"""A row is unmatchable for a subject where all of these are null: a name alone is no key for a person."""
_ROLES = {"person": ("id_card",), "org": ("uscc", "name"), "place": ("address",)}


@dataclass(frozen=True)
class ThinMonth:
    """A month with fewer rows than the source should have each month. ``declared``: whether it was declared whole."""

    month: str
    rows: int
    least: int
    declared: str


def unmatchable(session: Session, contract: SourceContract, view: str) -> dict[str, dict[str, int]]:
    """For each subject the rows that nothing can match, by reason; the reasons add up to ``all``."""
    if not contract.subjects:
        return {}
    counts = []
    for name, subject in contract.subjects.items():
        for reason, test in _tests(contract, name, subject).items():
            counts.append(f"count(*) filter (where {test}) as {quoted(f'{name}.{reason}')}")
    found = session.sql(f"select {', '.join(counts)} from {view}").to_pylist()[0]
    return {
        name: {reason: int(found[f"{name}.{reason}"]) for reason in ("all", *REASONS)}
        for name in contract.subjects
    }


def _tests(contract: SourceContract, name: str, subject: Subject) -> dict[str, str]:
    none = " and ".join(f"{quoted(f'{name}__{part}')} is null" for part in STRONG[subject.kind])
    raws = [_raw(contract, field) for role in _ROLES[subject.kind] if (field := getattr(subject, role))]
    empty = " and ".join(f"{raw} is null" for raw in raws) or "true"
    masked = f"{quoted(f'{name}__mask')} is not null" if subject.kind == "person" else "false"
    return {
        "all": none,
        "missing": f"{none} and ({empty}) and not ({masked})",
        "masked": f"{none} and {masked}",
        "bad": f"{none} and not ({empty}) and not ({masked})",
    }


def _raw(contract: SourceContract, field_id: str) -> str:
    field = contract.field(field_id)
    kept = field is not None and field.type in RAW_KEPT
    return quoted(f"{field_id}__raw") if kept else quoted(field_id)


def duplicates(session: Session, contract: SourceContract, view: str) -> dict[str, int]:
    """``same_key``: current rows beyond the first under one natural key; ``near_identical``: rows beyond the first that
    agree in every filled field outside the key, where at least two fields are filled.
    """
    whole = " and ".join(f"{quoted(name)} is not null" for name in dict.fromkeys(contract.key))
    same = f"select count(*) - count(distinct _key) as n from {view} where {whole}"
    others = [field.id for field in contract.fields if field.id not in contract.key]
    near = "select 0 as n"
    if len(others) > 1:
        texts = ", ".join(f"coalesce(cast({quoted(name)} as varchar), '')" for name in others)
        filled = " + ".join(f"cast({quoted(name)} is not null as integer)" for name in others)
        near = (
            f"select count(*) - count(distinct told) as n from (select hash(concat_ws(chr(31), {texts})) as told"
            f" from {view} where {filled} >= 2)"
        )
    row = session.sql(f"select ({same}) as same_key, ({near}) as near_identical").to_pylist()[0]
    return {name: int(row[name]) for name in ("same_key", "near_identical")}


_ID = "(^|[^0-9A-Za-z])[0-9]{17}[0-9Xx]($|[^0-9A-Za-z])"
_PHONE = "(^|[^0-9])1[0-9]{10}($|[^0-9])"


def leaks(
    session: Session, contract: SourceContract, view: str, minor_words: Sequence[str]
) -> dict[str, dict[str, int]]:
    """For each text field the rows whose text carries an identity number (``ids``), a mobile number (``phones``) or
    words about minors (``minors``); fields without any are left out. Lists mask the numbers (``kernel.masking``).
    """
    texts = [field.id for field in contract.fields if field.type == "text"]
    if not texts:
        return {}
    words = "|".join(minor_words)
    tests = {"ids": _ID, "phones": _PHONE, "minors": words}
    counts = [
        f"count(*) filter (where regexp_matches({quoted(name)}, {literal(pattern)})) as {quoted(f'{name}.{kind}')}"
        for name in texts
        for kind, pattern in tests.items()
    ]
    row = session.sql(f"select {', '.join(counts)} from {view}").to_pylist()[0]
    found = {name: {kind: int(row[f"{name}.{kind}"]) for kind in tests} for name in texts}
    return {name: told for name, told in found.items() if any(told.values())}


def by_type(contract: SourceContract, fields: Mapping[str, tuple[int, int]]) -> dict[str, dict[str, int]]:
    """Filled and valid cells of each semantic type, over all its fields; ``fields``: (complete, valid) by field id."""
    found: dict[str, dict[str, int]] = {}
    for field in contract.fields:
        complete, valid = fields[field.id]
        entry = found.setdefault(field.type, {"complete": 0, "valid": 0})
        entry["complete"] += complete
        entry["valid"] += valid
    return {name: entry for name, entry in found.items() if entry["complete"]}


def thin_months(contract: SourceContract, months: Iterable[tuple[str, int, str]]) -> tuple[ThinMonth, ...]:
    """Months, whole ones only, that stay below ``expect_monthly``; ``months``: (month, rows, declared state)."""
    if contract.expect_monthly is None:
        return ()
    least = contract.expect_monthly.min
    return tuple(ThinMonth(month, rows, least, state) for month, rows, state in months if rows < least)


def region_sql(contract: SourceContract) -> str:
    """The town of a row: as normalised from an address where there is one, else as the region field says."""
    told = quoted(contract.region_field) if contract.region_field else "cast(null as varchar)"
    place = next((name for name, one in contract.subjects.items() if one.kind == "place"), None)
    return f"coalesce({quoted(f'{place}__town_name')}, {told})" if place else told
