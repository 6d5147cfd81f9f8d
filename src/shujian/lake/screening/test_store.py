"""Hits are paid once per word and data file, answer exactly what was asked, and survive a power cut."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shujian.kernel.errors import BadInput
from shujian.lake.screening import cuts, store
from shujian.lake.screening.scan import TEXT_HITS

FIRST = ["夜间噪声扰民", None, "工地扬尘", "无事"]
SECOND = ["噪声", "扬尘和噪声扰民"]


@dataclass(frozen=True)
class OnePin:
    files: tuple[str, ...]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path / "home"))


@pytest.fixture
def scanned(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[str, ...]]]:
    """Every scan of a file that really happened: the file's name and the words."""
    seen: list[tuple[str, tuple[str, ...]]] = []
    really = store._scan_file

    def watched(folder: Path, field: str, file: Path, words: Sequence[str], progress: object) -> store.Pack:
        seen.append((file.name, tuple(words)))
        return really(folder, field, file, words, progress)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "_scan_file", watched)
    return seen


def data_file(folder: Path, name: str, texts: Sequence[str | None]) -> str:
    rows = [f"{name}-{number}" for number in range(len(texts))]
    path = folder / f"{name}.parquet"
    pq.write_table(pa.table({"_row": rows, "content": pa.array(texts, pa.string())}), path)
    return str(path)


@pytest.fixture
def pin(tmp_path: Path) -> OnePin:
    return OnePin((data_file(tmp_path, "p1", FIRST), data_file(tmp_path, "p2", SECOND)))


def hits(files: Sequence[Path]) -> list[tuple[str, str, int, int]]:
    """All stored hits, sorted; a hit that is stored twice shows twice."""
    tables = [pq.read_table(path) for path in files]
    assert all(table.schema.remove_metadata() == TEXT_HITS for table in tables)
    return sorted(tuple(row.values()) for table in tables for row in table.to_pylist())


NOISE = [("p1-0", "噪声", 2, 2), ("p2-0", "噪声", 0, 2), ("p2-1", "噪声", 3, 2)]
DUST = [("p1-2", "扬尘", 2, 2), ("p2-1", "扬尘", 0, 2)]


def test_exactly_the_words_asked_for(pin: OnePin) -> None:
    assert hits(store.ensure("orders", "content", ["噪声", "扬尘"], pin)) == sorted(NOISE + DUST)
    assert hits(store.ensure("orders", "content", ["噪声"], pin)) == NOISE
    assert hits(store.ensure("orders", "content", ["扬尘", "扬尘"], pin)) == DUST
    assert hits(store.ensure("orders", "content", ["没有的词"], pin)) == []


def test_each_word_is_paid_once_per_file(pin: OnePin, scanned: list[tuple[str, tuple[str, ...]]]) -> None:
    store.ensure("orders", "content", ["噪声"], pin)
    store.ensure("orders", "content", ["噪声"], pin)
    assert scanned == [("p1.parquet", ("噪声",)), ("p2.parquet", ("噪声",))]
    assert hits(store.ensure("orders", "content", ["噪声", "扬尘"], pin)) == sorted(NOISE + DUST)
    assert scanned[2:] == [("p1.parquet", ("扬尘",)), ("p2.parquet", ("扬尘",))]
    store.ensure("orders", "title", ["噪声"], pin)
    assert len(scanned) == 6
    assert store.paid("orders", "content", pin.files[0]) == {"噪声", "扬尘"}


def test_a_new_file_is_scanned_and_an_old_one_is_not(
    tmp_path: Path, pin: OnePin, scanned: list[tuple[str, tuple[str, ...]]]
) -> None:
    store.ensure("orders", "content", ["噪声", "扬尘"], pin)
    del scanned[:]
    grown = OnePin((*pin.files, data_file(tmp_path, "p3", ["噪声"])))
    assert hits(store.ensure("orders", "content", ["噪声"], grown)) == [*NOISE, ("p3-0", "噪声", 0, 2)]
    assert scanned == [("p3.parquet", ("噪声",))]
    assert hits(store.ensure("orders", "content", ["噪声"], pin)) == NOISE
    assert len(scanned) == 1


def test_nothing_asked_nothing_stored(pin: OnePin, tmp_path: Path) -> None:
    assert store.ensure("orders", "content", [], pin) == []
    assert store.ensure("orders", "content", ["噪声"], OnePin(())) == []
    assert not (tmp_path / "home").exists()
    with pytest.raises(BadInput, match="关键词不能为空"):
        store.ensure("orders", "content", ["噪声", ""], pin)


def test_a_file_without_the_field_has_no_hits(pin: OnePin) -> None:
    files = store.ensure("orders", "absent_field", ["噪声"], pin)
    assert files and hits(files) == []


def test_another_file_of_the_same_name_is_not_mistaken(tmp_path: Path, pin: OnePin) -> None:
    store.ensure("orders", "content", ["噪声"], pin)
    (tmp_path / "other").mkdir()
    other = OnePin((data_file(tmp_path / "other", "p1", ["噪声", "噪声噪声"]),))
    found = hits(store.ensure("orders", "content", ["噪声"], other))
    assert [hit[0] for hit in found] == ["p1-0", "p1-1", "p1-1"]


def test_torn_packs_are_made_anew(pin: OnePin, tmp_path: Path) -> None:
    for path in store.ensure("orders", "content", ["噪声"], pin):
        path.write_bytes(path.read_bytes()[:40])
    assert hits(store.ensure("orders", "content", ["噪声"], pin)) == NOISE


def test_a_new_file_leaves_the_cuts_of_the_others_as_they_are(tmp_path: Path, pin: OnePin) -> None:
    store.ensure("orders", "content", ["噪声", "扬尘"], pin)
    store.ensure("orders", "content", ["噪声"], pin)
    folder = tmp_path / "home/lake/hits/orders/content/cuts"
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    more = OnePin((*pin.files, data_file(tmp_path, "more", ["噪声扬尘"])))
    store.ensure("orders", "content", ["噪声", "扬尘"], more)
    assert len(hits(store.ensure("orders", "content", ["噪声"], more))) == 4
    after = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert len(before) == 2 and len(after) == 3 and before.items() <= after.items()


def test_cuts_do_not_pile_up(tmp_path: Path, pin: OnePin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cuts, "_KEPT", 4)
    one = OnePin(pin.files[:1])
    store.ensure("orders", "content", ["噪声", *(f"词{number}" for number in range(7))], one)
    for number in range(7):
        assert len(hits(store.ensure("orders", "content", ["噪声", f"词{number}"], one))) == 1
    assert len(list((tmp_path / "home/lake/hits/orders/content/cuts").glob("*.parquet"))) == 4


def test_several_lists_at_once_are_as_each_alone(
    pin: OnePin, scanned: list[tuple[str, tuple[str, ...]]]
) -> None:
    """Also a list given twice, an empty one, and one that needs no cut; each file is scanned once."""
    lists = [["噪声"], [], ["扬尘", "噪声"], ["噪声"], ["扬尘"]]
    found = store.ensure_each("orders", "content", lists, pin)
    assert [hits(each) if each else None for each in found] == [
        NOISE,
        None,
        sorted(NOISE + DUST),
        NOISE,
        DUST,
    ]
    assert found[0] == found[3]
    assert sorted(scanned) == [("p1.parquet", ("噪声", "扬尘")), ("p2.parquet", ("噪声", "扬尘"))]
    assert store.ensure_each("orders", "content", lists, pin) == found


def test_sweep_removes_what_no_snapshot_names(pin: OnePin, tmp_path: Path) -> None:
    store.ensure("orders", "content", ["噪声", "扬尘"], pin)
    store.ensure("orders", "content", ["噪声"], pin)
    assert store.sweep("orders", pin.files[:1]) == 2  # the pack of p2 and its cut
    assert store.paid("orders", "content", pin.files[0]) and not store.paid("orders", "content", pin.files[1])
    assert len(list((tmp_path / "home/lake/hits/orders/content/cuts").iterdir())) == 1
    assert hits(store.ensure("orders", "content", ["噪声"], pin)) == NOISE


def test_hits_of_a_table_in_memory_are_the_stored_ones(pin: OnePin) -> None:
    tables = pa.concat_tables([pq.read_table(path) for path in pin.files])
    stored = hits(store.ensure("orders", "content", ["噪声", "扬尘"], pin))
    in_memory = store.in_memory(tables, "content", ["扬尘", "噪声", "噪声"])
    assert in_memory.schema == TEXT_HITS
    assert sorted(tuple(row.values()) for row in in_memory.to_pylist()) == stored
    assert store.in_memory(tables, "no_field", ["噪声"]).num_rows == 0
    assert store.in_memory(tables, "content", []).num_rows == 0


@pytest.mark.parametrize(
    "place", ["screening.pack.written", "screening.pack.kept", "screening.cut.written", "screening.cut.kept"]
)
def test_a_power_cut_loses_nothing_and_doubles_nothing(
    place: str, pin: OnePin, tmp_path: Path, scanned: list[tuple[str, tuple[str, ...]]]
) -> None:
    script = (
        "import sys; from types import SimpleNamespace as Pin; from shujian.lake.screening import cuts, store\n"
        "pin = Pin(files=tuple(sys.argv[1:]))\n"
        "for words in (['噪声', '扬尘'], ['噪声']):\n    store.ensure('orders', 'content', words, pin)"
    )
    environment = {"SHUJIAN_HOME": str(tmp_path / "home"), "SHUJIAN_FAILPOINT": place, "PATH": ""}
    died = subprocess.run([sys.executable, "-c", script, *pin.files], env=environment, check=False)
    assert died.returncode == 70
    assert hits(store.ensure("orders", "content", ["噪声"], pin)) == NOISE
    assert hits(store.ensure("orders", "content", ["噪声", "扬尘"], pin)) == sorted(NOISE + DUST)
    assert not list((tmp_path / "home").rglob("*.part"))
    assert len(scanned) <= 4
