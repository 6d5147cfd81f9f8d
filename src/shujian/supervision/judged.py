"""What people judged of two subjects being one, as rows of one snapshot; frozen with a run, so that it replays.

They come in plain (``JudgedPeople``), from the room that keeps their judgements; that is never printed, stored or frozen.
The judged are looked up among the rows that a run reads: a side is its row (by natural key, else by content), or whoever
bears its number; and in both cases the number and the name must stand there as they stood when it was judged. A row
that got another name or a number since is another piece of evidence, and nothing is judged of it. What is found are
row ids and keyed handles only (``JudgedRows``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shujian.kernel.canonical import canonical
from shujian.lake.read import Session, SourceContract
from shujian.supervision.adapting import table_of
from shujian.supervision.coverage import STRONG_KEY
from shujian.supervision.relation import quoted, text


@dataclass(frozen=True, slots=True)
class Known:
    """One side of a judgement, plain. ``key``: its handle. Without ``dataset``: the bearer of the number, anywhere;
    else the row of this natural key, or of this id where there is none.
    """

    key: str
    kind: str
    number: str | None
    name: str | None
    dataset: str = ""
    row: str = ""
    natural: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """Two handles, whether they are one subject, and the numbers of the judgements that say so."""

    left: str
    right: str
    same: bool
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JudgedPeople:
    """All that is judged now and needs no further person."""

    known: tuple[Known, ...]
    pairs: tuple[JudgedPair, ...]


@dataclass(frozen=True, slots=True)
class JudgedRows:
    """The same in one snapshot: (dataset, subject, row, handle), and the pairs of those handles."""

    rows: tuple[tuple[str, str, str, str], ...]
    pairs: tuple[JudgedPair, ...]

    def between(
        self, left: tuple[str, str], right: tuple[str, str], *, same: bool
    ) -> dict[tuple[str, str], tuple[str, ...]]:
        """The judged pairs of rows between two subjects (dataset, subject)."""
        sides = [self._by_key(side) for side in (left, right)]
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for one in self.pairs:
            if one.same != same:
                continue
            for first, second in ((one.left, one.right), (one.right, one.left)):
                for a in sides[0].get(first, ()):
                    found.update({(a, b): one.numbers for b in sides[1].get(second, ())})
        return dict(sorted(found.items()))

    def _by_key(self, side: tuple[str, str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for dataset, subject, row, key in self.rows:
            if (dataset, subject) == side:
                found.setdefault(key, []).append(row)
        return found

    def plain(self) -> dict[str, Any]:
        """For the frozen text of a run."""
        pairs = [[one.left, one.right, one.same, list(one.numbers)] for one in self.pairs]
        return {"rows": [list(row) for row in self.rows], "pairs": pairs}


def from_plain(told: Mapping[str, Any] | None) -> JudgedRows | None:
    """Back from the frozen text."""
    if not told:
        return None
    pairs = tuple(
        JudgedPair(left, right, same, tuple(numbers)) for left, right, same, numbers in told["pairs"]
    )
    return JudgedRows(tuple((a, b, c, d) for a, b, c, d in told["rows"]), pairs)


def resolve(
    judgements: JudgedPeople | None, contracts: Mapping[str, SourceContract], session: Session
) -> JudgedRows | None:
    """Find the judged among the rows of a model's sources; None where no judged pair is there whole."""
    if judgements is None or not judgements.pairs:
        return None
    found = set()
    for contract in {one.id: one for one in contracts.values()}.values():
        for subject, form in contract.subjects.items():
            if form.kind in ("person", "org"):
                wanted = [
                    one
                    for one in judgements.known
                    if one.kind == form.kind and one.dataset in ("", contract.id)
                ]
                found |= {
                    (contract.id, subject, row, key)
                    for row, key in _of(wanted, contract, subject, form.kind, session)
                }
    keys = {key for _, _, _, key in found}
    pairs = sorted(
        (one for one in judgements.pairs if one.left in keys and one.right in keys),
        key=lambda one: (one.left, one.right, one.same),
    )
    if not pairs:
        return None
    needed = {key for one in pairs for key in (one.left, one.right)}
    return JudgedRows(tuple(sorted(row for row in found if row[3] in needed)), tuple(pairs))


def _of(
    wanted: Sequence[Known], contract: SourceContract, subject: str, kind: str, session: Session
) -> Iterator[tuple[str, str]]:
    """(row, handle) of the wanted that stand in one subject of one source."""
    if not wanted:
        return
    number, name = quoted(f"{subject}__{STRONG_KEY[kind]}"), quoted(f"{subject}__name")
    listed = ", ".join(text(told) for told in sorted({one.name for one in wanted if one.name is not None}))
    tests = [f"{name} IN ({listed})"] if listed else []
    tests += [f"{name} IS NULL"] if any(one.name is None for one in wanted) else []
    keys = ", ".join(f"{quoted(field)} AS _k{place}" for place, field in enumerate(contract.key))
    rows = session.sql(
        f"SELECT _row, {number} AS _number, {name} AS _name{', ' + keys if keys else ''} "
        f"FROM {table_of(session, contract)} WHERE {' OR '.join(tests)}"
    ).to_pylist()
    for row in rows:
        natural = tuple(_plain(row[f"_k{place}"]) for place in range(len(contract.key)))
        for one in wanted:
            if (one.number, one.name) == (row["_number"], row["_name"]) and _stands(
                one, row["_row"], natural
            ):
                yield row["_row"], one.key


def _stands(one: Known, row: str, natural: tuple[str, ...]) -> bool:
    if not one.dataset:
        return one.number is not None
    return natural == one.natural if one.natural is not None else row == one.row


def _plain(value: Any) -> str:
    """As the handles of natural keys are made: decimals and dates as text."""
    return str(json.loads(canonical(value)))
