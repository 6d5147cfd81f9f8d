"""Accounts for tests: made by the accounts room's own door."""

from __future__ import annotations

from collections.abc import Sequence

from shujian.accounts import read, service
from shujian.accounts.models import User
from shujian.accounts.read import SYSTEM, Actor, Role
from shujian.clues.tests.factories import UNIT

HOUSE = "示例县人民检察院"
PASSWORD = "Korrekt-Pferd7"


def account(
    username: str, *roles: Role, units: Sequence[str] = (UNIT,), assists: Actor | None = None
) -> Actor:
    """A person with an account, a password and units."""
    service.ensure_units(HOUSE, units)
    service.create_user(
        by=SYSTEM, username=username, display=f"示例{username}", agency=HOUSE, roles=roles, units=units,
        password=PASSWORD, must_change=False,
    )  # fmt: skip
    if assists:
        User.objects.filter(username=username).update(assists_id=assists.id)
    found = read.actor(User.objects.get(username=username).pk)
    assert found
    return found
