"""Snapshots are kept whole, and a person can be taken out of every one of them."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shujian.kernel.errors import BadInput, Fault
from shujian.lake.arrivals import snapshots
from shujian.lake.arrivals.conftest import docx_bytes
from shujian.lake.arrivals.forgetting import forget_arrivals, settle_documents, settle_table
from shujian.lake.arrivals.snapshots import forget, keep
from shujian.lake.closing import CODE
from shujian.lake.conftest import number
from shujian.lake.derived import Gone
from shujian.lake.rejects import Reject, RejectWriter
from shujian.lake.reports import FileReport, IngestReport

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


def test_an_erasure_is_answered_as_a_store(arrivals_home: Path) -> None:
    """A number in any spelling that the erasure's expression knows; a batch with the whole snapshot it came of."""
    kept = snapshots.read_snapshot("t_source", _keep("pages", a__txt=f"{GONE[:6]} {GONE[6:]}".encode()).name)
    other = snapshots.read_snapshot("t_source", _keep("batch", a__txt=b"x").name)
    snapshots.landed(kept, "batch-1")
    snapshots.landed(kept, "batch-1")
    snapshots.landed(other, "batch-2")
    gone = Gone("record", re.compile(" ?".join(GONE)), batches=frozenset({"batch-2", "batch-3"}))
    seen = forget_arrivals(gone, True)
    assert (seen.store, seen.found, seen.removed) == ("arrivals", 2, 0) and other.folder.exists()
    done = forget_arrivals(gone, False)
    assert (done.found, done.removed, other.folder.exists()) == (2, 2, False)
    assert [path.name for path in kept.folder.iterdir()] == ["record.json"]
    assert json.loads((kept.folder / "record.json").read_text("utf-8"))["batches"] == ["batch-1"]
    assert forget_arrivals(gone, False).found == 0


def _report(batch: str, *faults: Fault) -> IngestReport:
    state = "refused" if faults else "landed"
    return IngestReport(batch, "t_source", (FileReport("x", state, faults=faults),), 1.0, "snap-1")


def test_what_must_not_be_kept_leaves_the_snapshot(arrivals_home: Path) -> None:
    kept = snapshots.read_snapshot("t_source", _keep("shut", a__txt=b"x", b__txt=b"y").name)
    table = kept.folder / "rows.parquet"
    pq.write_table(pa.table({"c0": ["1", "2", "3", "4"]}), table)
    writer = RejectWriter("batch-1", 0)
    writer.add([
        Reject("sql:x/y", None, 2, None, None, None, CODE, ""), Reject("a", None, 1, None, None, None, CODE, ""),
        Reject("sql:x/y", None, 3, "f", None, None, "wrong_type", ""),
        Reject("sql:x/y", None, 4, None, None, None, "erased_person", ""),
    ])  # fmt: skip
    writer.finish()
    settle_table(kept, table, _report("batch-1"))
    assert pq.read_table(table).to_pydict() == {"c0": ["3"]}
    settle_documents(kept, {"a": [kept.folder / "a.txt"], "b": [kept.folder / "b.txt"]}, _report("batch-1"))
    assert not (kept.folder / "a.txt").exists() and (kept.folder / "b.txt").exists()
    assert snapshots.read_snapshot("t_source", "shut").record["batches"] == ["batch-1"]
    settle_table(kept, table, _report("batch-2", Fault(code="erased_file", message="已删除")))
    assert not kept.folder.exists()
