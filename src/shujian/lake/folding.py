"""What the commits of one dataset add up to: current files, counts, sums, extract date, declarations.

Kinds of commits: ``land`` adds rows; ``compact`` puts the same rows into other files; ``erase`` takes rows away and
carries what changes by it (``landed``, ``changed`` and ``sums`` as differences); ``extract`` and ``cover`` only state.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from shujian.lake.contracts import source
from shujian.lake.coverage import Coverage, merged, resolved
from shujian.lake.errors import UnknownSource
from shujian.lake.log import Commit

LIMBS = 2
MODULUS = 1 << 64


@dataclass
class Folded:
    """The state behind a row of commits. ``rows``: current rows; ``changed``: rows that supersede another."""

    files: list[str] = field(default_factory=list)
    rows: int = 0
    changed: int = 0
    sums: list[int] = field(default_factory=lambda: [0] * LIMBS)
    extract_on: date | None = None
    coverage: tuple[Coverage, ...] = ()


def fold(dataset: str, history: Sequence[Commit]) -> Folded:
    """Add the commits up, in their order."""
    found = Folded()
    for commit in history:
        if commit.kind in ("land", "erase"):
            found.rows += commit.count("landed")
            found.changed += commit.count("changed")
            for limb, value in enumerate(commit.body.get("sums", ())):
                found.sums[limb] = (found.sums[limb] + int(value)) % MODULUS
        if commit.kind in ("compact", "erase"):
            found.files = exchanged(found.files, commit.body["removed"], commit.body["paths"])
        elif commit.kind == "land" and commit.path:
            found.files.append(commit.path)
    standing = [commit for commit in history if not _taken_back(commit, history)]
    found.extract_on = max((commit.as_of for commit in standing if commit.as_of), default=None)
    found.coverage = merged(_declared(dataset, standing, found.extract_on), found.extract_on)
    return found


def exchanged(files: Sequence[str], removed: Sequence[str], added: Sequence[str]) -> list[str]:
    """The list with some files exchanged for others, which stand where the first of the removed ones stood."""
    gone = set(removed)
    place = next((at for at, name in enumerate(files) if name in gone), len(files))
    return [
        *(name for name in files[:place] if name not in gone),
        *added,
        *(name for name in files[place:] if name not in gone),
    ]


def erased_batches(history: Sequence[Commit]) -> set[str]:
    """Batches that an erasure took away whole."""
    return {batch for commit in history if commit.kind == "erase" for batch in commit.body.get("batches", ())}


def moment(commit: Commit) -> datetime | None:
    """When a commit was made, where it says so."""
    told = commit.body.get("received") or commit.body.get("at")
    return datetime.fromisoformat(told) if told else None


def _taken_back(commit: Commit, history: Sequence[Commit]) -> bool:
    """Whether what a commit states went with its batch: its extract date and declaration count no more."""
    if commit.kind == "land":
        return commit.batch in erased_batches(history)
    if commit.kind == "extract":
        later = [one for one in history if one.kind == "erase" and one.version > commit.version]
        return commit.sha256 in {sha for one in later for sha in one.body.get("sha256s", ())}
    return False


def _declared(dataset: str, standing: Sequence[Commit], extract_on: date | None) -> list[Coverage]:
    """What is declared. Rows that were taken away for another reason than one person's wish leave a hole that the
    provider does not know of: then declarations made before hold no longer, or only behind the hole.
    """
    told: list[Coverage] = []
    by_contract, floor = True, date.min
    for commit in standing:
        withdrawn = commit.body.get("withdraws")
        if withdrawn == "all" or commit.body.get("replace"):
            told = []
            by_contract = by_contract and withdrawn != "all"
        elif withdrawn:
            floor = max(floor, date.fromisoformat(withdrawn))
            told = _behind(told, floor)
        if commit.coverage:
            told += commit.coverage
            by_contract = True
    if by_contract:
        with contextlib.suppress(UnknownSource):
            told += _behind(resolved(source(dataset).coverage, extract_on), floor)
    return told


def _behind(claims: Sequence[Coverage], last: date) -> list[Coverage]:
    """The claims from the day after ``last`` on."""
    if last == date.min:
        return list(claims)
    first = last + timedelta(days=1)
    return [replace(one, from_=max(one.from_, first)) for one in claims if one.to >= first]
