"""The one erasure that is under way: what was asked, sealed where it names a person, and what is done already.

It is written before anything is touched and removed when the record stands. A process that dies leaves it, so that
the work can be taken up again and ``doctor`` can tell of it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM

from shujian.kernel.canonical import canonical
from shujian.kernel.home import private_folder
from shujian.kernel.secrets import secret
from shujian.lake.erasing.tombstones import folder

_NONCE, _TAG = 12, 16


@dataclass
class Journal:
    """``asked``: number, kind, reason, approver, actor, start; no personal data. ``sealed``: person, rows, names.
    ``answers``: what is done, by store, in order.
    """

    asked: dict[str, Any]
    sealed: dict[str, Any]
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def record(self) -> str:
        """The number of the record to come."""
        return str(self.asked["number"])

    def keep(self) -> None:
        """Write it to the disk, whole."""
        body = {"asked": self.asked, "sealed": _seal(self.sealed, self.record).hex(), "answers": self.answers}
        draft = private_folder(folder()) / "journal.draft"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(canonical(body))
            out.flush()
            os.fsync(out.fileno())
        draft.replace(_path())

    def answer(self, store: str, told: Mapping[str, Any]) -> None:
        """Note what one store answered."""
        self.answers[store] = dict(told)
        self.keep()


def _path() -> Path:
    return folder() / "journal.json"


def unfinished() -> dict[str, Any] | None:
    """What was asked in the erasure that is under way or was left behind; None where there is none."""
    if not _path().exists():
        return None
    return dict(json.loads(_path().read_text("utf-8"))["asked"])


def taken_up() -> Journal | None:
    """The erasure that was left behind, opened."""
    if not _path().exists():
        return None
    body = json.loads(_path().read_text("utf-8"))
    sealed = _unseal(bytes.fromhex(body["sealed"]), body["asked"]["number"])
    return Journal(body["asked"], sealed, body["answers"])


def close() -> None:
    """The record stands: nothing is left of the journal."""
    _path().unlink(missing_ok=True)


def _seal(value: Mapping[str, Any], belongs_to: str) -> bytes:
    nonce = os.urandom(_NONCE)
    encryptor = Cipher(SM4(secret("erasing")[:16]), GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(belongs_to.encode())
    return nonce + encryptor.update(canonical(value).encode()) + encryptor.finalize() + encryptor.tag


def _unseal(data: bytes, belongs_to: str) -> dict[str, Any]:
    nonce, body, tag = data[:_NONCE], data[_NONCE:-_TAG], data[-_TAG:]
    decryptor = Cipher(SM4(secret("erasing")[:16]), GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(belongs_to.encode())
    return dict(json.loads(decryptor.update(body) + decryptor.finalize()))
