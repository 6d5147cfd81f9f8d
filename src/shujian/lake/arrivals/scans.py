"""Scanned pages as text: each page's reading is kept by digest, so that a job that was stopped goes on where it was.

A reading is never taken for certain: every line keeps how sure the engine was, and what is unsure waits for a person.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from shujian.kernel.clock import now
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import private_folder
from shujian.kernel.progress import Progress, Silent
from shujian.lake.arrivals import snapshots
from shujian.lake.arrivals.documents import Document, documents_arrival, file_document
from shujian.lake.arrivals.forgetting import settle_documents
from shujian.lake.arrivals.layouts import layout
from shujian.lake.arrivals.recogniser import Line, Recogniser, UnreadablePicture
from shujian.lake.contracts import source
from shujian.lake.errors import FileRefused
from shujian.lake.reading.documents.page import Page
from shujian.lake.reading.documents.pdf import open_pdf
from shujian.lake.reading.documents.read import documents_in, read_document
from shujian.lake.reports import IngestReport
from shujian.lake.service import land

_DOTS_PER_INCH, _POINTS_PER_INCH = 200, 72
_WIDEST = 4000
_SAME_ROW = 0.5
KIND = "ocr"


@dataclass(frozen=True)
class Scans:
    """What a job did: pages that needed recognising, of which so many were read now and so many were kept already."""

    engine: str
    pages: int
    recognised: int
    kept: int


@dataclass(frozen=True)
class _Scan:
    """One document that has pictures instead of text."""

    name: str
    body: bytes
    sha256: str
    pages: int

    @property
    def pdf(self) -> bool:
        return self.body.startswith(b"%PDF")


def recognise(
    source_id: str,
    path: Path,
    engine: Recogniser,
    *,
    as_of: date | None = None,
    max_rejects: str = "5%",
    progress: Progress | None = None,
) -> tuple[Scans, IngestReport]:
    """Read the scans of a folder (or one file) and land them with the documents that have text of their own.

    Raises BadInput where there is nothing to read, and what ``land`` raises.
    """
    contract = source(source_id)
    layout(contract)
    files = _files(path)
    base = path if path.is_dir() else path.parent
    documents: list[Document] = []
    scans: list[_Scan] = []
    for file in files:
        document = file_document(file, file.relative_to(base).as_posix())
        scan = _scan_of(document, file)
        if scan is None:
            documents.append(document)
        else:
            scans.append(scan)
            documents.append(_reading(contract.id, scan, engine))
    watched = progress or Silent()
    total = sum(scan.pages for scan in scans)
    watched.begin("文字识别", total)
    fresh = 0
    for scan in scans:
        fresh += _read_pages(contract.id, scan, engine, watched)
    arrival = documents_arrival(path, path.name, contract.id, lambda: documents)
    report = land(contract.id, [arrival], as_of=as_of, max_rejects=max_rejects, progress=progress)
    for scan in scans:
        folder = _folder(contract.id, scan, engine)
        kept = snapshots.read_snapshot(contract.id, folder.name)
        settle_documents(kept, {scan.name: sorted(folder.glob("page-*.json"))}, report)
    return Scans(engine.name, total, fresh, total - fresh), report


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return documents_in(path)
    if not path.is_file():
        raise BadInput(
            Fault(
                code="no_file", message="文件不存在", file=str(path), expected="图片、PDF，或装着它们的文件夹"
            )
        )
    return [path]


def _scan_of(document: Document, file: Path) -> _Scan | None:
    """The scan that a document is, or None where it has text, or is broken (then landing tells why)."""
    try:
        body = document.body()
        read_document(file, body, document.name)
    except FileRefused as error:
        if error.faults[0].code != "needs_ocr":
            return None
    else:
        return None
    pages = 1
    if body.startswith(b"%PDF"):
        opened = open_pdf(body, document.name)
        pages = len(opened)
        opened.close()
    return _Scan(document.name, body, hashlib.sha256(body).hexdigest(), pages)


def _folder(source_id: str, scan: _Scan, engine: Recogniser) -> Path:
    mark = hashlib.sha256(f"{scan.sha256}\0{engine.name}".encode()).hexdigest()[:24]
    return snapshots.root() / source_id / f"{KIND}-{mark}"


def _read_pages(source_id: str, scan: _Scan, engine: Recogniser, progress: Progress) -> int:
    """Recognise the pages that nobody has read yet; how many those were."""
    folder = private_folder(_folder(source_id, scan, engine))
    record = folder / snapshots.RECORD
    if not record.exists():
        told = {
            "id": folder.name, "source": source_id, "kept_at": now().isoformat(), "kind": KIND, "file": scan.name,
            "sha256": scan.sha256, "pages": scan.pages, "engine": engine.name,
        }  # fmt: skip
        _put(record, told)
    fresh = 0
    for number in range(scan.pages):
        kept = folder / f"page-{number + 1:05d}.json"
        if not kept.exists():
            _put(kept, _recognised(scan, number, engine))
            fresh += 1
        progress.advance(1)
    return fresh


def _put(path: Path, told: dict[str, Any]) -> None:
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    draft.chmod(0o600)
    draft.replace(path)


def _recognised(scan: _Scan, number: int, engine: Recogniser) -> dict[str, Any]:
    told: dict[str, Any] = {"page": number + 1, "lines": []}
    try:
        lines = engine.read(_picture(scan, number))
    except UnreadablePicture as error:
        return {**told, "code": error.faults[0].code, "message": error.faults[0].message}
    return {**told, "lines": [asdict(line) for line in lines]}


def _picture(scan: _Scan, number: int) -> Any:
    if not scan.pdf:
        return scan.body
    opened = open_pdf(scan.body, scan.name)
    try:
        page = opened[number]
        scale = min(_DOTS_PER_INCH / _POINTS_PER_INCH, _WIDEST / max(*page.get_size(), 1))
        return page.render(scale=scale).to_numpy().copy()
    finally:
        opened.close()


def _reading(source_id: str, scan: _Scan, engine: Recogniser) -> Document:
    folder = _folder(source_id, scan, engine)

    def page(body: bytes) -> Page:
        rows: list[list[Line]] = []
        for number in range(scan.pages):
            path = folder / f"page-{number + 1:05d}.json"
            told = json.loads(path.read_text("utf-8"))
            if "code" in told:
                raise FileRefused(
                    Fault(code=told["code"], message=told["message"], file=scan.name, expected="能打开的图片")
                )
            rows += rows_of([Line(one["text"], one["sure"], tuple(one["box"])) for one in told["lines"]])
        return page_of(rows, scan.name)

    return Document(scan.name, lambda: scan.body, page, mark=engine.name)


def rows_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Pieces that stand beside each other as one row, left to right; rows from top to bottom."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: (one.box[1] + one.box[3], one.box[0])):
        if rows and _beside(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda one: one.box[0]) for row in rows]


def _beside(one: Line, other: Line) -> bool:
    shared = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    return shared > _SAME_ROW * min(one.box[3] - one.box[1], other.box[3] - other.box[1])


def page_of(rows: Sequence[Sequence[Line]], name: str) -> Page:
    """Rows as lines of a page; neighbours in a row are pairs, as cells of a table are. Raises FileRefused."""
    texts, sure, pairs = [], [], []
    for row in rows:
        cells = [" ".join(line.text.split()) for line in row]
        text = " ".join(cell for cell in cells if cell)
        if not text:
            continue
        texts.append(text)
        sure.append(min(line.sure for line in row))
        pairs += [(left, right) for left, right in pairwise(cells) if left and right]
    if not texts:
        raise FileRefused(
            Fault(code="empty_document", message="图片里没有认出文字", file=name, expected="有文字的扫描件")
        )
    return Page(KIND, "\n".join(texts), {}, tuple(pairs), tuple(sure))
