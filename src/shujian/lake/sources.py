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
    """The agreement with the provider. Before ``from`` and past ``expires`` neither ingest nor a run is allowed.

    ``handler``: the office or post that answers for the data (no person); ``retain``: how long rows may be kept
    after their receipt (``P3Y``), None where the agreement sets no limit.
    """

    purpose: str
    number: str | None = None
    signed: date | None = None
    from_: date | None = Field(default=None, alias="from")
    expires: date | None = None
    handler: str | None = None
    retain: Days | None = None


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


class ShutCondition(_Strict):
    """One test of a row: a field has a value (``is``), has one of some words (``says``) or is ``over`` a number;
    or a subject is ``younger`` than so many full years ``on`` a day (or proved so on a day not before, ``latest``).
    """

    field: str | None = None
    is_: tuple[str, ...] = Field(default=(), alias="is")
    says: tuple[str, ...] = ()
    over: int | None = None
    subject: str | None = None
    younger: int | None = Field(default=None, ge=1, le=120)
    on: str | None = None
    latest: str | None = None


class ShutRule(_Strict):
    """Rows that the law shuts: all of ``when`` hold and none of ``unless`` certainly does. ``unknown``: the answer
    where the row does not tell.
    """

    id: Identifier
    says: str
    basis: Ground
    when: tuple[ShutCondition, ...] = Field(min_length=1)
    unless: tuple[ShutCondition, ...] = ()
    unknown: Literal["shut", "keep"] = "keep"


CoordinateSystem = Literal["detect", "GCJ-02", "BD-09", "WGS-84", "CGCS2000"]


class Coordinates(_Strict):
    """The fields that place a row on the earth. ``detect``: as the header of the file says (经度（GCJ-02）), else by
    the region's anchors; where neither speaks, no point is taken.
    """

    lon: str
    lat: str
    system: CoordinateSystem = "detect"


class Subject(_Strict):
    """Which fields of a row name one person, organisation or place. ``region`` names the town of a place beside
    its address.
    """

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
    region: str | None = None
    coordinates: Coordinates | None = None

    def links(self) -> dict[str, str]:
        """Role → field id, for the roles that are filled."""
        filled = self.model_dump(exclude={"kind", "coordinates"}, exclude_none=True)
        if self.coordinates is not None:
            filled |= {"lon": self.coordinates.lon, "lat": self.coordinates.lat}
        return {role: str(field_id) for role, field_id in filled.items()}


class SourceField(_Strict):
    """One column: an English id, the Chinese title and its variants, a semantic type.

    ``keyed``, in inside data only: the field whose subject this handle stands for (``kernel.secrets.pseudonym``).
    """

    id: Identifier
    title: str
    aliases: tuple[str, ...] = ()
    type: SemanticType
    required: bool = False
    sensitivity: Sensitivity = "低"
    screen: bool = False
    ahead: bool = False
    """A day to come is no fault here: a permit's last day, a planned end."""
    note: str | None = None
    values: tuple[str, ...] | None = None
    keyed: str | None = None


class SourceContract(_Strict):
    """A source as its file states it. ``soundness.contract_faults`` holds what types alone cannot say.

    ``inside``: the room of this office that publishes the rows; no file may be ingested for such a source.
    """

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
    inside: Identifier | None = None
    coverage: tuple[DeclaredCoverage, ...] = ()
    expect_monthly: ExpectMonthly | None = None
    unmatchable_limit: str = Field(default="0.02", pattern=r"^(0(\.[0-9]+)?|1(\.0+)?)$")
    shut: tuple[ShutRule, ...] = ()
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


_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_WIDTHS = str.maketrans("（）【】［］〔〕：，＊／　", "()[][]():,*/ ")


def header_key(title: str) -> str:
    """A header as compared: one width, no spaces, no marks of obligation, lower case. Brackets stay."""
    return _SPACES.sub("", title.translate(_WIDTHS)).strip("*:'\"").casefold()
