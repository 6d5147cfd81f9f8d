"""Coordinates: known points, round trips, and every way a point is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.matching.normalise.coordinates import (
    Box,
    Point,
    System,
    convert,
    degrees,
    distance,
    locate,
    locate_pair,
    system_named,
)  # fmt: skip

BOX = Box(113.10, 27.30, 113.80, 28.00)
SYSTEMS: list[System] = ["WGS84", "CGCS2000", "GCJ02", "BD09"]
china = st.builds(Point, st.floats(73.5, 135.0), st.floats(18.0, 53.5))


@given(china, st.sampled_from(SYSTEMS), st.sampled_from(SYSTEMS))
def test_there_and_back_is_the_same_place(point: Point, source: System, target: System) -> None:
    there = convert(point, source, target)
    assert distance(convert(there, target, source), point) < 0.01
    datums = {source, target} <= {"WGS84", "CGCS2000"}
    assert (there == point) == (source == target or datums)
    assert datums or source == target or 20 < distance(there, point) < 3000


@given(china, st.sampled_from(SYSTEMS), st.sampled_from(SYSTEMS), st.sampled_from(SYSTEMS))
def test_the_way_does_not_matter(point: Point, one: System, two: System, three: System) -> None:
    assert distance(convert(convert(point, one, two), two, three), convert(point, one, three)) < 0.01


def test_known_points() -> None:
    """Tian'anmen as the public implementations of the formulas give it, to a metre."""
    wgs, gcj, bd = Point(116.391349, 39.907375), Point(116.397590, 39.908776), Point(116.403963, 39.915119)
    assert distance(convert(wgs, "WGS84", "GCJ02"), gcj) < 1
    assert distance(convert(wgs, "WGS84", "BD09"), bd) < 2
    abroad = Point(2.3522, 48.8566)
    assert convert(abroad, "WGS84", "GCJ02") == abroad
    assert distance(Point(113, 27), Point(113, 28)) == pytest.approx(111195, abs=1)


@pytest.mark.parametrize(
    ("lon", "lat", "system", "reason", "swapped"),
    [
        ("113.5", "27.6", "CGCS2000", None, False),
        ("27.6", "113.5", "CGCS2000", None, True),
        ("东经113°30′0″", "北纬27度36分", "WGS84", None, False),
        ("１１３．５", "27.6", "GCJ02", None, False),
        ("113.5", "27.6", None, "system_undeclared", False),
        ("0", "0", "GCJ02", "zero", False),
        ("0.0", "0.000", None, "zero", False),
        ("113.5", "0", "GCJ02", "zero", False),
        ("113.5", "26.6", "GCJ02", "out_of_box", False),
        ("-113.5", "27.6", "GCJ02", "out_of_box", False),
        ("213.5", "27.6", "GCJ02", "out_of_range", False),
        ("38512345.6", "3056789.1", "CGCS2000", "projected", False),
        ("", "27.6", "GCJ02", "missing", False),
        (None, None, "GCJ02", "missing", False),
        ("无", "27.6", "GCJ02", "missing", False),
        ("113.5.1", "27.6", "GCJ02", "unreadable", False),
        ("113°75′", "27.6", "GCJ02", "unreadable", False),
    ],
)
def test_table_of_points(
    lon: str | None, lat: str | None, system: System | None, reason: str | None, swapped: bool
) -> None:
    read = locate(lon, lat, system, BOX)
    assert (read.reason, read.swapped) == (reason, swapped)
    assert (read.point is None) == (reason is not None)
    if read.point and system != "GCJ02":
        assert distance(read.point, Point(113.5, 27.6)) < 0.001


def test_the_box_is_asked_after_conversion() -> None:
    edge = Point(113.80, 27.60)
    shifted = convert(edge, "CGCS2000", "GCJ02")
    assert shifted.lon > BOX.east
    assert locate(f"{shifted.lon - 1e-6:.9f}", f"{shifted.lat:.9f}", "GCJ02", BOX).reason is None
    assert locate(f"{shifted.lon + 1e-4:.9f}", f"{shifted.lat:.9f}", "GCJ02", BOX).reason == "out_of_box"
    assert locate(f"{shifted.lon}", f"{shifted.lat}", "CGCS2000", BOX).reason == "out_of_box"


def test_pairs_names_and_degrees() -> None:
    assert locate_pair("(113.5， 27.6)", "WGS84", BOX).point == Point(113.5, 27.6)
    assert locate_pair("27.6 113.5", "WGS84", BOX).swapped
    assert [
        locate_pair(text, "WGS84", BOX).reason for text in ("113.5", "1" + " " * 9000 + "x", "", None)
    ] == [
        "unreadable",
        "unreadable",
        "missing",
        "missing",
    ]
    assert [system_named(name) for name in ("GCJ-02", "百度坐标系", "wgs_84", "EPSG:4490", "北京54", None)] == [
        "GCJ02", "BD09", "WGS84", "CGCS2000", None, None]  # fmt: skip
    assert degrees("西经10.5") == -10.5 and degrees("113°30'36\"E") == pytest.approx(113.51)


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_text_is_read_without_raising(lon: str, lat: str) -> None:
    read = locate(lon, lat, "BD09", BOX)
    assert (read.point is None) == (read.reason is not None)
    assert read.point is None or BOX.holds(read.point)
