"""Rights that belong to no other room. Denied unless allowed."""

from __future__ import annotations

from shujian.accounts.actor import Actor, Decision, allowed, denied
from shujian.accounts.roles import PROCURATORATE, Role


def may_read_models(actor: Actor) -> Decision:
    """Whether this person may see the catalogue of models and their counts (no person's data)."""
    if actor.shell or actor.roles & PROCURATORATE:
        return allowed("检察机关内部人员可以查看监督模型")
    return denied("监督模型只对检察机关内部人员开放")


def may_read_lake(actor: Actor) -> Decision:
    """Whether this person may see what data there are, how good and under which agreement (no person's data)."""
    if actor.shell or actor.roles & PROCURATORATE:
        return allowed("检察机关内部人员可以查看数据湖的来源和质量")
    return denied("数据湖的来源和质量只对检察机关内部人员开放")


def may_read_audit(actor: Actor) -> Decision:
    """Whether this person may read the audit chain."""
    if actor.shell or Role.SJGL in actor.roles:
        return allowed("审计管理员可以查看审计记录")
    return denied("审计记录只对审计管理员开放")
