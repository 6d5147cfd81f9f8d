"""A DuckDB session that works out nothing twice in one process.

Tables and answers have keys that say all they rest on (``remembered``). A table is made when a query needs it that was
not answered before. A table whose rows each come of one row of a dataset (``local``) is made for each new data file
alone, so that a new batch costs what is in it, not what lies in the lake.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from shujian.kernel.home import home
from shujian.lake.engines.duckdb import Session, database
from shujian.lake.engines.remembered import Remembered
from shujian.lake.engines.session import CREATE, Work, current_rows
from shujian.lake.physical import quoted
from shujian.lake.snapshots import DatasetPin, Snapshot

_WORD = re.compile(r"""'(?:[^']|'')*'|"((?:[^"]|"")+)"|([^\W\d]\w*)""")
_MOST_PARTS = 12
"""Beyond so many parts a table is made anew in one piece."""


_stores: dict[tuple[Path, int | None], Remembered] = {}
_STORES = 2
"""Homes of one process whose work is remembered; there is one, but for tests."""
_QUERIES = 4096
_parents: list[object] = []


def _store(root: Path, threads: int | None) -> Remembered:
    key = (root, threads)
    if key not in _stores:
        while len(_stores) >= _STORES:
            _stores.pop(next(iter(_stores)))
        _stores[key] = Remembered(database(threads))
    return _stores[key]


def _in_child() -> None:
    # A child has none of its parent's threads: it can neither use the parent's database nor close it.
    _parents.append(dict(_stores))
    _stores.clear()


os.register_at_fork(after_in_child=_in_child)


@dataclass
class _Named:
    """What a name of the session stands for. ``free``: the key without the files, for a table made in parts."""

    kind: str
    key: str
    free: str
    body: str
    needs: tuple[str, ...]
    files: frozenset[str]
    make: Callable[[], None]
    dataset: str = ""
    made: bool = False


class Remembering(Session):
    """A session over a snapshot; see the module."""

    def __init__(self, *, snapshot: Snapshot, threads: int | None = None) -> None:
        self._store = _store(home().root, threads)
        self._store.forget_gone()
        super().__init__(snapshot=snapshot, threads=threads, connection=self._store.cursor())
        self._named: dict[str, _Named] = {}
        self._used: list[str] = []

    # -- what every engine offers --------------------------------------------------------------

    def sql(self, sql: str) -> pa.Table:
        """Run a query, or give the answer it had before."""
        needs = self._needs(sql)
        key = self._key("answer", sql, needs)
        found = self._store.answer(key)
        if found is None:
            self._make(needs)
            found = super().sql(sql)
            self._store.keep_answer(key, found, self._files(sql, needs))
        return found

    def execute(self, sql: str) -> None:
        """Take note of a table or view; it is made when a query needs it. Anything else runs at once."""
        made = CREATE.match(sql)
        if made is None:
            self._make(self._needs(sql))
            super().execute(sql)
            return
        kind, name, body = made.group(1).lower(), _plain(made.group(2)), sql[made.end() :]
        if kind == "table":
            self._note("table", name, body, lambda: self._make_table(name))
        else:
            self._note("view", name, body, lambda: self._make_view(name))

    def register(self, name: str, table: pa.Table) -> None:
        """Name an Arrow table; its content is its key."""
        self._settle(name)
        super().register(name, table)
        key = _digest("arrow", str(table.schema), *_content(table))
        self._named[name] = _Named("arrow", key, key, "", (), frozenset(), lambda: None, made=True)

    def derive(self, name: str, sql: str, work: Work) -> None:
        """As on every engine; done again only for other rows or other work."""
        rows = f"rows_of_{name}"
        self._note("view", rows, sql, lambda: self._make_view(rows))

        def make() -> None:
            def create(table: str) -> None:
                given = f"given_{name}"
                self._connection.register(given, work(super(Remembering, self).sql(sql)))
                super(Remembering, self).execute(
                    f"create table {quoted(table)} as select * from {quoted(given)}"
                )
                self._connection.unregister(given)

            self._show(name, self._kept(self._named[name], create))

        self._note("table", name, f"select {work!r} from {quoted(rows)}", make)

    def local(self, name: str, sql: str, dataset: str, row: str) -> None:
        """As on every engine; done for the data files only that are new since."""
        pin, needs = self.pin(dataset), self._needs(sql)
        if pin is None or pin.until is not None or not all(self._is_local(each, dataset) for each in needs):
            super().local(name, sql, dataset, row)
            return
        self._note("local", name, sql, lambda: self._make_local(name, pin, row), dataset)

    def attach(self, dataset: str) -> str:
        """As on every engine."""
        told = super().attach(dataset)
        named = self._named[_plain(told)]
        if self.pin(dataset) is not None and named.kind != "lake":
            shape = named.body.partition(" from ")[0]
            named.kind, named.dataset, named.free = "lake", dataset, _digest("lake", dataset, shape)
        return told

    def _make_hits(self, name: str, dataset: str, field: str, words: tuple[str, ...]) -> None:
        pin = self.pin(dataset)
        files = pin.files if pin else ()
        key = _digest("hits", dataset, field, *words, *files, str(pin.until if pin else ""))
        free = _digest("hits", dataset, field, *words)
        self._settle(name)
        self._named[name] = _Named(
            "hits", key, free, "\x00".join((field, *words)), (), frozenset(files),
            lambda: self._show_hits(name, dataset, field, words, pin), dataset,
        )  # fmt: skip

    def close(self) -> None:
        """Let go of everything of this session; what it worked out may be used by the next."""
        super().close()
        self._store.give_back(self._used)
        self._used = []

    def rows(self, dataset: str, columns: Sequence[str], ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """As on every engine; a row read before is not read again, and the newest files are looked into first."""
        pin = self.pin(dataset)
        if pin is None:
            return super().rows(dataset, columns, ids)
        wanted = tuple(dict.fromkeys(("_row", *columns)))
        known = self._store.rows(dataset, wanted)
        left = [each for each in ids if each not in known]
        for file in reversed(pin.files):
            if not left:
                break
            for row in self._rows_in(replace(pin, files=(file,), superseding=False), wanted, left):
                known[row["_row"]] = row
            left = [each for each in left if each not in known]
        found = {each: known[each] for each in ids if each in known}
        self._store.trim_rows()
        return found

    def _rows_in(self, pin: DatasetPin, columns: Sequence[str], ids: Sequence[str]) -> list[dict[str, Any]]:
        self._connection.register("asked_rows", pa.table({"_row": pa.array(ids, pa.string())}))
        listed = ", ".join(map(quoted, columns))
        body = current_rows(pin, self._stored(pin), self._scan(pin))
        among = "_row in (select _row from asked_rows)"
        found: list[dict[str, Any]] = super().sql(f"select {listed} from ({body}) where {among}").to_pylist()
        return found

    # -- names and keys ------------------------------------------------------------------------

    def _note(self, kind: str, name: str, body: str, make: Callable[[], None], dataset: str = "") -> None:
        needs = self._needs(body)
        self._settle(name)
        free = self._key(kind, body, needs, free=True)
        self._named[name] = _Named(
            kind, self._key(kind, body, needs), free, body, needs, self._files(body, needs), make, dataset
        )

    def _settle(self, name: str) -> None:
        """A name gets another meaning: what rests on the old one and is not made yet is made now."""
        if name in self._named:
            self._make([each for each, named in self._named.items() if name in named.needs])

    def _needs(self, body: str) -> tuple[str, ...]:
        """The names of this session that stand in a query."""
        return tuple(name for name in _names(body) if name in self._named)

    def _key(self, kind: str, body: str, needs: Sequence[str], *, free: bool = False) -> str:
        named = [(name, self._named[name]) for name in needs]
        return _digest(
            kind, body, *(part for name, each in named for part in (name, each.free if free else each.key))
        )

    def _files(self, body: str, needs: Sequence[str]) -> frozenset[str]:
        found = frozenset[str]().union(*(self._named[name].files for name in needs))
        if "read_parquet(" in body and self.snapshot:
            pins = self.snapshot.datasets.values()
            found = found.union(*(pin.files for pin in pins if pin.files and pin.files[0] in body))
        return found

    def _make(self, names: Iterable[str]) -> None:
        for name in names:
            named = self._named[name]
            if not named.made:
                named.make()
                named.made = True

    # -- tables and views ----------------------------------------------------------------------

    def _make_view(self, name: str) -> None:
        named = self._named[name]
        self._make(named.needs)
        super().execute(f"create or replace temp view {quoted(name)} as {named.body}")

    def _make_table(self, name: str) -> None:
        named = self._named[name]

        def create(table: str) -> None:
            self._make(named.needs)
            super(Remembering, self).execute(f"create table {quoted(table)} as {named.body}")

        self._show(name, self._kept(named, create))

    def _kept(self, named: _Named, create: Callable[[str], None]) -> str:
        table = self._store.table(named.key)
        if table is None:
            self._make(named.needs)
            table = self._store.make(named.key, named.files, create)
        self._used.append(named.key)
        return table

    def _show(self, name: str, table: str) -> None:
        super().execute(f"create or replace temp view {quoted(name)} as select * from main.{quoted(table)}")

    # -- tables made in parts ------------------------------------------------------------------

    def _is_local(self, name: str, dataset: str) -> bool:
        named = self._named[name]
        if named.kind == "view":
            return bool(named.needs) and all(self._is_local(each, dataset) for each in named.needs)
        return named.kind in ("lake", "hits", "local") and named.dataset == dataset

    def _make_local(self, name: str, pin: DatasetPin, row: str) -> None:
        named, left, chosen = self._named[name], set(pin.files), list[str]()
        known = self._store.parts(named.free)
        for files in sorted(known, key=len, reverse=True):
            if files <= left and len(chosen) < _MOST_PARTS:
                table = self._store.table(known[files])
                if table is not None:
                    self._used.append(known[files])
                    chosen.append(table)
                    left -= files
        if len(chosen) >= _MOST_PARTS:
            chosen, left = [], set(pin.files)
        if left or not chosen:
            chosen.append(self._part(name, replace(pin, files=tuple(sorted(left)), superseding=False)))
        where = ""
        if pin.superseding:
            gone = f"replaced_in_{pin.dataset}"
            if gone not in self._named:
                told = f"select _supersedes from {self._scan(pin)} where _supersedes is not null"
                self.execute(f"create or replace temp table {quoted(gone)} as {told}")
            self._make([gone])
            where = f" where {quoted(row)} not in (select _supersedes from {quoted(gone)})"
        union = " union all ".join(f"select * from main.{quoted(table)}" for table in chosen)
        super().execute(f"create or replace temp view {quoted(name)} as select * from ({union}){where}")

    def _part(self, name: str, pin: DatasetPin) -> str:
        """The table of ``name`` over some files alone."""
        named, files = self._named[name], frozenset(pin.files)
        key = _digest("part", named.free, *pin.files)
        table = self._store.table(key)
        if table is None:

            def create(table: str) -> None:
                names = {each: self._part_name(each, pin) for each in named.needs}
                body = _renamed(named.body, names)
                super(Remembering, self).execute(f"create table {quoted(table)} as {body}")

            table = self._store.make(key, files, create)
            self._store.add_part(named.free, files, key)
        self._used.append(key)
        return table

    def _part_name(self, name: str, pin: DatasetPin) -> str:
        """A view of what a name stands for, over some files alone."""
        named, own = self._named[name], f"{name}@{_digest(*pin.files)[:12]}"
        if named.kind == "lake":
            body = current_rows(pin, self._stored(pin), self._scan(pin))
            super().execute(f"create or replace temp view {quoted(own)} as {body}")
        elif named.kind == "hits":
            field, *words = named.body.split("\x00")
            self._show_hits(own, pin.dataset, field, tuple(words), pin)
        elif named.kind == "local":
            self._show(own, self._part(name, pin))
        else:
            names = {each: self._part_name(each, pin) for each in named.needs}
            body = _renamed(named.body, names)
            super().execute(f"create or replace temp view {quoted(own)} as {body}")
        return own


_known_names: dict[str, tuple[str, ...]] = {}


def _names(body: str) -> tuple[str, ...]:
    """Every name in a query, once; texts are left out."""
    key = _digest(body)
    if key not in _known_names:
        if len(_known_names) > _QUERIES:
            _known_names.clear()
        found = (token.group(1, 2) for token in _WORD.finditer(body))
        names = (quoted_name.replace('""', '"') if quoted_name else plain for quoted_name, plain in found)
        _known_names[key] = tuple(dict.fromkeys(name for name in names if name))
    return _known_names[key]


def _plain(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def _renamed(body: str, names: Mapping[str, str]) -> str:
    """The query with other names for those of the session; texts are left alone."""
    if not names:
        return body

    def other(found: re.Match[str]) -> str:
        name = found.group(1).replace('""', '"') if found.group(1) else found.group(2)
        return quoted(names[name]) if name in names else found.group(0)

    return _WORD.sub(other, body)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


def _content(table: pa.Table) -> tuple[str, ...]:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return (hashlib.sha256(sink.getvalue()).hexdigest(),)
