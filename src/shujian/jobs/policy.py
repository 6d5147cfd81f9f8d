"""Who may look at jobs and put them in again: the system administrator, who sees no person's data here."""

from __future__ import annotations

from shujian.accounts.read import Actor, Decision, may


def may_see_jobs(actor: Actor) -> Decision:
    """Whether the list is open to this person."""
    return may(actor, "jobs.read")


def may_tend_jobs(actor: Actor) -> Decision:
    """Whether this person may put a job in again, or give it up."""
    return may(actor, "jobs.tend")
