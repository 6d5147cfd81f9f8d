"""What a provider declares complete: period, area, and the gaps it admits. Declared, never observed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shujian.lake.sources import DeclaredCoverage


@dataclass(frozen=True)
class Gap:
    """A span inside a declared coverage that is admitted not to be complete. Empty ``area``: everywhere."""

    from_: date
    to: date
    area: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Coverage:
    """A declared span, both days included. Empty ``area``: the whole county."""

    from_: date
    to: date
    area: tuple[str, ...] = ()
    complete: bool = True
    gaps: tuple[Gap, ...] = ()
    stated_by: str = ""


def resolved(claims: Iterable[DeclaredCoverage], extract_on: date | None) -> tuple[Coverage, ...]:
    """Declarations with ``extract`` put in. Without an extract date such a declaration says nothing."""
    found = []
    for claim in claims:
        to = extract_on if claim.to == "extract" else claim.to
        if isinstance(to, date) and to >= claim.from_:
            gaps = tuple(Gap(gap.from_, gap.to, gap.area, gap.why) for gap in claim.gaps)
            found.append(Coverage(claim.from_, to, claim.area, claim.complete, gaps, claim.stated_by))
    return tuple(found)


def merged(claims: Iterable[Coverage], extract_on: date | None) -> tuple[Coverage, ...]:
    """Each claim once, cut off at the extract date, in a fixed order."""
    kept: set[Coverage] = set()
    for claim in claims:
        to = min(claim.to, extract_on) if extract_on else claim.to
        if to >= claim.from_:
            kept.add(Coverage(claim.from_, to, claim.area, claim.complete, claim.gaps, claim.stated_by))
    return tuple(sorted(kept, key=lambda one: (one.from_, one.to, one.area, one.stated_by, one.complete)))


def as_plain(claim: Coverage) -> dict[str, Any]:
    """For JSON: dates as text."""
    return {
        "from": claim.from_.isoformat(),
        "to": claim.to.isoformat(),
        "area": list(claim.area),
        "complete": claim.complete,
        "stated_by": claim.stated_by,
        "gaps": [
            {"from": gap.from_.isoformat(), "to": gap.to.isoformat(), "area": list(gap.area), "why": gap.why}
            for gap in claim.gaps
        ],
    }


def from_plain(body: Mapping[str, Any]) -> Coverage:
    """The inverse of ``as_plain``."""
    gaps = tuple(
        Gap(date.fromisoformat(gap["from"]), date.fromisoformat(gap["to"]), tuple(gap["area"]), gap["why"])
        for gap in body["gaps"]
    )
    span = (date.fromisoformat(body["from"]), date.fromisoformat(body["to"]))
    return Coverage(*span, tuple(body["area"]), bool(body["complete"]), gaps, body["stated_by"])


def state_of(claims: Iterable[Coverage], first: date, last: date, region: str | None) -> str:
    """``declared`` where one complete claim holds the whole span without gap, ``gap`` where a gap touches it."""
    answer = "undeclared"
    for claim in claims:
        here = not claim.area or (region is not None and region in claim.area)
        if not (claim.complete and here and claim.from_ <= first and last <= claim.to):
            continue
        touched = [
            gap
            for gap in claim.gaps
            if gap.from_ <= last
            and first <= gap.to
            and (not gap.area or region is None or region in gap.area)
        ]
        if not touched:
            return "declared"
        answer = "gap"
    return answer
