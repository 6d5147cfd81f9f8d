"""Whether an extract is young enough."""

from __future__ import annotations

from datetime import date, timedelta

from shujian.lake.sources import SourceContract


def fresh_on(contract: SourceContract | None, extract_on: date | None, day: date) -> bool | None:
    """Whether an extract is within the contract's limit on a day; None where that cannot be said."""
    if contract is None or extract_on is None:
        return None
    return extract_on >= day - timedelta(days=contract.fresh_days)
