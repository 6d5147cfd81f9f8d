"""What the names of a session stand for, and the keys that say all it rests on. Nothing is made before it is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from shujian.lake.engines.names import digest, names_in


@dataclass(eq=False)
class Named:
    """One meaning of a name. ``kind``: table, view, local, lake, hits or arrow; ``body``: its query; ``free``: its key
    without the files beneath, for a table made in parts; ``files``: the data files beneath; ``make``: makes it.
    """

    kind: str
    key: str
    free: str
    body: str
    needs: Mapping[str, Named]
    files: frozenset[str]
    make: Callable[[Named], None]
    dataset: str = ""
    made: bool = False


class Names:
    """The names of one session. ``files``: the data files that a query names itself."""

    def __init__(self, files: Callable[[str], frozenset[str]]) -> None:
        self._named: dict[str, Named] = {}
        self._own_files = files

    def __getitem__(self, name: str) -> Named:
        return self._named[name]

    def __contains__(self, name: object) -> bool:
        return name in self._named

    def note(
        self, kind: str, name: str, body: str, maker: Callable[[Named], None], dataset: str = ""
    ) -> None:
        """A name stands for a query from now on."""
        needs = self.needs(body)
        key, free = key_of(kind, body, needs), key_of(kind, body, needs, free=True)
        self.give(name, Named(kind, key, free, body, needs, self.files(body, needs), maker, dataset))

    def give(self, name: str, named: Named) -> None:
        """Give a name its meaning. A table made of its old one is made first; a view of it shows the new one."""
        old = self._named.get(name)
        above = self._above(old) if old is not None else {}
        if old is not None:
            make([old, *(each for each in above.values() if each.kind != "view")])
        self._named[name] = named
        for view, each in above.items():
            if each.kind == "view":
                self.note("view", view, each.body, each.make)

    def needs(self, sql: str) -> dict[str, Named]:
        """What the names in a query stand for."""
        return {name: self._named[name] for name in names_in(sql) if name in self._named}

    def files(self, sql: str, needs: Mapping[str, Named]) -> frozenset[str]:
        """Every data file beneath a query."""
        return self._own_files(sql).union(*(named.files for named in needs.values()))

    def _above(self, below: Named) -> dict[str, Named]:
        """What rests on a meaning, directly or by views; what is nearer comes first."""
        found: dict[str, Named] = {}
        for name, each in list(self._named.items()):
            if below in each.needs.values():
                found[name] = each
                if each.kind == "view":
                    found |= self._above(each)
        return found


def key_of(kind: str, sql: str, needs: Mapping[str, Named], *, free: bool = False) -> str:
    """The key of a query: its words, and the keys of what its names stand for."""
    told = ((name, named.free if free else named.key) for name, named in needs.items())
    return digest(kind, sql, *(part for pair in told for part in pair))


def make(wanted: Iterable[Named]) -> None:
    """Make what is not made yet."""
    for named in wanted:
        if not named.made:
            named.make(named)
            named.made = True


def is_local(named: Named, dataset: str) -> bool:
    """Whether each row of it comes of one row of the dataset."""
    if named.kind == "view":
        return bool(named.needs) and all(is_local(each, dataset) for each in named.needs.values())
    return named.kind in ("lake", "hits", "local") and named.dataset == dataset


def is_here(_: Named) -> None:
    """An Arrow table needs no making."""
