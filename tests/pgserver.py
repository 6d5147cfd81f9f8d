"""The throw-away PostgreSQL server, under the name by which tests ask for it."""

from __future__ import annotations

from shujian.bench.pgserver import ADMIN, Server, binaries, start, stop

__all__ = ["ADMIN", "Server", "binaries", "start", "stop"]
