"""What a file says of itself, settled once on its first rows: units, day numbers, coordinate systems."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shujian.lake.columns.table import Told, trimmed
from shujian.lake.sources import SourceContract, header_key
from shujian.matching.normalise.coordinate_systems import Seen, system_of
from shujian.matching.normalise.coordinates import Point, System, degrees, system_named
from shujian.matching.normalise.regions import region

_DAY_NUMBER = r"^[2-6][0-9]{4}(\.[0-9]+)?$"
"""1954-10-03 to 2091-06-02 as a sheet counts days."""
LEAST_SERIALS = 5
SHARE_OF_SERIALS = 0.9
"""A date column of a text file is taken as day numbers where it has so many filled cells, and so many of them are."""
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


def told_by(
    contract: SourceContract,
    titles: Mapping[str, str],
    columns: Mapping[str, pa.Array],
    *,
    units: Mapping[str, str],
    serial: bool,
) -> Told:
    """Read the headers (by field id) and the first rows of a file. ``serial``: it is a sheet."""
    serials = frozenset() if serial else _serials(contract, columns)
    return Told(units, serial, serials, _systems(contract, titles, columns))


def _serials(contract: SourceContract, columns: Mapping[str, pa.Array]) -> frozenset[str]:
    found = set()
    for field in contract.fields:
        if field.type not in ("date", "timestamp") or field.id not in columns:
            continue
        filled = trimmed(columns[field.id]).drop_null()
        if len(filled) < LEAST_SERIALS:
            continue
        days = int(np.asarray(pc.match_substring_regex(filled, _DAY_NUMBER)).sum())
        if days >= SHARE_OF_SERIALS * len(filled):
            found.add(field.id)
    return frozenset(found)


def _systems(
    contract: SourceContract, titles: Mapping[str, str], columns: Mapping[str, pa.Array]
) -> dict[str, System]:
    """By subject: what the header names, else for ``detect`` what the region's anchors show."""
    found: dict[str, System] = {}
    for subject_id, subject in contract.subjects.items():
        if subject.coordinates is None:
            continue
        lon, lat = subject.coordinates.lon, subject.coordinates.lat
        named = _in_title(titles.get(lon)) or _in_title(titles.get(lat))
        if named is None and subject.coordinates.system == "detect" and subject.address in columns:
            named = _by_anchors(columns, subject.address or "", lon, lat)
        if named is not None:
            found[subject_id] = named
    return found


def _in_title(title: str | None) -> System | None:
    """The system in brackets behind a title (经度（GCJ-02））, or written before it (百度经度)."""
    shown = header_key(title or "")
    for found in _BRACKETS.finditer(shown):
        if named := system_named(found[1] or found[2]):
            return named
    return system_named(re.sub("[经纬]度|lon|lat|lng", "", _BRACKETS.sub("", shown)))


def _by_anchors(columns: Mapping[str, pa.Array], address: str, lon: str, lat: str) -> System | None:
    gazetteer = region()
    if not gazetteer.anchors or lon not in columns or lat not in columns:
        return None
    texts, easts, norths = (trimmed(columns[name]) for name in (address, lon, lat))
    seen = []
    for name, point in gazetteer.anchors:
        rows = pc.indices_nonzero(pc.fill_null(pc.match_substring(texts, name), False))
        for row in rows.to_pylist():
            east, north = degrees(easts[row].as_py()), degrees(norths[row].as_py())
            if east is not None and north is not None:
                seen.append(Seen(name, Point(east, north), point))
    return system_of(seen)
