"""Who may see a clue and who may move it. Denied unless allowed; each answer says why (domain.md §8.6)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from shujian.accounts.read import WHOLE_PROCURATORATE, Actor, Decision, Role, allowed, denied
from shujian.clues.models import ClueHelper
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

    def helped_by(self, actor: Actor) -> bool:
        """Whether this person is a co-handler (协办) now."""
        return actor.id is not None and actor.id in self.helpers

    def near(self, actor: Actor) -> bool:
        """Whether it was offered to a unit of this person, or referred by one: it may be followed from there."""
        return bool({self.offered_unit, self.referred_from} & actor.units)


def visible(actor: Actor) -> Q | None:
    """The clues that an actor may know of, as a filter; None where there are none at all."""
    if actor.shell or actor.roles & WHOLE_PROCURATORATE:
        return Q()
    scope: Q | None = None
    near = Q(offered_unit__in=actor.units) | Q(referred_from__in=actor.units)
    if Role.BMFZR in actor.roles:
        scope = Q(unit__in=actor.units) | near
    if Role.CBR in actor.roles:
        own = (Q(unit__in=actor.units) & (Q(handler__isnull=True) | Q(handler=actor.id))) | near
        scope = own if scope is None else scope | own
    if Role.ZL in actor.roles and actor.assists is not None:
        helped = Q(unit__in=actor.units, handler=actor.assists)
        scope = helped if scope is None else scope | helped
    if actor.id is not None and actor.roles & HELPERS:
        asked = Q(pk__in=ClueHelper.objects.filter(user=actor.id, ended_at=None).values("clue"))
        scope = asked if scope is None else scope | asked
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
    if clue.helped_by(actor) and actor.roles & HELPERS:
        return allowed("可以查看请您协办的线索")
    if clue.near(actor) and actor.roles & {Role.BMFZR, Role.CBR}:
        return allowed("可以查看移送给本部门的和本部门移送出去的线索")
    return denied("不在您的职责范围内")


def may_unmask_clue(actor: Actor, clue: Standing) -> Decision:
    """Whether this person may see identity numbers and names in full, with a recorded reason."""
    if not may_read_clue(actor, clue):
        return denied("不在您的职责范围内")
    if clue.erased:
        return denied("个人信息已按规定删除，没有可查看的内容")
    if not actor.shell and clue.referred_from in actor.units and clue.unit not in actor.units:
        return denied("线索已移送其他部门承办，本部门只看办理情况")
    if actor.shell or actor.roles & OPENERS:
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
