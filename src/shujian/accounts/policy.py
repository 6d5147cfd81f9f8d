"""Rights that belong to no other room, each a question to the table of ``rights.yaml``."""

from __future__ import annotations

from shujian.accounts.actor import Actor, Decision
from shujian.accounts.rights import may


def may_read_models(actor: Actor) -> Decision:
    """Whether this person may see the catalogue of models and their counts (no person's data)."""
    return may(actor, "model.read")


def may_read_lake(actor: Actor) -> Decision:
    """Whether this person may see what data there are, how good and under which agreement (no person's data)."""
    return may(actor, "lake.read")


def may_read_audit(actor: Actor) -> Decision:
    """Whether this person may read the audit chain."""
    return may(actor, "audit.read")
