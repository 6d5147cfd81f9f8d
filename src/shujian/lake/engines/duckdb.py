"""The only door to DuckDB: sessions over a pinned snapshot or over tables in memory. No extension is loaded."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import TracebackType

import duckdb
import pyarrow as pa

from shujian.kernel.errors import Fault, ShujianError, Unavailable
from shujian.kernel.home import home
from shujian.lake.engines.session import Session as Base
from shujian.lake.engines.spill import spill_folder
from shujian.lake.physical import literal, quoted
from shujian.lake.screening import store as hit_store
from shujian.lake.snapshots import DatasetPin, Snapshot, gone, readable

_MOST_MEMORY = 8 << 30


def _memory_limit() -> str:
    """``SHUJIAN_MEMORY``, else half of the machine's memory, at most 8 GiB; beyond it DuckDB spills to disk."""
    told = os.environ.get("SHUJIAN_MEMORY")
    half = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    return told or f"{min(half, _MOST_MEMORY) >> 20}MiB"


def _connection(threads: int | None, *, readable: Sequence[Path] | None) -> duckdb.DuckDBPyConnection:
    """An in-memory database with nothing to download, spilling to a private folder under home.

    ``readable``: the only folders whose files its SQL may open; None leaves the file system open.
    """
    spill = spill_folder()
    connection = duckdb.connect(
        ":memory:",
        config={
            "threads": threads or os.cpu_count() or 1,
            "memory_limit": _memory_limit(),
            "temp_directory": str(spill),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
        },
    )
    connection.execute("set enable_progress_bar = false")
    if readable is not None:
        folders = ", ".join(literal(str(folder)) for folder in (*readable, spill))
        connection.execute(f"set allowed_directories = [{folders}]")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
    return connection


def database(threads: int | None) -> duckdb.DuckDBPyConnection:
    """A database for sessions over the lake of this home: it may read what lies there and nothing else."""
    return _connection(threads, readable=[home().lake])


@lru_cache(maxsize=4)
def _memory_database(threads: int | None, root: Path) -> duckdb.DuckDBPyConnection:
    """The database under all sessions over tables in memory: to open one takes longer than most proofs.

    Its sessions are connections of their own; what they register and create as ``temp`` is theirs alone.
    """
    return _connection(threads, readable=[])


class Scratch:
    """A private database for the lake's own work, such as sorting out what is new in a batch."""

    def __init__(self, threads: int | None = None, memory: str | None = None) -> None:
        """``memory``: beyond it the work spills to disk; ``SHUJIAN_MEMORY`` stands before it."""
        self._connection = _connection(threads, readable=None)
        if memory and "SHUJIAN_MEMORY" not in os.environ:
            self._connection.execute(f"set memory_limit = {literal(memory)}")

    def execute(self, sql: str) -> None:
        """Run a statement."""
        try:
            self._connection.execute(sql)
        except duckdb.OutOfMemoryException as error:
            raise _memory(error) from error

    def register(self, name: str, table: pa.Table) -> None:
        """Name an Arrow table."""
        self._connection.register(name, table)

    def unregister(self, name: str) -> None:
        """Forget a name."""
        self._connection.unregister(name)

    def table(self, sql: str) -> pa.Table:
        """The whole answer."""
        return self._connection.sql(sql).to_arrow_table()

    def row(self, sql: str) -> tuple[object, ...]:
        """The first row of an answer."""
        found = self._connection.execute(sql).fetchall()
        return tuple(found[0]) if found else ()

    def close(self) -> None:
        """Let go of everything."""
        self._connection.close()

    def __enter__(self) -> Scratch:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()


class Session(Base):
    """One connection over one snapshot or over tables in memory. Close it; it is a context manager too."""

    engine = "duckdb"

    def __init__(
        self,
        *,
        snapshot: Snapshot | None = None,
        tables: Mapping[str, pa.Table] | None = None,
        threads: int | None = None,
        connection: duckdb.DuckDBPyConnection | None = None,
    ) -> None:
        super().__init__(snapshot=snapshot, tables=tables)
        if connection is not None:
            self._connection = connection
        elif snapshot is None:
            self._connection = _memory_database(threads, home().root).cursor()
        else:
            self._connection = database(threads)

    @property
    def engine_version(self) -> str:
        """The engine's own version text."""
        return str(duckdb.__version__)

    def sql(self, sql: str) -> pa.Table:
        """Run a query and give its whole answer."""
        try:
            return self._connection.sql(sql).to_arrow_table()
        except duckdb.Error as error:
            raise self._told(error) from error

    def execute(self, sql: str) -> None:
        """Run a statement without an answer."""
        try:
            self._connection.execute(sql).fetchall()
        except duckdb.Error as error:
            raise self._told(error) from error

    def _told(self, error: duckdb.Error) -> Exception:
        """What a user can act on: memory is short, or the files of the snapshot were taken away meanwhile."""
        if isinstance(error, duckdb.OutOfMemoryException):
            return _memory(error)
        if isinstance(error, duckdb.IOException) and self.snapshot and not readable(self.snapshot):
            return gone(self.snapshot.id)
        return error

    def register(self, name: str, table: pa.Table) -> None:
        """Name an Arrow table for this session."""
        self._connection.register(name, table)

    def _scan(self, pin: DatasetPin) -> str:
        return scan(pin)

    def _stored(self, pin: DatasetPin) -> set[str]:
        return set(self.sql(f"describe select * from {scan(pin)}")["column_name"].to_pylist())

    def _make_hits(self, name: str, dataset: str, field: str, words: tuple[str, ...]) -> None:
        self._show_hits(name, dataset, field, words, self.pin(dataset))

    def _show_hits(
        self, name: str, dataset: str, field: str, words: tuple[str, ...], pin: DatasetPin | None
    ) -> None:
        if dataset in self.tables:
            self._connection.register(f"mem_{name}", hit_store.in_memory(self.tables[dataset], field, words))
            found = f"select * from {quoted(f'mem_{name}')}"
        elif pin is None or not words:
            found = _NO_HITS
        else:
            files = self._stored_hits(dataset, field, words, pin)
            listed = ", ".join(literal(str(path)) for path in files)
            chosen = ", ".join(literal(word) for word in words)
            found = f"select * from read_parquet([{listed}]) where word in ({chosen})" if files else _NO_HITS
        self._connection.execute(
            f'create or replace temp view {quoted(name)} as select _row, word, cast("offset" as bigint) as "offset",'
            f" cast(length as bigint) as length from ({found})"
        )

    def _stored_hits(self, dataset: str, field: str, words: tuple[str, ...], pin: DatasetPin) -> list[Path]:
        try:
            return hit_store.ensure(dataset, field, words, pin)
        except FileNotFoundError as error:
            if self.snapshot and not readable(self.snapshot):
                raise gone(self.snapshot.id) from error
            raise

    def close(self) -> None:
        """Let go of everything."""
        self._connection.close()


_NO_HITS = (
    'select cast(null as varchar) as _row, cast(null as varchar) as word, cast(null as bigint) as "offset",'
    " cast(null as bigint) as length where false"
)


def scan(pin: DatasetPin) -> str:
    """A table function over all files of a pin, columns by name."""
    listed = ", ".join(literal(path) for path in pin.files)
    files = f"read_parquet([{listed}], union_by_name = true)"
    if pin.until is None:
        return files
    return f"(select * from {files} where _received <= cast({literal(pin.until.isoformat())} as timestamp))"


def _memory(error: duckdb.Error) -> ShujianError:
    return Unavailable(
        Fault(code="out_of_memory", message="内存不够完成这一步，可用环境变量 SHUJIAN_MEMORY 调大上限（如 8GB）",
              found=str(error).split("\n")[0][:200])
    )  # fmt: skip
