"""SM3 (GB/T 32905-2016) and SM4-GCM (GB/T 32907, GB/T 36624). Not a certified 密码产品: see SECURITY.md."""

from __future__ import annotations

import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hmac import HMAC

NONCE, TAG = 12, 16
"""Bytes of the nonce that we use and of the tag of SM4-GCM."""


class Sm3:
    """Incremental SM3, for streams that do not fit in memory."""

    def __init__(self) -> None:
        self._hash = hashes.Hash(hashes.SM3())

    def update(self, data: bytes) -> None:
        """Add bytes."""
        self._hash.update(data)

    def hexdigest(self) -> str:
        """Finish; 64 hexadecimal characters. Call once."""
        return self._hash.finalize().hex()


def sm3_hex(data: bytes) -> str:
    """SM3 of ``data`` as 64 lower-case hexadecimal characters."""
    digest = Sm3()
    digest.update(data)
    return digest.hexdigest()


def hmac_sm3_hex(key: bytes, data: bytes) -> str:
    """HMAC-SM3 (RFC 2104 over GB/T 32905) as 64 hexadecimal characters."""
    mac = HMAC(key, hashes.SM3())
    mac.update(data)
    return mac.finalize().hex()


def same(left: str, right: str) -> bool:
    """Compare two digests in constant time."""
    return hmac.compare_digest(left, right)


def sm4_gcm_seal(key: bytes, nonce: bytes, told: bytes, data: bytes) -> bytes:
    """The ciphertext and its 16 bytes of tag; ``told`` is authenticated with it. ``key``: 16 bytes."""
    encryptor = Cipher(SM4(key), GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(told)
    return encryptor.update(data) + encryptor.finalize() + encryptor.tag


def sm4_gcm_open(key: bytes, nonce: bytes, told: bytes, sealed: bytes) -> bytes | None:
    """What ``sm4_gcm_seal`` sealed; None where anything was changed."""
    try:
        decryptor = Cipher(SM4(key), GCM(nonce, sealed[-TAG:])).decryptor()
        decryptor.authenticate_additional_data(told)
        return decryptor.update(sealed[:-TAG]) + decryptor.finalize()
    except (InvalidTag, ValueError):
        return None
