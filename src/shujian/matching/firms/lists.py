"""One list of firms as columns, ready to be compared: from raw texts, or from the columns that the lake keeps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shujian.matching.firms import names, tax_numbers
from shujian.matching.firms.hashing import signs
from shujian.matching.firms.parts import PART, in_parts
from shujian.matching.normalise import address, org, uscc
from shujian.matching.normalise.text import fold, over_unique

NameKind = Literal["former", "alias"]

OTHER_NAMES = pa.schema([
    ("row", pa.int64()), ("name", pa.string()), ("core", pa.string()), ("kind", pa.string()),
    ("from", pa.date32()), ("to", pa.date32()),
])  # fmt: skip
"""Other names of the firms of a list: ``row`` is a place in the list; ``from`` and ``to`` (inclusive) where known."""


@dataclass(frozen=True)
class Firms:
    """Text columns of one length, normalised; null where nothing is known. ``tax``: see ``tax_numbers.key``.
    ``core`` is without the places of both lists once ``aligned``. ``on``: the day that the row speaks of.
    """

    uscc: pa.Array
    tax: pa.Array
    full: pa.Array
    core: pa.Array
    parent: pa.Array
    rep: pa.Array
    address: pa.Array
    on: pa.Array
    other: pa.Table

    def __len__(self) -> int:
        return len(self.full)


@dataclass(frozen=True)
class OtherName:
    """A former name or an alias of the firm at ``row``, with the days it held (both inclusive, None: unknown)."""

    row: int
    name: str
    kind: NameKind = "former"
    from_: date | None = None
    to: date | None = None


def firms(
    full: Sequence[str | None],
    *,
    uscc_codes: Sequence[str | None] | None = None,
    tax: Sequence[str | None] | None = None,
    rep: Sequence[str | None] | None = None,
    addresses: Sequence[str | None] | None = None,
    on: Sequence[date | None] | None = None,
    other: Sequence[OtherName] = (),
) -> Firms:
    """A list from raw texts. Former names and trade signs in brackets become other names of their rows."""
    size = len(full)
    none: list[str | None] = [None] * size
    codes = [read.key for read in uscc.parse_many(list(uscc_codes or none))]
    numbers = list(tax or none)
    by_tax = [read.key for read in uscc.parse_many(numbers)]
    codes = [code or told for code, told in zip(codes, by_tax, strict=True)]
    keys = over_unique(tax_numbers.key, numbers)
    bodies = over_unique(tax_numbers.of_code, codes)
    written = list(full)
    return stored(
        uscc=pa.array(codes, pa.string()),
        tax=pa.array([body or key for body, key in zip(bodies, keys, strict=True)], pa.string()),
        full=pa.array(org.full_many(written), pa.string()),
        core=pa.array(org.core_many(written), pa.string()),
        parent=pa.array(over_unique(names.parent_core, written), pa.string()),
        rep=pa.array([None if one is None else fold(one) or None for one in rep or none], pa.string()),
        address=pa.array(address.key_many(list(addresses or none)), pa.string()),
        on=pa.array(list(on or none), pa.date32()),
        other=[*_in_brackets(written), *other],
    )


def stored(
    *,
    uscc: pa.Array,
    tax: pa.Array,
    full: pa.Array,
    core: pa.Array,
    parent: pa.Array,
    rep: pa.Array,
    address: pa.Array,
    on: pa.Array,
    other: Sequence[OtherName] = (),
) -> Firms:
    """A list from columns normalised at ingest."""
    return Firms(uscc, tax, full, core, parent, rep, address, on, other_names(other))


def other_names(given: Sequence[OtherName]) -> pa.Table:
    """Other names as a table of ``OTHER_NAMES``; what has no comparable form is left out, twins stand once."""
    rows: dict[tuple[int, str, str], dict[str, object]] = {}
    for one in given:
        full, core = org.full(one.name), org.core(one.name)
        if full is not None and core is not None:
            rows.setdefault((one.row, full, one.kind), {
                "row": one.row, "name": full, "core": core, "kind": one.kind, "from": one.from_, "to": one.to,
            })  # fmt: skip
    return pa.Table.from_pylist(list(rows.values()), schema=OTHER_NAMES)


def _in_brackets(written: Sequence[str | None]) -> list[OtherName]:
    found: list[OtherName] = []
    for row, text in enumerate(written):
        if text is None or not ("(" in text or "（" in text or "〔" in text or "[" in text or "【" in text):
            continue
        found += [OtherName(row, name) for name in names.former_names(text)]
        found += [OtherName(row, name, "alias") for name in names.shop_names(text)]
    return found


def aligned(
    left: Firms, right: Firms, *, least_region: int, regions: Collection[str] = ()
) -> tuple[Firms, Firms]:
    """Both lists with cores less the places that stand before names of either list, and less ``regions``."""
    told = [names.regions_of(_marked(side), least=least_region) for side in (left, right)]
    places = tuple(sorted({*regions, *(place for each in told for place in each)}))
    return _tight(left, places), _tight(right, places)


def _marked(one: Firms) -> dict[str, int]:
    """The beginnings of names that may hold a place with its mark, and how many names have each."""
    parts = in_parts(lambda start: _begun(one.full.slice(start, PART)), len(one))
    counted = pc.value_counts(pa.chunked_array(parts, pa.string()))
    return {each["values"]: each["counts"] for each in counted.to_pylist()}


def _begun(fulls: pa.Array) -> pa.Array:
    """Names up to the first of their third to eighth characters that marks a place; others are left out."""
    read = signs(fulls)
    rows = np.arange(len(fulls))
    found: list[pa.Array] = []
    for place in range(2, 8):
        rows = rows[read.lengths[rows] > place]
        marks = np.isin(read.codes[read.starts[rows] + place], _MARKS)
        found.append(pc.utf8_slice_codeunits(fulls.take(pa.array(rows[marks])), 0, place + 1))
        rows = rows[~marks]
    return pa.concat_arrays(found).cast(pa.string())


_MARKS = [ord(mark) for mark in "市县区"]


def _tight(one: Firms, places: tuple[str, ...]) -> Firms:
    other = one.other
    cores = names.tightened(other["core"].combine_chunks(), other["name"].combine_chunks(), places)
    return replace(
        one,
        core=names.tightened(one.core, one.full, places),
        parent=names.tightened(one.parent, one.parent, places),
        other=other.set_column(2, OTHER_NAMES.field(2), cores.cast(pa.string())),
    )
