"""``may``: one question for every route and command, one table of rules, an answer with its reason.

``reaches`` is the same table asked the other way round: where may this person do this? Lists filter by it, so that
a list and a single page cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from shujian.accounts.actor import Actor, Decision, Thing, allowed, denied
from shujian.accounts.rights_table import Allowing, Forbidding, table
from shujian.accounts.roles import ADMINISTRATORS, Role

_SHELL = "命令行用户是本机数据的所有者，操作记入审计"


@dataclass(frozen=True)
class Reach:
    """A part of the house where an action is allowed. ``where`` as in the table; ``region`` narrows it further.

    ``handlers``: whose matters ``waiting_or_own`` and ``assisted`` mean. ``hat``: in whose place, empty for one's own;
    ``kept_from``: what that absent person keeps away from.
    """

    rule: Allowing
    where: str
    units: frozenset[str]
    handlers: frozenset[int]
    region: str = ""
    hat: str = ""
    kept_from: frozenset[str] = frozenset()

    def covers(self, thing: Thing) -> bool:
        """Whether the thing lies within."""
        if thing.names & self.kept_from:
            return False
        if self.region and self.region not in thing.region:
            return False
        if self.where in ("any", "house"):
            return True
        if self.where == "helping":
            return bool(thing.helpers & self.handlers)
        if self.where == "near":
            return bool({thing.offered_unit, thing.referred_from} & self.units)
        if thing.unit not in self.units:
            return False
        if self.where == "waiting_or_own":
            return not thing.handlers or bool(thing.handlers & self.handlers)
        return self.where == "unit" or bool(thing.handlers & self.handlers)

    @property
    def says(self) -> str:
        """Why, in Chinese, with the person in whose place it is done."""
        return f"{self.rule.says}（代理{self.hat}）" if self.hat else self.rule.says


def may(actor: Actor, action: str, thing: Thing | None = None) -> Decision:
    """Whether the actor may do this to that, and by which rule. Without ``thing``: whether there is any such thing.

    ``action`` is a key of ``actions`` in ``rights.yaml``; another raises KeyError, for that is a fault of the code.
    """
    asked = table().actions[action]
    if ban := _forbidden(actor, action, thing):
        return denied(ban.says, ban.id)
    if actor.shell and asked.shell:
        return allowed(_SHELL, "准00")
    for reach in reaches(actor, action):
        if thing is None or reach.covers(thing):
            return allowed(reach.says, reach.rule.id)
    # The same words for what is not there and for what is not theirs: a refusal tells nothing.
    return denied(asked.denied, "未准许")


def reaches(actor: Actor, action: str) -> tuple[Reach, ...]:
    """Every part of the house where the actor may do this, in the order of the table; empty where nowhere.

    Not asked of the shell user, who is everywhere where ``shell`` says so, nor of what somebody keeps away from.
    """
    if actor.machine or _forbidden(actor, action, None):
        return ()
    return tuple(
        reach
        for rule in table().allow
        if action in rule.actions
        for hat in actor.hats
        for reach in _of_hat(rule, hat, hat.display if hat is not actor else "")
    )


def by_any_hat(actor: Actor, ask: Callable[[Actor], Decision]) -> Decision:
    """Ask as oneself, then in the place of each absent person; the first yes says in whose, else one's own no."""
    first = ask(actor)
    for hat in actor.deputises if not first else ():
        answer = ask(hat)
        if answer:
            return allowed(f"{answer.because}（代理{hat.display}）", answer.rule)
    return first


def rules_for(action: str) -> tuple[Allowing, ...]:
    """The rules that allow an action, for the page that explains them."""
    return tuple(rule for rule in table().allow if action in rule.actions)


def _of_hat(rule: Allowing, hat: Actor, name: str) -> Iterator[Reach]:
    for role in sorted(rule.held_by & hat.roles, key=list(Role).index):
        kept = hat.narrowed.get(role, "")
        where = "unit" if kept == "unit" and rule.where == "house" else rule.where
        region = kept.removeprefix("region:") if kept.startswith("region:") and rule.where != "any" else ""
        whose = hat.assists if rule.where == "assisted" else hat.id
        if rule.where == "assisted" and whose is None:
            continue
        handlers = frozenset() if whose is None else frozenset({whose})
        yield Reach(rule, where, hat.units, handlers, region, name, hat.recused if name else frozenset())


def _forbidden(actor: Actor, action: str, thing: Thing | None) -> Forbidding | None:
    for rule in table().forbid:
        if rule.about(action) and _is(rule.who, actor, thing):
            return rule
    return None


def _is(who: str, actor: Actor, thing: Thing | None) -> bool:
    if who == "administrator":
        return bool(actor.roles & ADMINISTRATORS)
    if thing is None:
        return False
    return bool(thing.names & actor.recused) if who == "recused" else thing.account == actor.name
