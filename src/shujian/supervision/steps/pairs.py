"""Pairs of rows about the same subject, with their grade, as SQL on keys normalised at ingest.

The rules are those of ``matching.grades`` (domain.md §5.0), which a property test holds this SQL to.
Rules B to C need at least one side without a valid id; so only those rows are joined by name, and two lists
with good ids cost one hash join.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shujian.kernel.yamlfile import Where
from shujian.lake.read import SourceContract
from shujian.supervision.builder import SUBJECT_PARTS, Builder
from shujian.supervision.forms import KeyOn, KeyPair
from shujian.supervision.relation import Relation, quoted
from shujian.supervision.scope import Column
from shujian.supervision.steps import org_pairs

NEAR = 5
"""Rank of a pair that is no match, yet keeps an absence from being proved: the same masked number under another name,
a name one slip apart (same first character) with the same birth and sex where a number is missing, a head office or
branch, a firm's name one slip apart where a code is missing.
"""


@dataclass(frozen=True)
class Side:
    """One side of a key: the relation, and for a subject the alias and subject whose keys are compared."""

    relation: Relation
    kind: str
    alias: str = ""
    subject: str = ""
    columns: tuple[Column, ...] = ()

    def part(self, name: str, table: str) -> str:
        """A normalised key column of the subject, e.g. ``l."罪犯.person__id"``."""
        return f"{table}.{quoted(f'{self.alias}.{self.subject}__{name}')}"


Key = str | KeyPair | KeyOn


@dataclass(frozen=True)
class Part:
    """One join of a match: the SQL of the rank, the ranks it can give, the join condition; ``via`` names pairs of
    core names (``lc``, ``rc``) that are joined first. ``equal``: the columns by which rows meet; ``only``: which rows of
    either side may; ``finer``: joins that still find the better ranks among rows of a key that stands on too many.
    """

    rank: str
    gives: set[int]
    on: str
    via: str = ""
    equal: tuple[tuple[str, str], ...] = ()
    only: tuple[str, str] = ("TRUE", "TRUE")
    finer: tuple[Part, ...] = ()


def sides(
    builder: Builder, where: Where, key: Key, left: Relation, right: Relation
) -> tuple[Side, Side] | None:
    """Find the subjects or columns that a key names on both sides; faults where it names none."""
    if isinstance(key, KeyOn):
        return _plain_sides(builder, where, key, left, right)
    names = (key.left, key.right) if isinstance(key, KeyPair) else (key, key)
    found = [
        _subject_side(builder, where, name, relation)
        for name, relation in zip(names, (left, right), strict=True)
    ]
    if found[0] is None or found[1] is None:
        return None
    if found[0].kind != found[1].kind:
        builder.fault(
            where,
            "wrong_type",
            "两边的主体种类不同",
            f"{found[0].kind} 与 {found[1].kind}",
            "同为 person 或同为 org",
        )
        return None
    return found[0], found[1]


def _subject_side(builder: Builder, where: Where, name: str, relation: Relation) -> Side | None:
    found = subject_of(builder.contracts, relation, name)
    if found is None:
        told = "、".join(
            f"{holder}.{each}" for holder in relation.aliases for each in builder.contracts[holder].subjects
        )
        builder.fault(where, "unknown_key", "这里没有可以碰撞的主体", name, told or "没有登记主体的数据源")
        return None
    holder, each, kind = found
    side = Side(relation, kind, holder, each)
    for part in SUBJECT_PARTS[kind]:
        column = relation.columns.get(f"{holder}.{each}__{part}")
        if column is not None:
            builder.use(column)
    return side


def _plain_sides(
    builder: Builder, where: Where, key: KeyOn, left: Relation, right: Relation
) -> tuple[Side, Side] | None:
    columns: tuple[list[Column], list[Column]] = ([], [])
    for position, pair in enumerate(key.on):
        for side, relation, name in ((0, left, pair[0]), (1, right, pair[1])):
            alias, _, bare = name.rpartition(".")
            found = relation.resolve(alias or None, bare)
            if isinstance(found, str):
                builder.fault((*where, "on", position), "unknown_column", "不认识的列", name, found)
            elif found.semantic in ("person_name", "org_name"):
                builder.fault(
                    (*where, "on", position),
                    "name_only_key",
                    "姓名或名称不能作为直接相等的键",
                    name,
                    "key: person 或 key: org",
                )
            else:
                builder.use(found)
                columns[side].append(found)
    if len(columns[0]) != len(key.on) or len(columns[1]) != len(key.on):
        return None
    for position, (one, other) in enumerate(zip(*columns, strict=True)):
        if one.kind != other.kind:
            builder.fault(
                (*where, "on", position),
                "wrong_type",
                "两边的列类型不同",
                f"{one.kind} 与 {other.kind}",
                "同一类型",
            )
    return Side(left, "on", columns=tuple(columns[0])), Side(right, "on", columns=tuple(columns[1]))


def pair_sql(
    left: Side,
    right: Side,
    select: str,
    *,
    near: bool = False,
    shortest: int = 0,
    fine: bool = True,
    ranks: set[int] | None = None,
) -> str:
    """A SELECT of ``select`` and the rank ``_m`` for each pair of ``l`` and ``r`` that matches at any grade.

    ``near`` adds the pairs of rank ``NEAR``, which ``absent`` must not overlook; ``shortest`` is for firms: characters of
    a core name that may be compared as near. Without ``fine`` the rank only tells
    sure (0) from possible (2 and more), which is cheaper. ``ranks`` asks for some grades only:
    joins that can give none of them are left out.
    """
    asked = parts_of(left, right, near=near, shortest=shortest, fine=fine, ranks=ranks)
    tables = f"{quoted(left.relation.name)} AS l", f"{quoted(right.relation.name)} AS r"
    return united(
        [f"SELECT {select}, {part.rank} AS _m FROM {joined(part, tables)}" for part in asked], asked, ranks
    )


def parts_of(
    left: Side,
    right: Side,
    *,
    near: bool = False,
    shortest: int = 0,
    fine: bool = True,
    ranks: set[int] | None = None,
) -> list[Part]:
    """The joins that can give the ranks asked for; as ``pair_sql``."""
    if left.kind == "person":
        parts = _person(left, right, near, fine)
    elif left.kind == "org":
        parts = _org(left, right, shortest if near else None, fine)
    else:
        parts = [_plain(left, right)]
    return [part for part in parts if ranks is None or part.gives & ranks]


def united(selects: Sequence[str], parts: Sequence[Part], ranks: set[int] | None) -> str:
    """The joins as one SELECT, of the ranks asked for."""
    sql = "\nUNION ALL\n".join(selects)
    if ranks is None or all(part.gives <= ranks for part in parts):
        return sql
    return f"SELECT * FROM ({sql}) AS p WHERE p._m IN ({', '.join(map(str, sorted(ranks)))})"


def joined(part: Part, tables: tuple[str, str]) -> str:
    """The tables of one join and its condition."""
    if part.via:
        return f"{part.via} AS n, {tables[0]}, {tables[1]} WHERE {part.on}"
    return f"{tables[0]} JOIN {tables[1]} ON {part.on}"


def _plain(left: Side, right: Side) -> Part:
    """Places by their key, other rows by the columns named."""
    if left.kind == "place":
        equal: tuple[tuple[str, str], ...] = ((left.part("key", "l"), right.part("key", "r")),)
    else:
        pairs = zip(left.columns, right.columns, strict=True)
        equal = tuple((f"l.{quoted(one.name)}", f"r.{quoted(other.name)}") for one, other in pairs)
    return Part("0", {0}, " AND ".join(f"{one} = {other}" for one, other in equal), equal=equal)


def close_names(left: str, right: str) -> str:
    """SQL: at most one character inserted, removed or replaced; characters, not bytes."""
    same_start = f"left({left}, i) = left({right}, i)"
    replaced = f"substr({left}, i + 2) = substr({right}, i + 2) AND length({left}) = length({right})"
    removed = f"substr({left}, i + 2) = substr({right}, i + 1)"
    inserted = f"substr({left}, i + 1) = substr({right}, i + 2)"
    test = f"{same_start} AND ({replaced} OR {removed} OR {inserted})"
    places = f"range(0, greatest(length({left}), length({right})))"
    return f"({left} = {right} OR list_contains(list_transform({places}, lambda i: {test}), TRUE))"


def _person(left: Side, right: Side, near: bool, fine: bool) -> list[Part]:
    def of(name: str) -> tuple[str, str]:
        return left.part(name, "l"), right.part(name, "r")

    (lid, rid), (lname, rname), (lmask, rmask) = of("id"), of("name"), of("mask")
    born = "{} = {}".format(*of("birth"))
    alike = "{} = {} OR {} = {}".format(*of("sex"), *of("area"))
    strong = f"CASE WHEN {close_names(lname, rname)} THEN 0 ELSE 1 END" if fine else "0"
    weak = f"CASE WHEN {born} AND ({alike}) THEN 2 WHEN {lmask} = {rmask} THEN 3 ELSE 4 END" if fine else "2"
    parts = [Part(strong, {0, 1}, f"{lid} = {rid}", equal=((lid, rid),))]
    for only in ((f"{lid} IS NULL", "TRUE"), (f"{lid} IS NOT NULL", f"{rid} IS NULL")):
        on = " AND ".join([f"{lname} = {rname}", *(each for each in only if each != "TRUE")])
        name, other = (lname, rname), f"NOT coalesce({born} AND ({alike}), FALSE)"
        finer = (
            Part("2", {2}, f"{on} AND {born} AND ({alike})", equal=(name, of("birth")), only=only),
            Part(
                "3", {3}, f"{on} AND {lmask} = {rmask} AND {other}", equal=(name, (lmask, rmask)), only=only
            ),
        )
        parts.append(Part(weak, {2, 3, 4}, on, equal=(name,), only=only, finer=finer))
    if near:
        unlike = f"({lname} IS NULL OR {rname} IS NULL OR {lname} <> {rname})"
        parts.append(
            Part(str(NEAR), {NEAR}, f"{lmask} = {rmask} AND ({lid} IS NULL OR {rid} IS NULL) AND {unlike}")
        )
        slip = (
            f"{born} AND {{}} = {{}} AND left({lname}, 1) = left({rname}, 1) AND {lname} <> {rname} "
            f"AND {close_names(lname, rname)}"
        ).format(*of("sex"))
        parts += [
            Part(str(NEAR), {NEAR}, f"{slip} AND {lid} IS NULL"),
            Part(str(NEAR), {NEAR}, f"{slip} AND {lid} IS NOT NULL AND {rid} IS NULL"),
        ]
    return parts


def _org(left: Side, right: Side, near: int | None, fine: bool) -> list[Part]:
    def of(name: str) -> tuple[str, str]:
        return left.part(name, "l"), right.part(name, "r")

    found = org_pairs.matching(of, close_names, fine=fine)
    if near is not None:
        tables = quoted(left.relation.name), quoted(right.relation.name)
        found += org_pairs.near(of, close_names, tables, rank=NEAR, shortest=near)
    return [
        Part(each.rank, each.gives, each.on, each.via, (each.equal,) if each.equal else (), each.only)
        for each in found
    ]


def subject_of(
    contracts: Mapping[str, SourceContract], relation: Relation, name: str
) -> tuple[str, str, str] | None:
    """The (alias, subject, kind) that a key name means in a relation; None where it means none."""
    alias, _, subject = name.rpartition(".")
    choices = [(*key, kind) for key, kind in relation.made.items() if not alias or key[0] == alias]
    choices += [
        (holder, each, str(form.kind))
        for holder in relation.aliases
        for each, form in contracts[holder].subjects.items()
        if not alias or holder == alias
    ]
    ranked = [entry for entry in choices if entry[1] == subject] or [
        entry for entry in choices if entry[2] == subject
    ]
    return ranked[0] if ranked and not relation.grouped else None
