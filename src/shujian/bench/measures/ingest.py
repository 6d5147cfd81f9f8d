"""Ingest with everything on (types, names, ids, versions, rejects, commit) beside the bare reading of the same file."""

from __future__ import annotations

import resource
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import fastexcel
import pyarrow.parquet as pq
import xlsxwriter

from shujian.bench.homes import own_home
from shujian.bench.measure import Item, Measure, alternate, cpu_facts
from shujian.bench.tables import SOURCE, SOURCE_ID, TITLES, TYPES, pieces, write_csv
from shujian.kernel.home import home
from shujian.lake.service import ingest

ROWS, SHEET_ROWS, PEAK_ROWS = 500_000, 100_000, 10_000_000
BAR, PEAK_MB = 0.5, 2048.0
ROUNDS = 3


def _with_source(folder: Path) -> None:
    path = folder / "catalogue" / "sources" / f"{SOURCE_ID}.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(SOURCE, "utf-8")


def _ours(path: Path) -> int:
    """Land the file in an empty lake."""
    shutil.rmtree(home().lake, ignore_errors=True)
    (file,) = ingest(SOURCE_ID, [path]).files
    return file.landed


def _bare(path: Path, target: Path) -> int:
    """DuckDB's own reader with declared types, its rejects stored, straight to Parquet."""
    columns = "{" + ", ".join(f"'{title}': '{kind}'" for title, kind in zip(TITLES, TYPES, strict=True)) + "}"
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select * from read_csv('{path}', header = true, columns = {columns}, store_rejects = true))"
            f" to '{target}' (format parquet, compression zstd, compression_level 1)"
        )
    return int(pq.read_metadata(target).num_rows)


def _decoded(path: Path, folder: Path) -> int:
    text = path.read_bytes().decode("gb18030")
    copy = folder / "decoded.csv"
    copy.write_text(text, "utf-8")
    return _bare(copy, folder / "bare.parquet")


def _sheet(path: Path, target: Path) -> int:
    batch = fastexcel.read_excel(path.read_bytes()).load_sheet(0).to_arrow()
    with pq.ParquetWriter(target, batch.schema, compression="zstd", compression_level=1) as writer:
        writer.write_batch(batch)
    return int(batch.num_rows)


def _write_sheet(path: Path, rows: int) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("名册")
    sheet.write_row(0, 0, TITLES)
    at = 1
    for piece in pieces(rows):
        for row in zip(*(column.to_pylist() for column in piece.columns), strict=True):
            sheet.write_row(at, 0, row)
            at += 1
    book.close()


def _measure(
    name: str,
    title: str,
    peer: str,
    rows: int,
    make: Callable[[Path], Path],
    bare: Callable[[Path, Path], int],
) -> list[Item]:
    with own_home() as folder, tempfile.TemporaryDirectory(prefix="shujian-bench-") as work:
        _with_source(folder)
        path = make(Path(work))
        landed = [0, 0]

        def ours() -> None:
            landed[0] = _ours(path)

        def theirs() -> None:
            landed[1] = bare(path, Path(work))

        mine, other = alternate(ours, theirs, rounds=ROUNDS)
    return [
        Item(
            name=name, title=title, figure=rows / mine.wall, unit="行/秒", peer=peer, peer_figure=rows / other.wall,
            bar=BAR, better="higher", same=landed == [rows, rows], rows=rows, facts=cpu_facts(mine, other),
        )
    ]  # fmt: skip


def _csv_file(work: Path) -> Path:
    write_csv(work / "register.csv", ROWS)
    return work / "register.csv"


def _gb_file(work: Path) -> Path:
    write_csv(work / "utf8.csv", ROWS)
    (work / "register.csv").write_bytes((work / "utf8.csv").read_bytes().decode("utf-8").encode("gb18030"))
    return work / "register.csv"


def _sheet_file(work: Path) -> Path:
    _write_sheet(work / "register.xlsx", SHEET_ROWS)
    return work / "register.xlsx"


def csv() -> list[Item]:
    """UTF-8 text to a committed dataset."""
    peer = "duckdb read_csv(store_rejects) → Parquet"
    return _measure(
        "ingest.csv",
        "导入 UTF-8 CSV，全部处理",
        peer,
        ROWS,
        _csv_file,
        lambda path, work: _bare(path, work / "bare.parquet"),
    )


def gb18030() -> list[Item]:
    """GB18030 text to a committed dataset."""
    peer = "Python 解码 + 同样的 read_csv → Parquet"
    return _measure("ingest.gb18030", "导入 GB18030 CSV，全部处理", peer, ROWS, _gb_file, _decoded)


def xlsx() -> list[Item]:
    """A sheet to a committed dataset."""
    peer = "fastexcel → Parquet"
    return _measure(
        "ingest.xlsx",
        "导入 XLSX，全部处理",
        peer,
        SHEET_ROWS,
        _sheet_file,
        lambda path, work: _sheet(path, work / "bare.parquet"),
    )


def peak() -> list[Item]:
    """The most memory that this process ever held while ten million rows landed."""
    with own_home() as folder, tempfile.TemporaryDirectory(prefix="shujian-bench-") as work:
        _with_source(folder)
        path = Path(work) / "register.csv"
        write_csv(path, PEAK_ROWS)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        landed = _ours(path)
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = path.stat().st_size
    return [
        Item(
            name="ingest.peak", title="导入 1000 万行时的内存峰值", figure=held, unit="MB", peer="造数据时已占用", peer_figure=before,
            bar=PEAK_MB, better="lower", bar_on="figure", same=landed == PEAK_ROWS, rows=PEAK_ROWS,
            facts={"file_bytes": size},
        )
    ]  # fmt: skip


MEASURES = [
    Measure("ingest.csv", "导入 UTF-8 CSV", csv, one_core=False),
    Measure("ingest.gb18030", "导入 GB18030 CSV", gb18030, one_core=False),
    Measure("ingest.xlsx", "导入 XLSX", xlsx, one_core=False),
    Measure("ingest.peak", "导入 1000 万行的内存峰值", peak, one_core=False),
]
