"""The register of backups made: which file holds what was here, until when. A record of erasure names them."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from shujian.kernel.clock import today
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import home, private_folder


@dataclass(frozen=True)
class Made:
    """One backup. ``sm3``: of its manifest; ``gone_on``: when somebody told that the file is destroyed."""

    number: str
    made_at: str
    keep_until: str
    file: str
    bytes: int
    sm3: str
    by: str
    gone_on: str = ""
    drilled_at: str = ""


def made() -> list[Made]:
    """Every backup, oldest first."""
    if not _path().exists():
        return []
    return [Made(**one) for one in json.loads(_path().read_text("utf-8"))]


def standing() -> list[Made]:
    """Those that are still there as far as is known: not told to be gone, whatever their time."""
    return [one for one in made() if not one.gone_on]


def next_number() -> str:
    """``BF-2026-0003``: the next of this year."""
    year = f"BF-{today().year}-"
    taken = [int(one.number.removeprefix(year)) for one in made() if one.number.startswith(year)]
    return f"{year}{max(taken, default=0) + 1:04d}"


def note(one: Made) -> None:
    """Put a backup on the register."""
    with _changing() as found:
        found.append(one)


def gone(number: str) -> Made:
    """Note that a backup was destroyed. Raises BadInput for an unknown one, and while its file is still there."""
    with _changing() as found:
        at = _at(found, number)
        if Path(found[at].file).exists():
            raise BadInput(
                Fault(code="still_there", message="备份文件还在，请先把它和它的拷贝销毁", file=found[at].file)
            )
        found[at] = replace(found[at], gone_on=date.isoformat(today()))
        return found[at]


def drilled(number: str, at: str) -> None:
    """Note that a backup was restored for trial; one that is not on this register is not noted."""
    with _changing() as found:
        found[:] = [replace(one, drilled_at=at) if one.number == number else one for one in found]


def _at(found: list[Made], number: str) -> int:
    for at, one in enumerate(found):
        if one.number == number:
            return at
    raise BadInput(
        Fault(code="unknown_backup", message="登记里没有这份备份", found=number[:40], expected="shujian backup list 列出的编号")
    )  # fmt: skip


def _path() -> Path:
    return home().root / "backups" / "register.json"


@contextmanager
def _changing() -> Iterator[list[Made]]:
    folder = private_folder(_path().parent)
    with (folder / "register.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = made()
        yield found
        draft = folder / "register.draft"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump([asdict(one) for one in found], out, ensure_ascii=False, indent=1)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(_path())
