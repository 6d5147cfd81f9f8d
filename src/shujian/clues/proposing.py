"""What outcomes suggest to change in a model: a word to retire or to tighten, a figure under which nothing was ever true.

The machine only proposes, names the clues that would change, and never touches a model file: who accepts changes the
keyword or parameter himself, proves it and has it published by two. What was proposed and what was decided are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction

from shujian.accounts.read import Actor, displays
from shujian.audit import service as audit
from shujian.clues import desk
from shujian.clues.desk_policy import may_decide_proposals
from shujian.clues.errors import ClueRefused
from shujian.clues.models import ProposalDecision
from shujian.clues.numbers import number_of
from shujian.clues.precision import Judged, Outcomes, by_word, counted, judged_of
from shujian.clues.refusals import refusals_told
from shujian.kernel.clock import now, today
from shujian.kernel.errors import Fault
from shujian.kernel.intervals import wilson
from shujian.supervision.read import column_title, setting

KINDS = {"retire": "建议停用", "tighten": "建议收紧", "raise": "建议提高门槛"}
_FEWEST_CUT = 5


@dataclass(frozen=True)
class Proposal:
    """One suggestion. ``what``: the word, or the figure's name; ``bound``: what the figure should reach at least;
    ``gone``: open clues that would no longer be found; ``stay``: open ones that other words still find.
    """

    kind: str
    what: str
    title: str
    bound: str
    true: int
    false: int
    low: int
    high: int
    says: str
    gone: tuple[str, ...]
    stay: int


@dataclass(frozen=True)
class DecisionTold:
    """What a person decided of a suggestion, with the figures that he saw."""

    model: str
    kind: str
    what: str
    bound: str
    true: int
    false: int
    accepted: bool
    by: str
    at: datetime
    why: str


@dataclass(frozen=True)
class ModelPrecision:
    """Everything of one model: its funnel, its words, what is suggested and what was decided."""

    whole: Outcomes
    words: tuple[Outcomes, ...]
    proposals: tuple[Proposal, ...]
    decisions: tuple[DecisionTold, ...]


def precision_of(model: str) -> ModelPrecision:
    """Count one model and work out what its outcomes suggest."""
    clues = judged_of(model)
    words = by_word(clues)
    return ModelPrecision(
        counted(model, clues), tuple(words), tuple(_proposals(model, clues, words)), tuple(decisions(model))
    )


def decisions(model: str = "") -> list[DecisionTold]:
    """Decisions, newest first; of one model or of all."""
    found = ProposalDecision.objects.order_by("-pk")
    rows = list((found.filter(model=model) if model else found)[:100])
    called = displays({row.by for row in rows})
    return [
        DecisionTold(
            row.model, KINDS[row.kind], row.what, row.bound, row.figures.get("true", 0), row.figures.get("false", 0), row.accepted,
            called.get(row.by, row.by), row.at, row.why,
        )
        for row in rows
    ]  # fmt: skip


@refusals_told("decide")
def decide_proposal(*, actor: Actor, model: str, kind: str, what: str, accepted: bool, why: str) -> int:
    """Keep what a person decided of a suggestion that stands now; answers the decision's id. Raises ClueRefused, BadInput."""
    desk.ask(may_decide_proposals(actor))
    told = desk.words(why, "为什么采纳或不采纳", most=400, field="why")
    found = next((one for one in precision_of(model).proposals if (one.kind, one.what) == (kind, what)), None)
    if found is None:
        raise ClueRefused(
            Fault(
                code="no_proposal",
                message="没有这条建议：数字变了，或者刚刚有人决定过",
                found=f"{kind} {what}"[:80],
            )
        )
    figures: dict[str, Any] = {**asdict(found), "gone": len(found.gone)}
    with transaction.atomic():
        made = ProposalDecision.objects.create(
            model=model, kind=kind, what=what, bound=found.bound, figures=figures, accepted=accepted, by=actor.name, at=now(),
            why=told,
        )  # fmt: skip
        audit.record(
            actor=actor.name, action="model.proposal", thing=f"model:{model}",
            detail={"kind": kind, "what": what, "accepted": accepted, "decision": made.pk},
        )  # fmt: skip
    return made.pk


def _proposals(model: str, clues: Sequence[Judged], words: Sequence[Outcomes]) -> list[Proposal]:
    least = int(setting("casework.precision_least", today()))
    retire, tighten = (
        Decimal(str(setting(f"casework.precision_{name}", today()))) for name in ("retire", "tighten")
    )
    found = []
    for one in words:
        judged = one.true + one.false
        if judged < least:
            continue
        high = 100 * wilson(one.true, judged)[1]
        kind = "retire" if high < retire else "tighten" if high < tighten else ""
        if kind:
            found.append(_of_word(one, kind, clues))
    found += _of_figures(model, clues, least)
    decided = _decided(model)
    return [one for one in found if decided.get((one.kind, one.what, one.bound)) != (one.true, one.false)]


def _of_word(one: Outcomes, kind: str, clues: Sequence[Judged]) -> Proposal:
    open_ones = [clue for clue in clues if clue.open and one.name in clue.words]
    gone = [number_of(clue.pk) for clue in open_ones if clue.words == {one.name}]
    share = one.precision
    says = f"“{one.name}”判过 {share.trials} 条，属实 {share.hits} 条（{share.low}% 至 {share.high}%）"
    return Proposal(
        kind, one.name, f"关键词“{one.name}”", "", one.true, one.false, share.low, share.high, says, tuple(gone),
        len(open_ones) - len(gone),
    )  # fmt: skip


def _of_figures(model: str, clues: Sequence[Judged], least: int) -> list[Proposal]:
    """Figures of which everything below some value was judged 不属实, and enough of it."""
    found = []
    names = sorted({name for clue in clues for name in clue.figures})
    for name in names:
        told = [(value, clue) for clue in clues if (value := _decimal(clue.figures.get(name))) is not None]
        true = [value for value, clue in told if clue.outcome == "true"]
        false = [value for value, clue in told if clue.outcome == "false"]
        if len(true) + len(false) < least or not true:
            continue
        bound = min(true)
        cut = sum(value < bound for value in false)
        if cut < _FEWEST_CUT:
            continue
        gone = tuple(
            number_of(clue.pk) for value, clue in told if clue.open and not clue.outcome and value < bound
        )
        title = column_title(model, name)
        low, high = wilson(0, cut)
        says = f"“{title}”低于 {bound} 的判过 {cut} 条，没有一条属实；属实的 {len(true)} 条都不低于 {bound}"
        found.append(
            Proposal(
                "raise", name, title, str(bound), 0, cut, round(100 * low), round(100 * high), says, gone, 0
            )
        )
    return found


def _decided(model: str) -> dict[tuple[str, str, str], tuple[int, int]]:
    """The figures at the last decision of each suggestion: it is not made again before they changed."""
    found = ProposalDecision.objects.filter(model=model).order_by("pk")
    return {(row.kind, row.what, row.bound): (row.figures["true"], row.figures["false"]) for row in found}


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        told = Decimal(str(value))
    except InvalidOperation:
        return None
    return told if told.is_finite() else None
