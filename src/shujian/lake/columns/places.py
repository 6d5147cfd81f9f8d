"""Places column-wise: addresses taken apart over the county's gazetteer, and points brought to CGCS2000."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shujian.matching.normalise.address_parts import Address, Unit, parse
from shujian.matching.normalise.coordinate_arrays import locate_many
from shujian.matching.normalise.coordinates import Box, System
from shujian.matching.normalise.gazetteer import Gazetteer

PARTS = (
    "county", "town", "town_name", "village", "village_name", "group", "road", "number", "how", "notes",
)  # fmt: skip
DEGREES = pa.decimal128(10, 6)
_Parts = tuple[str | None, ...]


def address_parts(
    texts: pa.Array, gazetteer: Gazetteer, days: pa.Array | None, regions: pa.Array | None
) -> dict[str, pa.Array]:
    """The parts of every address by name. ``days``: the day of each row, for names that changed; ``regions``: the
    town as a field of its own names it, taken where the address leaves the town open.
    """
    encoded = texts.dictionary_encode()
    distinct: list[str] = encoded.dictionary.to_pylist()
    read = [_parsed(text, gazetteer, None) for text in distinct]
    dated = [place for place, one in enumerate(read) if one is not None and one.dated]
    told = [_told(one) for one in read]
    if not (dated and days is not None) and regions is None:
        columns = zip(*told, strict=True) if told else ((),) * len(PARTS)
        return {
            name: pa.array(column, pa.string()).take(encoded.indices)
            for name, column in zip(PARTS, columns, strict=True)
        }
    return _row_by_row(distinct, read, told, encoded.indices, gazetteer, days, regions)


def _row_by_row(
    distinct: Sequence[str],
    read: Sequence[Address | None],
    told: Sequence[_Parts],
    indices: pa.Array,
    gazetteer: Gazetteer,
    days: pa.Array | None,
    regions: pa.Array | None,
) -> dict[str, pa.Array]:
    size = len(indices)
    on: Sequence[Any] = days.to_pylist() if days is not None else [None] * size
    towns: Sequence[Any] = regions.to_pylist() if regions is not None else [None] * size
    nothing: _Parts = (None,) * len(PARTS)
    rows: list[_Parts] = []
    for place, day, region in zip(indices.to_pylist(), on, towns, strict=True):
        one = read[place] if place is not None else None
        parts = told[place] if place is not None else nothing
        if one is not None and one.dated and day is not None:
            one = _parsed(distinct[place], gazetteer, day)
            parts = _told(one)
        rows.append(_with_region(parts, one, region, gazetteer) if region else parts)
    columns = zip(*rows, strict=True) if rows else ((),) * len(PARTS)
    return {name: pa.array(column, pa.string()) for name, column in zip(PARTS, columns, strict=True)}


@lru_cache(maxsize=1 << 16)
def _parsed(text: str, gazetteer: Gazetteer, on: date | None) -> Address | None:
    return parse(text, gazetteer, on)


def _told(one: Address | None) -> _Parts:
    """A town or village that the gazetteer lacks keeps the name that was written, and has no code."""
    if one is None:
        return (None,) * len(PARTS)
    town, village = one.town, one.village
    return (
        one.county, town.code if town else None, town.name if town else one.town_text, village.code if village else None,
        village.name if village else one.village_text, one.group, one.road, one.number, one.town_how, " ".join(one.notes) or None,
    )  # fmt: skip


def _with_region(parts: _Parts, one: Address | None, region: str, gazetteer: Gazetteer) -> _Parts:
    """Let the field beside the address name the town: where the address does not, or not decidedly."""
    named = _named_town(region, gazetteer)
    if named is None or (one is not None and "outside" in one.notes):
        return parts
    county, town, _, *rest = parts
    *between, _, notes = rest
    if town is None and not (
        one and one.candidates and named.code not in {unit.code[:9] for unit in one.candidates}
    ):
        return (county or gazetteer.code, named.code, named.name, *between, "region", notes)
    if town is not None and town != named.code:
        return (*parts[:-1], f"{notes or ''} region_differs".strip())
    return parts


@lru_cache(maxsize=4096)
def _named_town(region: str, gazetteer: Gazetteer) -> Unit | None:
    found = parse(region, gazetteer)
    return found.town if found else None


def points(
    lon: pa.Array, lat: pa.Array, system: System | None, box: Box | None, flags: Sequence[pa.Array]
) -> dict[str, pa.Array]:
    """Longitude and latitude in CGCS2000, the system they came in, and why there is no point.

    ``lon`` and ``lat``: degrees as decimals, null where none; ``flags``: what the fields themselves noted.
    """
    east = np.asarray(lon.cast(pa.float64()).fill_null(np.nan), dtype=np.float64)
    north = np.asarray(lat.cast(pa.float64()).fill_null(np.nan), dtype=np.float64)
    found = locate_many(east, north, system, box)
    noted = pc.coalesce(*flags) if flags else pa.nulls(len(lon), pa.string())
    return {
        "lon": _degrees(found.lon), "lat": _degrees(found.lat),
        "system": pc.if_else(pa.array(~np.isnan(found.lon)), pa.scalar(system), pa.scalar(None, pa.string())),
        "point": pc.coalesce(pa.array(found.why.tolist(), pa.string()), noted),
    }  # fmt: skip


def _degrees(values: np.ndarray[Any, Any]) -> pa.Array:
    return pa.array(np.round(values, 6), from_pandas=True).cast(DEGREES)
