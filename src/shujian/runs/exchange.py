"""Models sent to other offices and received from them, on record; and how far a received one finds what is found here."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shujian.audit import service as audit
from shujian.clues import read as clues_read
from shujian.kernel.clock import today
from shujian.kernel.errors import Fault, ShujianError, Unavailable
from shujian.kernel.gm import sm3_hex
from shujian.kernel.home import home
from shujian.lake import read as lake
from shujian.supervision import service as engine
from shujian.supervision.service import MapFile, Unpacked


@dataclass(frozen=True)
class Packed:
    """A written package. ``sm3``: of the whole file, to be told to the receiver."""

    model: str
    fingerprint: str
    file: str
    bytes: int
    sm3: str


@dataclass(frozen=True)
class Overlap:
    """How many subjects a received model hits, how many a like model hits, and how many both."""

    model: str
    own: int
    other: int
    both: int


def pack(model: str, *, actor: str, out: Path | None = None) -> Packed:
    """Write the signed package of a model of the catalogue, as a new file. Raises GuardRefused without keys."""
    body, spec, fingerprint = engine.pack(model)
    path = out or Path(f"{spec.id}.sjmodel")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        with os.fdopen(handle, "wb") as file:
            file.write(body)
    except OSError as error:
        told = (
            "文件已存在，不会改写"
            if isinstance(error, FileExistsError)
            else f"文件写不进去：{error.strerror}"
        )
        raise Unavailable(
            Fault(code="cannot_write", message=told, file=str(path), expected="--out 另一个文件名")
        ) from None
    audit.record(
        actor=actor,
        action="model.pack",
        thing=f"model:{spec.id}",
        detail={"fingerprint": fingerprint, "sm3": sm3_hex(body)},
    )
    return Packed(spec.id, fingerprint, str(path), len(body), sm3_hex(body))


def unpack(path: Path, *, actor: str, told: MapFile | None = None) -> Unpacked:
    """Install a received model; who sent it and who took it is on record. Raises as ``supervision.service.unpack``."""
    done = engine.unpack(path, told)
    audit.record(
        actor=actor, action="model.unpack", thing=f"model:{done.model}",
        detail={"office": done.office, "fingerprint": done.fingerprint, "proofs": done.proofs},
    )  # fmt: skip
    return done


def overlaps(
    done: Unpacked, *, actor: str, purpose: str | None, as_of: date | None = None
) -> tuple[list[Overlap], list[str]]:
    """Run a received model and those that it is like on the present lake, and compare whom they hit.

    Nothing is stored but an audit entry. It reads persons' rows: without a purpose, outside evaluation mode, it is not
    done, and the second answer says so; so it does where a model cannot run.
    """
    if not done.near:
        return [], []
    if not (purpose or "").strip() and not home().evaluation.exists():
        return [], ["没有写事由（--purpose），没有在现有数据上比较命中"]
    audit.record(
        actor=actor, action="model.overlap", thing=f"model:{done.model}",
        detail={"with": [one.model for one in done.near], "purpose": purpose or ""},
    )  # fmt: skip
    hits = _hits(as_of)
    found: list[Overlap] = []
    notes: list[str] = []
    for one in done.near:
        try:
            own, other = hits(done.model), hits(one.model)
        except ShujianError as error:
            notes.append(f"没有与“{one.title}”比较命中：{error.faults[0].sentence()}")
            continue
        found.append(Overlap(one.model, len(own), len(other), len(own & other)))
    return found, notes


def _hits(as_of: date | None) -> Callable[[str], set[tuple[str, str]]]:
    """The subjects that a model hits now, each model run once."""
    snapshot, judgements = lake.pin(), clues_read.judged_people()
    known: dict[str, set[tuple[str, str]]] = {}

    def of(model: str) -> set[tuple[str, str]]:
        if model not in known:
            result = engine.run(model, snapshot=snapshot, as_of=as_of or today(), judgements=judgements)
            known[model] = {(hit.subject_kind, hit.subject_id) for hit in result.hits}
        return known[model]

    return of
