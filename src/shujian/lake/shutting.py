"""Rows that the law shuts: found at ingest by the rules of their source, counted, never kept; older versions go too.

Column-wise over typed rows, in three-valued logic: a value that is missing makes a condition unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shujian.lake.contracts import source
from shujian.lake.engines.duckdb import Scratch, scan
from shujian.lake.engines.session import current_rows
from shujian.lake.physical import literal, quoted
from shujian.lake.snapshots import DatasetPin, Snapshot
from shujian.lake.sources import ShutCondition, ShutRule, SourceContract
from shujian.matching.normalise.ages import under_age

SEALED = "sealed"
"""``_content`` of a closing row: it holds no data, supersedes itself, and keeps the natural key closed."""


@dataclass(frozen=True)
class Shut:
    """What the rules say of the rows of a chunk. ``rule``: place of the first rule that shuts a row, else -1;
    ``unsure``: rows of which some rule could not say, so that their raw text is not to be kept either.
    """

    rule: np.ndarray[Any, Any]
    unsure: np.ndarray[Any, Any]

    @property
    def rows(self) -> np.ndarray[Any, Any]:
        """Which rows are shut."""
        return self.rule >= 0


def shut_rows(contract: SourceContract, typed: pa.Table) -> Shut:
    """Ask every rule about every row; ``typed``: field and subject columns."""
    found = np.full(typed.num_rows, -1, dtype=np.int64)
    unsure = np.zeros(typed.num_rows, dtype=bool)
    for place, rule in enumerate(contract.shut):
        answer = _answer(rule, typed)
        unsure |= np.asarray(answer.is_null())
        whole = pc.fill_null(answer, rule.unknown == "shut")
        found[np.asarray(whole) & (found < 0)] = place
    return Shut(found, unsure)


def told(rule: ShutRule) -> str:
    """The rule in words with its article, for the reject."""
    ground = rule.basis
    return f"{rule.says}（{ground.law}{f'第{ground.article}条' if ground.article else ''}），不入库、不留原文"


def _answer(rule: ShutRule, typed: pa.Table) -> pa.Array:
    held = reduce(pc.and_kleene, (_holds(one, typed) for one in rule.when))
    for one in rule.unless:  # only a certain exception lifts the rule
        lifted = pc.fill_null(_holds(one, typed), False)
        held = pc.and_kleene(held, pc.invert(lifted))
    return _flat(held)


def _flat(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def _holds(condition: ShutCondition, typed: pa.Table) -> pa.Array:
    if condition.younger is not None:
        return _younger(condition, typed)
    values = _flat(typed[str(condition.field)])
    if condition.is_:
        return pc.if_else(
            pc.is_null(values), pa.scalar(None, pa.bool_()), pc.is_in(values, pa.array(condition.is_))
        )
    if condition.says:
        text = pc.cast(values, pa.string())
        hits = [pc.match_substring(text, word) for word in condition.says]
        return pc.fill_null(reduce(pc.or_kleene, hits), False)
    return pc.greater(values, condition.over)


def _younger(condition: ShutCondition, typed: pa.Table) -> pa.Array:
    """Under so many full years (``matching.normalise.ages``).

    ``on`` decides; where it is empty, a day that was not before it (``latest``) can prove youth, never the opposite.
    """
    birth = _flat(typed[f"{condition.subject}__birth"])

    def under(field_id: str) -> pa.Array:
        return under_age(birth, _flat(typed[field_id]), int(condition.younger or 0))

    answer = under(str(condition.on))
    if condition.latest is None:
        return answer
    proved = under(condition.latest)
    return pc.coalesce(answer, pc.if_else(proved, proved, pa.scalar(None, pa.bool_())))


def sealed_rows(dataset: str, snapshot: Snapshot) -> list[str]:
    """Ids (``_row``) of all stored versions that the law shuts, current or not: what erasure has to remove.

    Versions under a closed key, and rows that the present rules shut although they landed before the rule stood.
    Raises UnknownSource.
    """
    contract = source(dataset)
    pin = snapshot.datasets.get(dataset)
    if pin is None or not pin.files or not contract.shut:
        return []
    with Scratch() as scratch:
        stored = scan(pin)
        closed = scratch.table(
            f"select distinct _row as row from {stored} where coalesce(_content, '') <> {literal(SEALED)}"
            f" and _key in (select _key from {stored} where _content = {literal(SEALED)})"
        )
        found = set(closed["row"].to_pylist())
        found.update(_by_rule(contract, scratch, pin, stored))
    return sorted(found)


def _by_rule(contract: SourceContract, scratch: Scratch, pin: DatasetPin, stored: str) -> Iterable[str]:
    known = set(scratch.table(f"describe select * from {stored}")["column_name"].to_pylist())
    every = current_rows(DatasetPin(**{**vars(pin), "superseding": False}), known, stored)
    names = [quoted(name) for name in ("_row", *_asked(contract))]
    rows = scratch.table(
        f"select {', '.join(dict.fromkeys(names))} from ({every}) where coalesce(_content, '') <> {literal(SEALED)}"
    )
    chosen = rows.filter(pa.array(shut_rows(contract, rows).rows))
    return [str(row) for row in chosen["_row"].to_pylist()]


def _asked(contract: SourceContract) -> list[str]:
    """The columns that the rules look at."""
    names: list[str] = []
    for rule in contract.shut:
        for one in (*rule.when, *rule.unless):
            names += [name for name in (one.field, one.on, one.latest) if name]
            names += [f"{one.subject}__birth"] if one.subject else []
    return names
