"""请假与代理, 回避: who is away and who stands in meanwhile, who keeps away from what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from shujian.accounts.actor import Actor, Thing
from shujian.accounts.errors import DutyRefused
from shujian.accounts.events import DeputyNamed
from shujian.accounts.models import Absence, Recusal, User
from shujian.accounts.persons import person
from shujian.accounts.rights import may
from shujian.accounts.roles import ADMINISTRATORS
from shujian.audit import service as audit
from shujian.kernel.clock import now, today
from shujian.kernel.errors import Fault
from shujian.kernel.events import publish

LONGEST_DAYS = 90


@dataclass(frozen=True)
class AbsenceRow:
    """Somebody's days of absence."""

    id: int
    user: str
    display: str
    deputy: str
    from_on: date
    to_on: date
    by: str
    running: bool
    mine: bool


@dataclass(frozen=True)
class RecusalRow:
    """What somebody keeps away from."""

    id: int
    user: str
    display: str
    thing: str
    ground: str
    by: str
    lifts: bool


def absent_today(deputy: User) -> tuple[Actor, ...]:
    """The people for whom this one stands in today; absent people stand in for nobody in turn."""
    day = today()
    found = Absence.objects.filter(deputy=deputy, from_on__lte=day, to_on__gte=day, ended_at__isnull=True)
    people = [one.user for one in found.select_related("user__agency").order_by("id") if one.user.is_active]
    return tuple(person(one) for one in people)


def away_today() -> frozenset[str]:
    """Account names of the people who are away today: routing passes them by."""
    day = today()
    found = Absence.objects.filter(from_on__lte=day, to_on__gte=day, ended_at__isnull=True)
    return frozenset(found.values_list("user__username", flat=True))


class OnLeave:
    """Who takes whose work on a day, for the routing of clues."""

    def stands_for(self, username: str, day: date) -> str | None:
        """The account itself where it is at work, its deputy's where it is on leave, None where nobody stands in."""
        found = Absence.objects.filter(
            user__username=username, from_on__lte=day, to_on__gte=day, ended_at__isnull=True
        ).select_related("deputy")  # fmt: skip
        away = list(found.order_by("-id"))
        if not away:
            return username
        return next((one.deputy.username for one in away if one.deputy and one.deputy.is_active), None)


def enter_absence(by: Actor, *, username: str, deputy: str, from_on: date, to_on: date) -> int:
    """Put somebody's absence down, one's own or, for a head, of one's department. Raises DutyRefused."""
    user = _of_mine(by, username)
    stand_in = User.objects.filter(username=deputy, is_active=True).first() if deputy else None
    if not from_on <= to_on or (to_on - from_on).days >= LONGEST_DAYS or to_on < today():
        raise _refused("days", f"请假起止不对：止日不早于起日和今天，最长 {LONGEST_DAYS} 天")
    if deputy and (stand_in is None or stand_in.pk == user.pk or stand_in.agency_id != user.agency_id):
        raise _refused("deputy", "代理人须是本院另一名在岗人员")
    if stand_in and stand_in.grants.filter(role__in=ADMINISTRATORS).exists():
        raise _refused("deputy", "系统、安全、审计三员不能代理办案人员")
    if stand_in and stand_in.username in away_today():
        raise _refused("deputy", "代理人自己正在请假")
    with transaction.atomic():
        row = Absence.objects.create(
            user=user, deputy=stand_in, from_on=from_on, to_on=to_on, by=by.name, at=now()
        )
        audit.record(
            actor=by.name, action="duty.absent", thing=f"account:{user.username}",
            detail={"deputy": deputy, "from": from_on, "to": to_on},
        )  # fmt: skip
        if stand_in:
            publish(DeputyNamed(int(row.pk), stand_in.pk, from_on.isoformat(), to_on.isoformat()))
    return int(row.pk)


def end_absence(by: Actor, number: int) -> None:
    """Back before the time, or entered by mistake. Raises DutyRefused."""
    row = Absence.objects.select_related("user").filter(pk=number, ended_at__isnull=True).first()
    if row is None:
        raise _refused("absence", "没有这条请假记录")
    _of_mine(by, row.user.username)
    with transaction.atomic():
        Absence.objects.filter(pk=number).update(ended_at=now())
        audit.record(actor=by.name, action="duty.back", thing=f"account:{row.user.username}")


def recuse(by: Actor, *, username: str, thing: str, ground: str) -> int:
    """Keep somebody away from ``clue:XS000001`` or ``subject:<key>``: oneself, or as head one's people. Raises DutyRefused."""
    user = _of_mine(by, username)
    if ground not in Recusal.Ground.values:
        raise _refused(
            "ground", "请选择回避的事由：" + "、".join(str(label) for label in Recusal.Ground.labels)
        )
    with transaction.atomic():
        row, made = Recusal.objects.get_or_create(
            user=user, thing=thing, lifted_at=None, defaults={"ground": ground, "by": by.name, "at": now()}
        )
        if made:
            audit.record(
                actor=by.name, action="duty.recused", thing=thing, detail={"who": user.username, "ground": ground}
            )  # fmt: skip
    return int(row.pk)


def lift_recusal(by: Actor, number: int) -> None:
    """Let somebody come near again: only the head or the chief decides, never the person. Raises DutyRefused."""
    row = Recusal.objects.select_related("user").filter(pk=number, lifted_at__isnull=True).first()
    if row is None:
        raise _refused("recusal", "没有这条回避记录")
    if row.user_id == by.id or not _heads(by, row.user):
        raise _refused("recusal", "回避由部门负责人或检察长解除，不能由本人解除")
    with transaction.atomic():
        Recusal.objects.filter(pk=number).update(lifted_by=by.name, lifted_at=now())
        audit.record(
            actor=by.name, action="duty.recusal_lifted", thing=row.thing, detail={"who": row.user.username}
        )  # fmt: skip


def absences(by: Actor) -> list[AbsenceRow]:
    """Absences that are not over: one's own, those one stands in for, and for a head those of the department."""
    found = Absence.objects.filter(to_on__gte=today(), ended_at__isnull=True).select_related("user", "deputy")
    mine = (
        found.filter(Q(user=by.id) | Q(deputy=by.id) | Q(user__in=_people(by)))
        .distinct()
        .order_by("from_on", "id")
    )
    return [
        AbsenceRow(
            one.pk, one.user.username, one.user.display, one.deputy.display if one.deputy else "", one.from_on,
            one.to_on, one.by, one.from_on <= today(), one.user_id == by.id or _heads(by, one.user),
        )
        for one in mine
    ]  # fmt: skip


def recusals(by: Actor) -> list[RecusalRow]:
    """Recusals in force: one's own, and for a head those of the department."""
    found = Recusal.objects.filter(lifted_at__isnull=True).select_related("user")
    mine = found.filter(Q(user=by.id) | Q(user__in=_people(by))).distinct().order_by("id")
    return [
        RecusalRow(
            one.pk, one.user.username, one.user.display, one.thing, str(Recusal.Ground(one.ground).label), one.by,
            one.user_id != by.id and _heads(by, one.user),
        )
        for one in mine
    ]  # fmt: skip


def colleagues(by: Actor) -> list[tuple[str, str]]:
    """(account, name) of active people of the same procuratorate who may stand in: no administrators."""
    if by.id is None:
        return []
    found = User.objects.filter(is_active=True, agency__name=by.agency).exclude(
        grants__role__in=ADMINISTRATORS
    )
    return list(found.order_by("display").values_list("username", "display"))


def people(by: Actor) -> list[tuple[str, str]]:
    """(account, name) of the people about whom this person decides: oneself first."""
    mine = [(by.name, f"{by.display}（本人）")]
    return mine + list(
        _people(by).exclude(username=by.name).order_by("display").values_list("username", "display")
    )


def _people(by: Actor) -> QuerySet[User]:
    """The people of one's departments, or of the whole procuratorate, where one decides about them; else nobody."""
    if not may(by, "duty.decide"):
        return User.objects.none()
    return User.objects.filter(is_active=True, agency__name=by.agency, units__name__in=by.units).distinct()


def _heads(by: Actor, user: User) -> bool:
    units = user.units.values_list("name", flat=True)
    return any(may(by, "duty.decide", Thing(unit=unit)) for unit in units) and user.agency.name == by.agency


def _of_mine(by: Actor, username: str) -> User:
    user = User.objects.select_related("agency").filter(username=username, is_active=True).first()
    own = user is not None and user.pk == by.id and may(by, "duty.own")
    if user is None or not (own or _heads(by, user)):
        raise _refused("username", "只能登记本人的，或者由部门负责人登记本部门人员的")
    return user


def _refused(field: str, message: str) -> DutyRefused:
    return DutyRefused(Fault(code=f"duty_{field}", message=message, field=field))
