"""What a step hands to the next: named columns, the source rows behind each row, its grade and absence.

Physical columns: ``别名.列`` from a source, bare names for computed ones, ``别名._row`` for the evidence,
``_g`` the worst grade on the way (0 = A … 4 = C; 0.5 judged by a person) and ``_st`` the worst absence (0 none … 3 unknown).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from shujian.supervision.result import ABSENCES, GRADES, JUDGED, JUDGED_RANK
from shujian.supervision.scope import Column

META = ("_g", "_st")


def quoted(name: str) -> str:
    """A SQL identifier; column and step names are never trusted unquoted."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A SQL text literal."""
    return "'" + value.replace("'", "''") + "'"


def _case(column: str, words: Iterable[str]) -> str:
    branches = " ".join(f"WHEN {column} = {rank} THEN {text(word)}" for rank, word in enumerate(words))
    return f"CASE {branches} END"


GRADE_SQL = _case("_g", GRADES).replace(" END", f" WHEN _g = {JUDGED_RANK} THEN {text(JUDGED)} END")
ABSENCE_SQL = _case("_st", ABSENCES)
_DERIVED = {
    "grade": Column("grade", "text", sql=GRADE_SQL),
    "absence": Column("absence", "text", sql=ABSENCE_SQL),
}


@dataclass(frozen=True)
class Relation:
    """A named table of the plan. ``grouped`` rows stand for several source rows each (``别名._rows``)."""

    name: str
    columns: Mapping[str, Column]
    aliases: tuple[str, ...]
    grouped: bool = False
    path: tuple[str, ...] = field(default=())
    """The ids of the steps on the way here, in order."""
    made: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(step, subject) → kind, for subjects that a union made of those of its branches."""
    united: bool = False
    """Whether a union stands on the way: not every row has a row of every alias."""

    def select(self, prefix: str = "") -> str:
        """The column list for a SELECT, each with an optional table prefix, without the meta columns."""
        dot = f"{prefix}." if prefix else ""
        return ", ".join(dot + quoted(name) for name in self.physical())

    def physical(self) -> list[str]:
        """Physical column names without the meta columns: values, then source rows."""
        suffix = "._rows" if self.grouped else "._row"
        return [*self.columns, *(alias + suffix for alias in self.aliases)]

    def resolve(self, alias: str | None, name: str) -> Column | str:
        """The column that ``alias.name`` or a bare ``name`` means, or what was expected, in Chinese."""
        if alias is not None:
            return self.columns.get(f"{alias}.{name}") or self._near(f"{alias}.{name}")
        if name in self.columns:
            return self.columns[name]
        found = [column for column in self.columns.values() if column.field == name]
        if len(found) == 1:
            return found[0]
        if found:
            return "写明别名，例如 " + "、".join(column.name for column in found)
        return _DERIVED.get(name) or self._near(name)

    def _near(self, name: str) -> str:
        visible = [column for column in self.columns if "__" not in column]
        bare = [column.rpartition(".")[2] for column in visible]
        close = difflib.get_close_matches(name, [*visible, *bare], n=3, cutoff=0.5)
        if close:
            return "是否指 " + "、".join(dict.fromkeys(close))
        return "可用的列：" + "、".join(visible[:30])
