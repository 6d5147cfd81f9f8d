"""Saved mappings: for one source and one layout of headers, which column is which field. Confirmed by a person.

One YAML file each under ``SHUJIAN_HOME/catalogue/mappings/<source>/<digest>.yaml``; the digest is of the headers,
whatever their order, so the next file of the same layout is read the same way without asking.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from shujian.kernel.canonical import digest
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import home
from shujian.kernel.yamlfile import read_yaml
from shujian.lake.sources import Identifier, header_key

KEPT = "-"
"""What a person writes for a column that is no field: it is kept as an extra column."""


class SavedMapping(BaseModel):
    """The file as it stands. ``fields``: title → field id, or null for a column that is kept as it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Identifier
    headers: tuple[str, ...]
    fields: dict[str, str | None]
    by: str
    at: datetime

    @property
    def digest(self) -> str:
        """The layout that it is for."""
        return header_digest(self.headers)

    def meanings(self) -> dict[str, str | None]:
        """Compared header → field."""
        return {header_key(title): field for title, field in self.fields.items()}


@dataclass(frozen=True)
class MappingFile:
    """A mapping and where it lies."""

    mapping: SavedMapping
    path: Path


def header_digest(titles: Iterable[str]) -> str:
    """Sixteen characters for a set of headers; order, widths, spaces and empty cells do not matter."""
    return digest(sorted({key for title in titles if (key := header_key(title))}))[:16]


def folder(source_id: str) -> Path:
    """Where the mappings of a source lie."""
    return home().catalogue / "mappings" / source_id


def mappings_of(source_id: str) -> list[MappingFile]:
    """Every saved mapping of a source, by digest. Raises BadInput with the faults of all files."""
    found: list[MappingFile] = []
    faults: list[Fault] = []
    for path in sorted(folder(source_id).glob("*.yaml")):
        try:
            stat = path.stat()
            found.append(MappingFile(_read(path, source_id, stat.st_mtime_ns, stat.st_size), path))
        except BadInput as error:
            faults += error.faults
    if faults:
        raise BadInput(faults)
    return found


@lru_cache(maxsize=256)
def _read(path: Path, source_id: str, changed: int, size: int) -> SavedMapping:
    text = read_yaml(path)
    mapping = text.as_form(SavedMapping)
    if mapping.source != source_id or mapping.digest != path.stem:
        raise BadInput(
            text.fault(("headers",), "mapping_misplaced", "字段对应文件与它所在的位置不符，请用 source map 重新保存",
                       found=f"{mapping.source}/{mapping.digest}", expected=f"{source_id}/{path.stem}")
        )  # fmt: skip
    taken: dict[str, str] = {}
    faults = []
    for title, field in mapping.fields.items():
        first = taken.setdefault(field, title) if field else title
        if first != title:
            faults.append(
                text.fault(("fields", title), "two_columns", "两列对应同一个字段", found=f"{first}、{title}",
                           expected="每个字段只对应一列")
            )  # fmt: skip
    if faults:
        raise BadInput(faults)
    return mapping


def reading_digest(source_id: str) -> str | None:
    """Digest of all mappings of a source; None where there is none. Known bytes are read anew when it changes."""
    told = [(one.mapping.digest, one.mapping.fields) for one in mappings_of(source_id)]
    return digest(told)[:16] if told else None


def save_mapping(
    source_id: str, headers: Sequence[str], fields: Mapping[str, str | None], *, by: str, at: datetime
) -> Path:
    """Write the mapping of one layout, in place of an earlier one for it."""
    path = folder(source_id) / f"{header_digest(headers)}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        f"source: {source_id}",
        f"headers: {json.dumps(list(headers), ensure_ascii=False)}",
        f"by: {json.dumps(by, ensure_ascii=False)}",
        f"at: {json.dumps(at.isoformat())}",
        "fields:",
        *(f"  {json.dumps(title, ensure_ascii=False)}: {field or 'null'}" for title, field in fields.items()),
    ]
    draft = path.with_suffix(".draft")
    draft.write_text("\n".join(lines) + "\n", "utf-8")
    draft.replace(path)
    return path


def remove_mapping(source_id: str, layout: str) -> SavedMapping:
    """Forget one mapping. Raises BadInput where there is none of that digest."""
    for one in mappings_of(source_id):
        if one.mapping.digest == layout:
            one.path.unlink()
            return one.mapping
    known = (
        "、".join(one.mapping.digest for one in mappings_of(source_id))
        or "（这个数据源还没有保存过字段对应）"
    )
    raise BadInput(
        Fault(code="unknown_mapping", message="没有这个字段对应", found=layout[:40], expected=known)
    )
