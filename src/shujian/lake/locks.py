"""One writer per dataset: an advisory lock on a file that names its holder. A backup keeps all writers out.

The kernel drops the lock when its holder dies, so that a lock file left by a dead process stops nobody.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from shujian.kernel.errors import Fault, Unavailable
from shujian.kernel.home import home, private_folder


@contextmanager
def writing(dataset: str) -> Iterator[None]:
    """Hold the right to write one dataset. Raises Unavailable where another process holds it, or a backup is made."""
    path = private_folder(home().lake / "locks") / f"{dataset}.lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    gate = _gate()
    try:
        _pass(gate, fcntl.LOCK_SH, "正在制作备份，数据湖暂时不能写入，请稍后再试")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 32).decode("ascii", "replace").strip() or "未知"
            raise Unavailable(
                Fault(
                    code="busy",
                    message=f"数据集 {dataset} 正在被另一个进程写入，请稍后再试",
                    found=f"进程 {holder}",
                )
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(gate)
        os.close(handle)


@contextmanager
def nobody_writes() -> Iterator[None]:
    """Keep every writer of the lake out meanwhile. Raises Unavailable where one is at work."""
    gate = _gate()
    try:
        _pass(gate, fcntl.LOCK_EX, "数据湖正在被写入，请稍后再试")
        yield
    finally:
        os.close(gate)


def _gate() -> int:
    """A file that every writer holds together with others, and a backup alone."""
    path = private_folder(home().lake / "locks") / "_all.lock"
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _pass(gate: int, how: int, says: str) -> None:
    try:
        fcntl.flock(gate, how | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Unavailable(Fault(code="busy", message=says)) from None
