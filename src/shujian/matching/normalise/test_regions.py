"""Which county holds, files made from an official list, columns of points, and coordinate systems told by anchors."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.kernel.errors import BadInput
from shujian.matching.normalise import coordinates, gazetteer, region_building, regions
from shujian.matching.normalise.address_parts import parse
from shujian.matching.normalise.coordinate_arrays import locate_many
from shujian.matching.normalise.coordinate_systems import Seen, system_of
from shujian.matching.normalise.coordinates import Box, Point, System, convert

LIST = [
    (1, ["代码", "名称", "上级"]), (2, ["999999001", "示例东门街道", "999999"]), (3, ["999999101000", "示例石湾镇"]),
    (4, ["999999101201", "示例青山村"]), (5, ["999998101", "虚构镇"]), (6, ["999999400", "虚构省示例市经济开发区"]), (7, []),
]  # fmt: skip
NAMES = """\
county: "999999"
as_of: 2026-06-30
source: 虚构
name: 示例市
aliases: [示例]
former: [{name: 示例县, until: 1995-01-01}]
above: [虚构省]
towns:
  - name: 示例石湾镇
    aliases: [石湾镇]
    roads: [石湾大道]
    former: [{name: 示例大塘乡, from: 1990-01-01, until: 2015-12-01, why: 并入, verified: false}]
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path))
    monkeypatch.delenv("SHUJIAN_REGION", raising=False)
    return tmp_path


def _built(folder: Path, region_id: str = "mine", **more: Any) -> gazetteer.RegionFile:
    path = folder / "names.yaml"
    path.write_text(more.pop("names", NAMES), "utf-8")
    return region_building.build_region(
        more.pop("listed", LIST), region_id=region_id, names=region_building.read_names(path),
        as_of=date(2026, 1, 1), source="统计", **more,
    )  # fmt: skip


def test_a_region_is_built_written_and_read_back(home: Path) -> None:
    made = _built(home)
    assert [(town.code, town.name, len(town.villages)) for town in made.towns] == [
        ("999999001", "示例东门街道", 0), ("999999101", "示例石湾镇", 1), ("999999400", "虚构省示例市经济开发区", 0),
    ]  # fmt: skip
    path = region_building.write_region(made)
    assert path == home / "catalogue" / "regions" / "mine.yaml"
    assert gazetteer.read_region(path) == made
    with pytest.raises(BadInput, match="已被占用"):
        region_building.write_region(made)
    told = gazetteer.hints(made)
    assert len(told) == 3 and "示例大塘乡" in told[0] and "box" in told[1]


def test_every_fault_of_a_list_is_told(home: Path) -> None:
    with pytest.raises(BadInput) as refused:
        _built(
            home,
            "Mine",
            listed=[(1, ["9999991x1", "示例镇"]), (2, ["999999102201", "示例村"])],
            file="名单.csv",
        )
    codes = [fault.code for fault in refused.value.faults]
    assert codes == ["bad_code", "no_towns", "bad_id"] and refused.value.faults[0].line == 1
    with pytest.raises(BadInput) as refused:
        _built(
            home,
            listed=[*LIST, (8, ["999999102201", "示例村"])],
            names=NAMES.replace("name: 示例石湾镇", "name: 示例无镇"),
        )
    assert [fault.code for fault in refused.value.faults] == ["unknown_town", "orphan_village"]


def test_names_come_from_a_file_the_county_or_the_words_given(home: Path) -> None:
    day = date(2026, 1, 1)
    assert region_building.names_of("999999", None, "示例市", day, "统计").name == "示例市"
    for county, name in ((None, "示例市"), ("999999", None), ("99", "示例市")):
        with pytest.raises(BadInput, match="--county"):
            region_building.names_of(county, None, name, day, "统计")
    path = home / "names.yaml"
    path.write_text(NAMES, "utf-8")
    with pytest.raises(BadInput, match="别的县区"):
        region_building.names_of("999998", path, None, day, "统计")


def test_a_list_is_read_in_both_encodings(home: Path) -> None:
    path = home / "名单.csv"
    for encoding in ("utf-8-sig", "gb18030"):
        path.write_bytes("代码,名称\n999999001,示例东门街道\n".encode(encoding))
        assert region_building.read_list(path)[1] == (2, ["999999001", "示例东门街道"])
    path.write_bytes(b"\xff\xff\xff")
    with pytest.raises(BadInput, match="编码"):
        region_building.read_list(path)
    with pytest.raises(BadInput, match="不存在"):
        region_building.read_list(home / "无.csv")


def test_the_shipped_county_holds_until_the_user_has_one(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert regions.chosen_region() == "model_county"
    region_building.write_region(_built(home, "mine"))
    assert regions.chosen_region() == "mine" and regions.region().id == "mine"
    region_building.write_region(_built(home, "other"))
    with pytest.raises(BadInput, match="选定一个"):
        regions.chosen_region()
    regions.use_region("other")
    assert regions.chosen_region() == "other"
    monkeypatch.setenv("SHUJIAN_REGION", "model_county")
    assert regions.region().id == "model_county"
    monkeypatch.setenv("SHUJIAN_REGION", "nobody")
    with pytest.raises(BadInput, match="没有文件"):
        regions.chosen_region()
    with pytest.raises(BadInput, match="没有这个地区"):
        regions.use_region("nobody")


@pytest.mark.parametrize(
    ("text", "town", "how"),
    [
        ("示例市经开区管委会旁", "999999400", "short"), ("经济开发区三号路", "999999400", "short"), ("石湾大道8号", "999999101", "road"),
        ("示例市石湾大道", "999999101", "road"), ("东门路8号", None, None), ("示例大塘乡", "999999101", "former"),
        ("石湾白云村", None, None), ("示例市示例东门白云村", "999999001", "short"),
        ("示例东门白云村", None, None),
    ],
)  # fmt: skip
def test_zones_roads_and_short_names(home: Path, text: str, town: str | None, how: str | None) -> None:
    """石湾 has its villages listed, so that an unknown one behind the short name proves nothing; 东门 has not."""
    read = parse(text, gazetteer.build(_built(home)))
    assert read is not None and (read.town.code if read.town else None, read.town_how) == (town, how)


def test_a_road_of_two_towns_leaves_it_open(home: Path) -> None:
    names = NAMES + "  - {name: 示例东门街道, roads: [石湾大道]}\n"
    read = parse("石湾大道8号", gazetteer.build(_built(home, names=names)))
    assert read is not None and read.town is None and read.notes == ("town_ambiguous",)
    assert [unit.code for unit in read.candidates] == ["999999001", "999999101"]


BOX = Box(124.2, 28.1, 124.6, 28.4)
_DEGREES = st.one_of(
    st.one_of(st.floats(124.0, 124.8), st.floats(28.0, 28.5), st.floats(-400, 400)).map(
        lambda one: float(f"{one:.6f}")
    ),
    st.sampled_from([0.0, 90.0, 180.0]),
    st.none(),
)


@given(
    st.lists(st.tuples(_DEGREES, _DEGREES), max_size=8),
    st.sampled_from([None, "GCJ02", "BD09", "WGS84"]),
    st.booleans(),
)
def test_columns_agree_with_single_points(
    pairs: list[tuple[float | None, float | None]], system: System | None, boxed: bool
) -> None:
    box = BOX if boxed else None
    lon = np.array([np.nan if one is None else one for one, _ in pairs], dtype=np.float64)
    lat = np.array([np.nan if one is None else one for _, one in pairs], dtype=np.float64)
    found = locate_many(lon, lat, system, box)
    for place, (east, north) in enumerate(pairs):
        east_text, north_text = (None if one is None else f"{one:.6f}" for one in (east, north))
        single = coordinates.locate(east_text, north_text, system, box)
        why = found.why[place]
        if east is None and north is None:
            assert why is None and np.isnan(found.lon[place])
        elif single.point is None:
            assert np.isnan(found.lon[place]) and why == single.reason
        else:
            assert why == ("swapped" if single.swapped else None)
            assert abs(found.lon[place] - single.point.lon) < 1e-8
            assert abs(found.lat[place] - single.point.lat) < 1e-8


@given(
    st.floats(124.2, 124.6), st.floats(28.1, 28.4), st.sampled_from(["CGCS2000", "GCJ02", "BD09"]),
    st.lists(st.tuples(st.floats(-0.0005, 0.0005), st.floats(-0.0005, 0.0005)), min_size=3, max_size=6),
)  # fmt: skip
def test_anchors_tell_the_system_within_some_fifty_metres(
    lon: float, lat: float, system: System, errors: list[tuple[float, float]]
) -> None:
    true = Point(lon, lat)
    seen = [
        Seen("示例站", convert(Point(lon + east, lat + north), "CGCS2000", system), true)
        for east, north in errors
    ]
    assert system_of(seen) == system


def test_too_few_or_contradicting_anchors_tell_nothing() -> None:
    true = Point(124.4, 28.25)
    one = Seen("示例站", convert(true, "CGCS2000", "GCJ02"), true)
    assert system_of([one]) is None
    assert system_of([one, one]) is None
    assert system_of([one, one, one]) == "GCJ02"
    far = Seen("示例站", Point(124.5, 28.3), true)
    assert system_of([far, far, far]) is None
    assert system_of([]) is None
