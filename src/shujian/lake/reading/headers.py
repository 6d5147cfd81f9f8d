"""Which column of a file is which field: by id, title or alias, after widths, spaces and units are taken off."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from shujian.kernel.errors import Fault
from shujian.lake.errors import FileRefused
from shujian.lake.mappings import SavedMapping, header_digest, mappings_of
from shujian.lake.reading.bounds import bounds
from shujian.lake.sources import SourceContract, header_key
from shujian.matching.normalise.money import UNITS

LOOK_AHEAD = 30
"""Header rows are looked for in this many first records."""

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


@dataclass(frozen=True)
class Columns:
    """The columns of one file. ``fields``: field id → column index; ``extra``: name → column index; ``mapping``: the
    saved mapping that settled them, if one did.
    """

    titles: tuple[str, ...]
    fields: dict[str, int]
    extra: dict[str, int]
    units: dict[str, str]
    mapping: str | None = None


@dataclass(frozen=True)
class HeaderFound:
    """A header record: its place among the records looked at, and what its columns are."""

    index: int
    columns: Columns


def bare_key(title: str) -> str:
    """A header without anything in brackets: 罚款金额（万元） → 罚款金额."""
    return _BRACKETS.sub("", header_key(title))


def unit_of(title: str) -> str | None:
    """The money unit that a header names in brackets, or None."""
    for found in _BRACKETS.finditer(header_key(title)):
        inside = (found.group(1) or found.group(2) or "").removeprefix("单位:").removeprefix("人民币")
        if inside in UNITS:
            return inside
    return None


_SAVED = 1_000_000
"""The score of a record whose layout a person has confirmed: no other row is more of a header."""


class Matcher:
    """Finds fields of one contract by header; a mapping saved for the very layout goes first.

    ``saved``: the mappings to use instead of those that the installation keeps for the source.
    """

    def __init__(self, contract: SourceContract, saved: Sequence[SavedMapping] | None = None) -> None:
        self.contract = contract
        kept = [one.mapping for one in mappings_of(contract.id)] if saved is None else saved
        self.saved = {one.digest: one for one in kept}
        self.ranks: list[dict[str, str]] = [{}, {}, {}, {}]
        self.title_units: dict[str, str] = {}
        for field in contract.fields:
            self.ranks[0].setdefault(header_key(field.id), field.id)
            self.ranks[1].setdefault(header_key(field.title), field.id)
            for alias in field.aliases:
                self.ranks[2].setdefault(header_key(alias), field.id)
            for name in (field.title, *field.aliases):
                self.ranks[3].setdefault(bare_key(name), field.id)
            if unit := unit_of(field.title):
                self.title_units[field.id] = unit

    def field_of(self, title: str) -> tuple[int, str] | None:
        """Rank (0 best) and id of the field that this header names, or None."""
        full, bare = header_key(title), bare_key(title)
        for rank, names in enumerate(self.ranks):
            if full and full in names:
                return rank, names[full]
        if bare and bare in self.ranks[3]:
            return 4, self.ranks[3][bare]
        return None

    def score(self, record: Sequence[str]) -> int:
        """How many different fields this record names, were it the header."""
        if self.saved and header_digest(record) in self.saved:
            return _SAVED
        return len({found[1] for title in record if (found := self.field_of(title))})

    def columns(self, titles: Sequence[str], *, file: str, line: int | None) -> Columns:
        """Settle every column. Raises FileRefused with all faults: duplicates, ambiguities, missing fields."""
        if sum(1 for title in titles if title.strip()) > bounds().columns:
            raise FileRefused(_too_many(titles, file, line))
        faults = _duplicates(titles, file, line)
        saved = self.saved.get(header_digest(titles)) if self.saved else None
        told = saved.meanings() if saved else {}
        faults += self._outdated(saved, file, line)
        best: dict[str, tuple[int, int]] = {}
        for index, title in enumerate(titles):
            field = told.get(header_key(title))
            found = (-1, field) if field else None if header_key(title) in told else self.field_of(title)
            if found is None:
                continue
            rank, field_id = found
            rival = best.get(field_id)
            if rival is not None and rival[0] == rank and header_key(titles[rival[1]]) != header_key(title):
                faults.append(self._ambiguous(field_id, titles[rival[1]], title, file, line))
            if rival is None or rank < rival[0]:
                best[field_id] = (rank, index)
        fields = {field_id: index for field_id, (_, index) in best.items()}
        faults += self._missing(fields, titles, file, line)
        if faults:
            raise FileRefused(faults)
        return Columns(
            tuple(titles), fields, _extra(titles, set(fields.values())), self._units(fields, titles),
            saved.digest if saved else None,
        )  # fmt: skip

    def _outdated(self, saved: SavedMapping | None, file: str, line: int | None) -> list[Fault]:
        known = {field.id for field in self.contract.fields}
        return [
            Fault(code="mapping_outdated", message="保存的字段对应指向数据源已没有的字段，请用 source map 重新保存",
                  file=file, line=line, field=title, found=field, expected="、".join(sorted(known)))
            for title, field in (saved.fields.items() if saved else ())
            if field and field not in known
        ]  # fmt: skip

    def _units(self, fields: dict[str, int], titles: Sequence[str]) -> dict[str, str]:
        units: dict[str, str] = {}
        for field in self.contract.fields:
            if field.type == "money" and field.id in fields:
                units[field.id] = unit_of(titles[fields[field.id]]) or self.title_units.get(field.id, "元")
        return units

    def _missing(
        self, fields: dict[str, int], titles: Sequence[str], file: str, line: int | None
    ) -> list[Fault]:
        lacking = [field for field in self.contract.fields if field.required and field.id not in fields]
        return [
            Fault(
                code="missing_column", message="缺少必需的列", file=file, line=line, field=field.title,
                found="、".join(title for title in titles if title.strip()),
                expected="、".join((field.title, *field.aliases)),
            )
            for field in lacking
        ]  # fmt: skip

    def _ambiguous(self, field_id: str, one: str, other: str, file: str, line: int | None) -> Fault:
        field = self.contract.field(field_id)
        return Fault(
            code="ambiguous_header", message="两列对应同一个字段", file=file, line=line,
            field=field.title if field else field_id, found=f"{one}、{other}", expected="只留一列，或改名其中一列",
        )  # fmt: skip


def _duplicates(titles: Sequence[str], file: str, line: int | None) -> list[Fault]:
    counted = Counter(header_key(title) for title in titles if title.strip())
    faults = []
    for key, times in counted.items():
        if times > 1:
            shown = next(title for title in titles if header_key(title) == key)
            places = "、".join(str(at + 1) for at, title in enumerate(titles) if header_key(title) == key)
            faults.append(
                Fault(code="duplicate_header", message="表头重复", file=file, line=line, field=shown.strip(),
                      found=f"第 {places} 列", expected="每个表头只出现一次")
            )  # fmt: skip
    return faults


def _too_many(titles: Sequence[str], file: str, line: int | None) -> Fault:
    return Fault(
        code="too_many_columns", message="列太多，不像一张表", file=file, line=line, found=f"{len(titles)} 列",
        expected=f"不超过 {bounds().columns} 列（上限可在 catalogue/limits/reading.yaml 里放宽）",
    )  # fmt: skip


def _extra(titles: Sequence[str], taken: set[int]) -> dict[str, int]:
    return {
        title.strip() or f"第{index + 1}列": index for index, title in enumerate(titles) if index not in taken
    }


def find_header(matcher: Matcher, records: Sequence[Sequence[str]]) -> int | None:
    """The record that names the most fields, the first of equals; None where none names any."""
    scores = [matcher.score(record) for record in records[:LOOK_AHEAD]]
    best = max(scores, default=0)
    return scores.index(best) if best else None


def no_header(
    contract: SourceContract, first: Sequence[str] | None, file: str, sheet: str | None = None
) -> Fault:
    """The fault of a file in which no record looks like this source's header."""
    wanted = [field.title for field in contract.fields if field.required] or [
        f.title for f in contract.fields
    ]
    place = f"工作表“{sheet}”" if sheet else "文件"
    return Fault(
        code="no_header", message=f"{place}前 {LOOK_AHEAD} 行里没有找到“{contract.title}”的表头", file=file, line=1,
        found="、".join(text for text in first or () if text.strip())[:200] or None, expected="、".join(wanted),
    )  # fmt: skip
