"""One way to write a value as bytes, so that equal values have equal digests everywhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from shujian.kernel.gm import sm3_hex


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(_plain(item) for item in value)
    if isinstance(value, float):
        raise TypeError("a float has no canonical text; use Decimal")
    return value


def canonical(value: Any) -> str:
    """JSON with sorted keys, no spaces, decimals and dates as text, Chinese unescaped.

    Raises TypeError for a float: floats must not reach a digest.
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: Any) -> str:
    """SM3 of the canonical text."""
    return sm3_hex(canonical(value).encode())
