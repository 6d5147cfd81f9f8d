"""Text columns of one chunk → the typed columns of its dataset, and every fault with its row and field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shujian.kernel.clock import today as present_day
from shujian.lake.columns.id_cards import IdColumns, read_id_cards
from shujian.lake.columns.numbers import EXPECTED, read_numbers
from shujian.lake.columns.places import address_parts, points
from shujian.lake.columns.words import (
    address_keys,
    area_codes,
    org_marks,
    org_names,
    person_names,
    read_words,
    sexes,
    tax_keys,
    uscc_keys,
    word_sides,
)
from shujian.lake.physical import (
    ARROW_TYPES,
    RAW_KEPT,
    SIDE_COLUMNS,
    SUBJECT_COLUMNS,
    field_type,
    typed_schema,
)
from shujian.lake.sources import SourceContract, SourceField, Subject
from shujian.matching.normalise.coordinates import System, system_named
from shujian.matching.normalise.regions import region


@dataclass(frozen=True)
class CellFault:
    """One value that keeps its row out. ``row`` counts within the chunk."""

    row: int
    code: str
    field: str
    found: str | None
    expected: str


@dataclass
class TypedChunk:
    """Typed columns of all rows of a chunk, which rows must stay out, and why."""

    table: pa.Table
    bad: np.ndarray[Any, Any]
    faults: list[CellFault] = field(default_factory=list)


def trimmed(values: pa.Array) -> pa.Array:
    """White space at both ends off; an empty text is null."""
    return _or_null(pc.utf8_trim_whitespace(values))


def _or_null(values: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(values, _EMPTY), _NULL, values)


_EMPTY, _NULL = pa.scalar("", pa.string()), pa.scalar(None, pa.string())


@dataclass(frozen=True)
class Told:
    """What a file says of itself. ``units``: money unit by field id; ``serial``: bare numbers may be day numbers, as in
    sheets; ``serials``: fields of a text file that are made of them; ``systems``: coordinate system by subject id.
    """

    units: Mapping[str, str] = field(default_factory=dict)
    serial: bool = False
    serials: frozenset[str] = frozenset()
    systems: Mapping[str, System] = field(default_factory=dict)


class _Builder:
    def __init__(self, contract: SourceContract, size: int, told: Told, *, strict: bool, today: date) -> None:
        self.contract = contract
        self.size = size
        self.told = told
        self.today = today
        self.strict = strict
        self.columns: dict[str, pa.Array] = {}
        self.cards: dict[str, IdColumns] = {}
        self.bad = np.zeros(size, dtype=bool)
        self.faults: list[CellFault] = []

    def add_field(self, spec: SourceField, raw: pa.Array) -> None:
        """Type one field; keep its raw text where the type asks for it."""
        if raw.null_count == self.size and not (spec.required and self.strict):
            self._add_nothing(spec, raw)
            return
        text = trimmed(raw)
        if spec.type in ARROW_TYPES:
            typed = read_numbers(
                text, spec.type, unit=self.told.units.get(spec.id, "元"), serial=self.told.serial,
                told=spec.id in self.told.serials, today=None if spec.ahead else self.today,
            )  # fmt: skip
            self._refuse(spec, typed.bad, raw, "wrong_type", EXPECTED[spec.type])
            values, sides = typed.values, typed.sides
            absent = np.asarray(values.is_null()) & ~typed.bad
            if "flag" in sides:  # 2024年3月 fills a date, though it names no day
                absent &= np.asarray(sides["flag"].is_null())
        elif spec.type == "id_card":
            self.cards[spec.id] = read_id_cards(text)
            values, absent = self.cards[spec.id].text, np.asarray(text.is_null())
            sides = self.cards[spec.id].sides
        else:
            values, absent = read_words(text, spec.type), np.asarray(text.is_null())
            sides = word_sides(text, spec.type)
        if spec.required and self.strict:
            self._refuse(spec, absent, raw, "missing_required", "必填")
        self.columns[spec.id] = values
        if spec.type in RAW_KEPT:
            self.columns[f"{spec.id}__raw"] = _or_null(raw)
        self.columns[f"\0{spec.id}"] = text
        self._add_sides(spec, sides)

    def _add_sides(self, spec: SourceField, sides: Mapping[str, pa.Array]) -> None:
        for suffix, kind, _ in SIDE_COLUMNS.get(spec.type, ()):
            told = sides.get(suffix)
            self.columns[f"{spec.id}__{suffix}"] = self._nulls(kind) if told is None else told

    def _add_nothing(self, spec: SourceField, raw: pa.Array) -> None:
        """A field that no row fills."""
        self.columns[spec.id] = self._nulls(field_type(spec))
        self.columns[f"{spec.id}__raw"] = self.columns[f"\0{spec.id}"] = raw
        self._add_sides(spec, {})
        if spec.type == "id_card":
            self.cards[spec.id] = self._no_cards()

    def _no_cards(self) -> IdColumns:
        text = self._nulls(pa.string())
        return IdColumns(text, text, text, self._nulls(pa.date32()), text, text)

    def _refuse(
        self, spec: SourceField, bad: np.ndarray[Any, Any], raw: pa.Array, code: str, expected: str
    ) -> None:
        if not bad.any():
            return
        self.bad |= bad
        for row in np.flatnonzero(bad).tolist():
            self.faults.append(CellFault(row, code, spec.title, raw[row].as_py(), expected))

    def add_subject(self, subject_id: str, subject: Subject) -> None:
        """The keys by which the row's person, firm or place is matched."""
        for name, values in self._subject(subject_id, subject).items():
            self.columns[f"{subject_id}__{name}"] = values

    def _subject(self, subject_id: str, subject: Subject) -> dict[str, pa.Array]:
        if subject.kind == "place":
            return self._place(subject_id, subject)
        if subject.kind == "org":
            full, core = org_names(self._text(subject.name))
            former, parent = org_marks(self._text(subject.name), self._text(subject.former))
            tax = pc.coalesce(*(tax_keys(self._text(field_id)) for field_id in (subject.tax, subject.uscc)))
            codes = pc.coalesce(
                *(uscc_keys(self._text(field_id)) for field_id in (subject.uscc, subject.tax))
            )
            return {"uscc": codes, "name": full, "core": core, "tax": tax, "former": former, "parent": parent}
        cards = self.cards[subject.id_card] if subject.id_card else self._no_cards()
        birth = self.columns[subject.birth] if subject.birth else self._nulls(pa.date32())
        return {
            "id": cards.key,
            "name": person_names(self._text(subject.name)),
            "mask": cards.mask,
            "birth": pc.coalesce(cards.birth, birth),
            "sex": pc.coalesce(cards.sex, sexes(self._text(subject.sex))),
            "area": pc.coalesce(cards.area, area_codes(self._text(subject.area))),
        }

    def _place(self, subject_id: str, subject: Subject) -> dict[str, pa.Array]:
        """The address's key and parts, and the point. A place that is no address (a 小区) has its key alone."""
        found = {name: self._nulls(kind) for name, kind in SUBJECT_COLUMNS["place"]}
        found["key"] = keys = address_keys(self._text(subject.address))
        spec = self.contract.field(subject.address or "")
        towns = self._text(subject.region) if subject.region else None
        if spec and spec.type == "address" and (keys.null_count < self.size or towns is not None):
            days = self.columns.get(self.contract.date_field or "")
            days = days.cast(pa.date32()) if days is not None and days.null_count < self.size else None
            found |= address_parts(keys, region(), days, towns)
        if subject.coordinates is not None:
            lon, lat = subject.coordinates.lon, subject.coordinates.lat
            if self.columns[lon].null_count < self.size or self.columns[lat].null_count < self.size:
                system = self.told.systems.get(subject_id) or system_named(subject.coordinates.system)
                flags = [self.columns[f"{name}__flag"] for name in (lon, lat)]
                found |= points(self.columns[lon], self.columns[lat], system, region().box, flags)
        return found

    def _text(self, field_id: str | None) -> pa.Array:
        return self.columns[f"\0{field_id}"] if field_id else self._nulls(pa.string())

    def _nulls(self, kind: pa.DataType) -> pa.Array:
        return pa.nulls(self.size, kind)


def typed_chunk(
    contract: SourceContract,
    columns: Mapping[str, pa.Array],
    size: int,
    *,
    told: Told | None = None,
    strict: bool = True,
    today: date | None = None,
) -> TypedChunk:
    """Type a chunk. ``columns``: text by field id, absent fields are null; ``strict``: required fields must be filled;
    days after ``today`` (the clock's, unless given) are flagged. Raises BadInput where the region is not chosen.
    """
    builder = _Builder(contract, size, told or Told(), strict=strict, today=today or present_day())
    for spec in contract.fields:
        raw = columns.get(spec.id)
        builder.add_field(spec, pa.nulls(size, pa.string()) if raw is None else raw)
    for subject_id, subject in contract.subjects.items():
        builder.add_subject(subject_id, subject)
    schema = typed_schema(contract)
    table = pa.Table.from_arrays([builder.columns[name] for name in schema.names], schema=schema)
    return TypedChunk(table, builder.bad, sorted(builder.faults, key=lambda fault: fault.row))
