"""Places column-wise: addresses taken apart over the county's gazetteer, and points brought to CGCS2000."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shujian.matching.normalise.address_parts import LONGEST, Address, Unit, parse
from shujian.matching.normalise.coordinate_arrays import locate_many
from shujian.matching.normalise.coordinates import Box, System
from shujian.matching.normalise.gazetteer import Gazetteer

PARTS = (
    "county", "town", "town_name", "village", "village_name", "group", "road", "number", "how", "notes",
)  # fmt: skip
DEGREES = pa.decimal128(10, 6)
_Parts = tuple[str | None, ...]
Indices = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class _Read:
    """One address: its parts by the order of ``PARTS``, what else it might be, and whether the day matters."""

    parts: _Parts
    candidates: frozenset[str] = frozenset()
    outside: bool = False
    dated: bool = False
    digits: tuple[int, ...] = ()
    """Places of parts that hold figures."""


def address_parts(
    texts: pa.Array, gazetteer: Gazetteer, days: pa.Array | None, regions: pa.Array | None
) -> dict[str, pa.Array]:
    """The parts of every address key by name. ``days``: the day of each row, for names that changed; ``regions``: the
    town as a field of its own names it, taken where the address leaves the town open.
    """
    encoded = texts.dictionary_encode()
    distinct: list[str] = encoded.dictionary.to_pylist()
    told, read = [], []
    for text in distinct:
        parts, one = _read(text, gazetteer, None)
        told.append(parts)
        read.append(one)
    indices = np.asarray(encoded.indices.fill_null(-1), dtype=np.int64)
    if days is not None and any(one.dated for one in read):
        indices = _by_day(indices, distinct, read, told, gazetteer, days)
    if regions is not None and regions.null_count < len(regions):
        indices = _by_region(indices, read, told, gazetteer, regions)
    chosen = pa.array(indices, mask=indices < 0)
    columns = zip(*told, strict=True) if told else ((),) * len(PARTS)
    return {
        name: pa.array(column, pa.string()).take(chosen) for name, column in zip(PARTS, columns, strict=True)
    }


def _by_day(
    indices: Indices, distinct: list[str], read: list[_Read], told: list[_Parts], gazetteer: Gazetteer, days: pa.Array
) -> Indices:  # fmt: skip
    """Read again, by the day of its row, every address whose names have changed; the others keep their reading."""
    matters = np.array([one.dated for one in read])
    rows = np.flatnonzero((indices >= 0) & matters[indices] & ~np.asarray(days.is_null()))
    found = indices.copy()
    known: dict[tuple[int, date], int] = {}
    for row, day in zip(rows.tolist(), days.take(pa.array(rows)).to_pylist(), strict=True):
        place = int(indices[row])
        if (place, day) not in known:
            known[place, day] = len(told)
            parts, one = _read(distinct[place], gazetteer, day)
            told.append(parts)
            read.append(one)
        found[row] = known[place, day]
    return found


def _by_region(
    indices: Indices, read: list[_Read], told: list[_Parts], gazetteer: Gazetteer, regions: pa.Array
) -> Indices:
    """Let the field beside the address name the town; each pair of address and region is settled once."""
    encoded = regions.dictionary_encode()
    towns = [_named_town(text, gazetteer) for text in encoded.dictionary.to_pylist()]
    read.append(_Read((None,) * len(PARTS)))  # a row without address may still have its region
    told.append(read[-1].parts)
    places = np.asarray(encoded.indices.fill_null(-1), dtype=np.int64)
    pairs = np.where(indices < 0, len(read) - 1, indices) * len(towns) + places
    pairs[places < 0] = -1
    different, back = np.unique(pairs, return_inverse=True)
    moved = np.full(len(different), -1, dtype=np.int64)
    for place, pair in enumerate(different.tolist()):
        address, region = divmod(pair, len(towns)) if pair >= 0 else (0, -1)
        town = towns[region] if region >= 0 else None
        settled = _settled(told[address], read[address], town, gazetteer) if town else None
        if settled is not None:
            moved[place] = len(told)
            told.append(settled)
    changed = moved[back]
    return np.where(changed >= 0, changed, indices)


_RUN = re.compile("[0-9]+")
_MOST_RUNS = 9
_MARKS = tuple(str(place) + "0" * LONGEST for place in range(1, _MOST_RUNS + 1))
"""What stands for the first, second … run of figures, cut to its length; no two can be taken for each other."""


def _read(text: str, gazetteer: Gazetteer, on: date | None) -> tuple[_Parts, _Read]:
    """Read one address: its own parts, and the reading they came from. Figures are put aside first: the parser asks
    only how many digits a run has, so that the houses of a road are a few readings.
    """
    runs = _RUN.findall(text)
    if not runs or len(runs) > _MOST_RUNS or len(text) > LONGEST // 2 or gazetteer.has_figures:
        read = _parsed(text, gazetteer, on)
        return read.parts, read
    marks = iter(_MARKS)
    read = _parsed(_RUN.sub(lambda run: next(marks)[: run.end() - run.start()], text), gazetteer, on)
    if not read.digits:
        return read.parts, read
    back = {mark[: len(run)]: run for mark, run in zip(_MARKS, runs, strict=False)}
    parts = list(read.parts)
    for place in read.digits:
        told = parts[place] or ""
        if told in back:
            parts[place] = back[told]
        elif all(run in back for run in _RUN.findall(told)):
            parts[place] = _RUN.sub(lambda found: back[found[0]], told)
        else:  # a part took some digits of a run and left the others
            read = _parsed(text, gazetteer, on)
            return read.parts, read
    return tuple(parts), read


@lru_cache(maxsize=1 << 16)
def _parsed(text: str, gazetteer: Gazetteer, on: date | None) -> _Read:
    one = parse(text, gazetteer, on)
    parts = _told(one)
    if one is None:
        return _Read(parts)
    written = tuple(PARTS.index(name) for name in ("town_name", "village_name", "group", "road", "number"))
    digits = tuple(place for place in written if parts[place] and _RUN.search(parts[place] or ""))
    candidates = frozenset(unit.code[:9] for unit in one.candidates)
    return _Read(parts, candidates, "outside" in one.notes, one.dated, digits)


def _told(one: Address | None) -> _Parts:
    """A town or village that the gazetteer lacks keeps the name that was written, and has no code."""
    if one is None:
        return (None,) * len(PARTS)
    town, village = one.town, one.village
    return (
        one.county, town.code if town else None, town.name if town else one.town_text, village.code if village else None,
        village.name if village else one.village_text, one.group, one.road, one.number, one.town_how, " ".join(one.notes) or None,
    )  # fmt: skip


def _settled(parts: _Parts, read: _Read, named: Unit, gazetteer: Gazetteer) -> _Parts | None:
    """The parts with the town that the field beside names, or with the note that both differ; None where nothing
    changes.
    """
    county, town, _, *rest = parts
    *between, _, notes = rest
    if read.outside or town == named.code:
        return None
    if town is not None:
        return (*parts[:-1], f"{notes or ''} region_differs".strip())
    if read.candidates and named.code not in read.candidates:
        return None
    return (county or gazetteer.code, named.code, named.name, *between, "region", notes)


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
