"""Named places where a test lets the process die, to prove that commits are whole (DESIGN §4)."""

from __future__ import annotations

import os


def failpoint(name: str) -> None:
    """Die at once, as a power cut would, when ``SHUJIAN_FAILPOINT`` names this place."""
    if os.environ.get("SHUJIAN_FAILPOINT") == name:
        os._exit(70)
