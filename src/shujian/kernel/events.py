"""News that travels upward: frozen dataclasses, published in the transaction of the change, wired in one file.

A subscriber writes what it hears into the same transaction (the outbox of ``notify``), so that nothing is lost between the
commit and the news, and no news is told of what rolled back; people get it after commit. The kernel owns the protocol
only; ``server/subscriptions.py`` lists every subscriber.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

_subscribers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(event: type, handler: Callable[[Any], None]) -> None:
    """Call ``handler`` for each published event of exactly this class."""
    if handler not in _subscribers[event]:
        _subscribers[event].append(handler)


def publish(event: object) -> None:
    """Hand one event to its subscribers, in the order of subscription. Call it in the transaction of the change."""
    for handler in tuple(_subscribers[type(event)]):
        handler(event)
