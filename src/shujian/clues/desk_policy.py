"""Who may do what around a clue: set aside, join, add, object, look again, type in. Denied unless allowed, with reasons."""

from __future__ import annotations

from shujian.accounts.read import (
    ADMINISTRATORS,
    Actor,
    Decision,
    Role,
    Thing,
    allowed,
    by_any_hat,
    denied,
    may,
    reaches,
)
from shujian.clues.policy import HELPERS, OPENERS, Standing, may_read_clue


def may_tend(actor: Actor, clue: Standing, title: str) -> Decision:
    """Whether this person may snooze, join, split a clue or ask others to help: its unit's people, its handler's matter."""
    readable = may_read_clue(actor, clue)
    if not readable:
        return readable
    if clue.erased:
        return denied("这条线索的个人信息已按规定删除，不能再办理")
    return by_any_hat(actor, lambda hat: _may_tend_as(hat, clue, title))


def _may_tend_as(actor: Actor, clue: Standing, title: str) -> Decision:
    if actor.id is None or not actor.roles & HELPERS or clue.unit not in actor.units:
        return denied(f"{title}由归口单元的部门负责人、承办检察官、助理办理")
    if Role.BMFZR in actor.roles or clue.handler in (None, actor.id, actor.assists):
        return allowed(f"可以{title}")
    return denied(f"{title}由承办人或部门负责人办理")


def may_add(actor: Actor, clue: Standing) -> Decision:
    """Whether this person may comment, file papers or record an objection."""
    readable = may_read_clue(actor, clue)
    if not readable:
        return readable
    if clue.erased:
        return denied("这条线索的个人信息已按规定删除，不能再添加内容")
    return by_any_hat(actor, lambda hat: _may_add_as(hat))


def _may_add_as(actor: Actor) -> Decision:
    if actor.shell or actor.roles & (OPENERS | {Role.AG}):
        return allowed("可以添加批注、附件，登记异议")
    return denied("您的角色只能查看，不能添加内容")


def may_answer(actor: Actor, clue: Standing, recorded_by: str) -> Decision:
    """Whether this person may answer an objection: the head of the unit, who neither handles the clue nor recorded it."""
    readable = may_read_clue(actor, clue)
    if not readable:
        return readable
    decision = by_any_hat(actor, lambda hat: _may_answer_as(hat, clue))
    if decision and (clue.handler == actor.id or actor.name == recorded_by):
        return denied("承办人和登记异议的人不能自己答复，请另一位负责人答复")
    return decision


def _may_answer_as(actor: Actor, clue: Standing) -> Decision:
    if actor.id is None or Role.BMFZR not in actor.roles or clue.unit not in actor.units:
        return denied("异议由归口单元的部门负责人答复")
    if clue.handler == actor.id:
        return denied("承办人和登记异议的人不能自己答复，请另一位负责人答复")
    return allowed("可以答复异议")


def may_look_again(actor: Actor) -> Decision:
    """Whether there is a queue of second looks for this person."""
    return may(actor, "clue.second_look")


def may_type(actor: Actor, unit: str) -> Decision:
    """Whether this person may type a clue in, or import a list of them, for a unit."""
    return may(actor, "clue.import", Thing(unit=unit))


def may_type_anywhere(actor: Actor) -> bool:
    """Whether there is any unit for which this person may; asks no table."""
    return actor.shell or any(
        reach.where == "any" or bool(reach.units) for reach in reaches(actor, "clue.import")
    )


def may_help(actor: Actor) -> Decision:
    """Whether this person may be asked to help with a clue: by his roles, wherever his unit is."""
    if actor.roles & HELPERS and not actor.roles & ADMINISTRATORS:
        return allowed("可以协办")
    return denied("协办人须是部门负责人、检察官或助理")


def may_assign(actor: Actor, clue: Standing, units: list[str]) -> Decision:
    """Whether this person may give a clue to a unit: only one that stands in none."""
    readable = may_read_clue(actor, clue)
    if not readable:
        return readable
    return by_any_hat(actor, lambda hat: _may_assign_as(hat, clue, units))


def _may_assign_as(actor: Actor, clue: Standing, units: list[str]) -> Decision:
    if actor.id is None or not actor.roles & {Role.AG, Role.SJZT, Role.JCZ, Role.FGLD}:
        return denied("分派由案件管理、数字检察专班和院领导办理")
    if clue.unit in units:
        return denied(f"这条线索已有归口单元（{clue.unit}），由其转其他部门")
    if clue.state in ("C6", "C8", "C9") or clue.erased:
        return denied("这条线索已经办结，不用分派")
    return allowed("可以分派到部门")


def may_see_precision(actor: Actor) -> Decision:
    """Whether this person may see what became of the clues of each model; counts of the whole house, no person's data."""
    return may(actor, "model.precision")


def may_decide_proposals(actor: Actor) -> Decision:
    """Whether this person may accept or decline what outcomes suggest."""
    return may(actor, "model.decide")
