"""Who may propose and let pass a model version, and set up regular runs. Denied unless allowed, with reasons."""

from __future__ import annotations

from shujian.accounts.read import Actor, Decision, Role, allowed, denied

_SECOND = frozenset({Role.JCZ, Role.FGLD, Role.BMFZR, Role.SJZT})


def may_manage_runs(actor: Actor) -> Decision:
    """Whether this person may propose versions and set up or stop schedules."""
    if actor.shell or Role.SJZT in actor.roles:
        return allowed("可以提出发布、安排定期运行")
    return denied("发布和定期运行由数字检察专班提出")


def may_see_runs(actor: Actor) -> Decision:
    """Whether this person may see publications and schedules; no person's data stand there."""
    if actor.shell or actor.roles & (_SECOND | {Role.AG}):
        return allowed("可以查看模型发布和定期运行")
    return denied("模型发布和定期运行由数字检察专班、部门负责人、案件管理和院领导查看")


def may_let_pass(actor: Actor, proposed_by: str) -> Decision:
    """Whether this person may be the second one: an account, not the proposer's."""
    if actor.id is None or not actor.roles & _SECOND:
        return denied("发布由数字检察专班、部门负责人或院领导的另一个人用自己的账号确认")
    if actor.name == proposed_by:
        return denied("提出发布的人不能自己确认，请另一个人确认")
    return allowed("可以确认或者不同意发布")
