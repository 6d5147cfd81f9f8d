"""The lake's register: an SQLite copy of the Delta logs and of the pinned snapshots. It can be thrown away.

Every opening first takes in the commits that the logs have and the register lacks: so a process that died
between the Delta commit and the register leaves nothing to repair by hand.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shujian.kernel.clock import now
from shujian.kernel.errors import Fault, Unavailable
from shujian.kernel.home import home, private_folder
from shujian.lake import log
from shujian.lake.log import Commit

_TABLES = """
create table if not exists commits (
    dataset text not null, version integer not null, kind text not null, batch text, sha256 text,
    body text not null, primary key (dataset, version)
) without rowid;
create index if not exists commits_by_batch on commits (batch);
create index if not exists commits_by_digest on commits (dataset, sha256);
create table if not exists snapshots (id text primary key, pinned_at text not null, body text not null);
"""


def register_path() -> Path:
    """The register's file."""
    return home().lake / "register.sqlite3"


def snapshots_folder() -> Path:
    """One small JSON file per pinned snapshot: what the register's copy is rebuilt from."""
    return home().lake / "snapshots"


@contextmanager
def register() -> Iterator[sqlite3.Connection]:
    """The register, brought up to date. A damaged file is put aside and rebuilt from the logs."""
    private_folder(home().lake)
    try:
        connection = _opened()
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise _unavailable(error) from error
        _put_aside()
        connection = _opened()
    try:
        yield connection
    finally:
        connection.close()


def _unavailable(error: sqlite3.OperationalError) -> Unavailable:
    return Unavailable(
        Fault(code="register_busy", message="数据湖的登记库现在打不开（被占用、磁盘已满或没有写权限），请稍后再试",
              file=str(register_path()), found=str(error))
    )  # fmt: skip


def _opened() -> sqlite3.Connection:
    path = register_path()
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        connection.execute("pragma journal_mode=wal")
        connection.execute("pragma synchronous=normal")
        connection.executescript(_TABLES)
        _take_in(connection)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    path.chmod(0o600)
    return connection


def _put_aside() -> None:
    path = register_path()
    for suffix in ("", "-wal", "-shm"):
        old = path.with_name(path.name + suffix)
        if old.exists():
            old.rename(old.with_name(f"{old.name}.damaged-{now():%Y%m%dT%H%M%S}"))


def _take_in(connection: sqlite3.Connection) -> None:
    known = dict(connection.execute("select dataset, max(version) from commits group by dataset").fetchall())
    for dataset in log.dataset_names():
        for commit in log.commits_after(dataset, known.get(dataset, -1)):
            keep_commit(connection, commit)
    if known or not snapshots_folder().is_dir():
        return
    for path in sorted(snapshots_folder().glob("*.json")):
        told = json.loads(path.read_text("utf-8"))
        connection.execute(
            "insert or ignore into snapshots values (?, ?, ?)",
            (path.stem, told["pinned_at"], json.dumps(told["datasets"])),
        )


def keep_commit(connection: sqlite3.Connection, commit: Commit) -> None:
    """Copy one commit; known ones are left alone."""
    connection.execute(
        "insert or ignore into commits values (?, ?, ?, ?, ?, ?)",
        (commit.dataset, commit.version, commit.kind, commit.batch, commit.sha256,
         json.dumps(commit.body, ensure_ascii=False)),
    )  # fmt: skip


def commits(
    connection: sqlite3.Connection, dataset: str | None = None, batch: str | None = None
) -> list[Commit]:
    """Commits in order, of one dataset or batch or of all."""
    rows = connection.execute(
        "select dataset, version, kind, body from commits where (?1 is null or dataset = ?1)"
        " and (?2 is null or batch = ?2) order by dataset, version",
        (dataset, batch),
    )
    return [Commit(name, version, kind, json.loads(body)) for name, version, kind, body in rows]
