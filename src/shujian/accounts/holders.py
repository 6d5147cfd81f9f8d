"""Who is to be told: the accounts that hold a role, of the whole house or of a unit, and who stands in for them today."""

from __future__ import annotations

from collections.abc import Collection

from shujian.accounts.models import Absence, User
from shujian.accounts.roles import Role
from shujian.kernel.clock import today


def holders(roles: Collection[Role], unit: str = "") -> frozenset[int]:
    """Ids of active accounts with one of the roles; with ``unit``, of that unit."""
    found = User.objects.filter(is_active=True, grants__role__in=roles)
    if unit:
        found = found.filter(units__name=unit)
    return frozenset(found.values_list("pk", flat=True).distinct())


def present(ids: Collection[int]) -> frozenset[int]:
    """Those of the accounts that are active, and the deputies of those that are away today."""
    day = today()
    there = User.objects.filter(pk__in=ids, is_active=True).values_list("pk", flat=True)
    standing_in = Absence.objects.filter(
        user__in=ids, from_on__lte=day, to_on__gte=day, ended_at=None, deputy__is_active=True
    ).values_list("deputy", flat=True)
    return frozenset({*there, *standing_in})
