"""Who may see a clue and who may move it. Denied unless allowed; each answer says why (domain.md §8.6)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from shujian.accounts.read import WHOLE_PROCURATORATE, Actor, Decision, Role, allowed, denied
from shujian.clues.states import TRANSITIONS, State

_OPENERS = frozenset({Role.JCZ, Role.FGLD, Role.BMFZR, Role.CBR, Role.ZL})


@dataclass(frozen=True)
class Standing:
    """What a policy needs to know of a clue."""

    unit: str
    state: str
    absence: str
    handler: int | None
    ground_changed: bool
    erased: bool = False


def visible(actor: Actor) -> Q | None:
    """The clues that an actor may know of, as a filter; None where there are none at all."""
    if actor.shell or actor.roles & WHOLE_PROCURATORATE:
        return Q()
    scope: Q | None = None
    if Role.BMFZR in actor.roles:
        scope = Q(unit__in=actor.units)
    if Role.CBR in actor.roles:
        own = Q(unit__in=actor.units) & (Q(handler__isnull=True) | Q(handler=actor.id))
        scope = own if scope is None else scope | own
    if Role.ZL in actor.roles and actor.assists is not None:
        helped = Q(unit__in=actor.units, handler=actor.assists)
        scope = helped if scope is None else scope | helped
    return scope


def may_list_clues(actor: Actor) -> Decision:
    """Whether there is a clue list for this person at all."""
    if visible(actor) is None:
        return denied("您的角色没有线索权限")
    return allowed("在职责范围内查看线索")


def may_read_clue(actor: Actor, clue: Standing) -> Decision:
    """Whether this person may know of this clue."""
    if actor.shell or actor.roles & WHOLE_PROCURATORATE:
        return allowed("可以查看全院线索")
    if clue.unit in actor.units:
        if Role.BMFZR in actor.roles:
            return allowed("可以查看本部门线索")
        if Role.CBR in actor.roles and clue.handler in (None, actor.id):
            return allowed("可以查看本部门待签收的和自己承办的线索")
        if Role.ZL in actor.roles and actor.assists is not None and clue.handler == actor.assists:
            return allowed("可以查看所协助检察官承办的线索")
    return denied("不在您的职责范围内")


def may_unmask_clue(actor: Actor, clue: Standing) -> Decision:
    """Whether this person may see identity numbers and names in full, with a recorded reason."""
    if not may_read_clue(actor, clue):
        return denied("不在您的职责范围内")
    if clue.erased:
        return denied("个人信息已按规定删除，没有可查看的内容")
    if actor.shell or actor.roles & _OPENERS:
        return allowed("填写事由后可以查看，查看将记入审计")
    return denied("您的角色只能查看脱敏信息")


def may_move_clue(actor: Actor, clue: Standing, verb: str) -> Decision:
    """Whether this person may take this step now. ``verb`` is a key of ``TRANSITIONS``."""
    step = TRANSITIONS[verb]
    if not may_read_clue(actor, clue):
        return denied("不在您的职责范围内")
    if clue.erased:
        return denied("这条线索的个人信息已按规定删除，不能再办理")
    if clue.state not in step.sources:
        stands = "、".join(str(source.label) for source in step.sources)
        return denied(f"只有“{stands}”的线索可以{step.title}，现在是“{State(clue.state).label}”")
    if actor.id is None or not actor.roles & step.roles or clue.unit not in actor.units:
        who = "、".join(str(role.label) for role in Role if role in step.roles)
        return denied(f"{step.title}由归口单元的{who}办理")
    if verb == "push" and (clue.absence == "unknown" or clue.ground_changed):
        return denied("数据不全或依据已变的线索不得推送，待补齐数据后由系统重算")
    if step.handler_only and clue.handler is not None and clue.handler not in (actor.id, actor.assists):
        return denied(f"{step.title}由承办人办理")
    return allowed(f"可以{step.title}")


def may_judge(actor: Actor, clue: Standing) -> Decision:
    """Whether this person may say whether the rows of this clue are one person, and take it back.

    As for excluding: the unit's own people, the handler's matter once there is one; the command line is on record.
    """
    step = TRANSITIONS["exclude"]
    if not may_read_clue(actor, clue):
        return denied("不在您的职责范围内")
    if clue.erased:
        return denied("这条线索的个人信息已按规定删除，没有可以认定的内容")
    if actor.shell:
        return allowed("可以认定，记入审计")
    if actor.id is None or not actor.roles & step.roles or clue.unit not in actor.units:
        who = "、".join(str(role.label) for role in Role if role in step.roles)
        return denied(f"是否同一人由归口单元的{who}认定")
    if clue.handler is not None and clue.handler not in (actor.id, actor.assists):
        return denied("是否同一人由承办人认定")
    return allowed("写明理由后可以认定，可以撤销")
