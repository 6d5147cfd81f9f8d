"""Judged pairs in the SQL of one step: taken out of what the machine pairs, and the same persons put in.

Nothing here is written into a plan where nothing was judged of the rows of the step's two lists. A subject that a union
made is left to the machine: which list its row comes from is not known before the run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shujian.supervision.builder import Builder
from shujian.supervision.relation import quoted, text
from shujian.supervision.result import JUDGED_RANK
from shujian.supervision.steps.pairs import Side

Rows = Mapping[tuple[str, str], tuple[str, ...]]
"""(left row, right row) → the numbers of the judgements."""


@dataclass(frozen=True)
class StepJudged:
    """The judged pairs of a step; ``left`` and ``right``: the aliases whose rows are paired."""

    left: str
    right: str
    same: Rows
    different: Rows

    def without(self, pairs: str) -> str:
        """Pairs that carry both row ids, without any that a person has judged."""
        met = f"p.{quoted(self.left + '._row')} = j.a AND p.{quoted(self.right + '._row')} = j.b"
        return f"SELECT p.* FROM ({pairs}) AS p ANTI JOIN {_values([*self.same, *self.different])} ON {met}"

    def doubts_without(self, pairs: str) -> str:
        """Pairs with the row ids as ``_jl`` and ``_jr``, without the judged ones. One and the same valid number
        stays what it is: no judgement makes a record missing that bears the person's number.
        """
        listed = _values([*self.same, *self.different])
        return (
            f"SELECT p.* EXCLUDE (_jl, _jr) FROM ({pairs}) AS p "
            f"ANTI JOIN {listed} ON p._jl = j.a AND p._jr = j.b AND p._m > 1"
        )

    def refs(self) -> str:
        """The two row ids, for ``doubts_without``."""
        left, right = (quoted(f"{alias}._row") for alias in (self.left, self.right))
        return f"l.{left} AS _jl, r.{right} AS _jr"

    def joined(self, left: Side, right: Side, select: str) -> str:
        """A SELECT of the pairs judged the same, as ``pair_sql`` has it; empty where there are none."""
        if not self.same:
            return ""
        ends = (
            f"JOIN {quoted(left.relation.name)} AS l ON l.{quoted(self.left + '._row')} = j.a "
            f"JOIN {quoted(right.relation.name)} AS r ON r.{quoted(self.right + '._row')} = j.b"
        )
        return f"SELECT {select}, {JUDGED_RANK} AS _m FROM {_values([*self.same])} {ends}"


def judged_of(builder: Builder, step_id: str, pair: tuple[Side, Side]) -> StepJudged | None:
    """What was judged of the rows of a step's two sides, kept for its hits; None where nothing was."""
    rows, (left, right) = builder.judged_rows, pair
    if rows is None or left.kind not in ("person", "org"):
        return None
    if left.alias not in left.relation.aliases or right.alias not in right.relation.aliases:
        return None
    ends = [(builder.contracts[side.alias].id, side.subject) for side in pair]
    same, different = (rows.between(ends[0], ends[1], same=told) for told in (True, False))
    if not same and not different:
        return None
    found = StepJudged(left.alias, right.alias, same, different)
    builder.judged[step_id] = found
    return found


def _values(pairs: list[tuple[str, str]]) -> str:
    """The pairs as a table ``j`` of two row ids."""
    return f"(VALUES {', '.join(f'({text(a)}, {text(b)})' for a, b in sorted(pairs))}) AS j(a, b)"
