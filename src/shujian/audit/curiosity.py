"""Looks that somebody should be asked about: without a matter, out of scope, at night, of a colleague.

Pure: it reads entries and says what struck it. It proposes questions and judges nobody; the audit administrator asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from shujian.audit.entries import AuditEntry
from shujian.kernel.clock import CHINA

LOOKS = (
    "clue.show", "clue.print", "clue.unmask", "lake.row", "search.person", "subject.show", "model.explain", "clue.looks",
)  # fmt: skip
"""Actions that show a person's data (or who looked at them)."""
NIGHT_FROM, NIGHT_TO = 22, 6
"""Hours in China between which a look is at night."""
KINDS = {
    "no_clue": "没有对应的线索",
    "out_of_scope": "职责范围以外",
    "night": "夜间",
    "colleague": "本院同事",
}
_CLUE = re.compile(r"XS\d{6,}")
_NUMBER = re.compile(r"〔\d{4}〕\s*\d+\s*号")


@dataclass(frozen=True)
class Finding:
    """A look that stands out, and why, in Chinese. ``seq``: its entry in the chain."""

    seq: int
    at: datetime
    actor: str
    look: str
    object: str
    kind: str
    says: str


def find_curious(
    entries: Iterable[AuditEntry], *, colleagues: Mapping[str, str], subjects: Mapping[str, str]
) -> list[Finding]:
    """What stands out, in the order of the entries; one look may stand out in several ways.

    ``colleagues``: subject handle → account of an employee; ``subjects``: clue number → subject handle of the clues that
    there are. The machine's own entries are passed over.
    """
    made = []
    for entry in entries:
        if entry.actor == "sys":
            continue
        look = str(entry.detail.get("look", entry.action))
        for kind, says in _struck(entry, colleagues, subjects):
            made.append(Finding(entry.seq, entry.at, entry.actor, look, entry.object, kind, says))
    return made


def _struck(
    entry: AuditEntry, colleagues: Mapping[str, str], subjects: Mapping[str, str]
) -> list[tuple[str, str]]:
    kind, _, name = entry.object.partition(":")
    if entry.action == "look.refused":
        # A number that no clue bears is a slip of the finger, not curiosity.
        foreign = kind != "clue" or name in subjects
        return [("out_of_scope", "要看的不在职责范围内，系统没有给看")] if foreign else []
    found = []
    hour = entry.at.astimezone(CHINA).hour
    if hour >= NIGHT_FROM or hour < NIGHT_TO:
        found.append(("night", f"{entry.at.astimezone(CHINA):%H:%M} 查看"))
    if entry.action == "search.person" and (
        why := _no_matter(str(entry.detail.get("purpose", "")), subjects)
    ):
        found.append(("no_clue", why))
    handle = subjects.get(name, "") if kind == "clue" else name
    if handle in colleagues:
        who = colleagues[handle]
        found.append(
            ("colleague", "查看的是本人" if who == entry.actor else f"查看的是本院人员（账号 {who}）")
        )
    return found


def _no_matter(purpose: str, subjects: Mapping[str, str]) -> str:
    """Why a stated purpose names no matter; empty where it does."""
    named = _CLUE.findall(purpose)
    if any(number in subjects for number in named) or _NUMBER.search(purpose):
        return ""
    return f"事由里的线索 {named[0]} 不存在" if named else "事由里没有线索编号，也没有文号"
