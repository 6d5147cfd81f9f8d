"""The two shifted coordinate systems of Chinese maps, written apart from the product's own: a mistake there must show.

Published formulas: CGCS2000 → GCJ-02 (Krasovsky ellipsoid), GCJ-02 → BD-09.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Degrees = npt.NDArray[np.float64]
_AXIS, _ECCENTRICITY2 = 6378245.0, 0.00669342162296594323
_TURN = np.pi * 3000.0 / 180.0


def shifted(lon: Degrees, lat: Degrees, system: str) -> tuple[Degrees, Degrees]:
    """The same places in ``CGCS2000``, ``GCJ02`` or ``BD09``."""
    if system == "CGCS2000":
        return lon, lat
    lon, lat = _gcj(lon, lat)
    if system == "GCJ02":
        return lon, lat
    far = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _TURN)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _TURN)
    return far * np.cos(angle) + 0.0065, far * np.sin(angle) + 0.006


def _gcj(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    x, y = lon - 105.0, lat - 35.0
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    north += _waves(x, 6) + _part(y, ((20, 1), (40, 3))) + _part(y, ((160, 12), (320, 30)))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    east += _waves(x, 6) + _part(x, ((20, 1), (40, 3))) + _part(x, ((150, 12), (300, 30)))
    angle = np.radians(lat)
    magic = 1 - _ECCENTRICITY2 * np.sin(angle) ** 2
    metres_north = _AXIS * (1 - _ECCENTRICITY2) / (magic * np.sqrt(magic)) * np.pi / 180
    metres_east = _AXIS / np.sqrt(magic) * np.cos(angle) * np.pi / 180
    return lon + east / metres_east, lat + north / metres_north


def _waves(x: Degrees, times: int) -> Degrees:
    waves: Degrees = (20 * np.sin(times * x * np.pi) + 20 * np.sin(2 * x * np.pi)) * 2 / 3
    return waves


def _part(values: Degrees, terms: tuple[tuple[int, int], ...]) -> Degrees:
    """Sum of amplitude × sin(value × π / period), two thirds of it."""
    total = np.zeros_like(values)
    for amplitude, period in terms:
        total += amplitude * np.sin(values * np.pi / period)
    return total * 2 / 3
