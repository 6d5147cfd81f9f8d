"""A folder of documents as one arrival: one row a document, its own path and digest as provenance, one commit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from shujian.kernel.errors import Fault
from shujian.lake.arrivals.extraction import extract, sure_of
from shujian.lake.arrivals.layouts import Layout, layout
from shujian.lake.contracts import source
from shujian.lake.errors import FileRefused
from shujian.lake.landing import Arrival, Delivery
from shujian.lake.reading.documents.page import LARGEST, Page
from shujian.lake.reading.documents.read import documents_in, read_document
from shujian.lake.reading.encoding import Sniffed
from shujian.lake.reading.headers import Columns, Matcher
from shujian.lake.reading.records import BadRecord, Chunk, Opened
from shujian.lake.sources import SourceContract

CHUNK_DOCUMENTS = 500
SURE = 0.9
"""Below this a recognised value is not trusted: it waits for a person."""
KIND, SURENESS, DOUBTED = "文书格式", "识别把握", "待核对"
_FREE_TEXT = frozenset({"text", "address"})


@dataclass(frozen=True)
class Document:
    """One document: its name as provenance tells it, and how its bytes and its page are had. ``mark``: what else the
    page depends on, such as the engine that read a scan.
    """

    name: str
    body: Callable[[], bytes]
    page: Callable[[bytes], Page]
    mark: str = ""


def file_document(path: Path, name: str) -> Document:
    """A document that lies on the disk."""

    def body() -> bytes:
        try:
            if path.stat().st_size > LARGEST:  # refused by name in read_document, without reading it all
                with path.open("rb") as source_file:
                    return source_file.read(LARGEST + 1)
            return path.read_bytes()
        except OSError as error:
            raise FileRefused(
                Fault(
                    code="no_file",
                    message="文书打不开",
                    file=name,
                    found=error.strerror,
                    expected="可读的文件",
                )
            ) from None

    return Document(name, body, lambda read: read_document(path, read, name))


def folder_arrival(folder: Path, source_id: str) -> Arrival:
    """Every document of a folder, as one arrival. The folder's digest is that of its documents' names and digests."""

    def documents() -> list[Document]:
        return [file_document(path, path.relative_to(folder).as_posix()) for path in documents_in(folder)]

    return documents_arrival(folder, folder.name or str(folder), source_id, documents)


def documents_arrival(
    path: Path, name: str, source_id: str, documents: Callable[[], Sequence[Document]]
) -> Arrival:
    """Documents from wherever they come."""

    def sniff() -> Sniffed:
        digest, count = hashlib.sha256(layout(source(source_id)).fingerprint.encode()), 0
        for document in documents():
            count += 1
            digest.update(
                f"{document.name}\0{_digest_of(document)}{document.mark}\n".encode("utf-8", "surrogateescape")
            )
        if count == 0:
            raise FileRefused(
                Fault(code="empty_folder", message="文件夹里没有文书", file=str(path), found="0 份",
                      expected="HTML、DOCX、PDF、TXT 文件")
            )  # fmt: skip
        return Sniffed(digest.hexdigest(), count, "documents", None)

    def open_it(sniffed: Sniffed, delivery: Delivery, work: Path) -> Opened:
        reading = _Reading(delivery.contract, layout(delivery.contract), name)
        columns = reading.columns()

        def chunks() -> Iterator[Chunk]:
            return reading.chunks(list(documents()))

        return Opened(columns, 1, None, None, False, chunks, chunks)

    return Arrival(path, name, sniff, open_it, line=1)


def _digest_of(document: Document) -> str:
    try:
        return hashlib.sha256(document.body()).hexdigest()
    except FileRefused:
        return "unreadable"


class _Reading:
    """Documents of one source on their way to chunks of text columns."""

    def __init__(self, contract: SourceContract, how: Layout, name: str) -> None:
        self.contract = contract
        self.how = how
        self.name = name
        self.fields = [field.id for field in contract.fields if field.id in how.fields]
        self.extra = [*how.extra, KIND, SURENESS, DOUBTED]
        self.needed = {*contract.key, *(field.id for field in contract.fields if field.required)}

    def columns(self) -> Columns:
        """Fields by their ids, so that no title can be taken for another."""
        settled = Matcher(self.contract).columns(self.fields, file=self.name, line=1)
        extra = {name: len(self.fields) + at for at, name in enumerate(self.extra)}
        return Columns((*settled.titles, *self.extra), settled.fields, extra, settled.units)

    def chunks(self, documents: Sequence[Document]) -> Iterator[Chunk]:
        """Chunks in order; the place of a document among all is its line until it lands."""
        for start in range(0, len(documents), CHUNK_DOCUMENTS):
            rows: list[list[str | None]] = []
            lines, names, digests = [], [], []
            bad: list[BadRecord] = []
            for at, document in enumerate(documents[start : start + CHUNK_DOCUMENTS], start + 1):
                try:
                    body = document.body()
                    row = self._row(document, document.page(body))
                except FileRefused as error:
                    bad += [_bad(document, fault) for fault in error.faults[:1]]
                    continue
                rows.append(row)
                lines.append(at)
                names.append(document.name)
                digests.append(hashlib.sha256(body).hexdigest())
            width = len(self.fields) + len(self.extra)
            cells = list(zip(*rows, strict=True)) if rows else [()] * width
            told = {"_file": pa.array(names, pa.string()), "_sha256": pa.array(digests, pa.string())}
            arrays = [pa.array(column, pa.string()) for column in cells]
            yield Chunk(arrays, np.array(lines, dtype=np.int64), bad, told)

    def _row(self, document: Document, page: Page) -> list[str | None]:
        found = extract(page, self.how)
        sure = sure_of(page, found, self.fields)
        doubted = self._withheld(found, sure)
        for name in sorted(self.needed):
            if name in doubted or name not in found:
                raise self._no_key(document, name, doubted.get(name), sure.get(name))
        kept: dict[str, str | None] = {name: found.get(name) for name in self.fields if name not in doubted}
        kept |= {name: found.get(name) for name in self.how.extra}
        kept[KIND] = page.kind
        kept[SURENESS] = _told({name: f"{value:.2f}" for name, value in sure.items()})
        low = {name: found[name] for name in self.fields if name in sure and sure[name] < SURE}
        kept[DOUBTED] = _told({name: value if name in doubted else "" for name, value in low.items()})
        return [kept.get(name) for name in (*self.fields, *self.extra)]

    def _withheld(self, found: dict[str, str], sure: dict[str, float]) -> dict[str, str]:
        """Values too unsure to be compared with anything: they stand under 待核对 only. Free text stays, marked."""
        free = {field.id for field in self.contract.fields if field.type in _FREE_TEXT}
        return {name: found[name] for name, value in sure.items() if value < SURE and name not in free}

    def _no_key(self, document: Document, name: str, doubted: str | None, sure: float | None) -> FileRefused:
        field = self.contract.field(name)
        title = field.title if field else name
        if doubted is not None:
            return FileRefused(
                Fault(code="needs_review", message="文字识别把握不足，须人工核对", file=document.name, field=title,
                      found=f"{doubted[:60]}（把握 {sure or 0:.2f}）", expected=f"把握不低于 {SURE}")
            )  # fmt: skip
        return FileRefused(
            Fault(code="no_key", message="文书里没有找到必需的内容", file=document.name, field=title,
                  expected=f"写明“{title}”的文书")
        )  # fmt: skip


def _told(values: dict[str, str]) -> str | None:
    return json.dumps(values, ensure_ascii=False) if values else None


def _bad(document: Document, fault: Fault) -> BadRecord:
    found = fault.found or fault.message
    return BadRecord(
        1, fault.code, found, fault.expected or fault.message, document.name, document.name, fault.field
    )
