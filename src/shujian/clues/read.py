"""The only way in to read clues: frozen values, masked on the server, within the reader's scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from shujian.accounts.read import Actor
from shujian.clues import details
from shujian.clues.around import Around, around
from shujian.clues.bulk import VERBS as BULK
from shujian.clues.bulk import Previewed
from shujian.clues.bulk import choose as choose_bulk
from shujian.clues.bulk import most as bulk_most
from shujian.clues.bulk import preview as preview_bulk
from shujian.clues.by_hand import COLUMNS as HAND_COLUMNS
from shujian.clues.by_hand import KINDS as HAND_KINDS
from shujian.clues.by_hand import STRENGTHS
from shujian.clues.details import Action, ClueDetail, Evidence, Step
from shujian.clues.identity import Doubt, identity_queue
from shujian.clues.judged import JudgementRow, MatchJudged, SubjectTold, judgements, of_clue, of_subject
from shujian.clues.looking import VERDICTS as LOOK_VERDICTS
from shujian.clues.looking import Looks, looks
from shujian.clues.merging import by_key
from shujian.clues.models import Clue, ClueFold
from shujian.clues.numbers import pk_of, unknown, unknown_subject
from shujian.clues.objecting import VERDICTS as OBJECTION_VERDICTS
from shujian.clues.people import judged_people
from shujian.clues.policy import may_list_clues, may_look_again, may_read_clue, may_type, visible
from shujian.clues.records import content_of
from shujian.clues.rows import (
    BY_HAND,
    GRADES,
    MARK_TITLES,
    CluePage,
    ClueRow,
    Filters,
    bad_filter,
    grade_title,
    list_clues,
)
from shujian.clues.schemas import clue_item, row_item
from shujian.clues.sealing import unseal
from shujian.clues.states import Exclusion, Held, ReturnReason, State
from shujian.supervision.read import RunResult

__all__ = [
    "BULK",
    "BY_HAND",
    "GRADES",
    "HAND_COLUMNS",
    "HAND_KINDS",
    "LOOK_VERDICTS",
    "MARK_TITLES",
    "OBJECTION_VERDICTS",
    "STRENGTHS",
    "Action",
    "Around",
    "ClueDetail",
    "CluePage",
    "ClueRow",
    "Doubt",
    "Evidence",
    "Exclusion",
    "Filters",
    "Funnel",
    "Held",
    "JudgementRow",
    "Looks",
    "MatchJudged",
    "ModelFigures",
    "Previewed", "ReturnReason",
    "State",
    "Step",
    "Subject",
    "SubjectTold",
    "around",
    "bad_filter",
    "bulk_most",
    "choose_bulk",
    "clue",
    "clue_item",
    "folded",
    "funnel",
    "grade_title",
    "hit_digests",
    "identity_queue",
    "judged_people",
    "judgements",
    "list_clues",
    "looks",
    "may_list_clues",
    "may_look_again",
    "may_type",
    "model_figures",
    "of_clue",
    "of_subject",
    "preview_bulk",
    "row_item",
    "subject",
    "units",
]  # fmt: skip


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
class Subject:
    """Whom clues are about, for the machine's own use: ``plain`` is never to be shown or stored."""

    plain: str | None
    rows: Mapping[str, list[str]]


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


def clue(actor: Actor, number: str) -> ClueDetail:
    """One clue, masked. Raises ClueUnknown, also where the actor may not know that there is one."""
    row = Clue.objects.select_related("handler").filter(pk=pk_of(number)).first()
    if row is None or not may_read_clue(actor, details.standing(row)):
        raise unknown(number)
    return details.detail_of(row, actor, masked=True)


def units(actor: Actor) -> list[str]:
    """The units that occur among the clues in the actor's scope."""
    scope = visible(actor)
    if scope is None:
        return []
    return list(Clue.objects.filter(scope).order_by("unit").values_list("unit", flat=True).distinct())


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


def hit_digests(result: RunResult) -> dict[str, str]:
    """For each clue that a result hits: its key and the digest of what the hit says."""
    return {key: content_of(hit, result) for key, hit in by_key(result.model, result.hits).items()}


def folded(model: str) -> dict[str, str]:
    """Complaints that were folded into a clue of their issue: their key → the key of that clue."""
    return dict(ClueFold.objects.filter(clue__model=model).values_list("key", "clue__key"))


def subject(subject_key: str) -> Subject:
    """The subject behind a key and the source rows of its clues. Raises ClueUnknown."""
    found = list(Clue.objects.filter(subject_key=subject_key).prefetch_related("evidence"))
    if not found:
        raise unknown_subject(subject_key)
    told = {str(unseal(clue.sealed, clue.key)["subject"]) for clue in found}
    plain = next((one for one in sorted(told) if not one.startswith("row:")), None)
    rows: dict[str, list[str]] = {}
    for clue in found:
        for row in clue.evidence.all():
            rows.setdefault(row.dataset, []).append(row.row)
    return Subject(plain, {dataset: sorted(set(ids)) for dataset, ids in rows.items()})
