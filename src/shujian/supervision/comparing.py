"""Grades the two subjects of a joined row with the pure rules of ``matching.grades``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shujian.lake.read import SourceContract
from shujian.matching.grades import Graded, OrgKeys, PersonKeys, grade_org, grade_person
from shujian.supervision.result import Compared
from shujian.supervision.spec import ModelSpec
from shujian.supervision.withheld import is_withheld

Row = Mapping[str, Any]
Subject = tuple[str, str, str]
"""Alias, subject, kind."""


def grade_rows(row: Row, left: Subject, right: Subject) -> Graded:
    """Grade the two subjects of a joined row with the pure rules."""

    def part(side: Subject, name: str) -> Any:
        return row.get(f"{side[0]}.{side[1]}__{name}")

    if left[2] == "person":
        names = ("id", "mask", "name", "birth", "sex", "area")
        return grade_person(
            *(PersonKeys(**{name: part(side, name) for name in names}) for side in (left, right))
        )
    parts = ("uscc", "name", "core", "tax", "former", "parent")
    return grade_org(*(OrgKeys(**{name: part(side, name) for name in parts}) for side in (left, right)))


def compared_of(
    graded: Graded, spec: ModelSpec, contracts: Mapping[str, SourceContract], sides: tuple[Subject, Subject]
) -> tuple[Compared, ...]:
    """What was compared and how it came out; without the values where the model withholds one of the subjects."""
    hidden = any(is_withheld(spec, contracts, f"{alias}.{subject}") for alias, subject, _ in sides)
    return tuple(
        Compared(each.field, None if hidden else each.left, None if hidden else each.right, each.outcome)
        for each in graded.compared
    )
