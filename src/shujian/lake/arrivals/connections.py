"""Named connections to other agencies' databases: ``SHUJIAN_HOME/connections.yaml``. A user names one, never a URL."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from shujian.kernel.errors import BadInput, Fault
from shujian.lake.arrivals.settings import SecretAt, Strict, private_settings

FILE = "connections.yaml"
_EXAMPLE = "connections: {名称: {kind: postgresql, host: …, database: …, user: …, password: {env: …}}}"
_PORTS = {"postgresql": 5432, "mysql": 3306}


class Connection(Strict):
    """One database. ``timeout``: seconds that a query may take; ``queries``: source id → name → SELECT."""

    kind: Literal["postgresql", "mysql"]
    host: str
    port: int | None = Field(default=None, ge=1, le=65535)
    database: str
    user: str
    password: SecretAt | None = None
    tls: bool = False
    timeout: int = Field(default=600, ge=1, le=86_400)
    queries: dict[str, dict[str, str]] = Field(default_factory=dict)

    @property
    def at(self) -> int:
        """The port, the usual one where none is told."""
        return self.port or _PORTS[self.kind]

    def secret(self) -> str | None:
        """The password. Raises Unavailable, GuardRefused."""
        return self.password.read() if self.password is not None else None


class _Connections(Strict):
    connections: dict[str, Connection]


def connection(name: str) -> Connection:
    """The connection of this name. Raises BadInput, GuardRefused where the file is open to others."""
    every = private_settings(FILE, _Connections, _EXAMPLE).connections
    if name not in every:
        raise BadInput(
            Fault(code="unknown_connection", message="没有这个连接", field="--connection", found=name,
                  expected="、".join(sorted(every)) or FILE)
        )  # fmt: skip
    return every[name]


def saved_query(told: Connection, source_id: str, name: str | None) -> tuple[str, str]:
    """Name and text of a saved query; the only one of its source where none is named. Raises BadInput."""
    saved = told.queries.get(source_id, {})
    if name is None and len(saved) == 1:
        name = next(iter(saved))
    if name is None or name not in saved:
        raise BadInput(
            Fault(
                code="unknown_query", message=f"连接里没有存好 {source_id} 的这条查询", field="--query", found=name,
                expected="、".join(sorted(saved)) or f"在 {FILE} 的 queries.{source_id} 下写一条，或用 --query-file",
            )
        )  # fmt: skip
    return name, saved[name]
