"""A region file from an official list of codes and names, and from the old names that a county keeps by hand.

The list is what statistics or civil affairs publish: one line a place, code and name. The two offices' codes of
one town may differ; the file says which list it came from.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import SHIPPED_CATALOGUE, home, private_folder
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
    return text.as_form(Names)


def names_of(county: str | None, path: Path | None, name: str | None, as_of: date, source: str) -> Names:
    """The names to build with: of a file, of the shipped file of a county, or none but the county's own.

    Raises BadInput where neither a file nor county and name are told, or they contradict each other.
    """
    shipped = SHIPPED_CATALOGUE / "regions" / "names" / f"{county}.yaml"
    if path is None and county and shipped.is_file():
        path = shipped
    if path is not None:
        found = read_names(path)
        if county and found.county != county:
            raise BadInput(
                Fault(
                    code="other_county",
                    message="旧名文件属于别的县区",
                    file=str(path),
                    found=found.county,
                    expected=county,
                )
            )
        return found
    if not county or not re.fullmatch("[0-9]{6}", county) or not name:
        raise BadInput(
            Fault(code="no_county", message="须用 --county 六位代码 和 --name 名称 说明是哪个县区，或用 --names 给出旧名文件",
                  found=county)
        )  # fmt: skip
    return Names(county=county, as_of=as_of, source=source, name=name)


def read_list(path: Path) -> list[tuple[int, list[str]]]:
    """Line and cells of a list in UTF-8 or GB18030; a header is a line without a code and falls out later.

    Raises BadInput where there is no file, or it is no text.
    """
    try:
        data = path.read_bytes()
    except OSError:
        raise BadInput(Fault(code="no_file", message="文件不存在或读不了", file=str(path))) from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        reader = csv.reader(io.StringIO(text, newline=""))
        try:
            return [(reader.line_num, cells) for cells in reader]
        except csv.Error as error:
            raise BadInput(
                Fault(
                    code="bad_csv",
                    message="不是一份 CSV",
                    file=str(path),
                    line=reader.line_num,
                    found=str(error),
                )
            ) from None
    raise BadInput(
        Fault(code="bad_encoding", message="文件的编码认不出", file=str(path), expected="UTF-8 或 GB18030")
    )


def write_region(region: RegionFile) -> Path:
    """Put a new region among the user's. Raises BadInput where the id is taken."""
    target = home().catalogue / "regions" / f"{region.id}.yaml"
    shipped = SHIPPED_CATALOGUE / "regions" / f"{region.id}.yaml"
    if target.exists() or shipped.exists():
        raise BadInput(Fault(code="duplicate_region", message="地区编号已被占用", found=region.id))
    private_folder(target.parent)
    target.write_text(as_yaml(region), "utf-8")
    return target


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
    further = {one.name: one for one in names.towns}
    if not re.fullmatch("[a-z][a-z0-9_]*", region_id):
        faults.append(
            Fault(code="bad_id", message="地区编号只用小写字母、数字和下划线，以字母开头", found=region_id)
        )
    if faults:
        raise BadInput(faults)
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
