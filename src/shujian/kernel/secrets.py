"""Keys that an installation makes for itself at its first start. Nothing is shipped, nothing defaulted."""

from __future__ import annotations

import os
import secrets

from shujian.kernel.gm import hmac_sm3_hex
from shujian.kernel.home import home, private_folder


def secret(name: str) -> bytes:
    """The installation's 32-byte secret of this name, made on first use (file 0600, hex)."""
    path = private_folder(home().secrets) / f"{name}.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return bytes.fromhex(path.read_text("ascii").strip())
    made = secrets.token_bytes(32)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(made.hex())
    return made


def pseudonym(kind: str, value: str) -> str:
    """A stable handle for a subject that does not reveal it: keyed, 24 hexadecimal characters.

    An unkeyed digest of an identity number could be undone by trying all numbers.
    """
    return hmac_sm3_hex(secret("subjects"), f"{kind}\x1f{value}".encode())[:24]
