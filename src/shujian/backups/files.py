"""Which files of an installation go into a backup, and under which names."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from shujian.backups.container import CHUNK
from shujian.backups.errors import BackupDamaged
from shujian.kernel.errors import Fault
from shujian.kernel.home import Home, private_folder

LEFT_OUT = {
    "backups": "备份文件自己", "db": "数据库另按表存放", "tmp": "临时文件", "logs": "运行日志", "traces": "出错记录",
    "spark": "集群的地址和日志", "demo": "示例县的原始文件，可以重新生成", "lake/locks": "写锁", "lake/staging": "导入途中的文件",
}  # fmt: skip
"""What stays out, and why; told in the manifest."""
_REGISTER = "lake/register.sqlite3"


def files(here: Home) -> list[str]:
    """Names below the installation's folder, sorted. Links are not followed and do not count."""
    found: list[str] = []
    for folder, folders, names in os.walk(here.root):
        below = Path(folder).relative_to(here.root)
        folders[:] = sorted(one for one in folders if (below / one).as_posix() not in LEFT_OUT)
        found += [(below / one).as_posix() for one in names if _counts(Path(folder) / one)]
    return sorted(one for one in found if not one.startswith(f"{_REGISTER}-"))


def _counts(path: Path) -> bool:
    name = path.name
    passing = name.endswith((".partial", ".draft", ".lock", ".restoring")) or name.startswith(".lock")
    return path.is_file() and not path.is_symlink() and not passing


def pieces(here: Home, name: str) -> Iterator[bytes]:
    """The bytes of one file; of the lake's register a copy of one moment."""
    path = here.root / name
    if name == _REGISTER:
        with tempfile.TemporaryDirectory(dir=private_folder(here.root / "tmp")) as folder:
            copy = Path(folder) / "copy"
            with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
                source.backup(target)
            source.close()
            target.close()
            yield from _read(copy)
        return
    yield from _read(path)


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as source:
        while piece := source.read(CHUNK):
            yield piece


def safe(name: str, archive: str) -> PurePosixPath:
    """The name as a path below a folder. Raises BackupDamaged for one that leads elsewhere."""
    path = PurePosixPath(name)
    bad = path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name or not path.parts
    if bad or path.as_posix() != name:
        raise BackupDamaged(
            Fault(code="bad_name", message="备份里有一个文件名指向别处，不恢复", file=archive, field=name[:120],
                  expected="数检文件夹以内的相对路径")
        )  # fmt: skip
    return path
