"""Fetches a target of the list, keeps every answer as it came, and lands it; or lands a kept one again without network."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree, html

from shujian.kernel.clock import now
from shujian.kernel.errors import Fault, ShujianError, Unavailable
from shujian.kernel.ids import new_id
from shujian.kernel.progress import Progress, Silent
from shujian.lake.arrivals import snapshots
from shujian.lake.arrivals.allowed import Target, check_url, target, web_settings
from shujian.lake.arrivals.documents import Document, documents_arrival
from shujian.lake.arrivals.forgetting import settle_documents
from shujian.lake.arrivals.snapshots import Snapshot
from shujian.lake.arrivals.web import Client, Response
from shujian.lake.contracts import source
from shujian.lake.errors import FileRefused
from shujian.lake.landing import Arrival, file_arrival
from shujian.lake.reading.documents.html import decode
from shujian.lake.reading.documents.read import SUFFIXES, read_document
from shujian.lake.reports import IngestReport
from shujian.lake.service import land

_OK, _UNCHANGED = 200, 304
_TABLES = frozenset({".csv", ".tsv", ".xlsx", ".xls", ".json", ".jsonl", ".parquet"})
_TYPES = {
    "text/html": ".html", "application/pdf": ".pdf", "text/plain": ".txt", "text/csv": ".csv", "application/json": ".json",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx", "application/vnd.ms-excel": ".xls",
}  # fmt: skip


def fetch(
    source_id: str,
    name: str,
    *,
    as_of: date | None = None,
    max_rejects: str = "5%",
    progress: Progress | None = None,
    pause: Callable[[float], object] | None = None,
) -> tuple[Snapshot, IngestReport]:
    """Fetch a target by its name, keep the answers, land them.

    Raises GuardRefused (switched off, off the list, inside address, robots), BadInput, Unavailable, and as ``land``.
    """
    contract = source(source_id)
    told = web_settings()
    wanted = target(told, contract.id, name)
    client = Client(told, pause) if pause else Client(told)
    earlier = _earlier(contract.id, name)
    draft = snapshots.draft_folder(contract.id, f"http-{hashlib.sha256(name.encode()).hexdigest()[:8]}")
    watched = progress or Silent()
    entries = []
    for place, entry in enumerate(_answers(client, wanted, earlier, watched)):
        entries.append(_keep(draft, place, *entry, earlier))
    record = {"kind": "http", "target": name, "as": wanted.as_, "answers": entries}
    kept = snapshots.keep(draft, contract.id, new_id("http"), record)
    return kept, land_kept(kept, as_of=as_of, max_rejects=max_rejects, progress=progress)


def replay(
    source_id: str,
    snapshot_id: str,
    *,
    as_of: date | None = None,
    max_rejects: str = "5%",
    progress: Progress | None = None,
) -> tuple[Snapshot, IngestReport]:
    """Land a kept answer again: the same bytes, no network. Raises BadInput where there is no such snapshot."""
    kept = snapshots.read_snapshot(source(source_id).id, snapshot_id)
    return kept, land_kept(kept, as_of=as_of, max_rejects=max_rejects, progress=progress)


def _answers(
    client: Client,
    wanted: Target,
    earlier: Mapping[str, tuple[Snapshot, Mapping[str, Any]]],
    progress: Progress,
) -> Iterator[tuple[str, str, Response | ShujianError]]:
    """(role, url, answer) of the target and, of an index, of its pages; a page that fails stops no other."""
    progress.begin(f"抓取 {wanted.source}", None)
    first = client.get(wanted.url, _known(earlier, wanted.url))
    if first.status not in (_OK, _UNCHANGED):
        raise Unavailable(
            Fault(
                code="http_status",
                message="网站拒绝或出错",
                found=f"{first.status} {wanted.url.partition('?')[0]}",
                expected="200",
            )
        )
    yield ("index" if wanted.as_ == "index" else wanted.as_), wanted.url, first
    progress.advance(1)
    if wanted.as_ != "index":
        return
    body = first.body if first.status == _OK else _stored(earlier[wanted.url])
    for link in _links(body, first.url, wanted):
        try:
            check_url(client.told, link)
            yield "page", link, client.get(link, _known(earlier, link))
        except ShujianError as error:
            yield "page", link, error
        progress.advance(1)


def _links(body: bytes, base: str, wanted: Target) -> list[str]:
    """Links of an index that look as declared, in order, each once, up to the cap."""
    try:
        page = html.document_fromstring(decode(body, base))
    except (etree.ParserError, ValueError):
        return []
    pattern = re.compile(wanted.links or "")
    found = [urldefrag(urljoin(base, str(link))).url for link in page.xpath("//a/@href")]
    return list(dict.fromkeys(link for link in found if pattern.search(link)))[: wanted.most]


def _earlier(source_id: str, name: str) -> dict[str, tuple[Snapshot, Mapping[str, Any]]]:
    """The latest kept answer of every address of a target."""
    found: dict[str, tuple[Snapshot, Mapping[str, Any]]] = {}
    for kept in snapshots.snapshots(source_id):
        if kept.record.get("kind") == "http" and kept.record.get("target") == name:
            for entry in kept.record["answers"]:
                if entry.get("file") and (kept.folder / entry["file"]).is_file():
                    found[entry["asked"]] = (kept, entry)
    return found


def _known(earlier: Mapping[str, tuple[Snapshot, Mapping[str, Any]]], url: str) -> Mapping[str, str] | None:
    return earlier[url][1]["headers"] if url in earlier else None


def _stored(told: tuple[Snapshot, Mapping[str, Any]]) -> bytes:
    return (told[0].folder / str(told[1]["file"])).read_bytes()


def _keep(
    draft: Path,
    place: int,
    role: str,
    url: str,
    answer: Response | ShujianError,
    earlier: Mapping[str, tuple[Snapshot, Mapping[str, Any]]],
) -> dict[str, Any]:
    entry: dict[str, Any] = {"role": role, "asked": url, "at": now().isoformat()}
    if isinstance(answer, ShujianError):
        fault = answer.faults[0]
        return {**entry, "code": fault.code, "message": fault.message, "file": None}
    if answer.status not in (_OK, _UNCHANGED):
        return {
            **entry,
            "code": "http_status",
            "message": f"网站应答 {answer.status}",
            "status": answer.status,
            "file": None,
        }
    unchanged = answer.status == _UNCHANGED and url in earlier
    body = _stored(earlier[url]) if unchanged else answer.body
    headers = {**(earlier[url][1]["headers"] if unchanged else {}), **answer.headers}
    file = f"{place:05d}{_suffix(url, headers)}"
    (draft / file).write_bytes(body)
    return {
        **entry, "url": answer.url, "status": answer.status, "headers": dict(headers), "file": file,
        "sha256": hashlib.sha256(body).hexdigest(), "bytes": len(body), "unchanged": unchanged,
    }  # fmt: skip


def _suffix(url: str, headers: Mapping[str, str]) -> str:
    suffix = PurePosixPath(urlsplit(url).path).suffix.lower()
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return suffix if suffix in SUFFIXES | _TABLES else _TYPES.get(kind, ".html")


def land_kept(
    kept: Snapshot, *, as_of: date | None, max_rejects: str, progress: Progress | None
) -> IngestReport:
    """Land what a snapshot holds: a data file as a file, pages as documents; ``_file`` is the address asked for."""
    answers: Sequence[Mapping[str, Any]] = kept.record.get("answers", ())
    source_id = str(kept.record["source"])
    arrivals: list[Arrival] = [
        replace(file_arrival(kept.folder / entry["file"]), name=entry["asked"])
        for entry in answers
        if entry["role"] == "file" and entry["file"]
    ]
    pages = [entry for entry in answers if entry["role"] == "page"]
    if pages or not arrivals:
        documents = [_document(kept, entry) for entry in pages]
        arrivals.append(
            documents_arrival(kept.folder, f"http:{kept.record.get('target')}", source_id, lambda: documents)
        )
    report = land(source_id, arrivals, as_of=as_of, max_rejects=max_rejects, progress=progress)
    files = {entry["asked"]: [kept.folder / entry["file"]] for entry in answers if entry["file"]}
    settle_documents(kept, files, report)
    return report


def _document(kept: Snapshot, entry: Mapping[str, Any]) -> Document:
    name = str(entry["asked"])
    file = entry.get("file")

    def body() -> bytes:
        path = kept.folder / str(file)
        if file is None or not path.is_file():
            code, message = (
                str(entry.get("code", "forgotten")),
                str(entry.get("message", "这一页已按规定销毁")),
            )
            raise FileRefused(Fault(code=code, message=message, file=name, expected="能取得的网页"))
        return path.read_bytes()

    return Document(name, body, partial(_read, Path(str(file)), name))


def _read(path: Path, name: str, body: bytes) -> Any:
    return read_document(path, body, name)
