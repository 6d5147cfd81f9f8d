"""The only way to read accounts: the frozen ``Actor`` that every policy asks about, roles and decisions."""

from __future__ import annotations

import getpass

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import constant_time_compare

from shujian.accounts.actor import SYSTEM, Actor, Decision, Thing, allowed, denied
from shujian.accounts.duty import (
    AbsenceRow,
    OnLeave,
    RecusalRow,
    absences,
    absent_today,
    away_today,
    colleagues,
    people,
    recusals,
)
from shujian.accounts.factor import codes_left, confirmed, demanded
from shujian.accounts.holders import holders, present
from shujian.accounts.listing import (
    AccountRow,
    RequestRow,
    account,
    accounts,
    agencies,
    kinds,
    person_handles,
    requests,
)
from shujian.accounts.models import Agency, Recusal, Unit, User
from shujian.accounts.persons import person
from shujian.accounts.policy import may_read_audit, may_read_lake, may_read_models
from shujian.accounts.rights import Reach, by_any_hat, may, reaches, rules_for
from shujian.accounts.rights_table import table
from shujian.accounts.roles import ADMINISTRATORS, PROCURATORATE, WHOLE_PROCURATORATE, Role, role_title
from shujian.accounts.sessions import MARK, lasts, stands

__all__ = [
    "ADMINISTRATORS", "PROCURATORATE", "SYSTEM", "WHOLE_PROCURATORATE", "AbsenceRow", "AccountRow", "Actor", "Decision",
    "OnLeave", "Reach", "RecusalRow", "RequestRow", "Role", "Thing", "absences", "account", "accounts", "actor", "agencies",
    "allowed", "anybody", "away_today", "by_any_hat", "codes_left", "colleague", "colleagues", "confirmed", "demanded", "denied",
    "displays", "entered", "grounds", "holders", "kinds", "lasts", "may", "may_read_audit", "may_read_lake", "may_read_models", "people",
    "person_handles", "present", "reaches", "recusals", "requests", "role_title", "rules_for", "shell_actor", "table", "unit_names",
]  # fmt: skip


def shell_actor() -> Actor:
    """The person at the command line: ``cli:<os user>``."""
    name = f"cli:{getpass.getuser()}"
    return Actor(name=name, display=name, shell=True)


def entered(session: SessionBase) -> Actor | None:
    """Who signed in by this session: asked once where Django would ask for the account and we once more.

    None for a stranger, for an account that is gone or off, and for a session that ended or is of another password.
    """
    user_id, seal = session.get(SESSION_KEY), session.get(HASH_SESSION_KEY, "")
    return actor(int(user_id), session.get(MARK, ""), seal) if user_id else None


def actor(user_id: int, mark: str | None = None, seal: str | None = None) -> Actor | None:
    """The actor of one account; None where it is gone, switched off, or its session (``mark``) has ended.

    ``mark`` None: asked without a session; ``seal``: what the session holds of the password it was opened with. Whom this
    person stands in for today and what is kept away from are told.
    """
    row = User.objects.select_related("agency", "factor").filter(pk=user_id, is_active=True).first()
    if row is None or (mark is not None and not stands(row, mark)):
        return None
    if seal is not None and not constant_time_compare(seal, row.get_session_auth_hash()):
        return None
    return person(row, deputises=absent_today(row))


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


def grounds() -> list[tuple[str, str]]:
    """Grounds of a recusal: (code, Chinese)."""
    return [(str(code), str(label)) for code, label in Recusal.Ground.choices]


def anybody() -> bool:
    """Whether there is any account yet."""
    return User.objects.exists()
