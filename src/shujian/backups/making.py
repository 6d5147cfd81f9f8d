"""Makes one backup: the lake held still, the database at one moment, everything sealed into one file, then its register."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

import shujian
from shujian.audit import read as audit_read
from shujian.audit import service as audit
from shujian.backups import files, tables
from shujian.backups.container import MANIFEST, Writer
from shujian.backups.errors import BackupFailed, BackupRefused
from shujian.kernel import backups as register
from shujian.kernel.canonical import canonical
from shujian.kernel.clock import CHINA, now
from shujian.kernel.errors import Fault
from shujian.kernel.failpoints import failpoint
from shujian.kernel.gm import sm3_hex
from shujian.kernel.home import Home, home
from shujian.kernel.keyring import master_file
from shujian.kernel.progress import Progress, Silent
from shujian.lake import read as lake
from shujian.lake import service as lake_service

SHORTEST = 12
ENDING = ".shujian-backup"
MASTER_NAME = "secrets/master.key"
"""Under which the master key stands in a backup, wherever it lies here."""
DAYS = 30
"""How long a backup is kept where nothing is said."""


def make(
    out: Path, passphrase: str, *, actor: str, keep_days: int = DAYS, progress: Progress | None = None
) -> dict[str, Any]:
    """Write a backup to ``out`` (a file that is not there yet, or a folder) and answer what the register keeps of it.

    Raises BackupRefused for a weak passphrase, a taken name, an erasure left behind; BackupFailed where the disk is full
    or may not be written; Unavailable while somebody writes to the lake. Nothing is left under the name then.
    """
    _check(passphrase, keep_days)
    told, here = progress or Silent(), home()
    with lake_service.nobody_writes():
        number, at = register.next_number(), now()
        path = _place(out, number)
        with _growing(path, here) as target:
            writer = Writer(
                target,
                passphrase,
                {"number": number, "made_at": at.isoformat(), "software": shujian.__version__},
            )
            manifest = _write(writer, here, told)
            manifest |= {"number": number, "made_at": at.isoformat(), "software": shujian.__version__}
            body = canonical(manifest).encode()
            writer.part(MANIFEST, MANIFEST, iter([body]))
        until = at.astimezone(CHINA).date() + timedelta(days=keep_days)
        made = register.Made(
            number, at.isoformat(timespec="seconds"), until.isoformat(), str(path.resolve()), path.stat().st_size, sm3_hex(body), actor
        )  # fmt: skip
        register.note(made)
    audit.record(
        actor=actor, action="backup.make", thing=f"backup:{number}",
        detail={"bytes": made.bytes, "sm3": made.sm3, "keep_until": made.keep_until, "entries": manifest["audit"]["entries"]},
    )  # fmt: skip
    return {**vars(made), "file": str(path), **summary(manifest)}


def summary(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The counts of a manifest, as commands print them."""
    rows = {name: one["rows"] for name, one in manifest["tables"].items()}
    return {
        "parts": len(manifest["parts"]), "tables": rows, "rows": sum(rows.values()), "datasets": manifest["datasets"],
        "runs": rows.get("runs_run", 0), "audit": manifest["audit"], "left_out": manifest["left_out"],
    }  # fmt: skip


def _write(writer: Writer, here: Home, told: Progress) -> dict[str, Any]:
    """All parts but the manifest; answers the manifest's body. The tables before the lake: what they speak of is there.

    The anchors' file before the tables: it may not know of more than the chain holds.
    """
    names = files.files(here)
    for name in [one for one in names if one.startswith("audit/")]:
        writer.part(name, "file", files.pieces(here, name))
    with tables.one_moment() as using:
        held = tables.tables_of()
        applied = tables.applied(using)
        chain = audit_read.verify(using=using)
        counts: dict[str, dict[str, Any]] = {}
        told.begin("数据库（表）", len(held))
        for table, model in sorted(held.items()):
            rows = tables.Counted(tables.lines(model, using))
            writer.part(f"db/{table}.jsonl", "table", iter(rows))
            counts[table] = {"rows": rows.rows, "sm3": rows.sm3}
            told.advance(1)
        numbers = tables.highest(held, using)
    failpoint("backup.tables")
    names = [one for one in names if one not in writer.written]
    told.begin("文件（兆字节）", sum((here.root / name).stat().st_size for name in names) >> 20)
    left = 0
    for name in names:
        left += writer.part(name, "key" if name.startswith("secrets/") else "file", files.pieces(here, name))
        told.advance(left >> 20)
        left &= (1 << 20) - 1
    if MASTER_NAME not in writer.written and (master := master_file()).is_file():
        writer.part(MASTER_NAME, "key", iter([master.read_bytes()]))
    failpoint("backup.files")
    return {
        "tables": counts, "migrations": applied, "numbers": numbers,
        "audit": {"entries": chain.entries, "ok": chain.ok, "first_bad": chain.first_bad, "anchor": chain.anchor},
        "datasets": {one.id: {"version": one.version, "rows": one.rows} for one in lake.datasets()},
        "left_out": files.LEFT_OUT,
        "parts": [{"name": name, "kind": kind, "bytes": size, "sm3": sm3} for name, (kind, size, sm3) in writer.written.items()],
    }  # fmt: skip


def _check(passphrase: str, keep_days: int) -> None:
    if len(passphrase) < SHORTEST:
        raise BackupRefused(
            Fault(code="weak_passphrase", message="备份的口令太短：密钥和数据都靠它保护", found=f"{len(passphrase)} 个字符",
                  expected=f"至少 {SHORTEST} 个字符，与备份分开保存")
        )  # fmt: skip
    if not 1 <= keep_days <= 3650:
        raise BackupRefused(
            Fault(code="bad_days", message="保存天数不对", field="--keep-days", found=str(keep_days), expected="1 至 3650")
        )  # fmt: skip
    left = lake.unfinished_erasure()
    if left:
        raise BackupRefused(
            Fault(code="erasure_left", message="有一次销毁没有做完，此时备份会留下应删的内容", found=str(left["number"]),
                  expected="先运行 shujian lake erase --resume")
        )  # fmt: skip


def _place(out: Path, number: str) -> Path:
    path = out / f"{number}{ENDING}" if out.is_dir() else out
    if path.exists():
        raise BackupRefused(
            Fault(
                code="taken",
                message="已有同名文件，不覆盖",
                file=str(path),
                expected="另一个文件名，或一个文件夹",
            )
        )
    return path


@contextmanager
def _growing(path: Path, here: Home) -> Iterator[IO[bytes]]:
    """A file that gets its name when it is whole. One that a dead process left behind is written over."""
    partial = path.with_name(f"{path.name}.partial")
    try:
        handle = os.open(partial, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise _failed(error, path) from None
    with os.fdopen(handle, "wb") as target:
        try:
            fcntl.flock(target, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupFailed(
                Fault(code="busy", message="这份备份正由另一个进程制作", file=str(path))
            ) from None
        try:
            _room(path, here)
            os.ftruncate(handle, 0)
            yield target
            target.flush()
            os.fsync(handle)
            partial.rename(path)
        except OSError as error:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
            raise _failed(error, path) from error
        except BaseException:
            partial.unlink(missing_ok=True)
            raise


def _room(path: Path, here: Home) -> None:
    need = sum((here.root / name).stat().st_size for name in files.files(here))
    free = shutil.disk_usage(path.parent).free
    if free < need:
        raise BackupFailed(
            Fault(code="no_space", message="磁盘空间不够放备份", file=str(path), found=f"剩余 {free >> 20} MB",
                  expected=f"至少 {need >> 20} MB")
        )  # fmt: skip


def _failed(error: OSError, path: Path) -> BackupFailed:
    why = {errno.ENOSPC: "磁盘已满", errno.EDQUOT: "超出磁盘配额", errno.EACCES: "没有权限", errno.EROFS: "所在磁盘只读",
           errno.ENOENT: "没有这个文件夹", errno.ENOTDIR: "路径中有一段不是文件夹"}.get(error.errno or 0, error.strerror or "")  # fmt: skip
    about = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else str(path)
    return BackupFailed(Fault(code="cannot_write", message=f"备份没有做成：{why}", file=about))


def manifest_of(body: bytes) -> dict[str, Any]:
    """The manifest as read back."""
    return dict(json.loads(body))
