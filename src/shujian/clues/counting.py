"""How many clues stand where: for the first page and for a model's page. No person's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, overload

from django.db.models import Count, Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from shujian.accounts.read import Actor
from shujian.clues.models import Clue
from shujian.clues.policy import visible
from shujian.clues.states import NEUTRAL, Exclusion, State
from shujian.kernel.clock import CHINA, today


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
    woken: int
    objected: int
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
        woken=Count("id", filter=Q(snoozed_until__lte=today())), objected=Count("id", filter=Q(objected=True)),
    )  # fmt: skip
    return Funnel(
        found=once["all"], pushed=once["pushed"], registered=once["registered"],
        states={state: sum(counts[state] for counts in models.values()) for state in State.values},
        held=dict(held), models=models, ground_changed=once["ground"], fresh_evidence=once["fresh"],
        woken=once["woken"], objected=once["objected"],
        as_of=once["as_of"],
    )  # fmt: skip


@dataclass(frozen=True)
class Above:
    """What a list says above itself: the units that occur in the reader's scope, and the newest data day there."""

    units: tuple[str, ...]
    as_of: date | None


def above_list(actor: Actor) -> Above:
    """Both by one question."""
    scope = visible(actor)
    if scope is None:
        return Above((), None)
    # Not the bare column: SQLite would go through the index of units and read every row for its day.
    named = Clue.objects.filter(scope).annotate(called=Coalesce("unit", Value("")))
    found = list(named.order_by().values_list("called").annotate(at=Max("as_of")))
    return Above(tuple(sorted(unit for unit, _ in found)), max((at for _, at in found), default=None))


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


@dataclass(frozen=True)
class Progress:
    """Of clues found in a period: how many, and how far they came. ``open``: not settled yet; ``settled``: 已成案、已移送、
    已排除. ``true`` and ``false`` as in ``precision``.
    """

    name: str
    found: int
    pushed: int
    signed: int
    registered: int
    filed: int
    referred: int
    excluded: int
    settled: int
    open: int
    ground_changed: int
    true: int
    false: int


@overload
def progress(*, models: Sequence[str], units: Sequence[str], since: date, until: date) -> Progress: ...


@overload
def progress(
    *, models: Sequence[str], units: Sequence[str], since: date, until: date, by: Literal["model", "unit"]
) -> list[Progress]: ...


def progress(
    *, models: Sequence[str], units: Sequence[str], since: date, until: date, by: str = ""
) -> Progress | list[Progress]:
    """Clues of these models in these units that were found from ``since`` to ``until``, both included, in China's days.

    A clue that was put into another counts with that one. ``by``: apart by model or unit, in the order asked for.
    """
    found = Clue.objects.filter(
        model__in=models, unit__in=units, joined_to=None,
        found_at__gte=datetime.combine(since, time(), CHINA), found_at__lt=datetime.combine(until + timedelta(days=1), time(), CHINA),
    )  # fmt: skip
    if not by:
        return _progress("", found)
    return [_progress(name, found.filter(**{by: name})) for name in (models if by == "model" else units)]


def _progress(name: str, found: QuerySet[Clue]) -> Progress:
    ended = Q(state__in=(State.C6, State.C8, State.C9))
    judged_false = Q(state=State.C9) & ~Q(exclusion="") & ~Q(exclusion__in=NEUTRAL)
    true = Q(registered_at__isnull=False) & (~Q(state=State.C9) | Q(exclusion=""))
    wanted = {
        "found": Q(), "pushed": Q(pushed_at__isnull=False), "signed": Q(signed_at__isnull=False),
        "registered": Q(registered_at__isnull=False), "filed": Q(state=State.C6), "referred": Q(state=State.C8),
        "excluded": Q(state=State.C9), "settled": ended, "open": ~ended, "ground_changed": Q(ground_changed=True),
        "true": true, "false": judged_false,
    }  # fmt: skip
    counts = found.aggregate(**{key: Count("id", filter=what) for key, what in wanted.items()})
    return Progress(name, **counts)
