"""Snapshots are kept whole, and a person can be taken out of every one of them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shujian.kernel.errors import BadInput
from shujian.lake.arrivals import snapshots
from shujian.lake.arrivals.conftest import docx_bytes
from shujian.lake.arrivals.snapshots import forget, keep
from shujian.lake.conftest import number

GONE, STAYS = number(1), number(2)


def _keep(name: str, **files: bytes) -> Path:
    draft = snapshots.draft_folder("t_source", name)
    for file, body in files.items():
        (draft / file.replace("__", ".")).write_bytes(body)
    return keep(draft, "t_source", name, {"kind": "test"}).folder


def test_a_snapshot_is_kept_once_and_read_by_its_id(arrivals_home: Path) -> None:
    folder = _keep("a", page__txt=b"x")
    assert json.loads((folder / "record.json").read_text("utf-8"))["kind"] == "test"
    _keep("a", page__txt=b"other")
    assert (folder / "page.txt").read_bytes() == b"x"
    assert [one.id for one in snapshots.snapshots("t_source")] == ["a"]
    assert not list((snapshots.root() / "t_source").glob(".draft*"))
    for wrong in ("b", "../t_source/a", ".draft-a"):
        with pytest.raises(BadInput):
            snapshots.read_snapshot("t_source", wrong)


def test_a_person_leaves_tables_pages_and_packages(arrivals_home: Path) -> None:
    rows = pa.table({"c0": ["示例甲", "示例乙"], "c1": [GONE, STAYS]}).replace_schema_metadata(
        {"title0": "姓名"}
    )
    table = _keep("table")
    pq.write_table(rows, table / "rows.parquet")
    before = hashlib.sha256((table / "rows.parquet").read_bytes()).hexdigest()
    pages = _keep(
        "pages", a__html=f"<p>{GONE}</p>".encode("gb18030"), b__html=f"<p>{STAYS}</p>".encode(),
        c__docx=docx_bytes([f"身份证号 {GONE}"]), d__html=f"<p>{GONE[:6]}<b>{GONE[6:]}</b></p>".encode(),
        e__json=json.dumps({"lines": [GONE]}).encode(),
    )  # fmt: skip
    removed = forget([GONE.encode()])
    assert sorted((one.snapshot, one.file, one.rows, one.left) for one in removed) == [
        ("pages", "a.html", 1, None), ("pages", "c.docx", 1, None), ("pages", "d.html", 1, None),
        ("pages", "e.json", 1, None), ("table", "rows.parquet", 1, 1),
    ]  # fmt: skip
    left = pq.read_table(table / "rows.parquet")
    assert (
        left.to_pydict() == {"c0": ["示例乙"], "c1": [STAYS]}
        and left.schema.metadata[b"title0"] == "姓名".encode()
    )
    assert sorted(path.name for path in pages.iterdir()) == ["b.html", "record.json"]
    (entry,) = json.loads((table / "record.json").read_text("utf-8"))["forgotten"]
    assert (entry["sha256"], entry["rows"], entry["left"]) == (before, 1, 1)
    everything = b"".join(path.read_bytes() for path in snapshots.root().rglob("*") if path.is_file())
    assert GONE.encode() not in everything and STAYS.encode() in everything
    assert forget([GONE.encode()]) == [] and forget([]) == [] and forget([b""]) == []


def test_drafts_of_a_dead_process_are_searched_too(arrivals_home: Path) -> None:
    draft = snapshots.draft_folder("t_source", "http")
    (draft / "a.txt").write_text(GONE, "utf-8")
    assert [one.file for one in forget([GONE.encode()])] == ["a.txt"]
    assert not (draft / "a.txt").exists()
