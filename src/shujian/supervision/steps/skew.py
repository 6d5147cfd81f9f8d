"""Keys that stand on very many rows of both sides of a match: their pairs are counted from the two counts, never made.

A common name, a placeholder number or an empty-looking code on 65,000 rows here and there would make four billion pairs.
Such a key is left out and told; of a name the pairs that agree in birth or masked number too are still looked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shujian.supervision.builder import Skew
from shujian.supervision.relation import quoted
from shujian.supervision.steps.pairs import Part, Side, joined, parts_of, united

MOST = 1_000_000
"""Pairs of one key. Not a threshold of law: beyond it nobody reads what comes out."""


@dataclass(frozen=True)
class Twin:
    """A statement, and the one that stands in for it where keys are crowded."""

    plain: str
    capped: str

    @property
    def differ(self) -> bool:
        """Whether crowded keys change this statement at all."""
        return self.plain != self.capped

    def within(self, shape: Callable[[str], str]) -> Twin:
        """Both, each inside a larger statement."""
        return Twin(shape(self.plain), shape(self.capped))


@dataclass(frozen=True)
class Blocks:
    """The tables of crowded keys of one match, by name, and which of them hold what is left out."""

    sides: tuple[str, str]
    check: str
    tables: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]
    met: tuple[str, ...]
    """For each table left out: an SQL condition that the left row ``l`` stands on one of its keys."""

    def skew(self, twin: Twin) -> Skew:
        """What the statement does where keys are crowded."""
        return Skew(self.sides, self.check, self.tables, self.left_out, twin.capped, MOST)


def capped_pairs(
    left: Side, right: Side, select: str, name: str, ranks: set[int], shape: Callable[[str], str]
) -> tuple[Twin, Blocks]:
    """The pairs of these ranks as plain and as capped SQL, each given its ``shape``; ``name`` begins the names of the
    tables of crowded keys.
    """
    tables = quoted(left.relation.name), quoted(right.relation.name)
    parts = parts_of(left, right, ranks=ranks)
    plain, capped, made, left_out, met = [], [], list[tuple[str, str]](), list[str](), list[str]()
    ends = f"{tables[0]} AS l", f"{tables[1]} AS r"
    for place, part in enumerate(parts):
        plain.append(f"SELECT {select}, {part.rank} AS _m FROM {joined(part, ends)}")
        block = f"{name}_{place}"
        made.append((block, _block(part, tables, "TRUE", block)))
        crowded = _on_key(part, block)
        rest = f"(SELECT * FROM {tables[0]} AS l WHERE NOT {crowded}) AS l"
        capped.append(f"SELECT {select}, {part.rank} AS _m FROM {joined(part, (rest, ends[1]))}")
        left_out.append(block)
        met.append(crowded)
        for turn, finer in enumerate(each for each in part.finer if each.gives & ranks):
            inner = f"{block}_{turn}"
            made.append((inner, _block(finer, tables, crowded, inner)))
            held = f"(SELECT * FROM {tables[0]} AS l WHERE {crowded} AND NOT {_on_key(finer, inner)}) AS l"
            capped.append(f"SELECT {select}, {finer.rank} AS _m FROM {joined(finer, (held, ends[1]))}")
    twin = Twin(united(plain, parts, ranks), united(capped, parts, ranks)).within(shape)
    counted = [_block(part, tables, "TRUE", f"{name}_{place}") for place, part in enumerate(parts)]
    check = " UNION ALL ".join(f"SELECT pairs FROM ({block})" for block in counted)
    return twin, Blocks(tables, f"SELECT count(*) FROM ({check})", tuple(made), tuple(left_out), tuple(met))


def _block(part: Part, tables: tuple[str, str], where: str, tag: str) -> str:
    """The keys of one join that would give more than ``MOST`` pairs. A key that stands once on a side is never one.

    ``tag`` keeps the names inside apart: Spark knows a name but once in a statement.
    """
    keys = [f"k{place}" for place in range(len(part.equal))]
    grouped = ", ".join(str(place + 1) for place in range(len(keys)))

    def side(table: str, letter: str, at: int, condition: str) -> str:
        values = [pair[at] for pair in part.equal]
        shown = ", ".join(f"{value} AS {key}" for value, key in zip(values, keys, strict=True))
        known = " AND ".join([*(f"{value} IS NOT NULL" for value in values), part.only[at], condition])
        return f"SELECT {shown}, count(*) AS n FROM {table} AS {letter} WHERE {known} GROUP BY {grouped} HAVING count(*) > 1"

    a, b = quoted(f"a_{tag}"), quoted(f"b_{tag}")
    also = f"{part.equal[0][1]} IN (SELECT k0 FROM {a})"
    met = " AND ".join(f"{a}.{key} = {b}.{key}" for key in keys)
    return (
        f"WITH {a} AS ({side(tables[0], 'l', 0, where)}), {b} AS ({side(tables[1], 'r', 1, also)}) "
        f"SELECT {', '.join(f'{a}.{key}' for key in keys)}, {a}.n * {b}.n AS pairs FROM {a} JOIN {b} ON {met} "
        f"WHERE {a}.n * {b}.n > {MOST}"
    )


def _on_key(part: Part, block: str) -> str:
    met = " AND ".join(f"x.k{place} = {pair[0]}" for place, pair in enumerate(part.equal))
    return f"EXISTS (SELECT 1 FROM {quoted(block)} AS x WHERE {met} AND {part.only[0]})"
