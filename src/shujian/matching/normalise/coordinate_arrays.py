"""Points of a whole column brought to CGCS2000 at once; the same answers as ``coordinates.locate``, one by one.

Units: degrees. The inverse of GCJ-02 and BD-09 takes a fixed number of steps; each shrinks the error some 300 times.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from shujian.matching.normalise.coordinates import Box, System

Degrees = np.ndarray[Any, np.dtype[np.float64]]
_Pair = tuple[Degrees, Degrees]

_AXIS, _ECCENTRICITY2 = 6378245.0, 0.00669342162296594323
_TURN = np.pi * 3000.0 / 180.0
_WEST, _SOUTH, _EAST, _NORTH = 72.004, 0.8293, 137.8347, 55.8271
_STEPS = 5


@dataclass(frozen=True)
class Points:
    """CGCS2000 degrees, NaN where there is no point; ``why``: reasons as ``coordinates.Reason``, swapped, or None."""

    lon: Degrees
    lat: Degrees
    why: np.ndarray[Any, Any]


def locate_many(lon: Degrees, lat: Degrees, system: System | None, box: Box | None) -> Points:
    """Read points of one system. NaN stands for no number; a row without any has no reason either."""
    size = len(lon)
    why = np.full(size, None, dtype=object)
    some = ~(np.isnan(lon) & np.isnan(lat))
    half = some & (np.isnan(lon) | np.isnan(lat))
    zero = some & ~half & ((lon == 0) | (lat == 0))
    why[half], why[zero] = "missing", "zero"
    open_ = some & ~half & ~zero
    nowhere = np.full(size, np.nan)
    if system is None:
        why[open_] = "system_undeclared"
        return Points(nowhere, nowhere.copy(), why)
    east, north, reason = _placed(lon[open_], lat[open_], system, box)
    why[open_] = reason
    found = Points(nowhere, nowhere.copy(), why)
    found.lon[open_], found.lat[open_] = east, north
    return found


def to_cgcs2000(lon: Degrees, lat: Degrees, system: System) -> _Pair:
    """Degrees of ``system`` in CGCS2000 (one with WGS-84 here)."""
    if system == "BD09":
        lon, lat = _inverse(_gcj_to_bd, lon, lat)
    return _inverse(_wgs_to_gcj, lon, lat) if system in ("GCJ02", "BD09") else (lon, lat)


def _placed(
    lon: Degrees, lat: Degrees, system: System, box: Box | None
) -> tuple[Degrees, Degrees, np.ndarray[Any, Any]]:
    reason = np.full(len(lon), None, dtype=object)
    east, north = _on_earth(lon, lat, system)
    if box is None:
        reason[np.isnan(east)] = "out_of_range"
        return east, north, reason
    inside = _holds(box, east, north)
    reason[~inside] = np.where(np.isnan(east[~inside]), "out_of_range", "out_of_box")
    turned = np.flatnonzero(~inside)
    swapped_east, swapped_north = _on_earth(lat[turned], lon[turned], system)
    fits = _holds(box, swapped_east, swapped_north)
    east[turned] = np.where(fits, swapped_east, np.nan)
    north[turned] = np.where(fits, swapped_north, np.nan)
    reason[turned[fits]] = "swapped"
    return east, north, reason


def _on_earth(lon: Degrees, lat: Degrees, system: System) -> _Pair:
    real = (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    east, north = np.full(len(lon), np.nan), np.full(len(lat), np.nan)
    east[real], north[real] = to_cgcs2000(lon[real], lat[real], system)
    return east, north


def _holds(box: Box, lon: Degrees, lat: Degrees) -> np.ndarray[Any, Any]:
    with np.errstate(invalid="ignore"):
        inside = (box.west <= lon) & (lon <= box.east) & (box.south <= lat) & (lat <= box.north)
    return np.asarray(inside)


def _wgs_to_gcj(lon: Degrees, lat: Degrees) -> _Pair:
    x, y = lon - 105.0, lat - 35.0
    ripple = (20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x)) + ripple
    north += (20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north += (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x)) + ripple
    east += (20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east += (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    latitude = np.radians(lat)
    magic = 1.0 - _ECCENTRICITY2 * np.sin(latitude) ** 2
    metres_north = _AXIS * (1.0 - _ECCENTRICITY2) / (magic * np.sqrt(magic)) * np.pi / 180.0
    metres_east = _AXIS / np.sqrt(magic) * np.cos(latitude) * np.pi / 180.0
    shifted = (lon >= _WEST) & (lon <= _EAST) & (lat >= _SOUTH) & (lat <= _NORTH)
    return lon + np.where(shifted, east / metres_east, 0.0), lat + np.where(
        shifted, north / metres_north, 0.0
    )


def _gcj_to_bd(lon: Degrees, lat: Degrees) -> _Pair:
    length = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _TURN)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _TURN)
    return length * np.cos(angle) + 0.0065, length * np.sin(angle) + 0.006


def _inverse(forward: Any, lon: Degrees, lat: Degrees) -> _Pair:
    east, north = lon.copy(), lat.copy()
    for _ in range(_STEPS):
        there_east, there_north = forward(east, north)
        east, north = east + (lon - there_east), north + (lat - there_north)
    return east, north
