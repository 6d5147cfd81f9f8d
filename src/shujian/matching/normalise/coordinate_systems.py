"""Which coordinate system a file was written in, shown by places whose true position is known.

GCJ-02 lies some 300 to 700 metres off, BD-09 as much again; a single point fits several systems if nobody knows
where it should be. So a system is named only where known places (anchors) agree on one and contradict the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from shujian.matching.normalise.coordinates import Point, System, convert, distance

CANDIDATES: tuple[System, ...] = ("CGCS2000", "GCJ02", "BD09")
NEAR = 150.0
"""Metres: a place's gate and its middle may lie so far apart."""
CLEARLY = 2.0
"""How many times nearer the best system must be than the next."""
LEAST = 3
"""So many points, or two anchors."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A point of a file whose row names an anchor: as written, and where the anchor lies in CGCS2000."""

    anchor: str
    written: Point
    true: Point


def system_of(seen: Sequence[Seen]) -> System | None:
    """The one system under which the anchors lie where they should, or None where it stays open."""
    sane = [
        one for one in seen if abs(one.written.lat) <= 90 and abs(one.written.lon) <= 180 and one.written.lon
    ]
    if len(sane) < LEAST and len({one.anchor for one in sane}) < 2:
        return None
    ranked = sorted(
        (median(distance(convert(one.written, system, "CGCS2000"), one.true) for one in sane), system)
        for system in CANDIDATES
    )
    (best, system), (second, _) = ranked[0], ranked[1]
    return system if best <= NEAR and second >= CLEARLY * best and second > NEAR else None
