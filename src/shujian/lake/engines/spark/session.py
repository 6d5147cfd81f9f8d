"""A session of a Spark cluster over one pinned snapshot or over tables in memory.

It reads the same files by name (a pinned list of one version, no table format on the cluster), screens texts by the same
matcher in Arrow batches on the workers, and runs the same plan translated. The files must lie where every worker sees
them under the same path.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import TracebackType
from typing import Any

import pyarrow as pa
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from shujian.kernel.errors import Fault, Unavailable
from shujian.lake.contracts import source
from shujian.lake.engines.people import People, people_sql
from shujian.lake.engines.spark.cluster import connect
from shujian.lake.engines.spark.translate import cached
from shujian.lake.errors import UnknownSource
from shujian.lake.physical import dataset_schema, literal, quoted, sql_type
from shujian.lake.screening.matchers import checked
from shujian.lake.screening.scan import TEXT_HITS, prepared, text_hits
from shujian.lake.snapshots import DatasetPin, Snapshot, gone, readable

_MAKE = re.compile(
    r'\s*create\s+(?:or\s+replace\s+)?temp\s+(table|view)\s+("(?:[^"]|"")+"|\w+)\s+as\s+', re.I
)
_HITS = "_row string, word string, `offset` bigint, length bigint"

_SMALL = {
    "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.shuffle.partitions": "1", "spark.sql.adaptive.enabled": "false",
}  # fmt: skip
"""For a few rows: to compile a query takes a hundred times as long as to run it."""


class Session:
    """Over one snapshot or tables in memory; its names are its own, the cluster's work is shared."""

    def __init__(
        self, *, snapshot: Snapshot | None = None, tables: Mapping[str, pa.Table] | None = None
    ) -> None:
        self.snapshot = snapshot
        self._tables = dict(tables or {})
        self._views: dict[str, str] = {}
        self._hits: dict[tuple[str, str, tuple[str, ...]], str] = {}
        self._kept: list[DataFrame] = []
        self._spark: SparkSession = connect().newSession()
        if snapshot is None:
            for name, value in _SMALL.items():
                self._spark.conf.set(name, value)

    @property
    def engine(self) -> str:
        """``spark``."""
        return "spark"

    @property
    def engine_version(self) -> str:
        """Spark's own version text."""
        return str(self._spark.version)

    def sql(self, sql: str) -> pa.Table:
        """Run a query and give its whole answer."""
        return self._run(lambda: self._spark.sql(cached(sql)).toArrow())

    def execute(self, sql: str) -> None:
        """Make a table (kept on the cluster until the session closes) or a view. Raises ValueError for other statements."""
        made = _MAKE.match(sql)
        if made is None:
            raise ValueError(f"not a statement that makes a table or view: {sql[:80]}")
        kind, name, body = (
            made.group(1).lower(),
            made.group(2).strip('"').replace('""', '"'),
            sql[made.end() :],
        )

        def make() -> None:
            frame = self._spark.sql(cached(body))
            if kind == "table" and self.snapshot is None:
                frame = self._spark.createDataFrame(frame.toArrow())
            elif kind == "table":
                frame = frame.persist()
                self._kept.append(frame)
            frame.createOrReplaceTempView(_ticked(name))

        self._run(make)

    def _run(self, work: Any) -> Any:
        try:
            return work()
        except PySparkException as error:
            if self.snapshot and not readable(self.snapshot):
                raise gone(self.snapshot.id) from error
            raise
        except (ConnectionError, OSError) as error:
            raise Unavailable(
                Fault(code="spark_gone", message="与 Spark 集群的连接断了", found=str(error)[:200],
                      expected="shujian spark up 之后再运行")
            ) from error  # fmt: skip

    def register(self, name: str, table: pa.Table) -> None:
        """Name an Arrow table for this session."""
        plain = pa.table({each: _plain(table[each]) for each in table.column_names})
        self._run(lambda: self._spark.createDataFrame(plain).createOrReplaceTempView(_ticked(name)))

    def attach(self, dataset: str) -> str:
        """A view of the current rows of a dataset; empty if never ingested. Raises UnknownSource."""
        if dataset not in self._views:
            name = f"ds_{dataset}"
            if dataset in self._tables:
                self._from_memory(dataset, name)
            else:
                self._from_files(dataset, name)
            self._views[dataset] = name
        return quoted(self._views[dataset])

    def _from_memory(self, dataset: str, name: str) -> None:
        table, memory = self._tables[dataset], f"mem_{dataset}"
        self.register(memory, table)
        where = ""
        if "_supersedes" in table.column_names and table["_supersedes"].null_count < len(table):
            where = _current(quoted(memory))
        self.execute(f"create or replace temp view {quoted(name)} as select * from {quoted(memory)}{where}")

    def _from_files(self, dataset: str, name: str) -> None:
        pin = self.snapshot.datasets.get(dataset) if self.snapshot else None
        if pin is None or not pin.files:
            empty = dataset_schema(source(dataset)).empty_table()
            self.register(name, empty)
            return
        self.execute(f"create or replace temp view {quoted(name)} as {self._rows_of(pin)}")

    def _scan(self, pin: DatasetPin) -> str:
        """A view over all files of a pin, columns by name."""
        name = f"scan_{pin.dataset}"
        if name not in self._views:
            frame = self._spark.read.option("mergeSchema", "true").parquet(*pin.files)
            if pin.until is not None:
                frame = frame.where(f"_received <= timestamp_ntz {literal(pin.until.isoformat())}")
            frame.createOrReplaceTempView(_ticked(name))
            self._views[name] = name
        return quoted(name)

    def _stored(self, pin: DatasetPin) -> set[str]:
        self._scan(pin)
        return set(self._spark.table(f"`scan_{pin.dataset}`").columns)

    def _rows_of(self, pin: DatasetPin) -> str:
        """The current rows by the columns of the contract; columns not stored are null."""
        scanned, stored = self._scan(pin), self._stored(pin)
        try:
            schema = dataset_schema(source(pin.dataset))
            columns = {name: sql_type(kind) for name, kind in zip(schema.names, schema.types, strict=True)}
            shown = ", ".join(
                quoted(column) if column in stored else f"cast(null as {kind}) as {quoted(column)}"
                for column, kind in columns.items()
            )
        except UnknownSource:
            shown = "*"
        return f"select {shown} from {scanned}{_current(scanned) if pin.superseding else ''}"

    def hits(self, dataset: str, field: str, words: Sequence[str]) -> str:
        """A view (_row, word, "offset", length): the texts are screened on the workers, by the embedded engine's matcher."""
        wanted = (dataset, field, tuple(sorted(set(words))))
        if wanted not in self._hits:
            name = f"hits_{len(self._hits) + 1}"
            self._connect_hits(name, dataset, field, wanted[2])
            self._hits[wanted] = quoted(name)
        return self._hits[wanted]

    def _connect_hits(self, name: str, dataset: str, field: str, words: tuple[str, ...]) -> None:
        texts = self._texts(dataset, field)
        chosen = tuple(checked(words))
        if texts is None or not chosen:
            self.register(name, TEXT_HITS.empty_table())
            return
        found = texts.mapInArrow(_screener(chosen), _HITS).persist()
        self._kept.append(found)
        self._run(lambda: found.createOrReplaceTempView(_ticked(name)))

    def _texts(self, dataset: str, field: str) -> DataFrame | None:
        if dataset in self._tables:
            if field not in self._tables[dataset].column_names:
                return None
            self.attach(dataset)
            return self._spark.table(f"`mem_{dataset}`").select("_row", f"`{field}`")
        pin = self.snapshot.datasets.get(dataset) if self.snapshot else None
        if pin is None or not pin.files or field not in self._stored(pin):
            return None
        return self._spark.table(f"`scan_{pin.dataset}`").select("_row", f"`{field}`")

    def people(self, name: str, people: People) -> None:
        """Make a view (name, id, birth): every naming of a person in the current rows of these datasets."""
        pins = self.snapshot.datasets if self.snapshot else {}
        body = people_sql(people, pins, self._columns)
        self.execute(f"create or replace temp view {quoted(name)} as {body}")

    def _columns(self, pin: DatasetPin, columns: Sequence[str]) -> str | None:
        if not pin.files or not set(columns) <= self._stored(pin):
            return None
        scanned = self._scan(pin)
        where = _current(scanned) if pin.superseding else ""
        return f"select {', '.join(map(quoted, columns))} from {scanned}{where}"

    def close(self) -> None:
        """Let go of what was kept on the cluster; the connection stays for the next session."""
        for frame in self._kept:
            frame.unpersist()
        self._kept.clear()

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _current(scanned: str) -> str:
    told = f"select _supersedes from {scanned} where _supersedes is not null"
    return f" where _row not in ({told})"


def _ticked(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Spark knows no dictionaries and no 64-bit strings."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    return column.cast(pa.string()) if pa.types.is_large_string(column.type) else column


@lru_cache(maxsize=8)
def _matcher(words: tuple[str, ...]) -> Any:
    return prepared(words)


def _screener(words: tuple[str, ...]) -> Any:
    """A function from batches (_row, text) to batches of hits; it runs on the workers, where this module is installed."""

    def screen(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            found = text_hits(
                pa.chunked_array([batch.column(0)]), pa.chunked_array([batch.column(1)]), _matcher(words)
            )
            offset, length = found["offset"].cast(pa.int64()), found["length"].cast(pa.int64())
            table = pa.table({"_row": found["_row"].cast(pa.string()), "word": found["word"].cast(pa.string()),
                              "offset": offset, "length": length})  # fmt: skip
            yield from table.to_batches()

    return screen
