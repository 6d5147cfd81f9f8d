"""Who may propose and let pass a model version, and set up regular runs. Denied unless allowed, with reasons."""

from __future__ import annotations

from shujian.accounts.read import Actor, Decision, denied, may


def may_manage_runs(actor: Actor) -> Decision:
    """Whether this person may propose versions and set up or stop schedules."""
    return may(actor, "model.publish")


def may_see_runs(actor: Actor) -> Decision:
    """Whether this person may see publications and schedules; no person's data stand there."""
    return may(actor, "run.read")


def may_let_pass(actor: Actor, proposed_by: str) -> Decision:
    """Whether this person may be the second one: an account, not the proposer's."""
    decision = may(actor, "model.let_pass")
    if decision and actor.name == proposed_by:
        return denied("提出发布的人不能自己确认，请另一个人确认")
    return decision
