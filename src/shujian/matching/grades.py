"""How sure two rows speak of one subject: the grades of domain.md §5.0, whole, as pure functions.

The engines' SQL is tested against these. Keys are the columns normalised at ingest: ``id`` is a *valid*
eighteen-character number or None, ``mask`` is ``first6|last4`` of a valid or a masked number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Grade = Literal["A", "A-", "B", "B-", "C", "X"]
Outcome = Literal["same", "close", "differs", "missing", "masked"]

ORDER: tuple[Grade, ...] = ("A", "A-", "B", "B-", "C")
"""Best first. X stands outside: it never matches."""


@dataclass(frozen=True, slots=True)
class PersonKeys:
    """What one row knows of a person, normalised; None where it does not know."""

    id: str | None = None
    mask: str | None = None
    name: str | None = None
    birth: date | None = None
    sex: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class OrgKeys:
    """What one row knows of a firm or body, normalised: valid credit code, full name and core name; the key of a taxpayer
    number (``firms.tax_numbers``), the core of a former name that it tells, the core of its head office if a branch.
    """

    uscc: str | None = None
    name: str | None = None
    core: str | None = None
    tax: str | None = None
    former: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class FieldCompared:
    """One field looked at: both values, and what came of it."""

    field: str
    left: str | None
    right: str | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Graded:
    """The grade, or None where nothing ties the two rows; and every field that both could be asked for."""

    grade: Grade | None
    compared: tuple[FieldCompared, ...]

    @property
    def matches(self) -> bool:
        """Whether the pair may be shown as a match at all: X and None never."""
        return self.grade in ORDER


def grade_person(left: PersonKeys, right: PersonKeys) -> Graded:
    """Grade two persons; symmetric. The rules are tried in this order and the first that holds decides.

    X: both ids valid and different, whatever else agrees. A: ids valid and equal, names equal or at most one
    character apart. A-: ids valid and equal, names further apart or missing on a side. B: names and births
    equal, and sex or area equal. B-: masks equal, names equal. C: names equal. Rules B to C are reached only
    where at least one id is not valid. A missing value is equal to nothing.
    """
    compared = (
        _id_compared(left, right),
        FieldCompared("name", left.name, right.name, _names(left.name, right.name)),
        _plain("birth", _iso(left.birth), _iso(right.birth)),
        _plain("sex", left.sex, right.sex),
        _plain("area", left.area, right.area),
    )
    return Graded(_person_grade(left, right), compared)


def grade_org(left: OrgKeys, right: OrgKeys) -> Graded:
    """Grade two firms; symmetric. The rules are tried in this order and the first that holds decides.

    X: both codes valid and different. A: codes, or else taxpayer numbers, equal, core names equal or at most one
    character apart. A-: the same, names further apart or missing on a side. B: full names equal. C: core names
    equal, or one's former name is the other's name or former name. Head office and branch are never one firm.
    """
    compared = (
        _plain("uscc", left.uscc, right.uscc),
        FieldCompared("name", left.name, right.name, _names(left.name, right.name)),
        FieldCompared("core", left.core, right.core, _names(left.core, right.core)),
        *_org_marks(left, right),
    )
    return Graded(_org_grade(left, right), compared)


def at_most_one_apart(left: str, right: str) -> bool:
    """Whether one character inserted, removed or replaced makes the two equal (characters, not bytes)."""
    if left == right:
        return True
    if abs(len(left) - len(right)) > 1:
        return False
    shorter, longer = sorted((left, right), key=len)
    start = next((i for i, sign in enumerate(shorter) if sign != longer[i]), len(shorter))
    skip = 1 if len(shorter) == len(longer) else 0
    return shorter[start + skip :] == longer[start + 1 :]


def worst(grades: tuple[Grade, ...]) -> Grade:
    """The least sure of several grades on one row's way; A for none. Raises ValueError for X."""
    return max(grades, key=ORDER.index, default="A")


def _person_grade(left: PersonKeys, right: PersonKeys) -> Grade | None:
    if left.id is not None and right.id is not None:
        if left.id != right.id:
            return "X"
        return "A" if _names(left.name, right.name) in ("same", "close") else "A-"
    if left.name is None or left.name != right.name:
        return None
    if _equal(left.birth, right.birth) and (_equal(left.sex, right.sex) or _equal(left.area, right.area)):
        return "B"
    return "B-" if _equal(left.mask, right.mask) else "C"


def _org_grade(left: OrgKeys, right: OrgKeys) -> Grade | None:
    if left.uscc is not None and right.uscc is not None:
        if left.uscc != right.uscc:
            return "X"
        return "A" if _names(left.core, right.core) in ("same", "close") else "A-"
    if _equal(left.tax, right.tax):
        return "A" if _names(left.core, right.core) in ("same", "close") else "A-"
    if _equal(left.name, right.name):
        return "B"
    return "C" if _equal(left.core, right.core) or renamed(left, right) else None


def renamed(left: OrgKeys, right: OrgKeys) -> bool:
    """Whether one's former name is the other's name or former name (cores)."""
    return (
        _equal(left.former, right.core)
        or _equal(left.core, right.former)
        or _equal(left.former, right.former)
    )


def related(left: OrgKeys, right: OrgKeys) -> bool:
    """Whether by their names one is the head office of the other: no match, yet a filing by one may be for both."""
    return _equal(left.parent, right.core) or _equal(left.core, right.parent)


def _org_marks(left: OrgKeys, right: OrgKeys) -> list[FieldCompared]:
    """Taxpayer number, former name and head office, where a side tells one."""
    found = [_plain("tax", left.tax, right.tax)] if left.tax or right.tax else []
    if left.former or right.former:
        outcome: Outcome = "same" if renamed(left, right) else "differs"
        found.append(FieldCompared("former", left.former, right.former, outcome))
    if left.parent or right.parent:
        outcome = "same" if related(left, right) or _equal(left.parent, right.parent) else "differs"
        found.append(FieldCompared("parent", left.parent, right.parent, outcome))
    return found


def _equal(left: object, right: object) -> bool:
    return left is not None and left == right


def _names(left: str | None, right: str | None) -> Outcome:
    if left is None or right is None:
        return "missing"
    if left == right:
        return "same"
    return "close" if at_most_one_apart(left, right) else "differs"


def _plain(field: str, left: str | None, right: str | None) -> FieldCompared:
    if left is None or right is None:
        return FieldCompared(field, left, right, "missing")
    return FieldCompared(field, left, right, "same" if left == right else "differs")


def _id_compared(left: PersonKeys, right: PersonKeys) -> FieldCompared:
    """Two whole numbers are compared as they are; otherwise by what a masked one shows, if both show it."""
    if left.id is not None and right.id is not None:
        return _plain("id_card", left.id, right.id)
    shown = (left.id or left.mask, right.id or right.mask)
    if left.mask is None or right.mask is None:
        return FieldCompared("id_card", *shown, "missing")
    return FieldCompared("id_card", *shown, "masked" if left.mask == right.mask else "differs")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
