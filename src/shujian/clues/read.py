"""The only way in to read clues: frozen values, masked on the server, within the reader's scope."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from shujian.accounts.read import Actor, Decision, Thing, denied, may
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
from shujian.clues.counting import (
    Above,
    Funnel,
    ModelFigures,
    Progress,
    above_list,
    funnel,
    model_figures,
    progress,
)
from shujian.clues.deputies import Deputies
from shujian.clues.desk_policy import (
    may_decide_proposals,
    may_look_again,
    may_see_precision,
    may_type,
    may_type_anywhere,
)
from shujian.clues.details import Action, ClueDetail, Evidence, Step
from shujian.clues.errors import ClueUnknown
from shujian.clues.identity import Doubt, identity_queue
from shujian.clues.judged import JudgementRow, MatchJudged, SubjectTold, judgements, of_clue, of_subject
from shujian.clues.looking import VERDICTS as LOOK_VERDICTS
from shujian.clues.looking import Looks, looks
from shujian.clues.marks import MARK_TITLES
from shujian.clues.merging import by_key
from shujian.clues.models import Clue, ClueFold
from shujian.clues.numbers import number_of, pk_of, unknown, unknown_subject
from shujian.clues.objecting import VERDICTS as OBJECTION_VERDICTS
from shujian.clues.people import judged_people
from shujian.clues.policy import may_judge, may_list_clues, may_read_clue, may_unmask_clue, readable
from shujian.clues.precision import Outcomes, all_outcomes
from shujian.clues.proposing import KINDS as PROPOSALS
from shujian.clues.proposing import ModelPrecision, precision_of
from shujian.clues.records import content_of
from shujian.clues.routing import book as routing_book
from shujian.clues.routing import check as routing_faults
from shujian.clues.routing import open_unrouted
from shujian.clues.rows import (
    BY_HAND,
    GRADES,
    CluePage,
    ClueRow,
    Filters,
    bad_filter,
    grade_title,
    list_clues,
)
from shujian.clues.schemas import clue_item, row_item
from shujian.clues.sealing import unsealed
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
    "PROPOSALS",
    "STRENGTHS",
    "Above",
    "Action",
    "Around",
    "ClueDetail",
    "CluePage",
    "ClueRow",
    "Deputies",
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
    "ModelPrecision",
    "Outcomes",
    "Previewed",
    "Progress",
    "ReturnReason",
    "State",
    "Step",
    "Subject",
    "SubjectTold",
    "above_list",
    "all_outcomes",
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
    "looked_at",
    "looks",
    "may_decide_proposals",
    "may_list_clues",
    "may_look_again",
    "may_see_precision",
    "may_type",
    "may_type_anywhere",
    "model_figures",
    "of_clue",
    "of_subject",
    "open_unrouted",
    "precision_of",
    "preview_bulk",
    "progress",
    "readable",
    "rights",
    "routing_book",
    "routing_faults",
    "row_item",
    "subject",
    "subject_keys",
    "thing_of",
    "units",
]  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """Whom clues are about, for the machine's own use: ``plain`` is never to be shown or stored."""

    plain: str | None
    rows: Mapping[str, list[str]]


def clue(actor: Actor, number: str) -> ClueDetail:
    """One clue, masked. Raises ClueUnknown, also where the actor may not know that there is one."""
    row = Clue.objects.select_related("handler").filter(pk=pk_of(number)).first()
    if row is None or not may_read_clue(actor, details.standing(row)):
        raise unknown(number)
    return details.detail_of(row, actor, masked=True)


def rights(actor: Actor, number: str) -> dict[str, Decision]:
    """Why this person may or may not read, open and judge a clue; of one that is not there the same as of a foreign one."""
    try:
        row = Clue.objects.filter(pk=pk_of(number)).first()
    except ClueUnknown:
        row = None
    if row is None:
        unseen = may(actor, "clue.read", Thing())
        return {"clue.read": denied("没有这条线索", unseen.rule) if unseen else unseen}
    stands = details.standing(row)
    told = {"clue.read": may_read_clue(actor, stands)}
    if told["clue.read"]:
        told |= {"clue.unmask": may_unmask_clue(actor, stands), "clue.judge": may_judge(actor, stands)}
        told["clue.looks"] = may(actor, "clue.looks", stands.thing)
    return told


def thing_of(number: str) -> str:
    """What the audit chain calls a clue, however its number was typed; of what is no number as much as is needed."""
    try:
        return f"clue:{number_of(pk_of(number))}"
    except ClueUnknown:
        return f"clue:{number.upper()[:20]}"


def looked_at(actor: Actor, number: str) -> frozenset[str]:
    """What the audit chain calls a clue and its subject, for who may know who looked. Raises ClueUnknown otherwise."""
    row = Clue.objects.filter(pk=pk_of(number)).first()
    if row is None or not may(actor, "clue.looks", details.standing(row).thing):
        raise unknown(number)
    return details.standing(row).names


def subject_keys(numbers: Collection[str]) -> dict[str, str]:
    """Clue number → handle of its subject, of those numbers that there are."""
    pks = [
        int(number[2:])
        for number in numbers
        if number[:2] == "XS" and number[2:].isdecimal() and len(number) < 18
    ]
    found = Clue.objects.filter(pk__in=pks).values_list("pk", "subject_key")
    return {number_of(pk): key for pk, key in found}


def units(actor: Actor) -> list[str]:
    """The units that occur among the clues in the actor's scope."""
    return list(above_list(actor).units)


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
    told = {str(unsealed(clue)["subject"]) for clue in found}
    plain = next((one for one in sorted(told) if not one.startswith("row:")), None)
    rows: dict[str, list[str]] = {}
    for clue in found:
        for row in clue.evidence.all():
            rows.setdefault(row.dataset, []).append(row.row)
    return Subject(plain, {dataset: sorted(set(ids)) for dataset, ids in rows.items()})
