"""Accounts as the administrators see them: no password, no key, no person's number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from shujian.accounts.models import Agency, RecoveryCode, RoleGrant, RoleRequest, SecondFactor, Unit, User
from shujian.accounts.roles import role_title


@dataclass(frozen=True)
class AccountRow:
    """One account. ``factor``: whether a second factor stands; ``waiting``: number of an open request for roles."""

    username: str
    display: str
    agency: str
    kind: str
    roles: tuple[str, ...]
    grants: tuple[Mapping[str, Any], ...]
    units: tuple[str, ...]
    active: bool
    off_reason: str
    must_change: bool
    factor: bool
    recovery_codes: int
    noted: bool
    last_login: datetime | None
    waiting: int | None


@dataclass(frozen=True)
class RequestRow:
    """Roles that wait for a second person, beside those held now."""

    number: int
    username: str
    display: str
    agency: str
    asked_by: str
    asked_at: datetime
    wanted: tuple[str, ...]
    units: tuple[str, ...]
    held: tuple[str, ...]


def accounts() -> list[AccountRow]:
    """All accounts, by agency and name."""
    found = (
        User.objects.select_related("agency")
        .prefetch_related(
            "grants", "units", Prefetch("requests", RoleRequest.objects.filter(confirmed__isnull=True))
        )
        .order_by("agency__kind", "agency__name", "username")
    )
    factors = set(SecondFactor.objects.filter(confirmed_at__isnull=False).values_list("user_id", flat=True))
    codes: dict[int, int] = {}
    for user_id in RecoveryCode.objects.filter(used_at__isnull=True).values_list("user_id", flat=True):
        codes[user_id] = codes.get(user_id, 0) + 1
    return [_row(user, user.pk in factors, codes.get(user.pk, 0)) for user in found]


def account(username: str) -> AccountRow | None:
    """One account by its name."""
    return next((one for one in accounts() if one.username == username), None)


def requests() -> list[RequestRow]:
    """Requests for roles that nobody has decided, the oldest first."""
    found = RoleRequest.objects.filter(confirmed__isnull=True).select_related("user__agency").order_by("id")
    return [
        RequestRow(
            row.pk, row.user.username, row.user.display, row.user.agency.name, row.asked_by, row.asked_at,
            tuple(grant_words(grant) for grant in row.grants), tuple(row.units),
            tuple(_held(grant) for grant in row.user.grants.all()),
        )
        for row in found
    ]  # fmt: skip


def agencies() -> list[tuple[str, str, tuple[str, ...]]]:
    """(name, kind in Chinese, units) of every body."""
    units: dict[int, list[str]] = {}
    for unit in Unit.objects.order_by("name"):
        units.setdefault(unit.agency_id, []).append(unit.name)
    return [
        (one.name, str(Agency.Kind(one.kind).label), tuple(units.get(one.pk, ())))
        for one in Agency.objects.order_by("kind", "name")
    ]


def kinds() -> list[tuple[str, str]]:
    """Kinds of bodies: (code, Chinese)."""
    return [(str(code), str(label)) for code, label in Agency.Kind.choices]


def person_handles() -> dict[str, str]:
    """Keyed handle of an employee's own identity number → account name, for those that were noted."""
    found = User.objects.exclude(person_handle="")
    return dict(found.values_list("person_handle", "username"))


def grant_words(grant: Mapping[str, Any]) -> str:
    """``承办检察官（本部门，字段到中）``."""
    reach = str(grant["reach"])
    said = ["本部门"] if reach == "unit" else [reach.removeprefix("region:")] if reach else []
    said += [f"字段到{'低中高'[int(grant['level'])]}"] if int(grant["level"]) < 2 else []
    return role_title(str(grant["role"])) + (f"（{'，'.join(said)}）" if said else "")


def _held(grant: RoleGrant) -> str:
    return grant_words({"role": grant.role, "reach": grant.reach, "level": grant.level})


def _row(user: User, factor: bool, codes: int) -> AccountRow:
    waiting = next(iter(user.requests.all()), None)
    grants = tuple({"role": one.role, "reach": one.reach, "level": one.level} for one in user.grants.all())
    return AccountRow(
        user.username, user.display, user.agency.name, str(Agency.Kind(user.agency.kind).label),
        tuple(_held(one) for one in user.grants.all()), grants, tuple(sorted(unit.name for unit in user.units.all())),
        user.is_active, user.off_reason, user.must_change, factor, codes, bool(user.person_handle), user.last_login,
        waiting.pk if waiting else None,
    )  # fmt: skip
