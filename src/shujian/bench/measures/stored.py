"""From Parquet to stored hits, paid for the first time, beside decoding the same columns and nothing else."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from shujian.bench.complaints import make
from shujian.bench.homes import own_home
from shujian.bench.measure import Item, Measure, alternate, cpu_facts
from shujian.kernel.clock import now
from shujian.kernel.home import home
from shujian.lake.read import DatasetPin, Snapshot, find_words, open_session

ROWS, WORDS, BAR = 600_000, 2000, 0.4
BATCH_ROWS = 10_000
_DATASET, _FIELD = "bench_texts", "content"


def stored(rows: int = ROWS, words: int = WORDS) -> list[Item]:
    """Rows a second through decode, scan, offsets in code points, and a Parquet file of hits on the disk."""
    data = make(rows, words)
    with own_home() as folder:
        path = folder / "lake" / "tables" / _DATASET / "texts.parquet"
        path.parent.mkdir(parents=True)
        ids = pa.array([hashlib.sha256(str(place).encode()).hexdigest()[:32] for place in range(rows)])
        pq.write_table(pa.table({"_row": ids, _FIELD: data.column.cast(pa.string())}), path)
        pin = DatasetPin(
            dataset=_DATASET,
            version=1,
            files=(str(path),),
            superseding=False,
            rows=rows,
            extract_on=None,
            coverage=(),
        )
        snapshot = Snapshot(id="bench", pinned_at=now(), datasets={_DATASET: pin})
        ours, decode = alternate(lambda: _first_time(snapshot, data.words), lambda: _decode(path))
        same = _first_time(snapshot, data.words) == find_words(data.column, data.words).num_rows
    return [
        Item(
            name="screening.stored",
            title=f"从 Parquet 到命中落盘，{words} 词，首次",
            figure=rows / ours.wall,
            unit="行/秒",
            peer="pyarrow 只解码",
            peer_figure=rows / decode.wall,
            bar=BAR,
            better="higher",
            same=same,
            rows=rows,
            facts=cpu_facts(ours, decode),
        )
    ]


def _first_time(snapshot: Snapshot, words: tuple[str, ...]) -> int:
    shutil.rmtree(home().lake / "hits", ignore_errors=True)
    with open_session(snapshot) as session:
        view = session.hits(_DATASET, _FIELD, words)
        return int(session.sql(f"select count(*) as n from {view}")["n"][0].as_py())


def _decode(path: Path) -> int:
    batches = pq.ParquetFile(path).iter_batches(batch_size=BATCH_ROWS, columns=["_row", _FIELD])
    return sum(batch.num_rows for batch in batches)


MEASURES = [Measure("screening.stored", "从 Parquet 到命中落盘", stored, one_core=False)]
