"""The SQL behind ``near``: rows by blocks of place, pairs within a block, and the left rows of which nothing is known.

A block is a cell of a grid as wide as the distance asked (a left row looks into the nine cells around it), or the parts
of an address that must agree. A block with more pairs than the cap is not looked into: it is told, and its left rows
are unknown. Beyond 60 degrees north or south a point is not used (the cells would be too narrow).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shujian.supervision.relation import quoted, text

ADDRESS: Mapping[str, tuple[str, ...]] = {
    "same": ("key",),
    "number": ("town", "road", "number"),
    "road": ("town", "road"),
    "village": ("village",),
    "town": ("town",),
}
"""The parts of two addresses that must be known and agree."""
EARTH = 6371008.8
"""Metres: the mean radius, as in ``matching.normalise.coordinates``."""
DEGREE = 111195
"""Metres of one degree north, rounded up by less than a metre."""


@dataclass(frozen=True)
class Place:
    """One side: its table, the quoted columns of its point (or none), of its address parts (or none), of its source rows."""

    table: str
    point: tuple[str, ...]
    address: tuple[str, ...]
    refs: tuple[str, ...]


@dataclass(frozen=True)
class NearSql:
    """The tables of one ``near``. ``days`` and ``span``: the day of each side and the least and most days between."""

    step: str
    left: Place
    right: Place
    metres: str | None
    by_address: bool
    days: tuple[str, ...] | None
    span: tuple[str, str] | None
    cap: int

    @property
    def left_table(self) -> str:
        """The left rows with a number, their place and their day."""
        return quoted(f"near_left_{self.step}")

    @property
    def right_table(self) -> str:
        """The right rows likewise."""
        return quoted(f"near_right_{self.step}")

    @property
    def pairs(self) -> str:
        """Pairs at one place: ``_n``, ``_m``, ``_metres``, ``_days``, ``_how``, ``_when`` (null: a day is missing)."""
        return quoted(f"near_pairs_{self.step}")

    @property
    def rest(self) -> str:
        """Left rows without a pair: ``_n`` and ``_doubt``."""
        return quoted(f"near_rest_{self.step}")

    def tables(self) -> list[tuple[str, str]]:
        """Name and SQL of each table, in order."""
        wide = {"left": True, "right": False}
        made = []
        for place, (side, spread) in zip((self.left, self.right), wide.items(), strict=True):
            made.append((f"near_{side}_{self.step}", self._side(place, 0 if spread else 1)))
            made.append((f"near_{side}_blocks_{self.step}", self._blocks(side, spread)))
        fat = (
            f"SELECT _b FROM (SELECT _b, count(*) AS n FROM {self._named('left_blocks')} GROUP BY _b) AS l "
            f"JOIN (SELECT _b, count(*) AS n FROM {self._named('right_blocks')} GROUP BY _b) AS r USING (_b) "
            f"WHERE l.n * r.n > {self.cap}"
        )
        made.append((f"near_fat_{self.step}", fat))
        made.append((f"near_pairs_{self.step}", self._pairs()))
        made.append((f"near_rest_{self.step}", self._rest()))
        return made

    def _named(self, part: str) -> str:
        return quoted(f"near_{part}_{self.step}")

    def _side(self, place: Place, which: int) -> str:
        point, lat, lon = "FALSE", "NULL", "NULL"
        if len(place.point) == 2:
            lon, lat = (f"CAST({column} AS DOUBLE)" for column in place.point)
            point = f"coalesce(abs({place.point[1]}) <= 60, FALSE) AND {place.point[0]} IS NOT NULL"
        wanted = " AND ".join(f"{column} IS NOT NULL" for column in place.address) or "FALSE"
        joined = " || '|' || ".join(place.address) or "NULL"
        day = self.days[which] if self.days else "NULL"
        return (
            f"SELECT *, row_number() OVER (ORDER BY {', '.join(place.refs)}) AS _n, "
            f"({point}) AS _p, ({wanted}) AS _a, {lon} AS _lon, {lat} AS _lat, "
            f"CAST({joined} AS VARCHAR) AS _key, CAST({day} AS DATE) AS _d FROM {quoted(place.table)}"
        )

    def _blocks(self, side: str, spread: bool) -> str:
        table, parts = self._named(side), []
        if self.metres is not None:
            size = f"(({self.metres}) + 1.0) / {DEGREE}"
            cells = [
                f"CAST(floor(_lat / ({size})) AS BIGINT)",
                f"CAST(floor(_lon / (2.01 * {size})) AS BIGINT)",
            ]
            around = ["", ""]
            if spread:
                around = [" + dy.i", " + dx.i"]
                table += ", (SELECT unnest([-1, 0, 1]) AS i) AS dy, (SELECT unnest([-1, 0, 1]) AS i) AS dx"
            named = " || ':' || ".join(f"({cell}{more})" for cell, more in zip(cells, around, strict=True))
            parts.append(f"SELECT _n, 'c' || {named} AS _b FROM {table} WHERE _p")
        if self.by_address:
            parts.append(f"SELECT _n, 'a' || _key AS _b FROM {self._named(side)} WHERE _a")
        return " UNION ALL ".join(parts)

    def _when(self, left: str, right: str) -> str:
        if self.span is None:
            return "TRUE"
        return f"(({right}._d - {left}._d) BETWEEN {self.span[0]} AND {self.span[1]})"

    def _pairs(self) -> str:
        north, east = "radians(r._lat - l._lat)", "radians(r._lon - l._lon)"
        part = f"pow(sin({north} / 2), 2) + cos(radians(l._lat)) * cos(radians(r._lat)) * pow(sin({east} / 2), 2)"
        metres = f"CAST(round(2 * {EARTH} * asin(least(1.0, sqrt({part})))) AS BIGINT)"
        points = "(l._p AND r._p)" if self.metres is not None else "FALSE"
        fits = f"(CASE WHEN {points} THEN starts_with(b._b, 'c') AND {metres} <= ({self.metres or 0}) ELSE starts_with(b._b, 'a') END)"
        found = (
            f"SELECT l._n, r._n AS _m, CASE WHEN {points} THEN {metres} END AS _metres, r._d - l._d AS _days, "
            f"CASE WHEN {points} THEN {text('坐标')} ELSE {text('地址')} END AS _how, {self._when('l', 'r')} AS _when, {fits} AS _fits "
            f"FROM {self._named('left_blocks')} AS b JOIN {self._named('right_blocks')} AS o ON b._b = o._b "
            f"JOIN {self.left_table} AS l ON b._n = l._n JOIN {self.right_table} AS r ON o._n = r._n "
            f"WHERE b._b NOT IN (SELECT _b FROM {self._named('fat')})"
        )
        return f"SELECT * EXCLUDE (_fits) FROM ({found}) WHERE _fits AND _when IS NOT FALSE"

    def _rest(self) -> str:
        """A left row without a pair is in doubt where some right row could not be compared and may be of its days."""
        alike = "(l._p AND r._p) OR (l._a AND r._a)"
        kinds = [
            f"(SELECT DISTINCT _p, _a, _d FROM {table})" for table in (self.left_table, self.right_table)
        ]
        vague = (
            f"SELECT DISTINCT l._p, l._a, l._d FROM {kinds[0]} AS l JOIN {kinds[1]} AS r "
            f"ON NOT ({alike}) AND {self._when('l', 'r')} IS NOT FALSE"
        )
        return (
            f"WITH vague AS ({vague}), crowded AS (SELECT DISTINCT _n FROM {self._named('left_blocks')} "
            f"WHERE _b IN (SELECT _b FROM {self._named('fat')})), undated AS (SELECT DISTINCT _n FROM {self.pairs} WHERE _when IS NULL) "
            f"SELECT l._n, (NOT (l._p OR l._a) OR v._p IS NOT NULL OR c._n IS NOT NULL OR u._n IS NOT NULL) AS _doubt "
            f"FROM {self.left_table} AS l LEFT JOIN vague AS v ON l._p = v._p AND l._a = v._a AND l._d IS NOT DISTINCT FROM v._d "
            f"LEFT JOIN crowded AS c ON l._n = c._n LEFT JOIN undated AS u ON l._n = u._n "
            f"WHERE l._n NOT IN (SELECT _n FROM {self.pairs} WHERE _when)"
        )

    def notes(self) -> tuple[tuple[str, ...], str]:
        """Sentences with ``{n}``, and the query that counts for them."""
        told = (
            "左边 {n} 行地点不明，不能判断远近",
            "右边 {n} 行地点不明，不能判断远近",
            f"{{n}} 处地点过于集中（超过 {self.cap} 对），没有逐对比较",
        )
        vague = "(SELECT count(*) FROM {} WHERE NOT (_p OR _a))"
        counts = [vague.format(self.left_table), vague.format(self.right_table)]
        return (
            told,
            f"SELECT {counts[0]} AS a, {counts[1]} AS b, (SELECT count(*) FROM {self._named('fat')}) AS c",
        )
