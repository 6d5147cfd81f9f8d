"""The only door to the time. Evaluation mode stops the clock, so that the demo stays the same.

``SHUJIAN_TODAY`` (ISO date) or ``today`` in ``SHUJIAN_HOME/evaluation.json`` fixes *today*;
``now`` is always the machine's own time, because audit must not be stopped.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime, timedelta, timezone

from shujian.kernel.home import home

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


def now() -> datetime:
    """The present instant, UTC."""
    return datetime.now(UTC)  # noqa: TID251


def fixed_today() -> date | None:
    """The day at which evaluation mode stopped the clock, or None."""
    told = os.environ.get("SHUJIAN_TODAY")
    if told:
        return date.fromisoformat(told)
    path = home().evaluation
    if path.exists():
        stated = json.loads(path.read_text("utf-8")).get("today")
        return date.fromisoformat(stated) if stated else None
    return None


def today() -> date:
    """The present day in China, or the day at which evaluation mode stopped the clock."""
    return fixed_today() or datetime.now(CHINA).date()  # noqa: TID251
