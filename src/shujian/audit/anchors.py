"""Daily anchors: who rewrites the chain as a whole must also rewrite every day's anchor, and its copies elsewhere.

The file ``SHUJIAN_HOME/audit/anchors.jsonl`` holds the same as the table, a line a day, to be copied off the machine.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from shujian.audit.models import Anchor, ChainHead
from shujian.kernel.clock import CHINA, now
from shujian.kernel.home import home, private_folder


@dataclass(frozen=True)
class DayAnchor:
    """The number and hash of the last entry of a day (in China)."""

    day: str
    seq: int
    hash: str


def anchor_file() -> Path:
    """Where the copies stand."""
    return home().root / "audit" / "anchors.jsonl"


def close_day(head: ChainHead) -> None:
    """Before the first entry of a new day: anchor the day that ended. In the transaction that writes the entry."""
    day = now().astimezone(CHINA).date().isoformat()
    if head.day == day:
        return
    if head.day and head.seq:
        made = DayAnchor(head.day, head.seq, head.hash)
        Anchor.objects.update_or_create(day=made.day, defaults={"seq": made.seq, "hash": made.hash})
        transaction.on_commit(lambda: _write(made))
    head.day = day


def kept_anchors(using: str = "default") -> list[DayAnchor]:
    """Every anchor of the table and of the file, by day; two of one day where they differ."""
    found = {DayAnchor(one.day, one.seq, one.hash) for one in Anchor.objects.using(using)} | set(_read())
    return sorted(found, key=lambda one: (one.day, one.seq, one.hash))


def _write(made: DayAnchor) -> None:
    private_folder(anchor_file().parent)
    handle = os.open(anchor_file(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(json.dumps({"day": made.day, "seq": made.seq, "hash": made.hash}) + "\n")


def _read() -> list[DayAnchor]:
    """Lines that can be read; one that cannot is an anchor that nothing meets."""
    if not anchor_file().exists():
        return []
    made = []
    for number, line in enumerate(anchor_file().read_text("utf-8", errors="replace").splitlines(), 1):
        try:
            told = json.loads(line)
            made.append(DayAnchor(str(told["day"]), int(told["seq"]), str(told["hash"])))
        except (ValueError, KeyError, TypeError):
            made.append(DayAnchor(f"第 {number} 行", 1, "?"))
    return made
