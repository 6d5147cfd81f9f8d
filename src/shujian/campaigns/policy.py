"""Who may set up, see and close a campaign. Denied unless allowed, with reasons."""

from __future__ import annotations

from collections.abc import Sequence

from shujian.accounts.read import PROCURATORATE, WHOLE_PROCURATORATE, Actor, Decision, Role, allowed, denied

_LEADERS = frozenset({Role.JCZ, Role.FGLD, Role.SJZT})


def may_set_up(actor: Actor) -> Decision:
    """Whether this person may set up a campaign."""
    if actor.shell or actor.roles & _LEADERS:
        return allowed("可以部署专项")
    return denied("专项由院领导、数字检察专班部署")


def may_see(actor: Actor, units: Sequence[str]) -> Decision:
    """Whether this person may see a campaign of these units: the whole house's roles, and the units' own people."""
    if actor.shell or actor.roles & WHOLE_PROCURATORATE:
        return allowed("可以查看全院专项")
    if actor.roles & PROCURATORATE and actor.units & set(units):
        return allowed("可以查看本部门参加的专项")
    return denied("不在您的职责范围内")


def may_close(actor: Actor) -> Decision:
    """Whether this person may close a campaign, under his own account."""
    if actor.id is not None and actor.roles & _LEADERS:
        return allowed("可以结项")
    return denied("专项由院领导、数字检察专班用自己的账号结项")
