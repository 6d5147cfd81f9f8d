"""Who may set up, see and close a campaign. Denied unless allowed, with reasons."""

from __future__ import annotations

from collections.abc import Sequence

from shujian.accounts.read import (
    PROCURATORATE,
    WHOLE_PROCURATORATE,
    Actor,
    Decision,
    allowed,
    by_any_hat,
    denied,
    may,
)


def may_set_up(actor: Actor) -> Decision:
    """Whether this person may set up a campaign."""
    return by_any_hat(actor, lambda hat: may(hat, "campaign.set_up"))


def may_see(actor: Actor, units: Sequence[str]) -> Decision:
    """Whether this person may see a campaign of these units: the whole house's roles, and the units' own people."""
    if not (asked := may(actor, "campaign.read")):
        return asked
    if actor.shell or actor.roles & WHOLE_PROCURATORATE:
        return allowed("可以查看全院专项")
    if actor.roles & PROCURATORATE and actor.units & set(units):
        return allowed("可以查看本部门参加的专项")
    return denied("不在您的职责范围内")


def may_close(actor: Actor) -> Decision:
    """Whether this person may close a campaign, under his own account."""
    return by_any_hat(actor, lambda hat: may(hat, "campaign.close"))
