"""A region file from an official list of codes and names, and from the old names that a county keeps by hand.

The list is what statistics or civil affairs publish: one line a place, code and name. The two offices' codes of
one town may differ; the file says which list it came from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.yamlfile import read_yaml
from shujian.matching.normalise.gazetteer import Former, RegionFile

_DIGITS = re.compile(r"[0-9]{6,12}")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TownNames(_Strict):
    """Other names of one town, found by its present name."""

    name: str = Field(min_length=2)
    aliases: tuple[str, ...] = ()
    former: tuple[Former, ...] = ()
    roads: tuple[str, ...] = ()


class Names(_Strict):
    """What no official list tells: how a county and its towns were and are called."""

    county: str = Field(pattern="^[0-9]{6}$")
    as_of: date
    source: str
    name: str
    aliases: tuple[str, ...] = ()
    former: tuple[Former, ...] = ()
    above: tuple[str, ...] = ()
    towns: tuple[TownNames, ...] = ()


def read_names(path: Path) -> Names:
    """The names of one file of ``catalogue/regions/names``. Raises BadInput with every fault and its line."""
    text = read_yaml(path)
    try:
        return Names.model_validate(text.value)
    except ValidationError as error:
        raise BadInput(text.faults_of(error)) from None


def build_region(
    listed: Iterable[tuple[int, Sequence[str]]],
    *,
    region_id: str,
    names: Names,
    as_of: date,
    source: str,
    file: str | None = None,
) -> RegionFile:
    """The region of ``names.county`` from (line, cells) of a list: code, name; further cells and other counties are
    left out, twelve-digit codes of towns (…000) taken as nine. Raises BadInput with every fault: unreadable codes
    inside the county, a town of ``names`` that the list lacks, nothing at all.
    """
    towns: dict[str, str] = {}
    villages: dict[str, dict[str, str]] = {}
    faults: list[Fault] = []
    for line, cells in listed:
        code, name = (cells[0].strip(), cells[1].strip()) if len(cells) > 1 else ("", "")
        if not code.startswith(names.county) or not name:
            continue
        bare = code[:9] if len(code) == 12 and code.endswith("000") else code
        if not _DIGITS.fullmatch(bare) or len(bare) not in (6, 9, 12):
            faults.append(
                Fault(
                    code="bad_code",
                    message="代码应是 9 位（乡镇）或 12 位（村）数字",
                    file=file,
                    line=line,
                    found=code,
                )
            )
        elif len(bare) == 9 and bare[6:] != "000":
            towns[bare] = name
        elif len(bare) == 12:
            villages.setdefault(bare[:9], {})[bare] = name
    faults += _unknown(names, towns, villages, file)
    if faults:
        raise BadInput(faults)
    further = {one.name: one for one in names.towns}
    body = {
        "id": region_id, "as_of": as_of, "source": source,
        "county": names.model_dump(by_alias=True, include={"name", "aliases", "former", "above"}) | {"code": names.county},
        "towns": [
            {
                "code": code, "name": name,
                **(further[name].model_dump(by_alias=True, exclude={"name"}) if name in further else {}),
                "villages": [{"code": one, "name": told} for one, told in sorted(villages.get(code, {}).items())],
            }
            for code, name in sorted(towns.items())
        ],
    }  # fmt: skip
    return RegionFile.model_validate(body)


def _unknown(
    names: Names, towns: dict[str, str], villages: dict[str, dict[str, str]], file: str | None
) -> list[Fault]:
    if not towns:
        return [
            Fault(code="no_towns", message="名单里没有这个县区的乡镇", file=file, found=names.county,
                  expected=f"以 {names.county} 开头的 9 位代码")
        ]  # fmt: skip
    lost = [
        Fault(code="unknown_town", message="旧名所附的乡镇不在名单里", file=file, found=one.name)
        for one in names.towns
        if one.name not in towns.values()
    ]
    return lost + [
        Fault(code="orphan_village", message="村的乡镇不在名单里", file=file, found=code)
        for code in sorted(villages)
        if code not in towns
    ]


def as_yaml(region: RegionFile) -> str:
    """The text of a region file; ``gazetteer.load`` reads it back to the same region."""
    lines = [
        f"id: {region.id}", f"as_of: {region.as_of.isoformat()}", f"source: {_quoted(region.source)}", "county:",
        f"  code: {_quoted(region.county.code)}", f"  name: {_quoted(region.county.name)}",
    ]  # fmt: skip
    lines += _lists("  ", region.county.aliases, region.county.former)
    lines += [f"  above: {_flow(region.county.above)}", "towns:"]
    for town in region.towns:
        lines += [f"  - code: {_quoted(town.code)}", f"    name: {_quoted(town.name)}"]
        lines += _lists("    ", town.aliases, town.former)
        if town.roads:
            lines.append(f"    roads: {_flow(town.roads)}")
        if town.villages:
            lines.append("    villages:")
            lines += [
                f"      - {{code: {_quoted(one.code)}, name: {_quoted(one.name)}}}" for one in town.villages
            ]
    return "\n".join(lines) + "\n"


def _lists(indent: str, aliases: tuple[str, ...], former: tuple[Former, ...]) -> list[str]:
    lines = [f"{indent}aliases: {_flow(aliases)}"] if aliases else []
    if former:
        lines.append(f"{indent}former:")
        lines += [f"{indent}  - {_former(one)}" for one in former]
    return lines


def _former(one: Former) -> str:
    parts = [f"name: {_quoted(one.name)}"]
    if one.since:
        parts.append(f"from: {one.since.isoformat()}")
    parts.append(f"until: {one.until.isoformat()}")
    if one.why:
        parts.append(f"why: {_quoted(one.why)}")
    if not one.verified:
        parts.append("verified: false")
    return "{" + ", ".join(parts) + "}"


def _flow(texts: Iterable[str]) -> str:
    return "[" + ", ".join(map(_quoted, texts)) + "]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
