"""Parquet: types read exactly, rows numbered, damage refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shujian.lake import read, service

Put = Callable[..., Path]


def _landed(columns: str) -> list[dict[str, Any]]:
    with read.open_session(read.pin()) as session:
        view = session.attach("t_firms")
        return list(session.sql(f"select {columns} from {view} order by _line").to_pylist())


def test_every_type_lands_exactly(lake_home: Path, tmp_path: Path) -> None:
    moment = datetime(2026, 6, 1, 0, 30, tzinfo=UTC)
    table = pa.table({
        "文号": pa.array(["示1", "示2"]).dictionary_encode(),
        "企业名称": pa.array(["示例厂", None], pa.large_string()),
        "时间": pa.array([moment, None], pa.timestamp("ns", "UTC")),
        "数量": pa.array([Decimal("123456789.123456"), Decimal("-0.000001")], pa.decimal128(18, 6)),
        "次数": pa.array([9007199254740993, 2], pa.int64()),
        "经度": pa.array([113.5, 113.496251], pa.float64()),
        "日": pa.array([date(2026, 6, 1), None]), "真": pa.array([True, None]),
        "表": pa.array([[{"a": Decimal("1.50")}], None], pa.list_(pa.struct([("a", pa.decimal128(5, 2))]))),
        "字节": pa.array(["示例".encode(), None], pa.binary()), "大数": pa.array([1e20, 250000.0]),
    })  # fmt: skip
    path = tmp_path / "a.parquet"
    pq.write_table(table, path)
    (file,) = service.ingest("t_firms", [path]).files
    assert (file.state, file.landed, file.header_line, file.encoding) == ("landed", 2, None, None), (
        file.faults
    )
    rows = _landed('_line, doc_no, company, "at", amount, "count", lon, _extra')
    assert [row["_line"] for row in rows] == [1, 2]
    assert [row["at"] for row in rows] == [datetime(2026, 6, 1, 8, 30), None]  # noqa: DTZ001
    assert [row["amount"] for row in rows] == [Decimal("123456789.123456"), Decimal("-0.000001")]
    assert [row["count"] for row in rows] == [9007199254740993, 2]
    assert [str(row["lon"]) for row in rows] == ["113.500000", "113.496251"]
    assert json.loads(rows[0]["_extra"]) == {
        "大数": "1e+20", "字节": "示例", "日": "2026-06-01", "真": "true", "表": '[{"a": "1.50"}]',
    }  # fmt: skip
    assert json.loads(rows[1]["_extra"]) == {"大数": "250000"}


def _written(tmp_path: Path) -> bytes:
    path = tmp_path / "good.parquet"
    pq.write_table(pa.table({"文号": [f"示{n}" for n in range(5000)], "企业名称": ["示例厂"] * 5000}), path)
    return path.read_bytes()


def test_damage_is_refused_with_a_reason(lake_home: Path, tmp_path: Path, put: Put) -> None:
    good = _written(tmp_path)
    holed = good[:40] + b"\xff" * 400 + good[440:]
    cases = {
        "cut": (good[:-9], "truncated"),
        "holed": (holed, "unreadable_parquet"),
        "footer": (good[:-200] + b"\0" * 192 + good[-8:], "unreadable_parquet"),
    }
    report = service.ingest("t_firms", [put(f"{name}.parquet", body) for name, (body, _) in cases.items()])
    assert [[fault.code for fault in file.faults] for file in report.files] == [
        [code] for _, code in cases.values()
    ]


def test_more_rows_than_bytes_can_tell_is_a_bomb(lake_home: Path, tmp_path: Path) -> None:
    limits = lake_home / "catalogue" / "limits"
    limits.mkdir()
    (limits / "reading.yaml").write_text("parquet_rows_per_byte: 1\n", "utf-8")
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"文号": pa.array(["示"] * 100_000)}), path)
    (file,) = service.ingest("t_firms", [path]).files
    assert [fault.code for fault in file.faults] == ["zip_bomb"]


@pytest.mark.parametrize("column", ["文号", "别的"])
def test_a_nul_in_a_cell_costs_its_row(lake_home: Path, tmp_path: Path, column: str) -> None:
    path = tmp_path / "a.parquet"
    rows = [{"文号": f"示{n}", "别的": "x"} for n in range(4)]
    rows[2][column] = "a\0b"
    pq.write_table(pa.Table.from_pylist(rows), path)
    report = service.ingest("t_firms", [path], max_rejects="1")
    assert (report.files[0].landed, report.files[0].rejected) == (3, 1)
    assert [(one.line, one.code, one.field) for one in read.rejects(report.batch)] == [
        (3, "nul_byte", column)
    ]
