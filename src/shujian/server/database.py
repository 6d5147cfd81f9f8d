"""Which database the rooms stand on: SQLite in WAL mode by default, PostgreSQL by address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from shujian.kernel.errors import BadInput, Fault

_SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;"


def database_settings(url: str | None, file: Path) -> dict[str, Any]:
    """The ``DATABASES`` entry for ``url`` (``postgresql://user:password@host:port/name``), or for ``file``.

    SQLite begins each transaction IMMEDIATE, so that writers queue at the start instead of failing at the end.
    Raises BadInput for any other scheme.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(file),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": _SQLITE_START},
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise BadInput(
            Fault(
                code="database_url",
                message="环境变量 SHUJIAN_DATABASE_URL 不认识",
                found=parts.scheme or "（空）",
                expected="postgresql://用户:口令@主机:端口/库名",
            )
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }
