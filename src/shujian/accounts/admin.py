"""What the administrators do to accounts. The system administrator makes and proposes, the security administrator confirms
and hands out passwords: neither alone lets anybody in (等保 三员分立).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from shujian.accounts import factor
from shujian.accounts.actor import CLEAR, Actor, Thing
from shujian.accounts.errors import AccountRefused, AccountUnknown
from shujian.accounts.models import Agency, RoleGrant, RoleRequest, Unit, User
from shujian.accounts.passwords import one_time_password, set_password
from shujian.accounts.rights import may
from shujian.accounts.role_rules import check_roles, fault, keep_one_of_each
from shujian.audit import service as audit
from shujian.kernel.clock import now
from shujian.kernel.errors import FaultList
from shujian.kernel.secrets import pseudonym

_NAME = re.compile(r"[a-z][a-z0-9_.-]{2,39}")


def create_account(
    *, by: Actor, username: str, display: str, agency: str, kind: str, roles: Sequence[str], units: Sequence[str]
) -> int:  # fmt: skip
    """An account that cannot sign in yet: its roles wait for a second person. Answers the number of that request.

    Raises AccountRefused with every fault.
    """
    _demand(by, "account.create")
    faults = FaultList()
    if not _NAME.fullmatch(username):
        faults.add(fault("username", "账号名用小写字母开头，3 至 40 个小写字母、数字或 _ . -", username))
    elif User.objects.filter(username=username).exists():
        faults.add(fault("username", "账号名已经有了", username))
    if not 2 <= len(display.strip()) <= 60:
        faults.add(fault("display", "姓名 2 至 60 个字", display))
    if not 2 <= len(agency.strip()) <= 120 or kind not in Agency.Kind.values:
        faults.add(fault("agency", "请写明机构名称和类别", agency))
    standing = Agency.objects.filter(name=agency.strip()).first()
    if standing and standing.kind != kind:
        faults.add(
            fault(
                "agency", f"这个机构已登记为{Agency.Kind(standing.kind).label}", str(Agency.Kind(kind).label)
            )
        )
    check_roles(faults, roles, kind)
    faults.raise_if_any(AccountRefused)
    with transaction.atomic():
        body, _ = Agency.objects.get_or_create(name=agency.strip(), defaults={"kind": kind})
        for unit in units:
            Unit.objects.get_or_create(agency=body, name=unit)
        user = User(username=username, display=display.strip(), agency=body, must_change=True)
        user.set_unusable_password()
        user.save()
        audit.record(
            actor=by.name, action="account.created", thing=f"account:{username}",
            detail={"roles": list(roles), "units": list(units)},
        )  # fmt: skip
        return _ask(by, user, [{"role": role} for role in roles], units)


def propose_roles(
    *, by: Actor, username: str, grants: Sequence[Mapping[str, Any]], units: Sequence[str]
) -> int:
    """Ask for other roles, each ``{role, reach, level}``; nothing changes before a second person confirms."""
    user = _account(by, username, "account.propose")
    faults = FaultList()
    check_roles(faults, [str(grant["role"]) for grant in grants], user.agency.kind)
    for grant in grants:
        reach = str(grant.get("reach", ""))
        if reach not in ("", "unit") and not re.fullmatch(r"region:\S{2,60}", reach):
            faults.add(fault("reach", "范围写：空（按角色）、unit（本部门）或 region:地区名", reach))
    known = set(Unit.objects.filter(agency=user.agency).values_list("name", flat=True))
    for unit in units:
        if unit not in known:
            faults.add(fault("units", "没有这个部门", unit))
    faults.raise_if_any(AccountRefused)
    with transaction.atomic():
        return _ask(by, user, grants, units)


def decide_roles(*, by: Actor, number: int, confirm: bool) -> str | None:
    """Confirm or refuse what another person proposed. A first confirmation answers a one-time password, else None."""
    with transaction.atomic():
        row = (
            RoleRequest.objects.select_for_update()
            .select_related("user__agency")
            .filter(pk=number, confirmed__isnull=True)
            .first()
        )
        if row is None:
            raise AccountRefused(fault("request", "没有这项待确认的角色变动", str(number)))
        _demand(by, "account.decide", Thing(account=row.user.username))
        if row.asked_by == by.name:
            raise AccountRefused(fault("request", "提出和确认必须是两个人", by.name))
        row.decided_by, row.decided_at, row.confirmed = by.name, now(), confirm
        row.save()
        if confirm:
            _apply(row)
        audit.record(
            actor=by.name, action=f"account.roles_{'confirmed' if confirm else 'refused'}",
            thing=f"account:{row.user.username}", detail={"asked_by": row.asked_by, "grants": row.grants, "units": row.units},
        )  # fmt: skip
        if not confirm or row.user.has_usable_password():
            return None
        return _fresh_password(row.user)


def switch_account(*, by: Actor, username: str, on: bool, why: str) -> None:
    """Switch an account off (its sessions end at once) or on again, for a stated reason. Raises AccountRefused."""
    user = _account(by, username, "account.switch")
    if len(why.strip()) < 4:
        raise AccountRefused(fault("why", "请写明停用或启用的理由（至少四个字）", why))
    if not on:
        keep_one_of_each(user)
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(
            is_active=on, off_reason="" if on else why.strip()[:200], sessions=[]
        )
        audit.record(
            actor=by.name, action=f"account.switched_{'on' if on else 'off'}", thing=f"account:{username}",
            detail={"why": why.strip()[:200]},
        )  # fmt: skip


def reset_account(*, by: Actor, username: str) -> str:
    """A one-time password; second factor, recovery codes and sessions are dropped. Raises AccountRefused."""
    user = _account(by, username, "account.reset")
    with transaction.atomic():
        password = _fresh_password(user)
        audit.record(actor=by.name, action="account.reset", thing=f"account:{username}")
    return password


def note_person(*, by: Actor, username: str, id_number: str) -> None:
    """Keep the keyed handle of a person's own identity number, to notice look-ups of colleagues; empty drops it."""
    user = _account(by, username, "account.switch")
    handle = pseudonym("person", id_number.strip().upper()) if id_number.strip() else ""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(person_handle=handle)
        audit.record(actor=by.name, action="account.person_noted", thing=f"account:{username}")


def _fresh_password(user: User) -> str:
    password = one_time_password()
    factor.forget(user)
    user.must_change, user.sessions = True, []
    set_password(user, password)
    return password


def _ask(by: Actor, user: User, grants: Sequence[Mapping[str, Any]], units: Sequence[str]) -> int:
    told = [
        {"role": str(one["role"]), "reach": str(one.get("reach", "")), "level": int(one.get("level", CLEAR))}
        for one in grants
    ]
    RoleRequest.objects.filter(user=user, confirmed__isnull=True).update(
        confirmed=False, decided_at=now(), decided_by=by.name
    )
    row = RoleRequest.objects.create(
        user=user, grants=told, units=list(units), asked_by=by.name, asked_at=now()
    )
    audit.record(
        actor=by.name, action="account.roles_proposed", thing=f"account:{user.username}",
        detail={"grants": told, "units": list(units)},
    )  # fmt: skip
    return int(row.pk)


def _apply(row: RoleRequest) -> None:
    user = row.user
    held = {grant["role"] for grant in row.grants}
    keep_one_of_each(user, held)
    user.grants.all().delete()
    RoleGrant.objects.bulk_create(
        RoleGrant(user=user, role=grant["role"], reach=grant["reach"], level=grant["level"])
        for grant in row.grants
    )
    user.units.set(Unit.objects.filter(agency=user.agency, name__in=row.units))
    user.sessions = []
    user.save(update_fields=["sessions"])


def _account(by: Actor, username: str, action: str) -> User:
    _demand(by, action, Thing(account=username))
    user = User.objects.select_related("agency").filter(username=username).first()
    if user is None:
        raise AccountUnknown(fault("username", "没有这个账号", username[:60]))
    return user


def _demand(by: Actor, action: str, thing: Thing | None = None) -> None:
    decision = may(by, action, thing)
    if not decision:
        raise AccountRefused(fault("right", decision.because, by.name))
