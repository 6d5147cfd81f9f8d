"""A watched folder: what lies in it ready to be taken, how it is claimed, and where it goes afterwards.

``FOLDER/<source>/<file or folder of documents>`` → ``FOLDER/.work/<claim>/`` → ``FOLDER/done/<batch>/`` or
``FOLDER/refused/<batch>/``. Every step is one rename, so that a crash leaves each file in exactly one place.
"""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shujian.kernel.errors import BadInput, Fault, Unavailable
from shujian.kernel.failpoints import failpoint
from shujian.kernel.ids import new_id

WORK, DONE, REFUSED, LOCK = ".work", "done", "refused", ".watch.lock"
SIDECAR = ".meta.yaml"
_HALF = (".part", ".tmp", ".crdownload", ".partial", ".filepart", ".swp")
Signature = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True)
class Claim:
    """One thing taken out of the inbox, alone in its folder with its sidecar. ``source``: the folder it lay in."""

    folder: Path
    source: str
    item: Path
    sidecar: Path | None


def candidates(root: Path) -> dict[Path, Signature]:
    """Everything that could be taken, with size, time and inode of all its files: two equal looks mean it rests."""
    found: dict[Path, Signature] = {}
    for source in _folders(root):
        if source.name in (DONE, REFUSED):
            continue
        for path in sorted(source.iterdir()):
            if _passed_over(path.name) or path.is_symlink():
                continue
            if path.is_file():
                found[path] = _signature([path])
            elif path.is_dir():
                inner = sorted(one for one in path.rglob("*") if one.is_file())
                if inner and not any(one.name.lower().endswith(_HALF) for one in inner):
                    found[path] = _signature(inner)
    return found


def _folders(root: Path) -> list[Path]:
    return sorted(path for path in root.iterdir() if not path.name.startswith(".") and path.is_dir())


def _passed_over(name: str) -> bool:
    return name.startswith((".", "~$")) or name.endswith("~") or name.lower().endswith((*_HALF, SIDECAR))


def _signature(paths: list[Path]) -> Signature:
    found = []
    for path in paths:
        try:
            told = path.lstat()
        except FileNotFoundError:  # taken back while we looked: the next look differs
            continue
        found.append((str(path), told.st_size, told.st_mtime_ns, told.st_ino))
    return tuple(found)


def being_written(path: Path) -> bool:
    """Whether some process has the file, or a file of the folder, open for writing. Where the file system cannot
    tell, resting through two looks must do.
    """
    paths = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return any(_open_for_writing(one) for one in paths)


def _open_for_writing(path: Path) -> bool:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return True
        # a read lease is given only while nobody writes; its breaking must not kill us
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno in (errno.EAGAIN, errno.EACCES)
    finally:
        os.close(handle)
    return False


def claim(root: Path, path: Path) -> Claim:
    """Take one thing out of the inbox: its sidecar first, then itself, each by a rename."""
    folder = root / WORK / path.parent.name / new_id("claim")
    folder.mkdir(parents=True, mode=0o700)
    beside = path.with_name(path.name + SIDECAR)
    sidecar = None
    if beside.is_file():
        sidecar = folder / beside.name
        beside.rename(sidecar)
    failpoint("watch.after_sidecar")
    path.rename(folder / path.name)
    failpoint("watch.after_claim")
    return Claim(folder, path.parent.name, folder / path.name, sidecar)


def open_claims(root: Path) -> Iterator[Claim]:
    """Claims that a dead watcher left. One that holds no more than a sidecar gives it back."""
    for folder in sorted((root / WORK).glob("*/claim-*")):
        source = folder.parent.name
        inside = sorted(folder.iterdir())
        items = [path for path in inside if not path.name.endswith((SIDECAR, REASON))]
        sidecars = [path for path in inside if path.name.endswith(SIDECAR)]
        if items:
            yield Claim(folder, source, items[0], sidecars[0] if sidecars else None)
            continue
        for path in sidecars:
            back = root / source / path.name
            if not back.exists():
                path.rename(back)
        if not any(folder.iterdir()):
            folder.rmdir()


REASON = ".说明.txt"


def put_away(root: Path, taken: Claim, kind: str, name: str, note: str | None) -> Path:
    """Move a claim, whole, to ``done`` or ``refused`` under the batch's name, with a note in Chinese beside it."""
    if note is not None:
        path = taken.folder / (taken.item.name + REASON)
        path.write_text(note, "utf-8")
    failpoint("watch.after_note")
    base = root / kind
    base.mkdir(exist_ok=True, mode=0o700)
    target = base / name
    taken.folder.rename(target)
    failpoint("watch.after_move")
    return target


@contextmanager
def watching(root: Path) -> Iterator[None]:
    """Hold the right to empty one folder. Raises BadInput where there is none, Unavailable where another watches."""
    if not root.is_dir():
        raise BadInput(
            Fault(
                code="no_folder",
                message="没有这个文件夹",
                file=str(root),
                expected="其下按数据源编号分子文件夹",
            )
        )
    try:
        handle = os.open(root / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise Unavailable(
            Fault(
                code="folder_locked",
                message="文件夹不能写",
                file=str(root),
                found=error.strerror,
                expected="可写的文件夹",
            )
        ) from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unavailable(
                Fault(code="busy", message="另一个 shujian lake watch 正在看守这个文件夹", file=str(root))
            ) from None
        yield
    finally:
        os.close(handle)
