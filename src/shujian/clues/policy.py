"""Who may see a clue and who may move it. Denied unless allowed; each answer says why (domain.md §8.6)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from shujian.accounts.read import (
    Actor,
    Decision,
    Reach,
    Role,
    Thing,
    allowed,
    by_any_hat,
    denied,
    may,
    reaches,
)
from shujian.clues.models import Clue, ClueHelper
from shujian.clues.numbers import number_of, pk_of
from shujian.clues.states import TRANSITIONS, Place, State, Transition

OPENERS = frozenset({Role.JCZ, Role.FGLD, Role.BMFZR, Role.CBR, Role.ZL})
HELPERS = frozenset({Role.BMFZR, Role.CBR, Role.ZL})


@dataclass(frozen=True)
class Standing:
    """What a policy needs to know of a clue."""

    unit: str
    state: str
    absence: str
    handler: int | None
    ground_changed: bool
    erased: bool = False
    offered_unit: str = ""
    referred_from: str = ""
    declined: bool = False
    closed: bool = False
    helpers: frozenset[int] = frozenset()
    joined_to: str = ""
    objected: bool = False
    region: str = ""
    names: frozenset[str] = frozenset()

    def helped_by(self, actor: Actor) -> bool:
        """Whether this person is a co-handler (协办) now."""
        return actor.id is not None and actor.id in self.helpers

    @property
    def thing(self) -> Thing:
        """What the table of rights asks about. ``names``: ``clue:<number>`` and ``subject:<key>``."""
        handlers = frozenset() if self.handler is None else frozenset({self.handler})
        return Thing(
            self.names, self.unit, self.offered_unit, self.referred_from, self.region, handlers,
            self.helpers,
        )  # fmt: skip


def visible(actor: Actor) -> Q | None:
    """The clues that an actor may know of, as a filter; None where there are none at all.

    The same table as ``may_read_clue`` (``reaches``), so that list and page agree.
    """
    if actor.shell:
        return Q()
    scope: Q | None = None
    for reach in reaches(actor, "clue.read"):
        part = _within(reach)
        if not part:
            return _away(actor.recused)
        scope = part if scope is None else scope | part
    return scope if scope is None or not actor.recused else scope & _away(actor.recused)


def readable(actor: Actor, numbers: Collection[str]) -> frozenset[str]:
    """Those of these clues that an actor may know of, in one question."""
    scope = visible(actor) if numbers else None
    if scope is None:
        return frozenset()
    found = Clue.objects.filter(scope, pk__in=[pk_of(number) for number in numbers])
    return frozenset(number_of(pk) for pk in found.values_list("pk", flat=True).distinct())


def _within(reach: Reach) -> Q:
    """One part of the house as a filter; empty where it is all of it."""
    units, part = Q(unit__in=reach.units), Q()
    if reach.where == "near":
        part = Q(offered_unit__in=reach.units) | Q(referred_from__in=reach.units)
    elif reach.where == "waiting_or_own":
        part = units & (Q(handler__isnull=True) | Q(handler__in=reach.handlers))
    elif reach.where == "assisted":
        part = units & Q(handler__in=reach.handlers)
    elif reach.where == "unit":
        part = units
    elif reach.where == "helping":
        asked = ClueHelper.objects.filter(user__in=reach.handlers, ended_at=None)
        part = Q(pk__in=asked.values("clue"))
    if reach.region:
        part &= Q(region__contains=reach.region)
    return part & _away(reach.kept_from) if reach.kept_from else part


def _away(names: frozenset[str]) -> Q:
    """Not what somebody keeps away from (回避)."""
    kept = {
        kind: [name.split(":", 1)[1] for name in names if name.startswith(kind)]
        for kind in ("clue:", "subject:")
    }
    away = Q()
    if kept["clue:"]:
        away &= ~Q(pk__in=[pk_of(number) for number in kept["clue:"]])
    if kept["subject:"]:
        away &= ~Q(subject_key__in=kept["subject:"])
    return away


def may_list_clues(actor: Actor) -> Decision:
    """Whether there is a clue list for this person at all."""
    return may(actor, "clue.list")


def may_read_clue(actor: Actor, clue: Standing) -> Decision:
    """Whether this person may know of this clue."""
    return may(actor, "clue.read", clue.thing)


def may_unmask_clue(actor: Actor, clue: Standing) -> Decision:
    """Whether this person may see identity numbers and names in full, with a recorded reason."""
    readable = may_read_clue(actor, clue)
    if not readable:
        return readable
    if clue.erased:
        return denied("个人信息已按规定删除，没有可查看的内容")
    if not actor.shell and clue.referred_from in actor.units and clue.unit not in actor.units:
        return denied("线索已移送其他部门承办，本部门只看办理情况")
    if actor.shell:
        return allowed("填写事由后可以查看，查看将记入审计")
    return may(actor, "clue.unmask", clue.thing)


def may_move_clue(actor: Actor, clue: Standing, verb: str) -> Decision:
    """Whether this person may take this step now. ``verb`` is a key of ``TRANSITIONS``."""
    readable = may_read_clue(actor, clue)
    if not readable:
        return readable
    return by_any_hat(actor, lambda hat: _may_move_as(hat, clue, verb))


def _may_move_as(actor: Actor, clue: Standing, verb: str) -> Decision:
    step = TRANSITIONS[verb]
    if clue.erased:
        return denied("这条线索的个人信息已按规定删除，不能再办理")
    if clue.names & actor.recused:
        return denied("被代理人已回避这条线索")
    if clue.state not in step.sources:
        stands = "、".join(str(source.label) for source in step.sources)
        return denied(f"只有“{stands}”的线索可以{step.title}，现在是“{State(clue.state).label}”")
    if actor.id is None or not actor.roles & step.roles or not _stands(actor, clue, step.place):
        who = "、".join(str(role.label) for role in Role if role in step.roles)
        return denied(f"{step.title}由{step.place.value}的{who}办理")
    if (step.outward and clue.ground_changed) or (verb == "push" and clue.absence == "unknown"):
        return denied(
            f"数据不全或依据已变的线索不得{'推送' if verb == 'push' else step.title}，待补齐数据后由系统重算"
        )
    if told := _not_now(clue, step):
        return denied(told)
    if step.handler_only and clue.handler is not None and clue.handler not in (actor.id, actor.assists):
        return denied(f"{step.title}由承办人办理")
    return allowed(f"可以{step.title}")


def _stands(actor: Actor, clue: Standing, place: Place) -> bool:
    """Whether a person is where the step is taken."""
    if place is Place.HOUSE:
        return True
    return (clue.offered_unit if place is Place.OFFERED else clue.unit) in actor.units


def _not_now(clue: Standing, step: Transition) -> str:
    """What of the clue itself forbids a step; empty where nothing does."""
    if clue.joined_to:
        return f"这条线索已并入 {clue.joined_to}，请在那里办理，或者先拆开"
    if step.outward and clue.objected:
        return f"当事人提出的异议还没有答复，不得{step.title}"
    if step.verb == "dispatch" and clue.offered_unit:
        return f"已经分流给{clue.offered_unit}，由其接收或退回"
    if step.place is Place.OFFERED and not clue.offered_unit:
        return "还没有分流到接收部门"
    if step.verb == "decline" and clue.declined:
        return "这条线索已经被退回过一次，内部移送只能退回一次"
    if step.verb == "receipt" and clue.closed:
        return "回执已经登记过"
    return ""


def may_judge(actor: Actor, clue: Standing) -> Decision:
    """Whether this person may say whether the rows of this clue are one person, and take it back.

    As for excluding: the unit's own people, the handler's matter once there is one; the command line is on record.
    """
    readable = may_read_clue(actor, clue)
    if not readable:
        return readable
    if clue.erased:
        return denied("这条线索的个人信息已按规定删除，没有可以认定的内容")
    if actor.shell:
        return allowed("可以认定，记入审计")
    return by_any_hat(actor, lambda hat: _may_judge_as(hat, clue))


def _may_judge_as(actor: Actor, clue: Standing) -> Decision:
    step = TRANSITIONS["exclude"]
    if clue.names & actor.recused:
        return denied("被代理人已回避这条线索")
    if actor.id is None or not actor.roles & step.roles or clue.unit not in actor.units:
        who = "、".join(str(role.label) for role in Role if role in step.roles)
        return denied(f"是否同一人由归口单元的{who}认定")
    if clue.handler is not None and clue.handler not in (actor.id, actor.assists):
        return denied("是否同一人由承办人认定")
    return allowed("写明理由后可以认定，可以撤销")
