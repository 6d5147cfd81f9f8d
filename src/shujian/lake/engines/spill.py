"""Where an engine spills what does not fit in memory: a folder for each process, cleared of those that died."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from shujian.kernel.home import home, private_folder


def spill_root() -> Path:
    """The folder of all spills."""
    return home().root / "tmp"


def spill_folder() -> Path:
    """This process's own folder; what dead processes spilled is removed first."""
    clear_spills()
    return private_folder(spill_root() / str(os.getpid()))


def clear_spills() -> int:
    """Remove what processes left that are no more; answers how many files went."""
    removed = 0
    for folder in spill_root().glob("*"):
        if folder.name.isdigit() and folder.is_dir() and not _alive(int(folder.name)):
            removed += sum(1 for path in folder.rglob("*") if path.is_file())
            shutil.rmtree(folder, ignore_errors=True)
    return removed


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
