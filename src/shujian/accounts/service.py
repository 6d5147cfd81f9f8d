"""The only way to write accounts: make people and units, sign in, change a password."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.contrib import auth
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from shujian.accounts.actor import SYSTEM, Actor
from shujian.accounts.admin import (
    create_account,
    decide_roles,
    note_person,
    propose_roles,
    reset_account,
    switch_account,
)
from shujian.accounts.duty import end_absence, enter_absence, lift_recusal, recuse
from shujian.accounts.errors import PasswordRefused
from shujian.accounts.factor import COLUMNS as SEALED_COLUMNS
from shujian.accounts.factor import Enrolment, confirm, enrol, picture, renew_codes
from shujian.accounts.models import Agency, RoleGrant, Unit, User
from shujian.accounts.passwords import one_time_password, set_password
from shujian.accounts.roles import PROCURATORATE, Role
from shujian.accounts.sessions import MARK as SESSION_MARK
from shujian.accounts.sessions import begin_session, leave_session
from shujian.accounts.signin import SignedIn, second_step, sign_in
from shujian.audit import service as audit
from shujian.kernel.errors import Fault
from shujian.kernel.home import home, private_folder

__all__ = [
    "SEALED_COLUMNS", "SESSION_MARK", "Enrolment", "SignedIn", "begin_session", "change_password", "confirm",
    "create_account", "create_user", "decide_roles", "end_absence", "end_session", "enrol",
    "ensure_evaluation_accounts", "ensure_first_administrators", "ensure_units", "enter_absence", "keep_session",
    "lift_recusal", "note_person", "picture", "propose_roles", "recuse", "renew_codes", "reset_account", "second_step",
    "sign_in", "switch_account",
]  # fmt: skip

_HOUSE = "示例县人民检察院"
_OUTSIDE: dict[Role, tuple[str, str]] = {
    Role.XZ: ("示例县某行政机关", Agency.Kind.ADMINISTRATION),
    Role.GA: ("示例县公安局", Agency.Kind.POLICE),
    Role.DW: ("示例县某报告单位", Agency.Kind.REPORTER),
    Role.ZYZ: ("示例县志愿者协会", Agency.Kind.OTHER),
}


def ensure_units(agency: str, names: Iterable[str]) -> None:
    """Make the units of a procuratorate that do not stand yet."""
    house, _ = Agency.objects.get_or_create(name=agency, defaults={"kind": Agency.Kind.PROCURATORATE})
    for name in names:
        Unit.objects.get_or_create(agency=house, name=name)


def create_user(
    *,
    by: Actor,
    username: str,
    display: str,
    agency: str,
    kind: str = Agency.Kind.PROCURATORATE,
    roles: Sequence[Role],
    units: Sequence[str] = (),
    password: str | None = None,
    must_change: bool = True,
) -> str:
    """Make an account and answer its password (a random one unless given). Raises PasswordRefused."""
    with transaction.atomic():
        body, _ = Agency.objects.get_or_create(name=agency, defaults={"kind": kind})
        user = User(username=username, display=display, agency=body, must_change=must_change)
        chosen = password or one_time_password()
        _check_rules(chosen, user)
        set_password(user, chosen)
        RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role) for role in roles)
        user.units.set(Unit.objects.filter(agency=body, name__in=units))
        audit.record(
            actor=by.name, action="account.created", thing=f"account:{username}",
            detail={"roles": [str(role) for role in roles], "units": list(units)},
        )  # fmt: skip
    return chosen


def change_password(*, user_id: int, old: str, new: str) -> None:
    """Change one's own password. Raises PasswordRefused with every broken rule."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user_id)
        if not check_password(old, user.password):
            raise PasswordRefused(Fault(code="old_password", message="原口令不正确"))
        _check_rules(new, user)
        user.must_change = False
        set_password(user, new)
        audit.record(actor=user.username, action="account.password_changed", thing=f"account:{user.username}")


def keep_session(request: HttpRequest, actor: Actor) -> None:
    """After a change of password: this session stays, all others of the person end."""
    request.session.cycle_key()
    request.session[auth.HASH_SESSION_KEY] = User.objects.get(username=actor.name).get_session_auth_hash()


def end_session(actor: Actor, mark: str | None = None) -> None:
    """Put a logout on record and end the session of this mark."""
    if mark and actor.id is not None:
        leave_session(actor.id, mark)
    audit.record(actor=actor.name, action="account.signed_out", thing=f"account:{actor.name}")


def _check_rules(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise PasswordRefused(
            [Fault(code="password_rule", message=text) for text in error.messages]
        ) from None


def ensure_evaluation_accounts(units: Sequence[str]) -> Path:
    """In evaluation mode: one account per role, with random passwords in a file only its owner can read.

    Existing accounts keep their passwords and get the present units; where the file is gone, all are made anew.
    """
    path = home().root / "demo-accounts.json"
    anew = not path.exists()
    with transaction.atomic():
        ensure_units(_HOUSE, units)
        made = [entry for role in Role if (entry := _evaluation_account(role, units, anew))]
        if made:
            _pair_assistant()
            _keep(path, made)
    return path


def _evaluation_account(role: Role, units: Sequence[str], anew: bool) -> dict[str, str] | None:
    username = f"demo_{role.value.lower()}"
    agency, kind = _OUTSIDE.get(role, (_HOUSE, Agency.Kind.PROCURATORATE))
    own = units if role in PROCURATORATE else ()
    user = User.objects.filter(username=username).first()
    if user is None:
        password = create_user(
            by=SYSTEM, username=username, display=f"示例{role.label}", agency=agency, kind=kind, roles=[role],
            units=own, must_change=False,
        )  # fmt: skip
    else:
        user.units.set(Unit.objects.filter(agency__name=agency, name__in=own))
        if not anew:
            return None
        password = one_time_password()
        set_password(user, password)
    return {"role": role.value, "title": str(role.label), "username": username, "password": password}


def _pair_assistant() -> None:
    handler = User.objects.filter(username="demo_cbr").first()
    User.objects.filter(username="demo_zl").update(assists=handler)


def ensure_first_administrators() -> Path | None:
    """At a first start outside evaluation mode: the three administrators, each with an own one-time password."""
    if User.objects.exists():
        return None
    path = home().root / "first-accounts.json"
    names = {Role.XTGL: "xitong", Role.AQGL: "anquan", Role.SJGL: "shenji"}
    with transaction.atomic():
        made = []
        for role, username in names.items():
            password = create_user(
                by=SYSTEM, username=username, display=str(role.label), agency="本院", roles=[role]
            )
            made.append(
                {"role": role.value, "title": str(role.label), "username": username, "password": password}
            )
        _keep(path, made)
    return path


def _keep(path: Path, made: list[dict[str, str]]) -> None:
    private_folder(home().root)
    kept: list[dict[str, str]] = json.loads(path.read_text("utf-8"))["accounts"] if path.exists() else []
    names = {entry["username"] for entry in made}
    body = {"accounts": [entry for entry in kept if entry["username"] not in names] + made}
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(body, out, ensure_ascii=False, indent=1)
    path.chmod(0o600)
