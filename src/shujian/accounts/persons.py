"""From rows of an account to the frozen ``Actor``."""

from __future__ import annotations

from datetime import timedelta

from shujian.accounts.actor import CLEAR, Actor
from shujian.accounts.factor import demanded
from shujian.accounts.models import SecondFactor, User
from shujian.accounts.passwords import DAYS
from shujian.accounts.roles import Role
from shujian.kernel.clock import now
from shujian.kernel.home import home


def person(row: User, *, deputises: tuple[Actor, ...] = ()) -> Actor:
    """The actor of an account's row (with its agency)."""
    told = User.objects.filter(pk=row.pk).values_list(
        "grants__role", "grants__reach", "grants__level", "units__name"
    )
    rows = list(told)  # every grant with every unit: few of either, and one question for both
    grants = {(role, reach, level) for role, reach, level, _ in rows if role}
    return Actor(
        name=row.username, display=row.display, id=row.pk, agency=row.agency.name,
        roles=frozenset(Role(role) for role, _, _ in grants),
        units=frozenset(unit for *_, unit in rows if unit is not None),
        assists=row.assists_id, must_change=row.must_change or password_is_old(row),
        narrowed={Role(role): reach for role, reach, _ in grants if reach},
        clearance=max((level for _, _, level in grants), default=CLEAR),
        recused=frozenset(row.recusals.filter(lifted_at__isnull=True).values_list("thing", flat=True)),
        deputises=deputises, needs_factor=demanded() and not _has_factor(row),
    )  # fmt: skip


def password_is_old(row: User) -> bool:
    """Whether the password must be changed by its age; evaluation accounts keep theirs."""
    if row.password_changed_at is None or home().evaluation.exists():
        return False
    return now() > row.password_changed_at + timedelta(days=DAYS)


def _has_factor(row: User) -> bool:
    try:
        return row.factor.confirmed_at is not None
    except SecondFactor.DoesNotExist:
        return False
