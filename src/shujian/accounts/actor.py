"""Whoever acts, and the shape of every answer about what an actor may do. Frozen; touches no table."""

from __future__ import annotations

from dataclasses import dataclass

from shujian.accounts.roles import Role, role_title


@dataclass(frozen=True)
class Actor:
    """Whoever acts. ``shell``: the operating-system user at the command line, who owns the files anyway."""

    name: str
    display: str
    id: int | None = None
    agency: str = ""
    roles: frozenset[Role] = frozenset()
    units: frozenset[str] = frozenset()
    assists: int | None = None
    shell: bool = False
    machine: bool = False
    must_change: bool = False

    @property
    def titles(self) -> tuple[str, ...]:
        """Chinese names of the roles held."""
        return tuple(role_title(role) for role in Role if role in self.roles)


SYSTEM = Actor(name="sys", display="系统", machine=True)
"""The machine itself: it merges and pushes, and may do nothing else."""


@dataclass(frozen=True)
class Decision:
    """Yes or no, and why, in a Chinese sentence that may be shown to the person."""

    allowed: bool
    because: str

    def __bool__(self) -> bool:
        return self.allowed


def allowed(because: str) -> Decision:
    """A yes."""
    return Decision(True, because)


def denied(because: str) -> Decision:
    """A no."""
    return Decision(False, because)
