"""A throw-away PostgreSQL server for measures and tests: the system's own binaries, a folder of its own, a loopback port."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

ADMIN = "shujian_test"


def binaries() -> Path:
    """The folder of initdb and pg_ctl, of the newest version."""
    found = shutil.which("initdb")
    if found and (Path(found).parent / "pg_ctl").exists():
        return Path(found).parent
    return max(
        (path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        key=lambda path: float(path.parent.name),
    )


@dataclass(frozen=True)
class Server:
    """A running server; ``password`` is that of ``ADMIN``, asked for over TCP, not over the socket."""

    folder: Path
    port: int
    password: str

    @property
    def socket(self) -> Path:
        """The folder of the Unix socket: connections by it need no password."""
        return self.folder / "socket"

    def connect(self, database: str = "postgres") -> psycopg.Connection[Any]:
        """As the administrator, each statement its own transaction."""
        return psycopg.connect(
            host=str(self.socket), port=self.port, dbname=database, user=ADMIN, autocommit=True
        )

    def database(self, name: str) -> psycopg.Connection[Any]:
        """A new, empty database."""
        with self.connect() as admin:
            admin.execute(f'drop database if exists "{name}" with (force)')
            admin.execute(f'create database "{name}"')
        return self.connect(name)


def _owner() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as the system's own user for it, or as nobody."""
    if os.geteuid() != 0:
        return {}
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        entry = pwd.getpwnam("nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _call(*words: str | Path, owner: dict[str, Any], folder: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    done = subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
        **owner,
    )  # fmt: skip
    if done.returncode:
        log = folder / "log"
        told = log.read_text("utf-8") if log.exists() else ""
        raise RuntimeError(f"{words[0]}: {done.stdout}{done.stderr}{told}")


def start() -> Server:
    """Make and start a server; it is ready when this returns."""
    bin_folder, owner = binaries(), _owner()
    folder = Path(tempfile.mkdtemp(prefix="shujian-pg-"))  # a short path: a socket's name has 107 bytes
    password = secrets.token_hex(8)
    (folder / "password").write_text(password, "ascii")
    (folder / "socket").mkdir()
    if owner:
        for path in (folder, folder / "password", folder / "socket"):
            os.chown(path, owner["user"], owner["group"])
    _call(
        bin_folder / "initdb", "-D", folder / "data", "-U", ADMIN, "-E", "UTF8", "--locale=C.UTF-8", "--auth-local=trust",
        "--auth-host=scram-sha-256", f"--pwfile={folder / 'password'}", "--no-sync", owner=owner, folder=folder,
    )  # fmt: skip
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = (
        f"-p {port} -k {folder / 'socket'} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=90"
    )
    _call(
        bin_folder / "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-w", "-o", settings, "start", owner=owner,
        folder=folder,
    )  # fmt: skip
    return Server(folder, port, password)


def stop(server: Server) -> None:
    """Stop it at once and remove its folder."""
    try:
        _call(
            binaries() / "pg_ctl",
            "-D",
            server.folder / "data",
            "-m",
            "immediate",
            "stop",
            owner=_owner(),
            folder=server.folder,
        )
    finally:
        shutil.rmtree(server.folder, ignore_errors=True)
