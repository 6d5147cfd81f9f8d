"""Checks a backup without writing, and restores one to an empty place: everything is verified before anything is written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connections, transaction

from shujian.audit import read as audit_read
from shujian.backups import files, tables
from shujian.backups.container import MANIFEST, Reader
from shujian.backups.errors import BackupDamaged, BackupFailed, BackupRefused
from shujian.backups.making import MASTER_NAME, manifest_of
from shujian.kernel.errors import Fault
from shujian.kernel.failpoints import failpoint
from shujian.kernel.gm import sm3_hex
from shujian.kernel.home import Home, instead, private_folder
from shujian.kernel.keyring import master_file
from shujian.kernel.progress import Progress, Silent
from shujian.lake import read as lake


@dataclass(frozen=True)
class Checked:
    """A backup that is whole. ``sm3``: of its manifest."""

    path: Path
    bytes: int
    sm3: str
    manifest: dict[str, Any] = field(repr=False)


def check(path: Path, passphrase: str, progress: Progress | None = None) -> Checked:
    """Read a backup to its end and compare every part with the manifest; nothing is written.

    Raises BackupRefused where it is none, is newer or does not open; BackupDamaged naming every damaged part.
    """
    told, found, body = progress or Silent(), {}, b""
    with _open(path) as source:
        reader = Reader(source, passphrase, str(path))
        told.begin("核验（兆字节）", path.stat().st_size >> 20)
        left = 0
        for part in reader.parts():
            for piece in part.body:
                body = body + piece if part.name == MANIFEST else b""
                left += len(piece)
                told.advance(left >> 20)
                left &= (1 << 20) - 1
            if part.name != MANIFEST:
                files.safe(part.name, str(path))
                found[part.name] = part.sm3
        if reader.faults:
            raise BackupDamaged(reader.faults)
    manifest = manifest_of(body)
    listed = {one["name"]: one["sm3"] for one in manifest["parts"]}
    wrong = sorted(name for name in {*listed, *found} if listed.get(name) != found.get(name))
    if wrong:
        raise BackupDamaged(
            Fault(code="part_differs", message="备份的一部分与清单不符", file=str(path), field=name)
            for name in wrong
        )
    return Checked(path, path.stat().st_size, sm3_hex(body), manifest)


@contextmanager
def _open(path: Path) -> Iterator[Any]:
    try:
        source = path.open("rb")
    except FileNotFoundError:
        raise BackupRefused(
            Fault(
                code="no_file",
                message="没有这个备份文件",
                file=str(path),
                expected="shujian backup 写出的文件",
            )
        ) from None
    except OSError as error:
        raise BackupFailed(
            Fault(code="cannot_read", message=f"备份文件读不出：{error.strerror}", file=str(path))
        ) from None
    with source:
        yield source


def restore(
    path: Path,
    passphrase: str,
    into: Path,
    *,
    database: dict[str, Any] | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Restore to a folder that is not there or empty; answers what was compared, all of it equal.

    ``database``: settings of an empty database in place of an SQLite file in the folder. Raises BackupRefused where the
    place is not empty, BackupDamaged where anything differs; the folder gets its name only when all is equal.
    """
    told = progress or Silent()
    _empty_place(into)
    checked = check(path, passphrase, told)
    stage = into.with_name(f".{into.name}.restoring")
    if stage.exists():
        shutil.rmtree(stage)
    private_folder(stage)
    try:
        with tables.beside(**(database or _sqlite(Home(stage)))) as using:
            _empty_database(using)
            report = _fill(checked, passphrase, stage, using, told)
        failpoint("restore.filled")
        if into.exists():
            into.rmdir()
        stage.rename(into)
    except OSError as error:
        raise BackupFailed(
            Fault(code="cannot_write", message=f"恢复没有做成：{error.strerror}", file=str(into))
        ) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return report


def settle_master(into: Path) -> str | None:
    """Put the restored master key where this machine keeps it; answers its place where another key stands there already."""
    wanted, restored = master_file(), into / MASTER_NAME
    if not restored.exists() or wanted.resolve() == restored.resolve():
        return None
    if not wanted.exists():
        handle = os.open(wanted, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(restored.read_bytes())
            out.flush()
            os.fsync(handle)
    elif wanted.read_bytes() != restored.read_bytes():
        return str(wanted)
    restored.unlink()
    return None


def _fill(checked: Checked, passphrase: str, stage: Path, using: str, told: Progress) -> dict[str, Any]:
    manifest = checked.manifest
    held = tables.prepared(using, manifest["migrations"])
    told.begin("恢复（部分）", len(manifest["parts"]))
    counts: dict[str, int] = {}
    with checked.path.open("rb") as source, transaction.atomic(using=using):
        for part in Reader(source, passphrase, str(checked.path)).parts():
            if part.kind == "table":
                table = part.name.removeprefix("db/").removesuffix(".jsonl")
                if table not in held:
                    raise _unknown_table(checked.path, table)
                counts[table] = tables.load(held[table], part.body, using)
            elif part.name != MANIFEST:
                _put(stage, part.name, part.body, str(checked.path))
            told.advance(1)
        tables.go_on(held, manifest["numbers"], using)
    return _compared(checked, stage, using, held, counts)


def _compared(
    checked: Checked, stage: Path, using: str, held: tables.Models, counts: dict[str, int]
) -> dict[str, Any]:
    """Every table written out again, the chain walked, the datasets opened. Raises BackupDamaged for what differs."""
    manifest, faults = checked.manifest, []
    listed = {one["name"]: one["sm3"] for one in manifest["parts"]}
    for table, rows in sorted(counts.items()):
        again = tables.Counted(tables.lines(held[table], using))
        for _ in again:
            pass
        wanted = manifest["tables"][table]
        if (rows, again.rows, again.sm3) != (wanted["rows"], wanted["rows"], wanted["sm3"]):
            faults.append(_differs(checked.path, f"db/{table}.jsonl", f"{rows} 行"))
    tables.finish(using)
    with instead(stage):
        chain = audit_read.verify(using=using)
        datasets = {one.id: {"version": one.version, "rows": one.rows} for one in lake.datasets()}
    if (chain.ok, chain.entries, chain.anchor) != tuple(
        manifest["audit"][name] for name in ("ok", "entries", "anchor")
    ):
        faults.append(_differs(checked.path, "审计链", f"{chain.entries} 条，锚 {chain.anchor}"))
    if datasets != manifest["datasets"]:
        wrong = sorted(
            name
            for name in {*datasets, *manifest["datasets"]}
            if datasets.get(name) != manifest["datasets"].get(name)
        )
        faults += [_differs(checked.path, f"数据集 {name}", str(datasets.get(name))) for name in wrong]
    if faults:
        raise BackupDamaged(faults)
    return {
        "number": manifest["number"], "made_at": manifest["made_at"], "parts": len(listed), "tables": counts,
        "rows": sum(counts.values()), "runs": counts.get("runs_run", 0), "datasets": datasets,
        "audit": {"entries": chain.entries, "ok": chain.ok, "first_bad": chain.first_bad, "anchor": chain.anchor}, "equal": True,
    }  # fmt: skip


def _differs(path: Path, what: str, found: str) -> Fault:
    return Fault(
        code="restored_differs", message="恢复出来的与备份时不同", file=str(path), field=what, found=found
    )


def _unknown_table(path: Path, table: str) -> BackupRefused:
    return BackupRefused(
        Fault(
            code="newer_tables",
            message="备份里有本版本不认识的表，请先升级数检",
            file=str(path),
            found=table[:80],
        )
    )


def _put(stage: Path, name: str, body: Iterator[bytes], archive: str) -> None:
    place = stage / files.safe(name, archive)
    private_folder(place.parent)
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        for piece in body:
            out.write(piece)
        out.flush()
        os.fsync(handle)


def _sqlite(here: Home) -> dict[str, Any]:
    private_folder(here.database.parent)
    start = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;"
    return {
        "ENGINE": "django.db.backends.sqlite3", "NAME": str(here.database), "USER": "", "PASSWORD": "", "HOST": "", "PORT": "",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": start}, "CONN_MAX_AGE": 0,
    }  # fmt: skip


def _empty_place(into: Path) -> None:
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise BackupRefused(
            Fault(code="not_empty", message="恢复只能到空的地方，这里已有东西", file=str(into),
                  expected="用 --into 写另一个文件夹；确认不再需要时，先把这里的移走")
        )  # fmt: skip


def _empty_database(using: str) -> None:
    names = connections[using].introspection.table_names()
    if names:
        raise BackupRefused(
            Fault(code="database_not_empty", message="恢复只能到空的数据库，这里已有表", found="、".join(sorted(names)[:5]),
                  expected="新建一个空的库，改 SHUJIAN_DATABASE_URL；确认不再需要时，先删除这个库再建")
        )  # fmt: skip
