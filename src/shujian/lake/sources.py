"""Source contracts: who provides a table, on what ground, how fresh it must be, and what its columns mean."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

SemanticType = Literal[
    "id_card", "person_name", "org_name", "uscc", "phone", "plate", "address", "lonlat", "money",
    "date", "timestamp", "text", "category", "integer", "decimal", "document_no",
]  # fmt: skip
Sensitivity = Literal["低", "中", "高"]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=60)]
Days = Annotated[str, Field(pattern=r"^P[0-9]{1,4}[DMY]$")]
Period = Annotated[str, Field(pattern=r"^P[0-9]{1,4}[DWMY]$")]

TEXT_LIKE = frozenset({"text", "category", "document_no", "address"})
_DAYS_EACH = {"D": 1, "W": 7, "M": 30, "Y": 365}


def duration_days(text: str) -> int:
    """Days of ``P60D``, ``P2M`` (30 days each), ``P1Y`` (365): limits, not calendar arithmetic."""
    return int(text[1:-1]) * _DAYS_EACH[text[-1]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Ground(_Strict):
    """One article that allows us to hold the data."""

    law: str
    article: str | None = None


class Agreement(_Strict):
    """The agreement with the provider. Past ``expires`` neither ingest nor a run is allowed."""

    purpose: str
    number: str | None = None
    expires: date | None = None


class DeclaredGap(_Strict):
    """A span inside a declared coverage that the provider says is not complete."""

    from_: date = Field(alias="from")
    to: date
    area: tuple[str, ...] = ()
    why: str


class DeclaredCoverage(_Strict):
    """The provider's own word that a period and area are complete. ``extract`` is the batch's extract date."""

    from_: date = Field(alias="from")
    to: date | Literal["extract"]
    area: tuple[str, ...] = ()
    complete: bool
    stated_by: str
    gaps: tuple[DeclaredGap, ...] = ()


class ExpectMonthly(_Strict):
    """How many rows a month normally has; a month below only downgrades, never proves."""

    min: int = Field(ge=0)


class Subject(_Strict):
    """Which fields of a row name one person, organisation or place."""

    kind: Literal["person", "org", "place"]
    name: str | None = None
    id_card: str | None = None
    birth: str | None = None
    sex: str | None = None
    area: str | None = None
    uscc: str | None = None
    address: str | None = None
    tax: str | None = None
    rep: str | None = None
    former: str | None = None

    def links(self) -> dict[str, str]:
        """Role → field id, for the roles that are filled."""
        filled = self.model_dump(exclude={"kind"}, exclude_none=True)
        return {role: str(field_id) for role, field_id in filled.items()}


class SourceField(_Strict):
    """One column: an English id, the Chinese title and its variants, a semantic type."""

    id: Identifier
    title: str
    aliases: tuple[str, ...] = ()
    type: SemanticType
    required: bool = False
    sensitivity: Sensitivity = "低"
    screen: bool = False
    note: str | None = None
    values: tuple[str, ...] | None = None


_ROLE_TYPES: dict[str, frozenset[str]] = {
    "name": frozenset({"person_name", "org_name", "text"}),
    "id_card": frozenset({"id_card"}),
    "birth": frozenset({"date"}),
    "sex": frozenset({"category", "text"}),
    "area": frozenset({"category", "text", "document_no"}),
    "uscc": frozenset({"uscc"}),
    "address": frozenset({"address", "text"}),
    "tax": frozenset({"uscc", "text", "document_no"}),
    "rep": frozenset({"person_name", "text"}),
    "former": frozenset({"org_name", "text"}),
}
_KIND_ROLES = {
    "person": ({"name"}, {"name", "id_card", "birth", "sex", "area"}),
    "org": ({"name"}, {"name", "uscc", "tax", "rep", "address", "former"}),
    "place": ({"address"}, {"address"}),
}


class SourceContract(_Strict):
    """A source as its file states it. ``contract_faults`` holds what types alone cannot say."""

    id: Identifier
    title: str
    provider: str
    basis: tuple[Ground, ...] = ()
    agreement: Agreement
    cadence: Period
    fresh: Days
    sensitivity: Sensitivity
    key: tuple[str, ...] = Field(min_length=1)
    date_field: str | None = None
    region_field: str | None = None
    extract_field: str | None = None
    coverage: tuple[DeclaredCoverage, ...] = ()
    expect_monthly: ExpectMonthly | None = None
    unmatchable_limit: str = Field(default="0.02", pattern=r"^(0(\.[0-9]+)?|1(\.0+)?)$")
    subjects: dict[Identifier, Subject] = Field(default_factory=dict)
    fields: tuple[SourceField, ...] = Field(min_length=1)

    @field_validator("unmatchable_limit", mode="before")
    @classmethod
    def _limit_as_text(cls, value: Any) -> Any:
        return value if isinstance(value, str) else str(value)

    @property
    def fresh_days(self) -> int:
        """How old, in days, an extract may be on the day of a run."""
        return duration_days(self.fresh)

    def field(self, field_id: str) -> SourceField | None:
        """The field of this id, or None."""
        return next((field for field in self.fields if field.id == field_id), None)


Where = tuple[str | int, ...]
ContractFault = tuple[Where, str, str, str | None, str | None]
"""(where, code, message, found, expected): the loader gives it its file and line."""


def contract_faults(contract: SourceContract) -> list[ContractFault]:
    """Every fault between the parts of one contract."""
    types = {field.id: field.type for field in contract.fields}
    faults: list[ContractFault] = []
    faults += _twice(contract)
    for index, field_id in enumerate(contract.key):
        faults += _reference(types, ("key", index), field_id, None)
    wants: dict[str, frozenset[str] | None] = {
        "date_field": frozenset({"date", "timestamp"}),
        "region_field": None,
        "extract_field": frozenset({"date", "timestamp"}),
    }
    for name, allowed in wants.items():
        told = getattr(contract, name)
        if told is not None:
            faults += _reference(types, (name,), told, allowed)
    for subject_id, subject in contract.subjects.items():
        faults += _subject(types, subject_id, subject)
    for index, field in enumerate(contract.fields):
        if field.screen and field.type not in TEXT_LIKE:
            faults.append(
                (
                    ("fields", index, "screen"),
                    "screen_type",
                    "只有文字类字段可以筛查关键词",
                    field.type,
                    "text",
                )
            )
        if field.values is not None and field.type != "category":
            faults.append(
                (
                    ("fields", index, "values"),
                    "values_type",
                    "只有分类字段可以列出取值",
                    field.type,
                    "category",
                )
            )
    return faults


def _reference(
    types: dict[str, SemanticType], where: Where, field_id: str, allowed: frozenset[str] | None
) -> list[ContractFault]:
    if field_id not in types:
        return [(where, "unknown_field", "引用了不存在的字段", field_id, "、".join(types))]
    if allowed is not None and types[field_id] not in allowed:
        return [(where, "field_type", "所引用字段的类型不合适", types[field_id], "、".join(sorted(allowed)))]
    return []


def _subject(types: dict[str, SemanticType], subject_id: str, subject: Subject) -> list[ContractFault]:
    needed, allowed = _KIND_ROLES[subject.kind]
    links = subject.links()
    faults: list[ContractFault] = []
    for role in sorted(needed - links.keys()):
        faults.append(
            (("subjects", subject_id), "subject_lacks", f"{subject.kind} 主体缺少 {role}", None, role)
        )
    for role, field_id in links.items():
        where: Where = ("subjects", subject_id, role)
        if role not in allowed:
            faults.append(
                (where, "subject_role", f"{subject.kind} 主体不用 {role}", role, "、".join(sorted(allowed)))
            )
        else:
            faults += _reference(types, where, field_id, _ROLE_TYPES[role])
    return faults


def _twice(contract: SourceContract) -> list[ContractFault]:
    faults: list[ContractFault] = []
    ids: dict[str, int] = {}
    names: dict[str, str] = {}
    for index, field in enumerate(contract.fields):
        if field.id in ids:
            faults.append(
                (("fields", index, "id"), "duplicate_field", "字段重复", field.id, "每个字段只写一次")
            )
        ids.setdefault(field.id, index)
        for name in (field.title, *field.aliases):
            plain = header_key(name)
            owner = names.setdefault(plain, field.id)
            if owner != field.id:
                message = f"表头名称已属于字段 {owner}"
                faults.append((("fields", index), "ambiguous_title", message, name, "不与其他字段同名"))
    return faults


_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_WIDTHS = str.maketrans("（）【】［］〔〕：，＊／　", "()[][]():,*/ ")


def header_key(title: str) -> str:
    """A header as compared: one width, no spaces, no marks of obligation, lower case. Brackets stay."""
    return _SPACES.sub("", title.translate(_WIDTHS)).strip("*:'\"").casefold()
