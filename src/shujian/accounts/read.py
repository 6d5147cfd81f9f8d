"""The only way to read accounts: the frozen ``Actor`` that every policy asks about, roles and decisions."""

from __future__ import annotations

import getpass

from shujian.accounts.actor import SYSTEM, Actor, Decision, allowed, denied
from shujian.accounts.models import Agency, Unit, User
from shujian.accounts.policy import may_read_audit, may_read_lake, may_read_models
from shujian.accounts.roles import ADMINISTRATORS, PROCURATORATE, WHOLE_PROCURATORATE, Role, role_title

__all__ = [
    "ADMINISTRATORS", "PROCURATORATE", "SYSTEM", "WHOLE_PROCURATORATE", "Actor", "Decision", "Role", "actor",
    "allowed", "colleague", "denied", "displays", "may_read_audit", "may_read_lake",
    "may_read_models", "role_title", "shell_actor", "unit_names",
]  # fmt: skip


def shell_actor() -> Actor:
    """The person at the command line: ``cli:<os user>``."""
    name = f"cli:{getpass.getuser()}"
    return Actor(name=name, display=name, shell=True)


def actor(user_id: int) -> Actor | None:
    """The actor of one account; None where it is gone or switched off."""
    row = User.objects.select_related("agency").filter(pk=user_id, is_active=True).first()
    if row is None:
        return None
    return Actor(
        name=row.username,
        display=row.display,
        id=row.pk,
        agency=row.agency.name,
        roles=frozenset(Role(grant.role) for grant in row.grants.all()),
        units=frozenset(row.units.values_list("name", flat=True)),
        assists=row.assists_id,
        must_change=row.must_change,
    )


def colleague(username: str) -> Actor | None:
    """The actor of an account by its name; None where it is gone or switched off."""
    found = User.objects.filter(username=username, is_active=True).values_list("pk", flat=True).first()
    return None if found is None else actor(found)


def unit_names() -> list[str]:
    """The units of the procuratorate: a clue is pushed to one and may be moved to another."""
    found = Unit.objects.filter(agency__kind=Agency.Kind.PROCURATORATE)
    return list(found.order_by("name").values_list("name", flat=True).distinct())


def displays(names: set[str]) -> dict[str, str]:
    """How people are called: account name → name on a page, for those that exist."""
    return dict(User.objects.filter(username__in=names).values_list("username", "display"))
