"""Whoever acts, and the shape of every answer about what an actor may do. Frozen; touches no table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shujian.accounts.roles import Role, role_title

CLEAR = 2
"""The highest level of a field (高): what a grant opens unless it says less."""


@dataclass(frozen=True)
class Actor:
    """Whoever acts. ``shell``: the operating-system user at the command line, who owns the files anyway.

    ``narrowed``: roles whose grant reaches less than the role does: ``unit``, or a region's name after ``region:``.
    ``clearance``: the highest field level (0 低, 1 中, 2 高). ``recused``: names of clues and subjects this person
    keeps away from. ``deputises``: the absent people this person stands in for today, each with own roles and units.
    """

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
    narrowed: Mapping[Role, str] = field(default_factory=dict)
    clearance: int = CLEAR
    recused: frozenset[str] = frozenset()
    deputises: tuple[Actor, ...] = ()
    needs_factor: bool = False

    @property
    def titles(self) -> tuple[str, ...]:
        """Chinese names of the roles held."""
        return tuple(role_title(role) for role in Role if role in self.roles)

    @property
    def hats(self) -> tuple[Actor, ...]:
        """This person, then every absent person for whom this one stands in: rights are asked one hat at a time."""
        return (self, *self.deputises)


SYSTEM = Actor(name="sys", display="系统", machine=True)
"""The machine itself: it merges and pushes, and may do nothing else."""


@dataclass(frozen=True)
class Thing:
    """What an action is about, as far as rights ask. ``names``: as the audit chain calls it and its subject.

    ``handlers``: account id of the undertaker, empty while nobody has signed for it; ``helpers``: co-handlers. ``account``:
    the account that an administrator is about to touch.
    """

    names: frozenset[str] = frozenset()
    unit: str = ""
    offered_unit: str = ""
    referred_from: str = ""
    region: str = ""
    handlers: frozenset[int] = frozenset()
    helpers: frozenset[int] = frozenset()
    account: str = ""


@dataclass(frozen=True)
class Decision:
    """Yes or no, and why, in a Chinese sentence that may be shown to the person; ``rule``: its number in the table."""

    allowed: bool
    because: str
    rule: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def allowed(because: str, rule: str = "") -> Decision:
    """A yes."""
    return Decision(True, because, rule)


def denied(because: str, rule: str = "") -> Decision:
    """A no."""
    return Decision(False, because, rule)
