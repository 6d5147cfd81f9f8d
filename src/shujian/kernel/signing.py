"""Signatures by which an office stands for what it sends: Ed25519 and SM2 (GB/T 32918, id 1234567812345678).

Both must hold. A provider makes and checks one kind; the SM2 one is pure Python and not a certified 密码产品.
"""

from __future__ import annotations

import secrets
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from gmalg import SM2
from gmalg.errors import GMError

from shujian.kernel.gm import hmac_sm3_hex

_SM2_ID = b"1234567812345678"
_ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123


class Provider(Protocol):
    """One kind of signature; keys and signatures are bytes."""

    def make(self) -> bytes:
        """A new private key."""

    def public(self, private: bytes) -> bytes:
        """The public key of a private one."""

    def sign(self, private: bytes, message: bytes) -> bytes:
        """The signature; the same message gives the same bytes."""

    def holds(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """Whether the signature is that of this key on this message; False for bytes of any other shape."""


class Ed25519:
    """RFC 8032 by ``cryptography``."""

    def make(self) -> bytes:
        """32 random bytes."""
        return secrets.token_bytes(32)

    def public(self, private: bytes) -> bytes:
        """32 bytes."""
        return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()

    def sign(self, private: bytes, message: bytes) -> bytes:
        """64 bytes."""
        return Ed25519PrivateKey.from_private_bytes(private).sign(message)

    def holds(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """See ``Provider``."""
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


class Sm2:
    """SM2 with SM3 by ``gmalg``."""

    def make(self) -> bytes:
        """A private key of 32 bytes, below the order of the curve less one."""
        return (secrets.randbelow(_ORDER - 2) + 1).to_bytes(32, "big")

    def public(self, private: bytes) -> bytes:
        """65 bytes: 04, x, y."""
        return bytes(SM2(private).generate_pk(private))

    def sign(self, private: bytes, message: bytes) -> bytes:
        """r and s, 32 bytes each. The nonce comes from key and message, so that a bad random source leaks no key."""
        tries = iter(range(1 << 16))

        def nonce(bits: int) -> int:
            parts = [
                hmac_sm3_hex(private, f"{next(tries)}\x1f".encode() + message) for _ in range(-(-bits // 256))
            ]
            return int("".join(parts), 16) >> (256 * len(parts) - bits)

        r, s = SM2(private, _SM2_ID, self.public(private), rnd_fn=nonce).sign(message)
        return bytes(r).rjust(32, b"\0") + bytes(s).rjust(32, b"\0")

    def holds(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """See ``Provider``; a point that is not on the curve holds nothing."""
        if len(public) != 65 or len(signature) != 64:
            return False
        try:
            told = SM2(uid=_SM2_ID, pk=public)
            return bool(told.verify_pk(public) and told.verify(message, signature[:32], signature[32:]))
        except (GMError, ValueError, ArithmeticError):
            return False


PROVIDERS: dict[str, Provider] = {"ed25519": Ed25519(), "sm2": Sm2()}
"""The kinds that a package must bear, all of them."""
