"""Arrivals that are no files: rows with provenance of their own, one commit for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from shujian.lake import log, read, service
from shujian.lake.landing import Arrival, Delivery
from shujian.lake.reading.encoding import Sniffed
from shujian.lake.reading.headers import Matcher
from shujian.lake.reading.records import BadRecord, Chunk, Opened

TITLES = ["姓名", "入编日期", "备注"]


def _folder(rows: list[tuple[str, str, str]], bad: list[BadRecord], digest: str = "d" * 64) -> Arrival:
    """An arrival whose every row is a document of its own."""

    def open_it(sniffed: Sniffed, delivery: Delivery, work: Path) -> Opened:
        columns = Matcher(delivery.contract).columns(TITLES, file="文书", line=1)

        def chunks() -> Iterator[Chunk]:
            cells = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
            names = pa.array([f"卷/{row[0]}.txt" for row in rows])
            told = {"_file": names, "_sha256": pa.array([row[0] * 2 for row in rows])}
            yield Chunk(cells, np.arange(1, len(rows) + 1), bad, told)

        return Opened(columns, 1, None, None, False, chunks, chunks)

    return Arrival(Path("文书"), "文书", lambda: Sniffed(digest, 1, "documents", None), open_it, line=1)


def test_every_row_keeps_its_own_file_and_digest(lake_home: Path) -> None:
    rows = [("示例甲", "2020-01-01", "x"), ("示例乙", "2020-01-02", "y"), ("示例丙", "不是日期", "z")]
    torn = BadRecord(1, "corrupt", "0 字节", "能打开的文书", "", "卷/坏.pdf", "全文")
    report = service.land("t_staff", [_folder(rows, [torn])], max_rejects="2").files[0]
    assert (report.state, report.read, report.landed, report.rejected) == ("landed", 4, 2, 2)
    with read.open_session(read.pin()) as session:
        found = session.sql(
            f"select name, _file, _sha256, _line from {session.attach('t_staff')} order by joined_on"
        ).to_pylist()
    assert [tuple(row.values()) for row in found] == [
        ("示例甲", "卷/示例甲.txt", "示例甲示例甲", 1),
        ("示例乙", "卷/示例乙.txt", "示例乙示例乙", 1),
    ]
    (batch,) = [path.name for path in (lake_home / "lake" / "batches").iterdir()]
    assert [(one.file, one.line, one.field, one.code) for one in read.rejects(batch)] == [
        ("卷/坏.pdf", 1, "全文", "corrupt"),
        ("卷/示例丙.txt", 1, "入编日期", "wrong_type"),
    ]


def test_the_same_digest_again_adds_nothing_and_a_longer_folder_only_what_is_new(lake_home: Path) -> None:
    rows = [("示例甲", "2020-01-01", "x"), ("示例乙", "2020-01-02", "y")]
    service.land("t_staff", [_folder(rows, [])])
    assert service.land("t_staff", [_folder(rows, [])]).files[0].state == "same"
    more = service.land("t_staff", [_folder([*rows, ("示例丁", "2020-01-03", "z")], [], "e" * 64)]).files[0]
    assert (more.landed, more.changed, more.unchanged) == (1, 0, 2)
    assert len(list(log.table_path("t_staff").glob("*.parquet"))) == 2
