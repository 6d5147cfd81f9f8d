"""Marks of the next page: a room's own mark, bound to person, operation and question, and signed, so that none is guessed."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from shujian.accounts.read import Actor
from shujian.kernel.canonical import digest
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.gm import hmac_sm3_hex, same
from shujian.kernel.secrets import secret

_MARK = 32


def seal_cursor(actor: Actor, operation: str, question: Mapping[str, Any], inner: str | None) -> str | None:
    """The mark that is handed out; None where there is no further page."""
    if inner is None:
        return None
    raw = base64.urlsafe_b64encode(json.dumps(inner).encode()).decode().rstrip("=")
    return f"{raw}.{_sign(actor, operation, question, raw)}"


def open_cursor(actor: Actor, operation: str, question: Mapping[str, Any], told: str | None) -> str | None:
    """The room's own mark. Raises BadInput for one that was made up, changed, or given for another person or question."""
    if not told:
        return None
    raw, _, sign = told.rpartition(".")
    if not (raw.isascii() and sign.isascii() and same(sign, _sign(actor, operation, question, raw))):
        raise BadInput(
            Fault(
                code="bad_cursor", message="翻页标记不对，或者不是这次查询的", field="cursor", found=told[:40],
                expected="上一页给出的 next，其他条件不变",
            )
        )  # fmt: skip
    inner: str = json.loads(base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)))
    return inner


def _sign(actor: Actor, operation: str, question: Mapping[str, Any], raw: str) -> str:
    asked = digest({name: str(value) for name, value in question.items() if value})
    return hmac_sm3_hex(secret("cursor"), f"{actor.name}\n{operation}\n{asked}\n{raw}".encode())[:_MARK]
