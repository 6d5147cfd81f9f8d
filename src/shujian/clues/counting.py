"""How many clues stand where: for the first page and for a model's page. No person's data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from shujian.accounts.read import Actor
from shujian.clues.models import Clue
from shujian.clues.policy import visible
from shujian.clues.states import Exclusion, State


@dataclass(frozen=True)
class Funnel:
    """How many clues stand where, within the reader's scope. ``as_of``: the newest data day behind them."""

    found: int
    pushed: int
    registered: int
    states: Mapping[str, int]
    held: Mapping[str, int]
    models: Mapping[str, Mapping[str, int]]
    ground_changed: int
    fresh_evidence: int
    as_of: date | None


@dataclass(frozen=True)
class ModelFigures:
    """What became of the clues of one model, over the whole house; no person's data."""

    found: int
    pushed: int
    waiting: int
    signed: int
    excluded: int
    reasons: tuple[tuple[str, int], ...]
    as_of: date | None

    @property
    def excluded_share(self) -> int | None:
        """Per cent of the signed clues that were excluded; None before the first was signed."""
        return round(100 * self.excluded / self.signed) if self.signed else None


def funnel(actor: Actor) -> Funnel:
    """Counts per state, per model and per mark, in the actor's scope."""
    scope = visible(actor)
    found = Clue.objects.none() if scope is None else Clue.objects.filter(scope, joined_to=None)
    models: dict[str, dict[str, int]] = {}
    for model, state, count in (
        found.values_list("model", "state").annotate(n=Count("id")).order_by("model", "state")
    ):
        models.setdefault(model, dict.fromkeys(State.values, 0))[state] = count
    held = found.filter(state=State.C0).values_list("held").annotate(n=Count("id"))
    once = found.aggregate(
        all=Count("id"), pushed=Count("id", filter=Q(pushed_at__isnull=False)), as_of=Max("as_of"),
        registered=Count("id", filter=Q(registered_at__isnull=False)),
        ground=Count("id", filter=Q(ground_changed=True)), fresh=Count("id", filter=Q(fresh_evidence=True)),
    )  # fmt: skip
    return Funnel(
        found=once["all"], pushed=once["pushed"], registered=once["registered"],
        states={state: sum(counts[state] for counts in models.values()) for state in State.values},
        held=dict(held), models=models, ground_changed=once["ground"], fresh_evidence=once["fresh"],
        as_of=once["as_of"],
    )  # fmt: skip


def model_figures(model: str) -> ModelFigures:
    """Counts of one model over the whole house, and its most frequent exclusion reasons."""
    found = Clue.objects.filter(model=model)
    once = found.aggregate(
        all=Count("id"), pushed=Count("id", filter=Q(pushed_at__isnull=False)),
        waiting=Count("id", filter=Q(state=State.C0)), signed=Count("id", filter=Q(signed_at__isnull=False)),
        excluded=Count("id", filter=Q(state=State.C9, signed_at__isnull=False)), as_of=Max("as_of"),
    )  # fmt: skip
    reasons = (
        found.filter(state=State.C9)
        .values_list("exclusion")
        .annotate(n=Count("id"))
        .order_by("-n", "exclusion")[:5]
    )
    return ModelFigures(
        found=once["all"], pushed=once["pushed"], waiting=once["waiting"], signed=once["signed"],
        excluded=once["excluded"], reasons=tuple((str(Exclusion(code).label), n) for code, n in reasons),
        as_of=once["as_of"],
    )  # fmt: skip
