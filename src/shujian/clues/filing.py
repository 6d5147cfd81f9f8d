"""附件: files beside a clue. Cleaned, sealed, and kept outside the database under the digest of what they hold."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from django.db import transaction

from shujian.accounts.read import Actor
from shujian.audit import service as audit
from shujian.clues import desk, details
from shujian.clues.desk_policy import may_add
from shujian.clues.errors import SealBroken
from shujian.clues.models import ClueFile
from shujian.clues.numbers import number_of
from shujian.clues.papers import TYPES, Limits, cleaned
from shujian.clues.policy import may_unmask_clue
from shujian.clues.refusals import refusals_told
from shujian.clues.sealing import seal_bytes, sealed_with, unseal_bytes, unsealed
from shujian.kernel.clock import now, today
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import home, private_folder
from shujian.supervision.read import setting


@dataclass(frozen=True)
class Filed:
    """What was filed. ``stripped``: what was taken out of the file, in words."""

    file: int
    kind: str
    size: int
    sha256: str
    stripped: tuple[str, ...]


@dataclass(frozen=True)
class OpenedFile:
    """A file as it is handed to a reader."""

    name: str
    content_type: str
    body: bytes


def limits() -> Limits:
    """The limits in force today."""
    day = today()
    return Limits(
        {str(kind): int(most) for kind, most in setting("casework.attachment_bytes", day).items()},
        int(setting("casework.attachment_unpacked_bytes", day)),
        int(setting("casework.attachment_unpacked_ratio", day)),
    )


@refusals_told("file")
def file_paper(*, actor: Actor, number: str, name: str, body: bytes, says: str = "") -> Filed:
    """File a paper beside a clue. Raises ClueUnknown, ClueRefused, and BadInput as ``papers.cleaned``."""
    with transaction.atomic():
        clue = desk.held(actor, number)
        desk.ask(may_add(actor, details.standing(clue)))
        most, shown = int(setting("casework.attachment_most", today())), _shown(name)
        if clue.files.filter(withdrawn_at=None).count() >= most:
            raise desk.refused("too_many_files", f"一条线索至多 {most} 份附件")
        paper = cleaned(body, limits(), shown)
        digest = hashlib.sha256(paper.body).hexdigest()
        if clue.files.filter(withdrawn_at=None, sha256=digest).exists():
            raise BadInput(
                Fault(code="same_file", message="这份文件已经在附件里", file=shown, found=digest[:16], expected="另一份文件")
            )  # fmt: skip
        _keep(digest, paper.body)
        told = {
            "name": _named(shown, paper.kind),
            "says": says.strip()[:200],
            "stripped": list(paper.stripped),
        }
        made = ClueFile(
            clue=clue, at=now(), actor=actor.name, sha256=digest, kind=paper.kind, size=len(paper.body),
        )  # fmt: skip
        sealed_with(made, told).save()
        audit.record(
            actor=actor.name, action="clue.file", thing=f"clue:{number_of(clue.pk)}",
            detail={"file": made.pk, "kind": paper.kind, "size": len(paper.body), "sha256": digest},
        )  # fmt: skip
    return Filed(made.pk, paper.kind, len(paper.body), digest, paper.stripped)


@refusals_told("open_file")
def open_paper(*, actor: Actor, number: str, file: int) -> OpenedFile:
    """The bytes of an attachment, as whoever may see persons' data in full; the look goes on record first.

    Raises ClueUnknown, ClueRefused, SealBroken where the stored bytes were changed or are gone.
    """
    with transaction.atomic():
        clue = desk.held(actor, number)
        desk.ask(may_unmask_clue(actor, details.standing(clue)))
        found = clue.files.filter(pk=file, withdrawn_at=None).first()
        if found is None:
            raise desk.refused("no_file", "没有这份附件，或已经撤下")
        audit.record(
            actor=actor.name, action="clue.open_file", thing=f"clue:{number_of(clue.pk)}",
            detail={"file": found.pk, "sha256": found.sha256},
        )  # fmt: skip
    try:
        body = unseal_bytes(_place(found.sha256).read_bytes(), found.sha256)
    except OSError:
        raise SealBroken(
            Fault(code="file_gone", message="附件的内容不在存放处了，请从备份恢复", found=found.sha256[:16])
        ) from None
    return OpenedFile(unsealed(found)["name"], TYPES[found.kind], body)


@refusals_told("unfile")
def unfile(*, actor: Actor, number: str, file: int, note: str) -> None:
    """Take an attachment down: one's own, or as the handler. It is no longer shown; that it was there stays on record."""
    with transaction.atomic():
        clue = desk.held(actor, number)
        found = clue.files.select_for_update().filter(pk=file, withdrawn_at=None).first()
        if found is None or (found.actor != actor.name and clue.handler_id != actor.id):
            raise desk.refused("not_own", "只能由上传的人或承办人撤下")
        desk.words(note, "撤下的理由")
        found.withdrawn_at = now()
        found.save()
        audit.record(
            actor=actor.name, action="clue.unfile", thing=f"clue:{number_of(clue.pk)}",
            detail={"file": found.pk, "sha256": found.sha256},
        )  # fmt: skip


def forget_papers(clue_pk: int) -> None:
    """Remove the attachments of a clue whose person was erased; bytes go where no other clue has the same."""
    digests = set(ClueFile.objects.filter(clue=clue_pk).values_list("sha256", flat=True))
    ClueFile.objects.filter(clue=clue_pk).delete()
    for digest in digests - set(ClueFile.objects.filter(sha256__in=digests).values_list("sha256", flat=True)):
        _place(digest).unlink(missing_ok=True)


def attachments() -> Iterator[Path]:
    """Every stored attachment; its name is what it is sealed to."""
    root = home().root / "attachments"
    yield from sorted(path for path in root.glob("??/*") if not path.name.startswith("."))


def _place(digest: str) -> Path:
    return home().root / "attachments" / digest[:2] / digest


def _keep(digest: str, body: bytes) -> None:
    place = _place(digest)
    if place.exists():
        return
    folder = private_folder(place.parent)
    partial = folder / f".{digest}.{os.getpid()}.partial"
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(seal_bytes(body, digest))
        out.flush()
        os.fsync(out.fileno())
    partial.replace(place)


def _shown(name: str) -> str:
    """A name as it may stand in a list: no folders, no control characters, at most 120 characters."""
    base = PurePath(name.replace("\\", "/")).name
    return "".join(one for one in base if one.isprintable())[:120] or "未命名"


def _named(shown: str, kind: str) -> str:
    """The name with the ending of what the file is, whatever it was called."""
    endings = {"jpeg": (".jpg", ".jpeg")}.get(kind, (f".{kind}",))
    return shown if shown.lower().endswith(endings) else f"{shown}{endings[0]}"
