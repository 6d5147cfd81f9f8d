"""Coordinates: GCJ-02, BD-09 and WGS-84/CGCS2000, read, converted and refused with a reason.

The formulas of GCJ-02 and BD-09 are the published reverse-engineered ones; inverses are found by iteration.
CGCS2000 and WGS-84 differ by centimetres and count as one. A system that nobody declared is never guessed:
the shift between them is some hundred metres, and every one of them looks possible.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import asin, atan2, cos, hypot, isfinite, pi, radians, sin, sqrt
from typing import Literal

from shujian.matching.normalise.text import fold, is_missing, upper

System = Literal["WGS84", "CGCS2000", "GCJ02", "BD09"]
Reason = Literal[
    "missing", "unreadable", "system_undeclared", "zero", "projected", "out_of_range", "out_of_box"
]

_AXIS, _ECCENTRICITY2 = 6378245.0, 0.00669342162296594323  # Krasovsky 1940, as GCJ-02 uses it
_TURN = pi * 3000.0 / 180.0
_EARTH_METRES = 6371008.8
_WEST, _SOUTH, _EAST, _NORTH = 72.004, 0.8293, 137.8347, 55.8271  # where GCJ-02 shifts at all
_ENOUGH = 1e-9  # degrees: a tenth of a millimetre
_NAMES: dict[str, System] = {
    "WGS84": "WGS84", "WGS1984": "WGS84", "GPS": "WGS84", "EPSG:4326": "WGS84", "4326": "WGS84",
    "CGCS2000": "CGCS2000", "国家2000": "CGCS2000", "2000国家大地坐标系": "CGCS2000", "EPSG:4490": "CGCS2000", "4490": "CGCS2000",
    "GCJ02": "GCJ02", "火星坐标": "GCJ02", "高德": "GCJ02", "腾讯": "GCJ02", "BD09": "BD09", "BD09LL": "BD09", "百度": "BD09",
}  # fmt: skip
_PLAIN = re.compile(r"[+-]?[0-9]{1,12}(?:\.[0-9]+)?")
_DEGREES = re.compile(
    r"(?P<d>[0-9]{1,3})[°度](?:(?P<m>[0-9]{1,2}(?:\.[0-9]+)?)['分](?:(?P<s>[0-9]{1,2}(?:\.[0-9]+)?)(?:''|[\"秒]))?)?"
)
_SIDE = re.compile("^(?:东经|北纬|经度|纬度|E|N):?|[EN]$")
_MARKS = str.maketrans("−’′”", "-''\"")  # NFKC makes two ′ of one ″
_MINUS_SIDE = re.compile("^(?:西经|南纬|W|S):?|[WS]$")
_LONGEST = 80
_PAIR = re.compile(r"^\s*[(\[（]?\s*(.+?)\s*(?:[,，;；]|\s)\s*(\S.*?)\s*[)\]）]?\s*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees east and north."""

    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Box:
    """A county's bounding box in CGCS2000 degrees, edges inside."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, point: Point) -> bool:
        """Whether a CGCS2000 point lies inside."""
        return self.west <= point.lon <= self.east and self.south <= point.lat <= self.north


@dataclass(frozen=True, slots=True)
class Located:
    """A point in CGCS2000, or None and why there is none. ``swapped``: longitude and latitude stood the wrong
    way round, shown by the county box.
    """

    point: Point | None
    reason: Reason | None = None
    swapped: bool = False


def system_named(text: str | None) -> System | None:
    """The system that a contract or a column names (GCJ-02, 百度, EPSG:4490), or None."""
    shown = "" if text is None else upper(fold(text)).replace("-", "").replace("_", "").removesuffix("坐标系")
    return _NAMES.get(shown) or _NAMES.get(shown + "坐标系")


def convert(point: Point, source: System, target: System) -> Point:
    """The same place in another system. Round trips err by less than a millimetre."""
    if source == target:
        return point
    if {source, target} <= {"WGS84", "CGCS2000"}:
        return point
    gcj = {"GCJ02": _same, "BD09": _bd_to_gcj}.get(source, _wgs_to_gcj)
    if target in ("WGS84", "CGCS2000"):
        return _inverse(_wgs_to_gcj, point if source == "GCJ02" else _bd_to_gcj(point))
    middle = gcj(point)
    return _gcj_to_bd(middle) if target == "BD09" else middle


def distance(one: Point, other: Point) -> float:
    """Metres along the great circle between two points of one system."""
    north, east = radians(other.lat - one.lat), radians(other.lon - one.lon)
    part = sin(north / 2) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(east / 2) ** 2
    return 2 * _EARTH_METRES * asin(min(1.0, sqrt(part)))


def degrees(text: str | None) -> float | None:
    """Degrees from 113.5, 东经113.5, 113°30′0″ or 113度30分, or None. West and south are negative."""
    shown = "" if text is None else upper(fold(text)).translate(_MARKS)
    bare = _MINUS_SIDE.sub("", shown, count=1)
    sign = -1.0 if bare != shown else 1.0
    bare = _SIDE.sub("", bare, count=1)
    if _PLAIN.fullmatch(bare):
        return sign * float(bare)
    found = _DEGREES.fullmatch(bare)
    if found is None:
        return None
    minutes, seconds = float(found["m"] or 0), float(found["s"] or 0)
    return (
        sign * (float(found["d"]) + minutes / 60 + seconds / 3600) if minutes < 60 and seconds < 60 else None
    )


def locate(lon: str | None, lat: str | None, system: System | None, box: Box | None = None) -> Located:
    """Read one point of a declared system and check it against the county box."""
    if _absent(lon) or _absent(lat):
        return Located(None, "missing")
    east, north = degrees(lon), degrees(lat)
    if east is None or north is None or not (isfinite(east) and isfinite(north)):
        return Located(None, "unreadable")
    if east == 0 or north == 0:  # no county of ours lies on the equator or at Greenwich
        return Located(None, "zero")
    if max(abs(east), abs(north)) > 1000:  # metres of a projected grid
        return Located(None, "projected")
    if system is None:
        return Located(None, "system_undeclared")
    return _placed(Point(east, north), system, box)


def locate_pair(text: str | None, system: System | None, box: Box | None = None) -> Located:
    """``locate`` for one cell that holds both, longitude first: 113.5,27.6."""
    if _absent(text):
        return Located(None, "missing")
    shown = (text or "").strip()
    found = _PAIR.match(shown) if len(shown) <= _LONGEST else None
    return locate(found[1], found[2], system, box) if found else Located(None, "unreadable")


def _placed(point: Point, system: System, box: Box | None) -> Located:
    straight, turned = _on_earth(point, system), _on_earth(Point(point.lat, point.lon), system)
    if box is None:
        return Located(straight, None if straight else "out_of_range")
    if straight and box.holds(straight):
        return Located(straight)
    if turned and box.holds(turned):
        return Located(turned, None, swapped=True)
    return Located(None, "out_of_box" if straight else "out_of_range")


def _on_earth(point: Point, system: System) -> Point | None:
    inside = abs(point.lon) <= 180 and abs(point.lat) <= 90
    return convert(point, system, "CGCS2000") if inside else None


def _absent(text: str | None) -> bool:
    return text is None or is_missing(upper(fold(text)))


def _same(point: Point) -> Point:
    return point


def _wgs_to_gcj(point: Point) -> Point:
    if not (_WEST <= point.lon <= _EAST and _SOUTH <= point.lat <= _NORTH):
        return point
    x, y = point.lon - 105.0, point.lat - 35.0
    ripple = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + ripple
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + ripple
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    latitude = radians(point.lat)
    magic = 1.0 - _ECCENTRICITY2 * sin(latitude) ** 2
    metres_north = _AXIS * (1.0 - _ECCENTRICITY2) / (magic * sqrt(magic)) * pi / 180.0
    metres_east = _AXIS / sqrt(magic) * cos(latitude) * pi / 180.0
    return Point(point.lon + east / metres_east, point.lat + north / metres_north)


def _gcj_to_bd(point: Point) -> Point:
    length = hypot(point.lon, point.lat) + 0.00002 * sin(point.lat * _TURN)
    angle = atan2(point.lat, point.lon) + 0.000003 * cos(point.lon * _TURN)
    return Point(length * cos(angle) + 0.0065, length * sin(angle) + 0.006)


def _bd_to_gcj(point: Point) -> Point:
    return _inverse(_gcj_to_bd, point)


def _inverse(forward: Callable[[Point], Point], point: Point) -> Point:
    """The place that ``forward`` brings to ``point``; the shifts are small and smooth, so this contracts."""
    guess = point
    for _ in range(30):
        there = forward(guess)
        east, north = point.lon - there.lon, point.lat - there.lat
        guess = Point(guess.lon + east, guess.lat + north)
        if abs(east) < _ENOUGH and abs(north) < _ENOUGH:
            break
    return guess
