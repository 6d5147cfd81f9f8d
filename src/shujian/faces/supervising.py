"""Who looked at what, and which looks stand out: the audit room told who is a colleague and whose clue is whose."""

from __future__ import annotations

from datetime import datetime

from shujian.accounts import read as accounts
from shujian.audit import read as audit
from shujian.audit.read import Finding
from shujian.clues import read as clues
from shujian.kernel.errors import ShujianError
from shujian.kernel.secrets import pseudonym
from shujian.lake import read as lake


def curious_looks(since: datetime) -> list[Finding]:
    """Findings since then, the newest first. For the audit administrator only: ask ``audit.curiosity`` before."""
    subjects = clues.subject_keys(audit.clues_looked_at(since))
    return audit.curious(since, colleagues=_colleagues(), subjects=subjects)


def _colleagues() -> dict[str, str]:
    """Handles of employees: by their noted identity number, and by name as a look-up by name has it."""
    found = {}
    for row in accounts.accounts():
        try:
            kind, key = lake.person_key(row.display)
        except ShujianError:
            continue
        if kind == "name":
            found[pseudonym("name", key)] = row.username
    return found | accounts.person_handles()
