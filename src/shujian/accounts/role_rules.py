"""Which roles go together, to whom they are given, and which may not be left with nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shujian.accounts.errors import AccountRefused
from shujian.accounts.models import Agency, RoleGrant, User
from shujian.accounts.roles import ADMINISTRATORS, PROCURATORATE, Role, role_title
from shujian.kernel.errors import Fault, FaultList

_OUTSIDE = {
    Role.XZ: Agency.Kind.ADMINISTRATION, Role.GA: Agency.Kind.POLICE, Role.DW: Agency.Kind.REPORTER,
    Role.ZYZ: Agency.Kind.OTHER,
}  # fmt: skip


def check_roles(faults: FaultList, roles: Sequence[str], kind: str) -> None:
    """Add a fault for each role that is unknown, of the wrong kind of body, or mixed with an administrator's."""
    known = [Role(role) for role in roles if role in Role.values]
    for role in roles:
        if role not in Role.values:
            faults.add(fault("roles", "没有这个角色", role))
    if not roles:
        faults.add(fault("roles", "至少要有一个角色", ""))
    if set(known) & ADMINISTRATORS and len(known) > 1:
        faults.add(fault("roles", "系统、安全、审计三员互不兼任，也不兼任办案角色", _titles(known)))
    inside = {role for role in known if role in PROCURATORATE or role in ADMINISTRATORS}
    if inside and kind != Agency.Kind.PROCURATORATE:
        faults.add(fault("roles", "检察机关的角色只给本院人员", _titles(inside)))
    for role in known:
        if role in _OUTSIDE and kind != _OUTSIDE[role]:
            faults.add(fault("roles", f"{role.label}只给{_OUTSIDE[role].label}的人员", str(role.label)))


def _titles(roles: Any) -> str:
    return "、".join(role_title(role) for role in Role if role in roles)


def keep_one_of_each(user: User, kept: Any = ()) -> None:
    """Raise AccountRefused where an administrator's role would be left with nobody; ``kept``: roles the person keeps."""
    for grant in user.grants.filter(role__in=ADMINISTRATORS).exclude(role__in=kept):
        others = RoleGrant.objects.filter(role=grant.role, user__is_active=True).exclude(user=user)
        if not others.exists():
            raise AccountRefused(
                fault("account", f"这是唯一的{role_title(grant.role)}，不能停用或改任", user.username)
            )


def fault(field: str, message: str, found: str) -> Fault:
    """One thing that an administrator must put right."""
    return Fault(code=f"account_{field}", message=message, field=field, found=found[:120])
