"""Accidents that no room foresees: a full disk, a closed door, a broken database, a mistake of ours. All as sentences."""

from __future__ import annotations

import errno
import os
import sqlite3
import traceback
from pathlib import Path

from shujian.kernel.clock import now
from shujian.kernel.errors import Fault
from shujian.kernel.home import home, private_folder

_WHY = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在磁盘只读",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.ENOENT: "没有这个位置",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENAMETOOLONG: "名称太长",
    errno.EMFILE: "打开的文件太多",
    errno.EIO: "磁盘读写出错",
}
_DATABASE = {
    "readonly": "数据库只读，写不进去",
    "locked": "数据库正忙，请稍后再试",
    "malformed": "数据库文件已损坏，请从备份恢复",
    "not a database": "数据库文件已损坏，请从备份恢复",
    "disk is full": "磁盘已满，数据库写不进去",
    "unable to open": "数据库打不开",
    "disk I/O": "数据库所在磁盘读写出错",
}


def reason_of(error: OSError) -> str:
    """Why the system refused, in Chinese; the system's own words where we have none."""
    return _WHY.get(error.errno or 0) or error.strerror or str(error)


def environment_fault(error: BaseException) -> Fault | None:
    """The fault of an accident that lies in the machine and not in us; None where it is ours. Exit code 4."""
    if isinstance(error, OSError) and error.errno in _WHY:
        name = error.filename
        place = os.fsdecode(name) if isinstance(name, str | bytes) else None
        return Fault(code="environment", message=f"不能读写：{reason_of(error)}", file=place)
    if isinstance(error, MemoryError):
        return Fault(code="no_memory", message="内存不够", expected="关闭其他程序后再试")
    if not _of_database(error):
        return None
    for words, told in _DATABASE.items():
        if words in str(error):
            code = "busy" if words == "locked" else "database"
            return Fault(code=code, message=told, file=str(home().database), found=str(error))
    return None


def _of_database(error: BaseException) -> bool:
    # Django's errors are known by their name, so that no command imports Django for it.
    names = {kind.__name__ for kind in type(error).__mro__ if kind.__module__.startswith("django.db")}
    return isinstance(error, sqlite3.DatabaseError) or "DatabaseError" in names


def internal_fault(error: BaseException) -> Fault:
    """The fault of a mistake of ours: the trace goes to a file of the owner, because it may hold persons' data."""
    kept = _keep_trace(error)
    return Fault(
        code="internal", message=f"程序内部错误：{type(error).__name__}", found=str(error)[:200] or None,
        expected=f"请把 {kept} 交给维护人员" if kept else "设 SHUJIAN_TRACE=1 再运行一次，可看到出错位置",
    )  # fmt: skip


def _keep_trace(error: BaseException) -> Path | None:
    told = "".join(traceback.format_exception(error))
    try:
        path = private_folder(home().root / "traces") / f"{now():%Y%m%dT%H%M%S}-{os.getpid()}.txt"
        path.touch(mode=0o600)
        path.write_text(told, "utf-8", errors="backslashreplace")
    except OSError:
        return None
    return path
