"""Ids that sort by time of birth and say what they name."""

from __future__ import annotations

import secrets

from shujian.kernel.clock import now


def new_id(kind: str) -> str:
    """``run-20261122T191500-3f9a1c``: kind, UTC second, six random hexadecimal characters."""
    return f"{kind}-{now():%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
