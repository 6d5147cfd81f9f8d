"""Scans: a fake recogniser stands in for the engine here; the real one is tried in the lane ``ocr`` where installed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from shujian.kernel.errors import Fault, Unavailable
from shujian.lake import read
from shujian.lake.arrivals import recogniser as engines
from shujian.lake.arrivals import snapshots
from shujian.lake.arrivals.conftest import pdf_bytes
from shujian.lake.arrivals.recogniser import Line, UnreadablePicture
from shujian.lake.arrivals.scans import page_of, recognise, rows_of

Folder = Callable[..., Path]
PNG = b"\x89PNG\r\n\x1a\n"


class FakeRecogniser:
    """Reads what the picture's bytes are told to say; counts its pages and can break off like a power cut."""

    name = "fake 1"

    def __init__(self, says: dict[bytes, list[Line]], breaks_at: int | None = None) -> None:
        self.says = says
        self.read_pages = 0
        self.breaks_at = breaks_at

    def read(self, picture: Any) -> Sequence[Line]:
        if self.read_pages == self.breaks_at:
            raise KeyboardInterrupt
        self.read_pages += 1
        if picture not in self.says:
            raise UnreadablePicture(Fault(code="unreadable_picture", message="图片打不开"))
        return self.says[picture]


def _lines(*rows: tuple[str, float]) -> list[Line]:
    return [Line(text, sure, (10, 40 * at, 400, 40 * at + 30)) for at, (text, sure) in enumerate(rows)]


def _page(n: int, sure: float = 0.99, content_sure: float = 0.99) -> list[Line]:
    return _lines(
        (f"受案编号：示公受案〔2026〕{n}号", sure),
        (f"公开时间：2026-05-0{n}", 0.98),
        ("进展内容：已立案", content_sure),
    )


def test_a_sure_scan_lands_with_how_sure_each_field_is(arrivals_home: Path, folder: Folder) -> None:
    root = folder({"a.png": PNG + b"1", "b.txt": "受案编号：示公受案〔2026〕9号\n公开时间：2026-05-09"})
    done, report = recognise("police_disclosure", root, FakeRecogniser({PNG + b"1": _page(1)}))
    assert (done.pages, done.recognised, done.kept, report.files[0].landed) == (1, 1, 0, 2)
    with read.open_session(read.pin()) as session:
        rows = session.sql(
            f"select case_no, content, _file, _extra from {session.attach('police_disclosure')} order by _file"
        ).to_pylist()
    assert [(row["case_no"], row["_file"]) for row in rows] == [
        ("示公受案〔2026〕1号", "a.png"), ("示公受案〔2026〕9号", "b.txt"),
    ]  # fmt: skip
    extra = json.loads(rows[0]["_extra"])
    assert json.loads(extra["识别把握"]) == {"case_no": "0.99", "disclosed_at": "0.98", "content": "0.99"}
    assert extra["文书格式"] == "ocr" and "待核对" not in extra
    assert "识别把握" not in json.loads(rows[1]["_extra"])


def test_what_is_unsure_waits_for_a_person(arrivals_home: Path, folder: Folder) -> None:
    """An unsure key rejects the document; unsure free text stays and is marked; other unsure fields are withheld."""
    unit = [
        *_page(3),
        Line("办案类别", 0.99, (10, 200, 90, 230)),
        Line("案件类别：刑亊", 0.7, (10, 300, 200, 330)),
    ]
    says = {PNG + b"1": _page(1, sure=0.89), PNG + b"2": _page(2, content_sure=0.5), PNG + b"3": unit}
    root = folder({f"{n}.png": PNG + str(n).encode() for n in (1, 2, 3)})
    _, report = recognise("police_disclosure", root, FakeRecogniser(says), max_rejects="1")
    assert (report.files[0].landed, report.files[0].rejected) == (2, 1)
    (reject,) = read.rejects(report.batch)
    assert (reject.file, reject.field, reject.code) == ("1.png", "受案编号", "needs_review")
    assert reject.found == "示公受案〔2026〕1号（把握 0.89）"
    with read.open_session(read.pin()) as session:
        rows = session.sql(
            f"select kind, content, _extra from {session.attach('police_disclosure')} order by case_no"
        ).to_pylist()
    assert rows[0]["content"] == "已立案"
    assert json.loads(json.loads(rows[0]["_extra"])["待核对"]) == {"content": ""}
    assert rows[1]["kind"] is None
    assert json.loads(json.loads(rows[1]["_extra"])["待核对"]) == {"kind": "刑亊"}


def test_a_job_that_was_stopped_goes_on_where_it_was(arrivals_home: Path, folder: Folder) -> None:
    says = {PNG + str(n).encode(): _page(n) for n in (1, 2, 3)}
    root = folder({f"{n}.png": PNG + str(n).encode() for n in (1, 2, 3)})
    first = FakeRecogniser(says, breaks_at=2)
    with pytest.raises(KeyboardInterrupt):
        recognise("police_disclosure", root, first)
    second = FakeRecogniser(says)
    done, report = recognise("police_disclosure", root, second)
    assert (first.read_pages, second.read_pages) == (2, 1)
    assert (done.recognised, done.kept, report.files[0].landed) == (1, 2, 3)
    third = FakeRecogniser(says)
    done, report = recognise("police_disclosure", root, third)
    assert (third.read_pages, done.kept, report.files[0].state) == (0, 3, "same")
    pages = list(snapshots.root().glob("police_disclosure/ocr-*/page-00001.json"))
    assert len(pages) == 3 and {oct(path.stat().st_mode & 0o777) for path in pages} == {"0o600"}


def test_a_scanned_pdf_is_rendered_page_by_page(arrivals_home: Path, folder: Folder) -> None:
    class Rendering(FakeRecogniser):
        def read(self, picture: Any) -> Sequence[Line]:
            assert picture.shape[2] == 3 and max(picture.shape) <= 4000
            return _page(1)

    root = folder({"a.pdf": pdf_bytes([], picture=True), "坏.png": PNG})
    done, report = recognise("police_disclosure", root / "a.pdf", Rendering({}))
    assert (done.pages, report.files[0].landed) == (1, 1)
    _, report = recognise("police_disclosure", root / "坏.png", FakeRecogniser({}), max_rejects="1")
    assert [(one.file, one.code) for one in read.rejects(report.batch)] == [("坏.png", "unreadable_picture")]


def test_a_reading_that_tells_a_person_is_forgotten_with_the_rest(
    arrivals_home: Path, folder: Folder
) -> None:
    root = folder({"a.png": PNG + b"1"})
    recognise("police_disclosure", root, FakeRecogniser({PNG + b"1": _page(1)}))
    assert [one.file for one in snapshots.forget(["示公受案〔2026〕1号".encode()])] == ["page-00001.json"]


def test_cells_beside_each_other_are_one_row_and_pairs() -> None:
    cells = [
        Line("公开时间", 0.9, (10, 52, 90, 80)), Line("示1号", 0.95, (120, 12, 200, 40)),
        Line("2026-05-01", 0.8, (120, 50, 200, 81)), Line("受案编号", 0.99, (10, 10, 90, 40)),
    ]  # fmt: skip
    page = page_of(rows_of(cells), "a.png")
    assert page.text == "受案编号 示1号\n公开时间 2026-05-01"
    assert page.pairs == (("受案编号", "示1号"), ("公开时间", "2026-05-01")) and page.sure == (0.95, 0.8)


def test_without_the_engine_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_PACKAGE", "no_such_engine")
    with pytest.raises(Unavailable) as caught:
        engines.recogniser()
    assert caught.value.exit_code == 4 and "make ocr" in (caught.value.faults[0].expected or "")
