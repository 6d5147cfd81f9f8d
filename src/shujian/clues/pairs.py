"""What a match of a clue is called when a person judges it: two handles that survive another delivery of the rows.

A side with a valid number is the person or firm of that number, in whatever row. A side without one is its row: its
dataset and natural key where the model shows all of it, else the digest of its content (the lake's own row id). Two
sides of one and the same number are told apart by their rows, or nothing could be judged of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from shujian.clues.masks import of_person
from shujian.clues.records import dossier, plain
from shujian.kernel.canonical import canonical
from shujian.kernel.secrets import pseudonym
from shujian.lake.errors import UnknownSource
from shujian.lake.read import source
from shujian.matching.normalise import id_card, uscc
from shujian.supervision.read import Hit, Known

_NUMBERS = {"id_card": "person", "身份证号": "person", "uscc": "org"}


@dataclass(frozen=True)
class MatchPair:
    """One match of a clue by its handles; ``left`` is the left row's.

    ``absent``: the right row is a candidate that keeps an absence from being proved, nothing that carries the clue.
    """

    step: str
    grade: str
    left: str
    right: str
    kind: str
    absent: bool = False


@dataclass(frozen=True)
class RowTold:
    """What is known of an evidence row here."""

    dataset: str
    title: str
    fields: Mapping[str, Any]


def of_hit(hit: Hit) -> list[MatchPair]:
    """The matches of a hit, in order."""
    rows = {row.row: RowTold(row.dataset, row.source_title, row.fields) for row in hit.evidence}
    return of_stored(dossier(hit), rows)


def of_stored(told: Mapping[str, Any], rows: Mapping[str, RowTold]) -> list[MatchPair]:
    """The matches of a clue's dossier, in order; ``rows``: its evidence by row id."""
    asked = {one["step"] for one in told["absences"]}
    return [pair(match, rows, absent=match["step"] in asked) for match in told["matches"]]


def pair(match: Mapping[str, Any], rows: Mapping[str, RowTold], *, absent: bool = False) -> MatchPair:
    """The handles of one match."""
    left, right = (one.key for one in known(match, rows))
    kind = "person" if of_person(match) else "org"
    return MatchPair(str(match["step"]), str(match["grade"]), left, right, kind, absent)


def known(match: Mapping[str, Any], rows: Mapping[str, RowTold]) -> tuple[Known, Known]:
    """Both sides of a match, plain: for the sealed words of a judgement and for runs, never to be shown."""
    sides = [_told(match["compared"], side) for side in ("left", "right")]
    apart = sides[0][1] != sides[1][1]
    left, right = (
        _side(kind, number, name, match[side], rows.get(match[side]), by_number=apart and number is not None)
        for (kind, number, name), side in zip(sides, ("left", "right"), strict=True)
    )
    return left, right


def _told(compared: Iterable[Mapping[str, Any]], side: str) -> tuple[str, str | None, str | None]:
    """(kind, valid number, name) of one side, as it was compared."""
    kind, number, name = "person", None, None
    for one in compared:
        if one["field"] in _NUMBERS:
            kind = _NUMBERS[one["field"]]
            parsed = id_card.parse(one[side] or "") if kind == "person" else uscc.parse(one[side] or "")
            number = parsed.key or None
        elif one["field"] in ("name", "姓名"):
            name = one[side]
    return kind, number, name


def _side(
    kind: str, number: str | None, name: str | None, row: str, told: RowTold | None, *, by_number: bool
) -> Known:
    if by_number and number is not None:
        return Known(pseudonym(kind, number), kind, number, name)
    dataset = told.dataset if told else ""
    key = _natural_key(told) if told else None
    handle = pseudonym("row", canonical([dataset, key or row]))
    return Known(handle, kind, number, name, dataset, row, tuple(key) if key else None)


def _natural_key(told: RowTold) -> list[str] | None:
    """The values of the natural key, where the model shows them all and none is empty."""
    try:
        names = source(told.dataset).key
    except UnknownSource:
        return None
    values = [told.fields.get(name) for name in names]
    return None if any(value in (None, "") for value in values) else [str(plain(value)) for value in values]
