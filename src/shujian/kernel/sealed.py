"""Few bytes at rest: SM4-GCM (GB/T 32907, GB/T 36624) under a key of this installation that stands outside the database."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM

from shujian.kernel.secrets import secret

_NONCE, _TAG = 12, 16


def seal_bytes(value: bytes, belongs_to: str) -> bytes:
    """12 random bytes, the ciphertext, 16 bytes of tag; what it belongs to is authenticated with it."""
    nonce = os.urandom(_NONCE)
    encryptor = Cipher(SM4(secret("columns")[:16]), GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(belongs_to.encode())
    return nonce + encryptor.update(value) + encryptor.finalize() + encryptor.tag


def unseal_bytes(stored: bytes | memoryview, belongs_to: str) -> bytes | None:
    """What ``seal_bytes`` sealed; None where bytes were changed or moved, or the key is another."""
    data = bytes(stored)
    try:
        decryptor = Cipher(SM4(secret("columns")[:16]), GCM(data[:_NONCE], data[-_TAG:])).decryptor()
        decryptor.authenticate_additional_data(belongs_to.encode())
        return decryptor.update(data[_NONCE:-_TAG]) + decryptor.finalize()
    except (InvalidTag, ValueError):
        return None
