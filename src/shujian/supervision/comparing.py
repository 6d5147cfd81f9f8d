"""Grades the two subjects of a joined row with the pure rules of ``matching.grades``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shujian.matching.grades import Graded, OrgKeys, PersonKeys, grade_org, grade_person

Row = Mapping[str, Any]


def grade_rows(row: Row, left: tuple[str, str, str], right: tuple[str, str, str]) -> Graded:
    """Grade the two subjects (alias, subject, kind) of a joined row with the pure rules."""

    def part(side: tuple[str, str, str], name: str) -> Any:
        return row.get(f"{side[0]}.{side[1]}__{name}")

    if left[2] == "person":
        names = ("id", "mask", "name", "birth", "sex", "area")
        return grade_person(
            *(PersonKeys(**{name: part(side, name) for name in names}) for side in (left, right))
        )
    parts = ("uscc", "name", "core", "tax", "former", "parent")
    return grade_org(*(OrgKeys(**{name: part(side, name) for name in parts}) for side in (left, right)))
