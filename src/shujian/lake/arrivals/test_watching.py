"""A watched folder: half-written files stay, the queue goes on after a bad one, a crash at any step doubles nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from shujian.kernel.errors import BadInput, Unavailable
from shujian.lake import read
from shujian.lake.arrivals import inbox
from shujian.lake.arrivals.watching import Taken, Watcher, watch
from shujian.lake.conftest import STAFF, number
from shujian.lake.locks import writing

HEADER = "姓名,身份证号,入编日期\n"
DIE = """
import sys
from pathlib import Path
from shujian.lake.arrivals.watching import watch
watch(Path(sys.argv[1]), lambda taken: None, once=True, interval=0, pause=lambda seconds: False)
"""
STEPS = (
    "watch.after_sidecar", "watch.after_claim", "ingest.after_files", "ingest.after_delta", "watch.after_ingest",
    "watch.after_note", "watch.after_move",
)  # fmt: skip


@pytest.fixture
def box(arrivals_home: Path, tmp_path: Path) -> Path:
    folder = arrivals_home / "catalogue" / "sources"
    folder.mkdir(parents=True)
    (folder / "t_staff.yaml").write_text(STAFF, "utf-8")
    (tmp_path / "box" / "t_staff").mkdir(parents=True)
    return tmp_path / "box"


def _csv(first: int, last: int) -> str:
    return HEADER + "".join(f"示例甲,{number(n)},2020-01-01\n" for n in range(first, last))


def _look(watcher: Watcher) -> list[Taken]:
    found: list[Taken] = []
    watcher.look(found.append, lambda: False)
    return found


def _empty(box: Path) -> list[Taken]:
    found: list[Taken] = []
    watch(box, found.append, once=True, interval=0, pause=lambda seconds: False)
    return found


def _rows() -> int:
    with read.open_session(read.pin()) as session:
        return int(session.sql(f"select count(*) as n from {session.attach('t_staff')}")["n"][0].as_py())


def _inbox(box: Path) -> list[str]:
    return sorted(path.name for path in (box / "t_staff").iterdir())


def test_a_file_that_still_grows_is_left_alone_until_it_rests(box: Path) -> None:
    path = box / "t_staff" / "名册.csv"
    path.write_text(_csv(1, 3), "utf-8")
    watcher = Watcher(box)
    assert _look(watcher) == []
    path.write_text(_csv(1, 5), "utf-8")
    assert _look(watcher) == []
    (taken,) = _look(watcher)
    assert (taken.state, taken.name, _rows()) == ("done", "名册.csv", 4)
    assert taken.report is not None and taken.folder == box / "done" / taken.report.batch
    assert [path.name for path in taken.folder.iterdir()] == ["名册.csv"] and _inbox(box) == []
    assert _look(watcher) == []


def test_a_file_open_for_writing_is_left_alone_though_it_rests(box: Path) -> None:
    path = box / "t_staff" / "名册.csv"
    with path.open("w", encoding="utf-8") as writer:
        writer.write(_csv(1, 3))
        writer.flush()
        assert inbox.being_written(path) and _empty(box) == []
    assert not inbox.being_written(path)
    assert [one.state for one in _empty(box)] == ["done"]


def test_names_of_half_written_files_and_links_are_passed_over(box: Path, tmp_path: Path) -> None:
    for name in (
        "a.csv.part",
        "b.TMP",
        "~$c.xlsx",
        ".d.csv",
        "e.csv.crdownload",
        "f.csv.meta.yaml",
        "g.csv~",
    ):
        (box / "t_staff" / name).write_text(_csv(1, 3), "utf-8")
    (tmp_path / "elsewhere.csv").write_text(_csv(1, 3), "utf-8")
    (box / "t_staff" / "link.csv").symlink_to(tmp_path / "elsewhere.csv")
    before = _inbox(box)
    assert _empty(box) == [] and _inbox(box) == before


def test_the_queue_goes_on_after_a_bad_file(box: Path) -> None:
    (box / "t_staff" / "a_坏.csv").write_text("没有,这样的,表头\n1,2,3\n", "utf-8")
    (box / "t_staff" / "b_多坏行.csv").write_text(HEADER + "示例甲,x,不是日期\n", "utf-8")
    (box / "t_staff" / "c_好.csv").write_text(_csv(1, 3), "utf-8")
    (box / "没有的源").mkdir()
    (box / "没有的源" / "x.csv").write_text("a\n", "utf-8")
    found = {one.name: one for one in _empty(box)}
    assert {name: one.state for name, one in found.items()} == {
        "a_坏.csv": "refused", "b_多坏行.csv": "refused", "c_好.csv": "done", "x.csv": "refused",
    }  # fmt: skip
    assert _rows() == 2
    told = {
        name: (one.folder / f"{name}.说明.txt").read_text("utf-8")
        for name, one in found.items()
        if one.folder and one.faults
    }
    assert "没有找到“示例名册”的表头" in told["a_坏.csv"]
    assert (
        "不合格的行超过上限" in told["b_多坏行.csv"] and "shujian lake rejects batch-" in told["b_多坏行.csv"]
    )
    assert "没有这个数据源" in told["x.csv"]
    assert not list((box / ".work").glob("*/*"))


@pytest.mark.parametrize(
    ("name", "sidecar", "state", "as_of"),
    [
        ("名册_2026-06-15.csv", None, "done", "2026-06-15"),
        ("名册.csv", "as_of: 2026-06-01\n", "done", "2026-06-01"),
        ("名册_2026-06-15.csv", "as_of: 2026-06-02\n", "done", "2026-06-02"),
        ("名册.csv", None, "done", None),
        ("名册_2026-06-31.csv", None, "refused", None),
        ("名册_2026-07-01.csv", None, "refused", None),
        ("名册.csv", "asof: 2026-06-01\n", "refused", None),
        ("名册.csv", "- 1\n", "refused", None),
    ],
)
def test_the_extract_date_comes_from_sidecar_or_name(
    box: Path, name: str, sidecar: str | None, state: str, as_of: str | None
) -> None:
    (box / "t_staff" / name).write_text(_csv(1, 3), "utf-8")
    if sidecar:
        (box / "t_staff" / f"{name}.meta.yaml").write_text(sidecar, "utf-8")
    (taken,) = _empty(box)
    assert taken.state == state and _inbox(box) == []
    if state == "done":
        (dataset,) = read.datasets()
        assert (str(dataset.extract_on) if dataset.extract_on else None) == as_of


def test_a_sidecar_declares_coverage(box: Path) -> None:
    (box / "t_staff" / "a.csv").write_text(_csv(1, 3), "utf-8")
    (box / "t_staff" / "a.csv.meta.yaml").write_text(
        "as_of: 2026-06-30\ncoverage:\n  - {from: 2020-01-01, to: extract, complete: true, stated_by: 示例来函}\n",
        "utf-8",
    )
    assert [one.state for one in _empty(box)] == ["done"]
    assert {one.state for one in read.quality("t_staff").coverage} == {"declared"}


def test_a_folder_of_documents_is_one_batch(box: Path) -> None:
    folder = box / "police_disclosure" / "五月"
    folder.mkdir(parents=True)
    for n in (1, 2):
        (folder / f"{n}.txt").write_text(f"受案编号：示公受案〔2026〕{n}号\n公开时间：2026-05-0{n}", "utf-8")
    (taken,) = _empty(box)
    assert taken.report is not None and taken.report.files[0].landed == 2
    assert taken.folder and sorted(path.name for path in (taken.folder / "五月").iterdir()) == [
        "1.txt",
        "2.txt",
    ]


def test_a_busy_dataset_is_tried_again(box: Path) -> None:
    (box / "t_staff" / "a.csv").write_text(_csv(1, 3), "utf-8")
    watcher = Watcher(box)
    _look(watcher)
    with writing("t_staff"):
        (taken,) = _look(watcher)
    assert (taken.state, taken.folder) == ("waiting", None)
    assert [one.state for one in _look(watcher)] == ["done"] and _rows() == 2


@pytest.mark.parametrize("step", STEPS)
def test_a_crash_at_any_step_loses_and_doubles_nothing(box: Path, step: str) -> None:
    for name, first in (("a.csv", 1), ("b.csv", 3)):
        (box / "t_staff" / name).write_text(_csv(first, first + 2), "utf-8")
        (box / "t_staff" / f"{name}.meta.yaml").write_text("as_of: 2026-06-01\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", DIE, str(box)],
        env={**os.environ, "SHUJIAN_FAILPOINT": step},
        capture_output=True,
    )
    assert done.returncode == 70, done.stderr.decode()
    _empty(box)
    assert (_rows(), _inbox(box), list((box / ".work").glob("*/*"))) == (4, [], [])
    put = sorted(path.name for path in (box / "done").glob("*/*"))
    assert put == ["a.csv", "a.csv.meta.yaml", "b.csv", "b.csv.meta.yaml"]
    assert [str(one.extract_on) for one in read.datasets()] == ["2026-06-01"]
    assert not (box / "refused").exists()


def test_two_watchers_do_not_fight_and_a_missing_folder_is_told(box: Path) -> None:
    with inbox.watching(box), pytest.raises(Unavailable) as caught:
        _empty(box)
    assert caught.value.faults[0].code == "busy"
    with pytest.raises(BadInput):
        _empty(box / "nothing")


def test_a_signal_ends_the_watch_after_the_file_in_hand(box: Path) -> None:
    (box / "t_staff" / "a.csv").write_text(_csv(1, 3), "utf-8")
    watcher = subprocess.Popen(
        [str(Path(sys.executable).with_name("shujian")), "lake", "watch", str(box), "--interval", "0.2"],
        stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert watcher.stderr is not None
    line = next(line for line in watcher.stderr if "a.csv" in line)
    assert "已导入" in line
    watcher.send_signal(signal.SIGTERM)
    out, rest = watcher.communicate()
    assert (watcher.returncode, out) == (0, "") and "已停止" in rest
    assert _rows() == 2
