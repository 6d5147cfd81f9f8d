"""A query's answer as a snapshot, and the snapshot on its way into the lake like any file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.gm import sm3_hex
from shujian.kernel.progress import Progress, Silent
from shujian.lake.arrivals import snapshots
from shujian.lake.arrivals.connections import connection, saved_query
from shujian.lake.arrivals.databases import Answer, answer
from shujian.lake.arrivals.forgetting import settle_table
from shujian.lake.contracts import source
from shujian.lake.coverage import Coverage
from shujian.lake.landing import Arrival, Delivery
from shujian.lake.reading.encoding import Sniffed
from shujian.lake.reading.headers import Matcher
from shujian.lake.reading.records import Chunk, Opened
from shujian.lake.reports import IngestReport
from shujian.lake.service import land

_CHUNK = 50_000
_LONGEST_QUERY = 1 << 20
TABLE = "rows.parquet"


def pull(
    source_id: str,
    connection_name: str,
    *,
    query_name: str | None = None,
    query_file: Path | None = None,
    as_of: date | None = None,
    max_rejects: str = "5%",
    coverage: Sequence[Coverage] = (),
    progress: Progress | None = None,
) -> IngestReport:
    """Ask a named connection one query and land its answer. The answer is kept first, whole, as a snapshot.

    Raises BadInput (names, the query), Unavailable (connection, password, timeout), GuardRefused (settings that
    others can read; agreement), and what ``land`` raises.
    """
    contract = source(source_id)
    told = connection(connection_name)
    name, query = _query_of(query_file) if query_file else saved_query(told, contract.id, query_name)
    watched = progress or Silent()
    draft = snapshots.draft_folder(contract.id, "sql")
    with answer(told, connection_name, query) as found:
        watched.begin(f"查询 {connection_name}/{name}", None)
        rows = _write(found, draft / TABLE, watched)
    digest = _sha256(draft / TABLE)
    record = {
        "kind": "sql", "connection": connection_name, "query": name, "query_sm3": sm3_hex(query.encode()),
        "rows": rows, "columns": list(found.columns), "sha256": digest,
    }  # fmt: skip
    kept = snapshots.keep(draft, contract.id, f"sql-{digest[:24]}", record)
    arrival = table_arrival(kept.folder / TABLE, f"sql:{connection_name}/{name}", digest)
    report = land(
        contract.id, [arrival], as_of=as_of, max_rejects=max_rejects, coverage=coverage, progress=progress
    )
    settle_table(kept, kept.folder / TABLE, report)
    return report


def _query_of(path: Path) -> tuple[str, str]:
    try:
        body = path.read_bytes()
    except OSError:
        raise BadInput(
            Fault(code="no_file", message="查询文件打不开", file=str(path), expected="一条 SELECT")
        ) from None
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(Fault(code="not_utf8", message="查询文件不是 UTF-8 编码", file=str(path))) from None
    if not text.strip() or len(body) > _LONGEST_QUERY:
        raise BadInput(
            Fault(code="bad_query", message="查询文件是空的或太长", file=str(path), expected="一条 SELECT")
        )
    return path.stem, text


def _write(found: Answer, path: Path, progress: Progress) -> int:
    # a query may give two columns one name: they are told apart by place, the names stand in the metadata
    names = [f"c{place}" for place in range(len(found.columns))]
    titles = {f"title{place}": title for place, title in enumerate(found.columns)}
    schema = pa.schema([(name, pa.string()) for name in names], metadata=titles)
    rows = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in found.batches:
            columns = [pa.array(column, pa.string()) for column in zip(*batch, strict=True)]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
            rows += len(batch)
            progress.advance(len(batch))
    path.chmod(0o600)
    return rows


def _sha256(path: Path) -> str:
    with path.open("rb") as source_file:
        return hashlib.file_digest(source_file, "sha256").hexdigest()


def table_arrival(path: Path, name: str, digest: str) -> Arrival:
    """A kept answer: columns by their titles, rows by their place in it."""

    def open_it(sniffed: Sniffed, delivery: Delivery, work: Path) -> Opened:
        schema = pq.read_schema(path)
        told = schema.metadata or {}
        titles = [told[f"title{place}".encode()].decode() for place in range(len(schema.names))]
        columns = Matcher(delivery.contract).columns(titles, file=name, line=1)

        def chunks() -> Iterator[Chunk]:
            before = 0
            for batch in pq.ParquetFile(path).iter_batches(_CHUNK):
                lines = np.arange(before + 1, before + batch.num_rows + 1, dtype=np.int64)
                before += batch.num_rows
                yield Chunk([_nulled(column) for column in batch.columns], lines)

        return Opened(columns, 1, None, None, False, chunks, chunks)

    return Arrival(path, name, lambda: Sniffed(digest, path.stat().st_size, "table", None), open_it)


def _nulled(column: pa.Array) -> pa.Array:
    return pa.array([cell or None for cell in column.to_pylist()], pa.string())
