"""A session of a Spark cluster over one pinned snapshot or over tables in memory.

It reads the same files by name (a pinned list of one version, no table format on the cluster), screens texts by the same
matcher in Arrow batches on the workers, and runs the same plan translated. The files must lie where every worker sees
them under the same path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import pyarrow as pa
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

from shujian.kernel.errors import Fault, Unavailable
from shujian.lake.engines.session import CREATE, Work
from shujian.lake.engines.session import Session as Base
from shujian.lake.engines.spark.cluster import connect
from shujian.lake.engines.spark.translate import translate
from shujian.lake.physical import literal, quoted
from shujian.lake.screening.matchers import checked
from shujian.lake.screening.scan import TEXT_HITS, prepared, text_hits
from shujian.lake.snapshots import DatasetPin, Snapshot, gone, readable

_HITS = "_row string, word string, `offset` bigint, length bigint"

_LITTLE = {
    "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.shuffle.partitions": "2", "spark.sql.adaptive.enabled": "false",
}  # fmt: skip
"""For a small lake: to write, compile and weigh up the code of a query takes longer than to run it without."""
_FEW = _LITTLE | {"spark.sql.shuffle.partitions": "1"}
_SMALL_LAKE = 2_000_000
"""Rows of all datasets together."""


class Session(Base):
    """Over one snapshot or tables in memory; its names are its own, the cluster's work is shared."""

    engine = "spark"

    def __init__(
        self, *, snapshot: Snapshot | None = None, tables: Mapping[str, pa.Table] | None = None
    ) -> None:
        super().__init__(snapshot=snapshot, tables=tables)
        self._kept: list[DataFrame] = []
        self._spark: SparkSession = connect().newSession()
        if snapshot is None:
            self._set(_FEW)
        elif sum(pin.rows for pin in snapshot.datasets.values()) <= _SMALL_LAKE:
            self._set(_LITTLE)

    def _set(self, settings: Mapping[str, str]) -> None:
        for name, value in settings.items():
            self._spark.conf.set(name, value)

    @property
    def engine_version(self) -> str:
        """Spark's own version text."""
        return str(self._spark.version)

    def sql(self, sql: str) -> pa.Table:
        """Run a query and give its whole answer."""
        return self._run(lambda: self._spark.sql(translate(sql)).toArrow())

    def execute(self, sql: str) -> None:
        """Make a table (kept on the cluster until the session closes) or a view. Raises ValueError for other statements."""
        made = CREATE.match(sql)
        if made is None:
            raise ValueError(f"not a statement that makes a table or view: {sql[:80]}")
        kind, name, body = (
            made.group(1).lower(),
            made.group(2).strip('"').replace('""', '"'),
            sql[made.end() :],
        )

        def make() -> None:
            frame = self._spark.sql(translate(body))
            (self._keep(frame) if kind == "table" else frame).createOrReplaceTempView(_ticked(name))

        self._run(make)

    def derive(self, name: str, sql: str, work: Work) -> None:
        """As on every engine; the work is done on the workers, which have this package."""

        def make() -> None:
            frame = self._spark.sql(translate(sql))
            shape = from_arrow_schema(work(to_arrow_schema(frame.schema).empty_table()).schema)
            # mapInArrow looks columns up by name and would read a dot in it as a field of a struct.
            plain = frame.toDF(*(f"c{place}" for place in range(len(frame.columns))))
            made = plain.mapInArrow(_worker(work, tuple(frame.columns)), shape)
            self._keep(made).createOrReplaceTempView(_ticked(name))

        self._run(make)

    def _keep(self, frame: DataFrame) -> DataFrame:
        """A table: what it holds stays on the cluster; few rows are worked out at once and stay here.

        Later queries see a leaf, not the query behind it: a plan of many steps would be analysed anew at every step.
        The way to its rows is kept, so that a worker that dies takes nothing away.
        """
        if self.snapshot is None:
            return self._spark.createDataFrame(frame.toArrow())
        inner, plan = self._spark._jsparkSession, frame._jdf.queryExecution()
        leaf = DataFrame(inner.internalCreateDataFrame(plan.toRdd(), frame._jdf.schema(), False), self._spark)
        self._kept.append(leaf.persist())
        return leaf

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

    def _make_hits(self, name: str, dataset: str, field: str, words: tuple[str, ...]) -> None:
        texts = self._texts(dataset, field)
        chosen = tuple(checked(words))
        if texts is None or not chosen:
            self.register(name, TEXT_HITS.empty_table())
            return
        found = texts.mapInArrow(_screener(chosen), _HITS).persist()
        self._kept.append(found)
        self._run(lambda: found.createOrReplaceTempView(_ticked(name)))

    def _texts(self, dataset: str, field: str) -> DataFrame | None:
        if dataset in self.tables:
            if field not in self.tables[dataset].column_names:
                return None
            self.attach(dataset)
            return self._spark.table(f"`mem_{dataset}`").select("_row", f"`{field}`")
        pin = self.pin(dataset)
        if pin is None or field not in self._stored(pin):
            return None
        return self._spark.table(f"`scan_{pin.dataset}`").select("_row", f"`{field}`")

    def close(self) -> None:
        """Let go of what was kept on the cluster; the connection stays for the next session."""
        for frame in self._kept:
            frame.unpersist()
        self._kept.clear()


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


def _worker(work: Work, names: tuple[str, ...]) -> Any:
    """``work`` as Spark calls it: an iterator of batches in, one out. ``names``: what the columns are called."""

    def run(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield from work(pa.Table.from_batches([batch]).rename_columns(names)).to_batches()

    return run


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
