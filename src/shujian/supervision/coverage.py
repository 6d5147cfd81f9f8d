"""What the right side of an ``absent`` lets us know: the spans it declares complete, its age, its usable keys.

Only a *declaration* makes an absence provable; observed gaps only take away, and only where the source says
that rows are to be expected each month.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from shujian.lake.read import Coverage, DatasetPin, Session, SourceContract
from shujian.supervision.adapting import table_of
from shujian.supervision.spec import Need

STRONG_KEY = {"person": "id", "org": "uscc", "place": "key"}
USABLE = {"person": ("id", "mask"), "org": ("uscc",), "place": ("key",)}
"""A row without any of these can be found by name only, so it may hide somebody whose name is written otherwise."""


@dataclass(frozen=True)
class Spanned:
    """A span that a source declares complete, whole area unless ``area`` lists towns."""

    start: date
    end: date
    area: tuple[str, ...] = ()


@dataclass(frozen=True)
class ThinMonth:
    """A whole month inside a declared span with fewer rows than the source should have each month."""

    start: date
    end: date
    rows: int
    least: int

    def describe(self) -> str:
        """In words."""
        return f"观察到的缺口：{self.start:%Y-%m} 只有 {self.rows} 行，来源每月应不少于 {self.least} 行"


@dataclass(frozen=True)
class RightSide:
    """All that decides whether a missing row may be called absent."""

    alias: str
    dataset: str
    extract_on: date | None
    fresh: bool
    fresh_because: str
    spans: tuple[Spanned, ...]
    unmatchable: Mapping[str, Decimal]
    """Subject → share of rows without any usable key."""
    limit: Decimal
    rows: int = 0
    stale: bool = False
    """Whether its extract is older than the limit; then its rows are marked wherever they are evidence."""
    thin: tuple[ThinMonth, ...] = ()

    def describe(self) -> str:
        """The declaration in words."""
        if not self.spans:
            return "来源没有声明任何时期数据完整"
        told = "、".join(
            f"{span.start} 至 {span.end}" + (f"（{'、'.join(span.area)}）" if span.area else "")
            for span in self.spans
        )
        return f"来源声明 {told} 数据完整"


def merged(claims: Iterable[Coverage], gaps: Iterable[tuple[date, date]] = ()) -> tuple[Spanned, ...]:
    """Declared spans less their gaps, touching spans of the same area joined; sorted."""
    spans: list[Spanned] = []
    for claim in claims:
        if not claim.complete:
            continue
        pieces = [(claim.from_, claim.to)]
        for start, end in [*((gap.from_, gap.to) for gap in claim.gaps), *gaps]:
            pieces = [piece for whole in pieces for piece in _without(whole, start, end)]
        spans += [Spanned(start, end, tuple(sorted(claim.area))) for start, end in pieces]
    joined: list[Spanned] = []
    for span in sorted(spans, key=lambda item: (item.area, item.start, item.end)):
        last = joined[-1] if joined else None
        if last and last.area == span.area and span.start <= last.end + timedelta(days=1):
            joined[-1] = Spanned(last.start, max(last.end, span.end), last.area)
        else:
            joined.append(span)
    return tuple(joined)


def _without(whole: tuple[date, date], start: date, end: date) -> list[tuple[date, date]]:
    first, last = whole
    if end < first or start > last:
        return [whole]
    pieces = []
    if start > first:
        pieces.append((first, start - timedelta(days=1)))
    if end < last:
        pieces.append((end + timedelta(days=1), last))
    return pieces


def right_side(
    alias: str,
    need: Need,
    contract: SourceContract,
    pin: DatasetPin | None,
    as_of: date,
    session: Session,
    *,
    asked: bool = True,
) -> RightSide:
    """Look at one source in the snapshot. Needs the session for empty months and unusable keys, which are looked for
    only where an absence is ``asked`` of the source.
    """
    extract = pin.extract_on if pin else None
    days = need.fresh_days()
    days = contract.fresh_days if days is None else days
    stale = False
    age = (as_of - extract).days if extract else None
    if extract is None or age is None:
        fresh, because = False, "数据湖中没有这个来源的数据"
    elif age > days:
        fresh, stale = False, True
        because = f"数据过期：提取于 {extract}，至 {as_of} 已 {age} 天，超过时限 {days} 天"
    else:
        fresh, because = True, f"数据提取于 {extract}"
    claims = pin.coverage if pin else ()
    thin = _thin_months(contract, claims, session) if asked else ()
    return RightSide(
        alias=alias,
        dataset=contract.id,
        extract_on=extract,
        fresh=fresh,
        fresh_because=because,
        spans=merged(claims, [(month.start, month.end) for month in thin]),
        unmatchable={each: _unmatchable(contract, each, session) for each in contract.subjects if asked},
        limit=Decimal(contract.unmatchable_limit),
        rows=pin.rows if pin else 0,
        stale=stale,
        thin=thin,
    )


def _unmatchable(contract: SourceContract, subject: str, session: Session) -> Decimal:
    kind = contract.subjects[subject].kind
    usable = f"coalesce({', '.join(f'{chr(34)}{subject}__{part}{chr(34)}' for part in USABLE[kind])})"
    row = session.sql(
        f"SELECT count(*) AS n, count({usable}) AS keyed FROM {table_of(session, contract)}"
    ).to_pylist()[0]
    return Decimal(0) if not row["n"] else Decimal(row["n"] - row["keyed"]) / Decimal(row["n"])


def _thin_months(
    contract: SourceContract, claims: Iterable[Coverage], session: Session
) -> tuple[ThinMonth, ...]:
    """Whole months of declared spans with too few rows. A month that the span cuts says nothing."""
    if contract.expect_monthly is None or contract.date_field is None:
        return ()
    least = contract.expect_monthly.min
    column = f'"{contract.date_field}"'
    table = session.sql(
        f"SELECT CAST(date_trunc('month', {column}) AS DATE) AS m, count(*) AS n FROM {table_of(session, contract)} "
        f"WHERE {column} IS NOT NULL GROUP BY 1"
    )
    counted = {row["m"]: row["n"] for row in table.to_pylist()}
    found: set[ThinMonth] = set()
    for claim in claims:
        month = claim.from_.replace(day=1)
        while month <= claim.to:
            last = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
            rows = counted.get(month, 0)
            if claim.complete and claim.from_ <= month and last <= claim.to and rows < least:
                found.add(ThinMonth(month, last, rows, least))
            month = last + timedelta(days=1)
    return tuple(sorted(found, key=lambda one: one.start))
