"""Whose fields are whose: the contracts that a model came with beside the contracts of this office.

Only proposed here. What is not plainly the same (same id, same type) stands in a mapping file that a person confirms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from shujian.kernel.yamlfile import read_yaml
from shujian.lake.read import SourceContract, SourceField, header_key

INSTALL = "install"
NEAR = 0.6
"""Titles less alike than this are not proposed for each other."""


class SourceMap(BaseModel):
    """One source of the mapping file: the source here, and the names that differ."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    fields: dict[str, str] = {}
    subjects: dict[str, str] = {}


class MapFile(BaseModel):
    """The mapping file: arriving source → the own one, or ``install`` to take the arriving contract as it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: dict[str, SourceMap | Literal["install"]]


@dataclass(frozen=True)
class FieldPair:
    """One field of the model and the field here that it seems to be; ``home`` None where there is none."""

    name: str
    title: str
    home: str | None
    home_title: str
    why: str


@dataclass(frozen=True)
class SourcePair:
    """One source of the model beside one of this office; ``source`` None: none here is like it."""

    arriving: str
    title: str
    source: str | None
    source_title: str
    fields: tuple[FieldPair, ...]
    subjects: Mapping[str, str]

    @property
    def same(self) -> bool:
        """Whether every name means the same here."""
        return self.source == self.arriving and self.whole and not self.renamed and all(
            name == home for name, home in self.subjects.items()
        )  # fmt: skip

    @property
    def whole(self) -> bool:
        """Whether each field that the model needs has one here."""
        return self.source is not None and all(one.home for one in self.fields)

    @property
    def renamed(self) -> dict[str, str]:
        """The fields whose names differ."""
        return {one.name: one.home for one in self.fields if one.home and one.home != one.name}

    def as_map(self) -> SourceMap:
        """For the mapping file."""
        renamed = {name: home for name, home in self.subjects.items() if name != home}
        return SourceMap(source=self.source or "", fields=self.renamed, subjects=renamed)


def read_map(path: Path) -> MapFile:
    """The mapping file. Raises BadInput with every fault."""
    file = read_yaml(path)
    return file.as_form(MapFile)


def written_map(pairs: Iterable[SourcePair]) -> str:
    """A mapping file of what is proposed, with titles as comments, for a person to read and mend."""
    lines = [
        "# 模型的字段: 本院的字段。逐行核对；没有对应的写上本院字段，或整个数据源写 install（装入对方的数据契约）。",
        "sources:",
    ]
    for pair in pairs:
        if pair.source is None:
            lines.append(f"  {pair.arriving}: {INSTALL}  # {pair.title}：本院没有相近的数据源")
            continue
        lines += [
            f"  {pair.arriving}:  # {pair.title}",
            f"    source: {pair.source}  # {pair.source_title}",
            "    fields:",
        ]
        lines += [
            f"      {one.name}: {one.home or ''}  # {one.title} → {one.home_title or '没有找到'}（{one.why}）"
            for one in pair.fields
            if one.home != one.name
        ] or ["      {}"]
        renamed = [f"{name}: {home}" for name, home in pair.subjects.items() if name != home]
        lines += [f"    subjects: {{{', '.join(renamed)}}}"] if renamed else []
    return "\n".join(lines) + "\n"


def beside(
    arriving: SourceContract,
    needed: Sequence[str],
    subjects: Sequence[str],
    here: Mapping[str, SourceContract],
) -> SourcePair:
    """The source here that a model's source seems to be: of the same id, else the one that has all that is needed."""
    own = here.get(arriving.id)
    if own is not None:
        return _pair(arriving, needed, subjects, own)
    pairs = [_pair(arriving, needed, subjects, one) for one in here.values() if one.inside is None]
    whole = [pair for pair in pairs if pair.whole and len(pair.subjects) == len(set(subjects))]
    if not whole:
        return SourcePair(arriving.id, arriving.title, None, "", (), {})
    return max(whole, key=lambda pair: (_alike(pair.title, pair.source_title), pair.source or ""))


def told_pair(
    arriving: SourceContract,
    needed: Sequence[str],
    subjects: Sequence[str],
    told: SourceMap,
    own: SourceContract,
) -> SourcePair:
    """What a mapping file says of one source; names that it leaves out mean the same here, if they are there."""
    fields = []
    for name in needed:
        title = _title(arriving, name)
        home = own.field(told.fields.get(name, name))
        fields.append(
            FieldPair(name, title, home.id if home else None, home.title if home else "", "由人指定")
        )
    named = {name: told.subjects.get(name, name) for name in subjects}
    return SourcePair(arriving.id, arriving.title, own.id, own.title, tuple(fields), named)


def _title(contract: SourceContract, name: str) -> str:
    found = contract.field(name)
    return found.title if found else name


def _pair(
    arriving: SourceContract, needed: Sequence[str], subjects: Sequence[str], own: SourceContract
) -> SourcePair:
    wanted = [field for name in needed if (field := arriving.field(name)) is not None]
    ranked = sorted(
        ((sure, field.id, home.id, why) for field in wanted for home in own.fields
         for sure, why in [_sureness(field, home)] if sure >= NEAR),
        key=lambda entry: (-entry[0], entry[1], entry[2]),
    )  # fmt: skip
    found: dict[str, tuple[str, str]] = {}
    for _, name, home, why in ranked:
        if name not in found and home not in {taken for taken, _ in found.values()}:
            found[name] = (home, why)
    pairs = []
    for field in wanted:
        home, why = found.get(field.id, ("", "没有类型相同、名称相近的字段"))
        pairs.append(FieldPair(field.id, field.title, home or None, _title(own, home) if home else "", why))
    return SourcePair(
        arriving.id,
        arriving.title,
        own.id,
        own.title,
        tuple(pairs),
        _subjects(arriving, subjects, own, found),
    )


def _sureness(field: SourceField, home: SourceField) -> tuple[float, str]:
    """How sure that two fields are one, and why; 0 where their types differ."""
    if field.type != home.type:
        return 0.0, ""
    titles = {header_key(name) for name in (field.title, *field.aliases)}
    homes = {header_key(name) for name in (home.title, *home.aliases)}
    if header_key(field.title) == header_key(home.title):
        return (1.0, "编号、标题相同") if field.id == home.id else (0.98, "标题相同")
    if titles & homes:
        return 0.9, "别名相同"
    if field.id == home.id:
        return 0.85, "编号相同"
    return _alike(field.title, home.title) * 0.8, "标题相近"


def _alike(left: str, right: str) -> float:
    return SequenceMatcher(None, header_key(left), header_key(right)).ratio()


def _subjects(
    arriving: SourceContract,
    subjects: Sequence[str],
    own: SourceContract,
    found: Mapping[str, tuple[str, str]],
) -> dict[str, str]:
    """Subjects of the same kind, by their fields: those whose fields were paired with fields of the other."""
    answer: dict[str, str] = {}
    for name in subjects:
        form = arriving.subjects[name]
        parts = _parts(form)
        scored = [
            (
                sum(found.get(field, ("",))[0] == _parts(other).get(part) for part, field in parts.items()),
                home == name,
                home,
            )
            for home, other in own.subjects.items()
            if other.kind == form.kind
        ]
        if scored:
            answer[name] = max(scored)[2]
    return answer


def _parts(form: Any) -> dict[str, str]:
    told = form.model_dump(exclude_none=True)
    return {part: value for part, value in told.items() if part != "kind" and isinstance(value, str)}
