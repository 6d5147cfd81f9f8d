"""A DuckDB session that works out nothing twice in one process.

Tables and answers have keys that say all they rest on (``remembered``). A table is made when a query needs it that was
not answered before. A table whose rows each come of one row of a dataset (``local``) is made for each new data file
alone, so that a new batch costs what is in it, not what lies in the lake.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pyarrow as pa

from shujian.kernel.home import home
from shujian.lake.engines.duckdb import Session, database
from shujian.lake.engines.names import digest, digest_of, plain, renamed
from shujian.lake.engines.naming import Named, Names, is_here, is_local, key_of, make
from shujian.lake.engines.remembered import remembered_for
from shujian.lake.engines.session import CREATE, Work, current_rows
from shujian.lake.physical import quoted
from shujian.lake.snapshots import DatasetPin, Snapshot

_MOST_PARTS = 12
"""Beyond so many parts a table is made anew in one piece."""


class Remembering(Session):
    """A session over a snapshot; see the module."""

    def __init__(self, *, snapshot: Snapshot, threads: int | None = None) -> None:
        key = (str(home().root), threads, os.environ.get("SHUJIAN_MEMORY"))
        self._store = remembered_for(key, lambda: database(threads))
        self._store.forget_gone()
        super().__init__(snapshot=snapshot, threads=threads, connection=self._store.cursor())
        self._names = Names(self._files)
        self._used: list[str] = []
        self._shown: set[str] = set()
        """Names of views made here: an Arrow table cannot be registered over one."""

    # -- what every engine offers --------------------------------------------------------------

    def sql(self, sql: str) -> pa.Table:
        """Run a query, or give the answer it had before."""
        needs = self._names.needs(sql)
        key = key_of("answer", sql, needs)
        found = self._store.answer(key)
        if found is None:
            make(needs.values())
            found = super().sql(sql)
            self._store.keep_answer(key, found, self._names.files(sql, needs))
        return found

    def execute(self, sql: str) -> None:
        """Take note of a table or view; it is made when a query needs it. Anything else runs at once."""
        made = CREATE.match(sql)
        if made is None:
            make(self._names.needs(sql).values())
            super().execute(sql)
            return
        kind, name, body = made.group(1).lower(), plain(made.group(2)), sql[made.end() :]
        if kind == "table":
            self._names.note("table", name, body, partial(self._make_table, name))
        else:
            self._names.note("view", name, body, partial(self._make_view, name))

    def register(self, name: str, table: pa.Table) -> None:
        """Name an Arrow table; its content is its key."""
        key = digest("arrow", digest_of(table))
        self._names.give(name, Named("arrow", key, key, "", {}, frozenset(), is_here, made=True))
        if name in self._shown:
            super().execute(f"drop view if exists {quoted(name)}")
            self._shown.remove(name)
        super().register(name, table)

    def derive(self, name: str, sql: str, work: Work) -> None:
        """As on every engine; done again only for other rows or other work."""
        rows = f"rows_of_{name}"
        self._names.note("view", rows, sql, partial(self._make_view, rows))

        def work_out(named: Named) -> None:
            def create(table: str) -> None:
                given = f"given_{name}"
                self._connection.register(given, work(super(Remembering, self).sql(sql)))
                super(Remembering, self).execute(
                    f"create table {quoted(table)} as select * from {quoted(given)}"
                )
                self._connection.unregister(given)

            self._show(name, self._kept(named, create))

        self._names.note("table", name, f"select {work!r} from {quoted(rows)}", work_out)

    def local(self, name: str, sql: str, dataset: str, row: str) -> None:
        """As on every engine; done for the data files only that are new since."""
        pin, needs = self.pin(dataset), self._names.needs(sql)
        if (
            pin is None
            or pin.until is not None
            or not all(is_local(each, dataset) for each in needs.values())
        ):
            super().local(name, sql, dataset, row)
            return
        self._names.note("local", name, sql, partial(self._make_local, name, pin, row), dataset)

    def attach(self, dataset: str) -> str:
        """As on every engine."""
        told = super().attach(dataset)
        named = self._names[plain(told)]
        if self.pin(dataset) is not None and named.kind != "lake":
            shape = named.body.partition(" from ")[0]
            named.kind, named.dataset, named.free = "lake", dataset, digest("lake", dataset, shape)
        return told

    def _make_hits(self, name: str, dataset: str, field: str, words: tuple[str, ...]) -> None:
        pin = self.pin(dataset)
        files = pin.files if pin else ()
        key = digest("hits", dataset, field, *words, *files, str(pin.until if pin else ""))
        free = digest("hits", dataset, field, *words)
        named = Named(
            "hits", key, free, "\x00".join((field, *words)), {}, frozenset(files),
            lambda _: self._show_hits(name, dataset, field, words, pin), dataset,
        )  # fmt: skip
        self._names.give(name, named)

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

    def _files(self, sql: str) -> frozenset[str]:
        """The data files that a query names itself."""
        pins = self.snapshot.datasets.values() if self.snapshot and "read_parquet(" in sql else ()
        return frozenset(file for pin in pins if pin.files and pin.files[0] in sql for file in pin.files)

    # -- tables and views ----------------------------------------------------------------------

    def _make_view(self, name: str, named: Named) -> None:
        make(named.needs.values())
        self._shown.add(name)
        super().execute(f"create or replace temp view {quoted(name)} as {named.body}")

    def _make_table(self, name: str, named: Named) -> None:
        def create(table: str) -> None:
            super(Remembering, self).execute(f"create table {quoted(table)} as {named.body}")

        self._show(name, self._kept(named, create))

    def _kept(self, named: Named, create: Callable[[str], None]) -> str:
        table = self._store.table(named.key)
        if table is None:
            make(named.needs.values())
            table = self._store.make(named.key, named.files, create)
        self._used.append(named.key)
        return table

    def _show(self, name: str, table: str) -> None:
        self._shown.add(name)
        super().execute(f"create or replace temp view {quoted(name)} as select * from main.{quoted(table)}")

    # -- tables made in parts ------------------------------------------------------------------

    def _make_local(self, name: str, pin: DatasetPin, row: str, named: Named) -> None:
        left, chosen = set(pin.files), list[str]()
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
            chosen.append(self._part(named, replace(pin, files=tuple(sorted(left)), superseding=False)))
        where = ""
        if pin.superseding:
            gone = f"replaced_in_{pin.dataset}"
            if gone not in self._names:
                told = f"select _supersedes from {self._scan(pin)} where _supersedes is not null"
                self.execute(f"create or replace temp table {quoted(gone)} as {told}")
            make([self._names[gone]])
            where = f" where {quoted(row)} not in (select _supersedes from {quoted(gone)})"
        union = " union all ".join(f"select * from main.{quoted(table)}" for table in chosen)
        super().execute(f"create or replace temp view {quoted(name)} as select * from ({union}){where}")

    def _part(self, named: Named, pin: DatasetPin) -> str:
        """The table of a name over some files alone."""
        files = frozenset(pin.files)
        key = digest("part", named.free, *pin.files)
        table = self._store.table(key)
        if table is None:

            def create(table: str) -> None:
                names = {each: self._part_name(each, told, pin) for each, told in named.needs.items()}
                body = renamed(named.body, names)
                super(Remembering, self).execute(f"create table {quoted(table)} as {body}")

            table = self._store.make(key, files, create)
            self._store.add_part(named.free, files, key)
        self._used.append(key)
        return table

    def _part_name(self, name: str, named: Named, pin: DatasetPin) -> str:
        """A view of what a name stands for, over some files alone."""
        own = f"{name}@{digest(*pin.files)[:12]}"
        if named.kind == "lake":
            body = current_rows(pin, self._stored(pin), self._scan(pin))
            super().execute(f"create or replace temp view {quoted(own)} as {body}")
        elif named.kind == "hits":
            field, *words = named.body.split("\x00")
            self._show_hits(own, pin.dataset, field, tuple(words), pin)
        elif named.kind == "local":
            self._show(own, self._part(named, pin))
        else:
            names = {each: self._part_name(each, told, pin) for each, told in named.needs.items()}
            body = renamed(named.body, names)
            super().execute(f"create or replace temp view {quoted(own)} as {body}")
        return own
