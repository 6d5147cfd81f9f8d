"""SM3 (GB/T 32905-2016). Not a certified 密码产品: see SECURITY.md."""

from __future__ import annotations

import hmac

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC


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
