"""The joins that bring two rows about one firm together, as SQL: the rules of ``matching.grades.grade_org``.

For an absence more is looked at, none of which makes a match: head office and branch, and names one slip apart where a
code is missing (``near``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from shujian.matching.firms.near import NUMERALS, SIDES

Two = tuple[str, str]


class OrgPart(NamedTuple):
    """One join: the SQL of the rank, the ranks it can give, the condition; ``via`` is joined before it, if any.
    ``equal``: the columns by which rows meet; ``only``: which rows of either side may.
    """

    rank: str
    gives: set[int]
    on: str
    via: str = ""
    equal: Two | None = None
    only: Two = ("TRUE", "TRUE")


def matching(of: Callable[[str], Two], close: Callable[[str, str], str], *, fine: bool) -> list[OrgPart]:
    """Ranks 0 to 4. ``of``: the left and right column of a subject's part; each pair comes once, at its best rank."""
    (lcode, rcode), (lname, rname), (lcore, rcore) = of("uscc"), of("name"), of("core")
    strong = f"CASE WHEN {close(lcore, rcore)} THEN 0 ELSE 1 END" if fine else "0"
    parts = [OrgPart(strong, {0, 1}, f"{lcode} = {rcode}", equal=(lcode, rcode))]
    no_tax = _not("{} = {}".format(*of("tax")))
    no_name, no_core = _not(f"{lname} = {rname}"), _not(f"{lcore} = {rcore}")
    told = _former(of)
    either = f"({lcode} IS NULL OR {rcode} IS NULL)"
    parts.append(OrgPart(strong, {0, 1}, f"{'{} = {}'.format(*of('tax'))} AND {either}", equal=of("tax")))
    for missing in _missing(lcode, rcode):
        only = (missing, "TRUE") if " AND " not in missing else (f"{lcode} IS NOT NULL", f"{rcode} IS NULL")
        on = f"{missing} AND {no_tax}"
        parts.append(OrgPart("2", {2}, f"{lname} = {rname} AND {on}", equal=(lname, rname), only=only))
        on = f"{missing} AND {no_name} AND {no_tax}"
        parts.append(OrgPart("4", {4}, f"{lcore} = {rcore} AND {on}", equal=(lcore, rcore), only=only))
    for place, one in enumerate(told):
        on = " AND ".join([one, either, no_core, no_name, no_tax, *map(_not, told[:place])])
        left, _, right = one.partition(" = ")
        parts.append(OrgPart("4", {4}, on, equal=(left, right)))
    return parts


def near(
    of: Callable[[str], Two], close: Callable[[str, str], str], tables: Two, *, rank: int, shortest: int
) -> list[OrgPart]:
    """What keeps an absence from being proved though it is no match. ``tables``: the names of both relations;
    ``shortest``: characters of a core that may be compared as near.
    """
    (lcode, rcode), (lcore, rcore) = of("uscc"), of("core")
    no_code, no_name, no_core, no_tax = (
        _not("{} = {}".format(*of(name))) for name in ("uscc", "name", "core", "tax")
    )
    (lparent, rparent), told = of("parent"), [_not(one) for one in _former(of)]
    unmatched = " AND ".join([no_name, no_tax, *told])
    apart = f"{no_core} AND (coalesce({lcode} <> {rcode}, FALSE) OR ({no_code} AND {unmatched}))"
    parts = [
        OrgPart(str(rank), {rank}, f"{lparent} = {rcore} AND {apart}"),
        OrgPart(str(rank), {rank}, f"{lcore} = {rparent} AND {_not(f'{lparent} = {rcore}')} AND {apart}"),
    ]
    related = f"{_not(f'{lparent} = {rcore}')} AND {_not(f'{lcore} = {rparent}')}"
    for missing in _missing(lcode, rcode):
        both = [_variants(table, side, core, code, missing, shortest) for table, side, core, code in (
            (tables[0], "l", lcore, lcode), (tables[1], "r", rcore, rcode))]  # fmt: skip
        slip = "abs(a.i - b.i) <= 1 OR a.i < 0 OR b.i < 0"
        via = (
            f"(SELECT DISTINCT a.c AS lc, b.c AS rc FROM {both[0]} AS a JOIN {both[1]} AS b ON a.v = b.v "
            f"WHERE {_other_name('a.c', 'b.c')} AND ({slip}) AND ({close('a.c', 'b.c')} OR {_swapped('a.c', 'b.c')}))"
        )
        on = f"{missing} AND {related} AND {unmatched}"
        parts.append(OrgPart(str(rank), {rank}, f"{lcore} = n.lc AND {rcore} = n.rc AND {on}", via))
    return parts


def _missing(left: str, right: str) -> Two:
    """The two ways in which not both rows have a valid code; without them the codes decide."""
    return f"{left} IS NULL", f"{left} IS NOT NULL AND {right} IS NULL"


def _former(of: Callable[[str], Two]) -> list[str]:
    (lcore, rcore), (lformer, rformer) = of("core"), of("former")
    return [f"{lformer} = {rcore}", f"{lcore} = {rformer}", f"{lformer} = {rformer}"]


def _not(condition: str) -> str:
    return f"NOT coalesce({condition}, FALSE)"


def _other_name(left: str, right: str) -> str:
    """SQL: the two differ, and not by a numeral (一分厂, 二分厂) or a side (东区, 西区) only."""
    plain = (f"translate({{}}, '{NUMERALS}', '')", f"translate({{}}, '{SIDES}', '{SIDES[0] * len(SIDES)}')")
    return " AND ".join(f"{one.format(left)} <> {one.format(right)}" for one in plain)


def _variants(table: str, side: str, core: str, code: str, missing: str, shortest: int) -> str:
    """Each core of a side whole and with each one character left out: (c, v, i); only of rows the condition allows."""
    own = [part for part in missing.split(" AND ") if part.startswith(f"{code} ")]
    where = " AND ".join([f"length({core}) >= {shortest}", *own])
    cut = "list_transform(range(length(c)), lambda i: {'v': left(c, i) || substr(c, i + 2), 'i': i})"
    return (
        f"(SELECT c, x.v AS v, x.i AS i FROM (SELECT c, unnest(list_append({cut}, {{'v': c, 'i': -1::BIGINT}})) AS x "
        f"FROM (SELECT DISTINCT {core} AS c FROM {table} AS {side} WHERE {where})))"
    )


def _swapped(left: str, right: str) -> str:
    """SQL: the same but for two neighbours in the other order."""
    same = f"left({left}, i) = left({right}, i) AND substr({left}, i + 3) = substr({right}, i + 3)"
    turned = f"substr({left}, i + 1, 1) = substr({right}, i + 2, 1) AND substr({left}, i + 2, 1) = substr({right}, i + 1, 1)"
    places = f"range(0, greatest(length({left}) - 1, 0))"
    return f"(length({left}) = length({right}) AND list_contains(list_transform({places}, lambda i: {same} AND {turned}), TRUE))"
