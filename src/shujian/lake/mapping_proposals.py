"""For a known source and an unfamiliar file: which column looks like which field, how sure, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from shujian.kernel.errors import Fault, FaultList
from shujian.lake.mappings import KEPT, header_digest
from shujian.lake.proposing import ProposedField, propose
from shujian.lake.reading.headers import Matcher, bare_key
from shujian.lake.sources import SourceContract, SourceField

SURE = 0.6
"""From here on a proposal stands by itself; below it a person has to say so with ``--set``."""
_RANKS = (
    (1.0, "表头就是字段编号"), (0.99, "表头就是字段标题"), (0.97, "表头是字段的别名"), (0.9, "除去括号后与字段同名"),
    (0.9, "除去括号后与字段同名"),
)  # fmt: skip


@dataclass(frozen=True)
class MappedColumn:
    """One column. ``field``: its field, None where it stays an extra column; ``hint``: a field it may be."""

    column: str
    field: str | None
    confidence: float
    why: str
    hint: str | None = None


@dataclass(frozen=True)
class MappingProposal:
    """A whole layout. ``missing``: titles of required fields that no column fills."""

    source: str
    sheet: str | None
    header_line: int | None
    layout: str
    columns: tuple[MappedColumn, ...]
    missing: tuple[str, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers as the file has them."""
        return tuple(one.column for one in self.columns)

    def fields(self) -> dict[str, str | None]:
        """What would be saved."""
        return {one.column: one.field for one in self.columns}

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        shown = ("column", "field", "confidence", "why", "hint")
        return {
            "source": self.source, "sheet": self.sheet, "header_line": self.header_line, "mapping": self.layout,
            "fields": [{name: getattr(one, name) for name in shown} for one in self.columns],
            "unmatched": [one.column for one in self.columns if one.field is None], "missing": list(self.missing),
        }  # fmt: skip


def propose_mapping(
    contract: SourceContract, path: Path, *, sheet: str | None = None, told: Mapping[str, str] | None = None
) -> MappingProposal:
    """Look at the headers and first rows. ``told``: column → field id or title, or ``-`` for none, as a person says.

    Writes nothing. Raises FileRefused where the file is no table; BadInput with every fault of ``told``: columns
    and fields that are not there, two columns for one field, required fields left without one.
    """
    proposal = propose(path, sheet)
    fixed = _told(contract, [one.column for one in proposal.fields], told or {})
    columns = _columns(contract, proposal.fields, fixed)
    filled = {one.field for one in columns}
    missing = tuple(one.title for one in contract.fields if one.required and one.id not in filled)
    if told:
        _whole(columns, missing)
    layout = header_digest(one.column for one in columns)
    return MappingProposal(contract.id, proposal.sheet, proposal.header_line, layout, tuple(columns), missing)


def _told(contract: SourceContract, titles: Sequence[str], told: Mapping[str, str]) -> dict[str, str | None]:
    by_name = {name: one.id for one in contract.fields for name in (one.title, one.id)}
    fixed: dict[str, str | None] = {}
    faults = FaultList()
    for column, name in told.items():
        if column not in titles:
            faults.add(
                Fault(code="unknown_column", message="文件里没有这一列", field="--set", found=column,
                      expected="、".join(titles))
            )  # fmt: skip
        if name != KEPT and name not in by_name:
            faults.add(
                Fault(code="unknown_field", message="数据源没有这个字段", field="--set", found=name,
                      expected="、".join(f"{one.id}（{one.title}）" for one in contract.fields))
            )  # fmt: skip
        fixed[column] = None if name == KEPT else by_name.get(name)
    taken: dict[str, str] = {}
    for column, field in fixed.items():
        if field is not None and taken.setdefault(field, column) != column:
            faults.add(
                Fault(code="two_columns", message="两列对应同一个字段", field="--set",
                      found=f"{taken[field]}、{column} → {field}", expected="每个字段只对应一列")
            )  # fmt: skip
    faults.raise_if_any()
    return fixed


def _columns(
    contract: SourceContract, proposed: Sequence[ProposedField], fixed: Mapping[str, str | None]
) -> list[MappedColumn]:
    """First what a person said, then names, best first; values only give hints."""
    found: dict[str, MappedColumn] = {
        column: MappedColumn(
            column, field, 1.0, "由人指定" if field else "由人指定：不对应任何字段，原样保留"
        )
        for column, field in fixed.items()
    }
    taken = {field for field in fixed.values() if field}
    by_name = sorted(
        ((_named(contract, one.column), one) for one in proposed if one.column not in found),
        key=lambda entry: -entry[0][1],
    )
    for (field, sure, why), one in by_name:
        if field is None or field in taken or sure < SURE:
            continue
        taken.add(field)
        found[one.column] = MappedColumn(one.column, field, sure, why)
    for one in proposed:
        if one.column not in found:
            found[one.column] = _hinted(contract, one, taken)
    return [found[one.column] for one in proposed]


def _named(contract: SourceContract, column: str) -> tuple[str | None, float, str]:
    """The field whose name is this header, or most like it."""
    exact = Matcher(contract, saved=()).field_of(column)
    if exact is not None:
        sure, why = _RANKS[exact[0]]
        return exact[1], sure, why
    plain = bare_key(column)
    near = [
        (SequenceMatcher(None, plain, bare_key(name)).ratio(), one.id, name)
        for one in contract.fields
        for name in (one.title, *one.aliases)
        if plain and bare_key(name)
    ]
    ratio, field, name = max(near, default=(0.0, None, ""))
    return (field, round(ratio * 0.8, 2), f"表头与“{name}”相近") if ratio > 0 else (None, 0.0, "")


def _hinted(contract: SourceContract, one: ProposedField, taken: set[str]) -> MappedColumn:
    free: list[SourceField] = [
        field for field in contract.fields if field.id not in taken and field.type == one.type
    ]
    if len(free) == 1 and one.type not in ("text", "category", "integer", "decimal"):
        why = f"表头不认识；值像{free[0].title}（{one.why}），确认后用 --set 指定"
        return MappedColumn(one.column, None, 0.4, why, free[0].id)
    return MappedColumn(one.column, None, 0.0, "表头不认识，原样保留")


def _whole(columns: Sequence[MappedColumn], missing: Sequence[str]) -> None:
    faults = FaultList()
    for title in missing:
        faults.add(
            Fault(code="missing_column", message="缺少必需的字段", field=title,
                  found="、".join(one.column for one in columns if one.field is None) or None,
                  expected=f"--set 列名={title}")
        )  # fmt: skip
    faults.raise_if_any()
