"""What the sessions of one process have worked out, kept for the next: tables by what they are made of, and answers.

A key says everything that a table rests on: its SQL, and the files, hits and tables beneath. So nothing here is ever out
of date; it is only forgotten, the longest unused first, or when a file beneath it is taken away (erasure, retention).
It lies in memory and ends with the process.
"""

from __future__ import annotations

import os
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from shujian.lake.physical import quoted

MOST_MEGABYTES = "384"
"""Tables beyond it are forgotten once no session uses them; ``SHUJIAN_REMEMBER_MB`` stands before it."""
MOST_ANSWERS = 64 << 20
LARGEST_ANSWER = 8 << 20
MOST_ROWS = 20_000


@dataclass(frozen=True)
class Kept:
    """One table: its name in the database, and the data files it rests on."""

    table: str
    files: frozenset[str]


class Remembered:
    """One database in memory, the tables in it by key, and small answers by key. Its methods may be called at once."""

    def __init__(self, database: duckdb.DuckDBPyConnection) -> None:
        self._database, self._lock = database, threading.Lock()
        self._tables: OrderedDict[str, Kept] = OrderedDict()
        self._parts: dict[str, dict[frozenset[str], str]] = {}
        self._answers: OrderedDict[str, tuple[pa.Table, frozenset[str]]] = OrderedDict()
        self._answered = 0
        self._rows: dict[tuple[str, tuple[str, ...]], dict[str, dict[str, Any]]] = {}
        self._users: Counter[str] = Counter()
        self._made = 0

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of one's own: it sees the tables; its temporary views are its own."""
        with self._lock:
            return self._database.cursor()

    def table(self, key: str) -> str | None:
        """The name of a table that is here, kept until it is given back."""
        with self._lock:
            found = self._tables.get(key)
            if found is None:
                return None
            self._tables.move_to_end(key)
            self._users[key] += 1
            return found.table

    def make(self, key: str, files: frozenset[str], create: Callable[[str], None]) -> str:
        """Let ``create`` make the table of a key under the name it is given; kept until it is given back."""
        with self._lock:
            self._made += 1
            name = f"kept_{self._made}"
        create(name)
        with self._lock:
            if key in self._tables:  # another session was faster
                self._database.execute(f"drop table {quoted(name)}")
            else:
                self._tables[key] = Kept(name, files)
            self._users[key] += 1
            return self._tables[key].table

    def parts(self, whole: str) -> dict[frozenset[str], str]:
        """The parts of a table that is made file by file: which files, and the key of the part."""
        with self._lock:
            known = self._parts.get(whole, {})
            return {files: key for files, key in known.items() if key in self._tables}

    def add_part(self, whole: str, files: frozenset[str], key: str) -> None:
        """Say that the table of ``key`` is the part of ``whole`` over these files."""
        with self._lock:
            self._parts.setdefault(whole, {})[files] = key

    def answer(self, key: str) -> pa.Table | None:
        """An answer given before."""
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
            return found[0] if found else None

    def keep_answer(self, key: str, answer: pa.Table, files: frozenset[str]) -> None:
        """Keep an answer, if it is small."""
        if answer.nbytes > LARGEST_ANSWER:
            return
        with self._lock:
            if key not in self._answers:
                self._answers[key] = (answer, files)
                self._answered += answer.nbytes
            while self._answered > MOST_ANSWERS:
                self._drop_answer(next(iter(self._answers)))

    def rows(self, dataset: str, columns: tuple[str, ...]) -> dict[str, dict[str, Any]]:
        """Source rows read before, by id; the caller adds to it. Row ids name one version for ever."""
        with self._lock:
            return self._rows.setdefault((dataset, columns), {})

    def trim_rows(self) -> None:
        """Forget all rows of the largest lists beyond the limit."""
        with self._lock:
            while sum(map(len, self._rows.values())) > MOST_ROWS:
                del self._rows[max(self._rows, key=lambda each: len(self._rows[each]))]

    def give_back(self, keys: Iterable[str]) -> None:
        """A session ends: what it used may go. Forgets the longest unused tables beyond the limit."""
        with self._lock:
            self._users.subtract(keys)
            self._users = +self._users
            most = int(os.environ.get("SHUJIAN_REMEMBER_MB", MOST_MEGABYTES)) << 20
            for key in list(self._tables):
                if self._bytes() <= most:
                    break
                if not self._users[key]:
                    self._drop_table(key)

    def forget_gone(self) -> None:
        """Forget all that rests on a data file that is no longer there."""
        with self._lock:
            files = {file for kept in self._tables.values() for file in kept.files}
            files |= {file for _, told in self._answers.values() for file in told}
            gone = {file for file in files if not Path(file).exists()}
            if not gone:
                return
            self._rows.clear()
            for key in [key for key, kept in self._tables.items() if kept.files & gone]:
                if not self._users[key]:
                    self._drop_table(key)
            for key in [key for key, (_, told) in self._answers.items() if told & gone]:
                self._drop_answer(key)

    def _bytes(self) -> int:
        told = self._database.execute(
            "select memory_usage_bytes + temporary_storage_bytes from duckdb_memory() where tag = 'IN_MEMORY_TABLE'"
        ).fetchone()
        return int(told[0]) if told else 0

    def _drop_table(self, key: str) -> None:
        self._database.execute(f"drop table {quoted(self._tables.pop(key).table)}")

    def _drop_answer(self, key: str) -> None:
        answer, _ = self._answers.pop(key)
        self._answered -= answer.nbytes


_homes: dict[Hashable, Remembered] = {}
_HOMES = 2
"""Homes of one process whose work is remembered; there is one, but for tests."""
_one_at_a_time = threading.Lock()
_of_parents: list[object] = []


def remembered_for(key: Hashable, database: Callable[[], duckdb.DuckDBPyConnection]) -> Remembered:
    """What is remembered under a key: a home and the settings of its database."""
    with _one_at_a_time:
        if key not in _homes:
            while len(_homes) >= _HOMES:
                _homes.pop(next(iter(_homes)))
            _homes[key] = Remembered(database())
        return _homes[key]


def forget() -> None:
    """Forget everything; the next session works out all that it needs."""
    with _one_at_a_time:
        _homes.clear()


def _in_child() -> None:
    # A child has none of its parent's threads: it can neither use the parent's database nor close it.
    global _one_at_a_time
    _of_parents.append(dict(_homes))
    _homes.clear()
    _one_at_a_time = threading.Lock()


os.register_at_fork(after_in_child=_in_child)
