"""Persons' data at rest: SM4-GCM (GB/T 32907, GB/T 36624) under a key that stands outside the database.

A sealed value is 12 random bytes, the ciphertext, 16 bytes of tag. What it belongs to (the clue's key)
is authenticated with it, so that a value moved to another row does not open.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM

from shujian.clues.errors import SealBroken
from shujian.kernel.canonical import canonical
from shujian.kernel.errors import Fault
from shujian.kernel.secrets import secret

_NONCE, _TAG = 12, 16


def _key() -> bytes:
    return secret("columns")[:16]


def seal(value: Mapping[str, Any], belongs_to: str) -> bytes:
    """Encrypt a mapping (dates and decimals become text) for the thing it belongs to."""
    return seal_bytes(canonical(value).encode(), belongs_to)


def seal_bytes(value: bytes, belongs_to: str) -> bytes:
    """Encrypt bytes for the thing they belong to."""
    nonce = os.urandom(_NONCE)
    encryptor = Cipher(SM4(_key()), GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(belongs_to.encode())
    body = encryptor.update(value) + encryptor.finalize()
    return nonce + body + encryptor.tag


def unseal(stored: bytes | memoryview, belongs_to: str) -> dict[str, Any]:
    """Decrypt what ``seal`` made. Raises SealBroken where bytes were changed, moved, or the key is another."""
    opened: dict[str, Any] = json.loads(unseal_bytes(stored, belongs_to))
    return opened


def unseal_bytes(stored: bytes | memoryview, belongs_to: str) -> bytes:
    """Decrypt what ``seal_bytes`` made. Raises SealBroken likewise."""
    data = bytes(stored)
    nonce, body, tag = data[:_NONCE], data[_NONCE:-_TAG], data[-_TAG:]
    try:
        decryptor = Cipher(SM4(_key()), GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(belongs_to.encode())
        return decryptor.update(body) + decryptor.finalize()
    except (InvalidTag, ValueError):
        raise SealBroken(
            Fault(
                code="seal_broken", message="密文打不开：数据被改动，或密钥不是原来那一把", found=belongs_to
            )
        ) from None
