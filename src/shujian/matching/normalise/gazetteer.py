"""The names of one county's towns and villages, read from a dated file, with every usual way to write them.

A former name belongs to the present town that took the place over; a place that was split stands under
each of its heirs, and its name alone then decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.yamlfile import YamlFile, read_yaml
from shujian.matching.normalise import address
from shujian.matching.normalise.coordinates import Box, Point

How = Literal["name", "short", "alias", "former"]
Heads = dict[str, tuple[str, ...]]
"""The first two signs of a form → all forms that begin so, the longest first."""

_TOWN = re.compile("(?P<core>.{2,}?)(?P<mark>街道办事处|街道|镇|(?:.{1,3}族)?乡|地区|开发区)")
_VILLAGE = re.compile("(?P<core>.{1,}?)(?P<mark>社区居民委员会|社区居委会|社区|村民委员会|村委会|居委会|村)")
_TOWN_MARKS = {
    "镇": ("镇", "乡"),
    "乡": ("乡", "镇"),
    "街道": ("街道办事处", "街道办", "街道", "办事处", "街办", "办"),
}
_ZONES = {"经济开发区": "经开区", "经济技术开发区": "经开区", "高新技术产业开发区": "高新区"}
_VILLAGE_MARKS = (
    "社区居民委员会",
    "社区居委会",
    "村民委员会",
    "居民委员会",
    "村委会",
    "居委会",
    "社区",
    "村",
)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Former(_Strict):
    """A name that was in force before ``until`` (and since ``since``, where known). ``verified``: whether somebody
    has compared it with the decree.
    """

    name: str = Field(min_length=2)
    since: date | None = Field(default=None, alias="from")
    until: date
    why: str | None = None
    verified: bool = True


class Village(_Strict):
    """A village or community: ``code`` has twelve digits."""

    code: str = Field(pattern="^[0-9]{12}$")
    name: str = Field(min_length=2)
    aliases: tuple[str, ...] = ()
    former: tuple[Former, ...] = ()


class Town(_Strict):
    """A town, township or sub-district: ``code`` has nine digits."""

    code: str = Field(pattern="^[0-9]{9}$")
    name: str = Field(min_length=2)
    aliases: tuple[str, ...] = ()
    former: tuple[Former, ...] = ()
    roads: tuple[str, ...] = ()
    """Roads that lie in this town alone, or in several that all name them."""
    villages: tuple[Village, ...] = ()


class County(_Strict):
    """The county itself; ``above`` are the names of province and prefecture that stand before it."""

    code: str = Field(pattern="^[0-9]{6}$")
    name: str = Field(min_length=2)
    aliases: tuple[str, ...] = ()
    former: tuple[Former, ...] = ()
    above: tuple[str, ...] = ()


class BoxFile(_Strict):
    """The county's bounding box in degrees, CGCS2000."""

    west: float = Field(ge=-180, le=180)
    south: float = Field(ge=-90, le=90)
    east: float = Field(ge=-180, le=180)
    north: float = Field(ge=-90, le=90)


class Anchor(_Strict):
    """A well-known place (the name as addresses write it) at its CGCS2000 degrees: it tells coordinate systems apart."""

    name: str = Field(min_length=2)
    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)


class RegionFile(_Strict):
    """One file of ``catalogue/regions``."""

    id: str = Field(pattern="^[a-z][a-z0-9_]*$")
    as_of: date
    source: str
    county: County
    box: BoxFile | None = None
    anchors: tuple[Anchor, ...] = ()
    towns: tuple[Town, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a place: ``unit`` is the code of the present place; ``until`` where it is a former name."""

    text: str
    unit: str
    how: How
    since: date | None = None
    until: date | None = None

    def held(self, on: date | None) -> bool:
        """Whether the name was in force on a day; with no day, whether it is now."""
        if on is None:
            return self.until is None
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """The names of one county, indexed: every form of a town or village to those it may mean, roads to towns."""

    id: str
    as_of: date
    code: str
    county: tuple[Form, ...]
    above: tuple[str, ...]
    towns: dict[str, tuple[Form, ...]]
    villages: dict[str, tuple[Form, ...]]
    names: dict[str, str]
    box: Box | None = None
    town_heads: Heads = field(default_factory=dict)
    village_heads: Heads = field(default_factory=dict)
    roads: dict[str, frozenset[str]] = field(default_factory=dict)
    listed: frozenset[str] = frozenset()
    """Towns whose villages are known."""
    anchors: tuple[tuple[str, Point], ...] = ()
    has_figures: bool = False
    """Whether some name holds digits."""


def load(path: Path) -> Gazetteer:
    """The gazetteer of one file. Raises BadInput with every fault and its line."""
    return build(read_region(path))


def read_region(path: Path) -> RegionFile:
    """One region file, checked. Raises BadInput with every fault and its line."""
    text = read_yaml(path)
    region = text.as_form(RegionFile)
    faults = list(_faults(text, region))
    if region.id != path.stem:
        faults.append(
            text.fault(("id",), "id_is_not_file_name", "id 与文件名不同", found=region.id, expected=path.stem)
        )
    if faults:
        raise BadInput(faults)
    return region


def hints(region: RegionFile) -> list[str]:
    """What is no fault but should be known: old names nobody has verified, no box, no anchors."""
    told = [
        f"{town.name} 的旧名“{old.name}”没有核对过"
        for town in region.towns
        for old in town.former
        if not old.verified
    ]
    if region.box is None:
        told.append("没有 box：落在县外的坐标和填反的经纬度发现不了")
    if not region.anchors:
        told.append("没有 anchors：文件不说坐标系时分辨不出")
    return told


def build(region: RegionFile) -> Gazetteer:
    """Index the names of a checked region file."""
    prefixes = (*map(_key, region.county.above), *(form.text for form in _county_forms(region.county)))
    towns = _index(form for town in region.towns for form in _town_forms(town, prefixes))
    villages = _index(form for town in region.towns for one in town.villages for form in _village_forms(one))
    names = {town.code: town.name for town in region.towns}
    names |= {village.code: village.name for town in region.towns for village in town.villages}
    names[region.county.code] = region.county.name
    county = tuple(sorted(_county_forms(region.county), key=lambda form: -len(form.text)))
    box = None
    if region.box:
        box = Box(region.box.west, region.box.south, region.box.east, region.box.north)
    return Gazetteer(
        region.id, region.as_of, region.county.code, county,
        tuple(sorted(map(_key, region.county.above), key=len, reverse=True)), towns, villages, names, box,
        _heads(towns), _heads(villages), _roads(region.towns),
        frozenset(town.code for town in region.towns if town.villages),
        tuple((_key(one.name), Point(one.lon, one.lat)) for one in region.anchors),
        any(any(sign.isdigit() for sign in text) for names in (towns, villages, _roads(region.towns)) for text in names),
    )  # fmt: skip


def _heads(forms: Iterable[str]) -> Heads:
    found: dict[str, list[str]] = {}
    for text in forms:
        found.setdefault(text[:2], []).append(text)
    return {head: tuple(sorted(texts, key=len, reverse=True)) for head, texts in found.items()}


def _roads(towns: Iterable[Town]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for town in towns:
        for road in town.roads:
            found.setdefault(_key(road), set()).add(town.code)
    return {road: frozenset(codes) for road, codes in found.items()}


def _faults(text: YamlFile, region: RegionFile) -> Iterator[Fault]:
    seen: set[str] = set()
    for i, town in enumerate(region.towns):
        units: list[tuple[tuple[str | int, ...], str, str]] = [
            (("towns", i, "code"), town.code, region.county.code)
        ]
        units += [
            (("towns", i, "villages", j, "code"), one.code, town.code) for j, one in enumerate(town.villages)
        ]
        for where, code, parent in units:
            if code in seen:
                yield text.fault(where, "duplicate_code", "代码写了两次", found=code)
            if not code.startswith(parent):
                yield text.fault(
                    where, "foreign_code", "代码不属于上一级", found=code, expected=f"以 {parent} 开头"
                )
            seen.add(code)
    box = region.box
    if box and not (box.west < box.east and box.south < box.north):
        yield text.fault(("box",), "empty_box", "范围是空的", expected="west < east 且 south < north")


def _key(name: str) -> str:
    return address.key(name) or name


def _index(forms: Iterator[Form]) -> dict[str, tuple[Form, ...]]:
    found: dict[str, dict[tuple[str, date | None], Form]] = {}
    rank: dict[How, int] = {"name": 0, "alias": 1, "former": 2, "short": 3}
    for form in forms:
        held = found.setdefault(form.text, {})
        other = held.get((form.unit, form.until))
        if other is None or rank[form.how] < rank[other.how]:
            held[form.unit, form.until] = form
    return {text: tuple(held.values()) for text, held in found.items()}


def _county_forms(county: County) -> Iterator[Form]:
    yield Form(_key(county.name), county.code, "name")
    for alias in county.aliases:
        yield Form(_key(alias), county.code, "alias")
    for old in county.former:
        yield Form(_key(old.name), county.code, "former", old.since, old.until)


def _town_forms(town: Town, prefixes: tuple[str, ...]) -> Iterator[Form]:
    yield from _spelled(town.code, _key(town.name), "name", _town_texts)
    for text in _zone_texts(_key(town.name), prefixes):
        yield Form(text, town.code, "short")
    for alias in town.aliases:
        yield from _spelled(town.code, _key(alias), "alias", _town_texts)
    for old in town.former:
        yield from _spelled(town.code, _key(old.name), "former", _town_texts, old)


def _zone_texts(name: str, prefixes: tuple[str, ...]) -> Iterator[str]:
    """What people call a development zone: without the county before it, abbreviated, with its 管委会 behind it."""
    if not name.endswith(("开发区", "示范区", "园区", "管理区", "高新区")):
        return
    bare, before = name, ""
    while bare != before:
        before = bare
        bare = next((bare[len(one) :] for one in prefixes if bare.startswith(one)), bare)
    cores = {name, bare} if len(bare) > 3 else {name}
    for long, short in _ZONES.items():
        cores |= {core.replace(long, short) for core in tuple(cores) if long in core}
    for core in sorted(cores):
        yield from (core, core + "管委会", core + "管理委员会")


def _village_forms(village: Village) -> Iterator[Form]:
    yield from _spelled(village.code, _key(village.name), "name", _village_texts)
    for alias in village.aliases:
        yield from _spelled(village.code, _key(alias), "alias", _village_texts)
    for old in village.former:
        yield from _spelled(village.code, _key(old.name), "former", _village_texts, old)


def _spelled(
    unit: str,
    name: str,
    how: How,
    texts: Callable[[str], Iterator[tuple[str, bool]]],
    old: Former | None = None,
) -> Iterator[Form]:
    since, until = (old.since, old.until) if old else (None, None)
    for text, short in texts(name):
        yield Form(text, unit, "short" if short and how == "name" else how, since, until)


def _town_texts(name: str) -> Iterator[tuple[str, bool]]:
    """The name, the other marks people give it (办事处 for 街道, 乡 for 镇), and the name without mark."""
    yield name, False
    found = _TOWN.fullmatch(name)
    if found is None:
        return
    mark = "街道" if found["mark"].startswith("街道") else found["mark"]
    for other in _TOWN_MARKS.get(mark, ()):
        yield found["core"] + other, False
    yield found["core"], True


def _village_texts(name: str) -> Iterator[tuple[str, bool]]:
    """The name with every mark of a village. Never without one: a bare 东风 could be anything."""
    yield name, False
    found = _VILLAGE.fullmatch(name)
    for other in _VILLAGE_MARKS if found else ():
        yield (found["core"] if found else "") + other, False
