"""The room's door: make, check, restore and drill backups."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from shujian.audit import service as audit
from shujian.backups.making import make, summary
from shujian.backups.restoring import Checked, check, restore, settle_master
from shujian.kernel import backups as register
from shujian.kernel.clock import now
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import home, private_folder
from shujian.kernel.progress import Progress

__all__ = [
    "Checked",
    "check",
    "destroyed",
    "drill",
    "make",
    "newest",
    "put_on_record",
    "restore",
    "settle_master",
    "summary",
]


def newest() -> Path:
    """The file of the newest backup that is there. Raises BadInput where there is none."""
    for one in reversed(register.standing()):
        if Path(one.file).exists():
            return Path(one.file)
    raise BadInput(
        Fault(code="no_backup_yet", message="登记里没有还在的备份文件", expected="写明备份文件，或先运行 shujian backup 文件夹")
    )  # fmt: skip


def drill(path: Path, passphrase: str, *, actor: str, progress: Progress | None = None) -> dict[str, Any]:
    """Restore a backup to a folder that goes again, compare everything, put the drill on record and answer its report.

    The tables go into an SQLite file there, whatever database the rooms stand on. Raises as ``restore``; a failed drill
    is on record too.
    """
    began, number = time.monotonic(), ""
    folder = Path(tempfile.mkdtemp(prefix="drill-", dir=private_folder(home().root / "tmp")))
    try:
        report = restore(path, passphrase, folder / "home", progress=progress)
        number = str(report["number"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if not number:
            audit.record(
                actor=actor,
                action="backup.drill",
                thing="backup:?",
                detail={"equal": False, "file": path.name},
            )
    seconds = round(time.monotonic() - began, 1)
    at = now().isoformat(timespec="seconds")
    register.drilled(number, at)
    audit.record(
        actor=actor, action="backup.drill", thing=f"backup:{number}",
        detail={"equal": True, "rows": report["rows"], "parts": report["parts"], "entries": report["audit"]["entries"],
                "seconds": str(seconds)},
    )  # fmt: skip
    return {**report, "drilled_at": at, "seconds": seconds}


def destroyed(number: str, *, actor: str) -> register.Made:
    """Note that a backup's file and its copies are destroyed. Raises BadInput where it is unknown or still there."""
    found = register.gone(number)
    audit.record(
        actor=actor, action="backup.gone", thing=f"backup:{number}", detail={"gone_on": found.gone_on}
    )
    return found


def put_on_record(report: dict[str, Any], *, actor: str) -> None:
    """In the restored installation: that it was restored, from what."""
    audit.record(
        actor=actor, action="backup.restore", thing=f"backup:{report['number']}",
        detail={"made_at": report["made_at"], "rows": report["rows"], "entries": report["audit"]["entries"]},
    )  # fmt: skip
