"""Whether a reader may still be told: asked each time news are shown, by the tables of the rooms that they are about."""

from __future__ import annotations

from collections.abc import Collection

from shujian.accounts.read import Actor, Decision, Thing, may
from shujian.clues.read import readable


def may_read_news(actor: Actor) -> Decision:
    """Whether there are news for this person at all."""
    return may(actor, "news.read")


def open_to(actor: Actor, things: Collection[str]) -> frozenset[str]:
    """Those of the things that the actor may be told of now; clues are asked in one question."""
    numbers = [thing.removeprefix("clue:") for thing in things if thing.startswith("clue:")]
    clues = {f"clue:{number}" for number in readable(actor, numbers)}
    return frozenset(thing for thing in things if thing in clues or _open(actor, thing))


def _open(actor: Actor, thing: str) -> bool:
    kind, _, name = thing.partition(":")
    if kind == "unit":
        return bool(may(actor, "clue.list", Thing(unit=name)))
    asked = {"model": "run.read", "job": "jobs.read", "duty": "duty.own"}.get(kind)
    return bool(asked and may(actor, asked))
