"""From rows of an account to the frozen ``Actor``."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import SmallIntegerField, Value

from shujian.accounts.actor import CLEAR, Actor
from shujian.accounts.factor import demanded
from shujian.accounts.models import Recusal, SecondFactor, User
from shujian.accounts.passwords import DAYS
from shujian.accounts.roles import Role
from shujian.kernel.clock import now
from shujian.kernel.home import home

_AWAY = "#away"


def person(row: User, *, deputises: tuple[Actor, ...] = ()) -> Actor:
    """The actor of an account's row (with its agency)."""
    kept_away = Recusal.objects.filter(user=row, lifted_at__isnull=True).annotate(
        mark=Value(_AWAY), level=Value(0, SmallIntegerField()), unit=Value("")
    )
    held = User.objects.filter(pk=row.pk).values_list(
        "grants__role", "grants__reach", "grants__level", "units__name"
    )
    # One question: every grant with every unit (few of either), and behind them what the person is kept away from.
    told = list(held.union(kept_away.values_list("mark", "thing", "level", "unit"), all=True))
    rows = [each for each in told if each[0] != _AWAY]
    grants = {(role, reach, level) for role, reach, level, _ in rows if role}
    return Actor(
        name=row.username, display=row.display, id=row.pk, agency=row.agency.name,
        roles=frozenset(Role(role) for role, _, _ in grants),
        units=frozenset(unit for *_, unit in rows if unit is not None),
        assists=row.assists_id, must_change=row.must_change or password_is_old(row),
        narrowed={Role(role): reach for role, reach, _ in grants if reach},
        clearance=max((level for _, _, level in grants), default=CLEAR),
        recused=frozenset(thing for mark, thing, *_ in told if mark == _AWAY),
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
