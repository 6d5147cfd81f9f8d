"""The whole wiring of the house on one page: which room listens to which event.

Rooms publish after commit (``kernel.events``); nobody else subscribes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shujian.kernel.events import subscribe

SUBSCRIPTIONS: tuple[tuple[type, Callable[[Any], None]], ...] = ()
"""(event class, handler) pairs. Empty until a room has something to do with news of another."""


def wire() -> None:
    """Subscribe every handler of ``SUBSCRIPTIONS``; calling it again changes nothing."""
    for event, handler in SUBSCRIPTIONS:
        subscribe(event, handler)
