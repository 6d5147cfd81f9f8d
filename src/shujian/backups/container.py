"""The sealed file: a line in clear, then frames of SM4-GCM. Every byte of it is authenticated.

The line tells version, time and how the key is wrapped: scrypt of the passphrase opens the key of this one file. A frame
is one byte of kind, four of length, the ciphertext with its tag; its nonce is its number, the digest of the line and the
kind are authenticated with it. A part is a head frame (its name), body frames, the last of them marked; the last part is
the manifest. So that parts can be written before their size is known, and read with a mebibyte of memory.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from shujian.backups.errors import BackupDamaged, BackupRefused
from shujian.kernel.canonical import canonical
from shujian.kernel.errors import Fault
from shujian.kernel.gm import Sm3, sm3_hex, sm4_gcm_open, sm4_gcm_seal

MAGIC = "SHUJIAN-BACKUP"
VERSION = 1
COST = 1 << 17
"""scrypt's n: 128 MiB and about half a second for each guess."""
_MOST_COST = 1 << 20
CHUNK = 1 << 20
MANIFEST = "manifest"
_HEAD, _BODY, _LAST = b"H", b"B", b"L"
_TAG = 16
_LINE = 4096


@dataclass
class Writer:
    """Writes parts one after the other; ``written`` tells name → (kind, bytes, SM3) of what stands."""

    out: IO[bytes]
    passphrase: str
    told: Mapping[str, Any]
    written: dict[str, tuple[str, int, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Write the line in clear."""
        self._key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(12)
        cost = {"n": COST, "r": 8, "p": 1, "salt": salt.hex()}
        wrapped = nonce + sm4_gcm_seal(_stretched(self.passphrase, cost), nonce, b"", self._key)
        head = {**self.told, "format": MAGIC, "version": VERSION, "scrypt": cost, "key": wrapped.hex()}
        line = canonical(head).encode() + b"\n"
        self._digest, self._number = sm3_hex(line).encode(), 0
        self.out.write(line)

    def part(self, name: str, kind: str, body: Iterator[bytes]) -> int:
        """Write one part from pieces of any size and answer its bytes."""
        self._frame(_HEAD, canonical({"name": name, "kind": kind}).encode())
        digest, size, held = Sm3(), 0, bytearray()
        for piece in body:
            digest.update(piece)
            size += len(piece)
            held += piece
            while len(held) > CHUNK:
                self._frame(_BODY, bytes(held[:CHUNK]))
                del held[:CHUNK]
        self._frame(_LAST, bytes(held))
        self.written[name] = (kind, size, digest.hexdigest())
        return size

    def _frame(self, kind: bytes, data: bytes) -> None:
        sealed = sm4_gcm_seal(self._key, _nonce(self._number), self._digest + kind, data)
        self._number += 1
        self.out.write(kind + len(sealed).to_bytes(4, "big") + sealed)


@dataclass
class Part:
    """One part as it is read; read ``body`` to its end before the next. ``sm3`` and ``size`` stand then."""

    name: str
    kind: str
    body: Iterator[bytes] = field(default_factory=lambda: iter(()))
    sm3: str = ""
    size: int = 0


class Reader:
    """Reads a sealed file from its beginning. Raises BackupRefused where it is none, is newer, or does not open."""

    def __init__(self, source: IO[bytes], passphrase: str, name: str) -> None:
        self._source, self._name, self._number, self._before = source, name, 0, "文件头"
        self.faults: list[Fault] = []
        line = source.readline(_LINE)
        self.head = read_head(line, name)
        wrapped = bytes.fromhex(self.head["key"])
        key = sm4_gcm_open(_stretched(passphrase, self.head["scrypt"]), wrapped[:12], b"", wrapped[12:])
        if key is None:
            raise BackupRefused(
                Fault(code="wrong_passphrase", message="口令不对，或文件开头被改动", file=name,
                      expected="制作这份备份时的口令")
            )  # fmt: skip
        self._key, self._digest = key, sm3_hex(line).encode()

    def parts(self) -> Iterator[Part]:
        """Every part to the manifest. A damaged one is noted in ``faults`` and the next is read; where the frames are
        lost (cut, length changed), raises BackupDamaged with all that was noted.
        """
        while True:
            kind, data = self._frame()
            if kind != _HEAD or data is None:
                self._lost()
            told = json.loads(data or b"{}")
            part = Part(str(told["name"]), str(told["kind"]))
            self._before = part.name
            digest = Sm3()
            part.body = self._body(part, digest)
            yield part
            for _ in part.body:
                pass
            if part.name == MANIFEST:
                if self._source.read(1):
                    self._note(MANIFEST, "清单之后还有多余的字节")
                return

    def _body(self, part: Part, digest: Sm3) -> Iterator[bytes]:
        whole = True
        while True:
            kind, data = self._frame()
            if kind not in (_BODY, _LAST):
                self._lost()
            if data is None and whole:
                self._note(part.name, "内容被改动")
                whole = False
            if data and whole:
                digest.update(data)
                part.size += len(data)
                yield data
            if kind == _LAST:
                part.sm3 = digest.hexdigest() if whole else ""
                return

    def _frame(self) -> tuple[bytes, bytes | None]:
        """The next frame, or None for its content where the seal does not hold."""
        start = self._source.read(5)
        size = int.from_bytes(start[1:], "big")
        if len(start) < 5 or size > CHUNK + _TAG or size < _TAG:
            self._lost()
        sealed = self._source.read(size)
        if len(sealed) < size:
            self._lost()
        data = sm4_gcm_open(self._key, _nonce(self._number), self._digest + start[:1], sealed)
        self._number += 1
        return start[:1], data

    def _note(self, part: str, says: str) -> None:
        self.faults.append(
            Fault(code="part_damaged", message=f"备份的一部分{says}", file=self._name, field=part)
        )

    def _lost(self) -> None:
        told = Fault(
            code="backup_cut", message=f"备份在“{self._before}”这里断开或被改动，其后读不出", file=self._name, field=self._before,
            expected="完整的备份文件；请用另一份，或重新拷贝",
        )  # fmt: skip
        raise BackupDamaged([*self.faults, told])


def read_head(line: bytes, name: str) -> dict[str, Any]:
    """The line in clear. Raises BackupRefused where it is none or newer than this program."""
    try:
        head = json.loads(line)
        cost = head["scrypt"]
        fits = head["format"] == MAGIC and 1 < cost["n"] <= _MOST_COST and 0 < cost["r"] * cost["p"] <= 32
        bytes.fromhex(head["key"] + cost["salt"])
        version = int(head["version"])
    except (ValueError, KeyError, TypeError):
        fits, version = False, 0
    if not fits:
        raise BackupRefused(
            Fault(code="no_backup", message="这不是数检的备份，或文件开头被改动", file=name,
                  expected="shujian backup 写出的文件")
        )  # fmt: skip
    if version > VERSION:
        raise BackupRefused(
            Fault(code="newer_backup", message="备份由更新的版本制作，请先升级数检", file=name,
                  found=f"格式 {version}（数检 {head.get('software', '?')}）", expected=f"格式 {VERSION} 及以前")
        )  # fmt: skip
    return dict(head)


def _stretched(passphrase: str, cost: Mapping[str, Any]) -> bytes:
    salt, n, r, p = bytes.fromhex(cost["salt"]), int(cost["n"]), int(cost["r"]), int(cost["p"])
    return Scrypt(salt=salt, length=16, n=n, r=r, p=p).derive(passphrase.encode())


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")
