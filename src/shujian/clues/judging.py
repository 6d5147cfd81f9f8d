"""A person says whether two rows are one subject, and takes it back. Only added to; each on record; felt at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from shujian.accounts.read import Actor
from shujian.audit import service as audit
from shujian.clues import details, ledger, telling
from shujian.clues.errors import ClueRefused
from shujian.clues.masks import hide_text, known_names, of_person, same_length
from shujian.clues.models import Clue, ClueEvidence, Judgement
from shujian.clues.numbers import (
    judgement_number,
    judgement_pk,
    number_of,
    pk_of,
    unknown,
    unknown_judgement,
)
from shujian.clues.pairs import MatchPair, RowTold, known, pair
from shujian.clues.policy import may_judge, may_read_clue
from shujian.clues.refusals import refusals_told
from shujian.clues.sealing import sealed_with, unsealed
from shujian.clues.states import State
from shujian.kernel.clock import now
from shujian.kernel.errors import BadInput, Fault, FaultList
from shujian.matching.persons.judgements import Clusters, pair_of
from shujian.supervision.read import JUDGED

VERDICTS: Mapping[str, str] = {"same": "同一人", "different": "不是同一人", "unsure": "不能确定"}


@refusals_told("judge")
def judge(
    *,
    actor: Actor,
    number: str,
    match: int,
    verdict: str,
    reason: str,
    seen: tuple[str, str] | None = None,
) -> str:
    """Judge the match of this place (from 1) of a clue; answers the number of the judgement.

    ``seen``: the two handles that the person had before him; others at that place now refuse the judgement.
    Raises ClueUnknown, ClueRefused where it is not the actor's to judge, BadInput for a match that is not there, an
    unknown verdict or a missing reason.
    """
    with transaction.atomic():
        clue = _clue(actor, number)
        dossier = unsealed(clue)
        opened = [(row, unsealed(row)) for row in clue.evidence.order_by("id")]
        _check(match, len(dossier["matches"]), verdict, reason)
        rows = {row.row: RowTold(row.dataset, row.source, told["fields"]) for row, told in opened}
        one = dossier["matches"][match - 1]
        told = pair(one, rows)
        if seen is not None and seen != (told.left, told.right):
            raise ClueRefused(Fault(code="stale", message="这处比对刚刚被更新过，请刷新页面看过之后再认定"))
        names = known_names((each for _, each in opened), dossier["matches"])
        left, right = pair_of(told.left, told.right)
        ends = {told.left: _label(one, "left", rows), told.right: _label(one, "right", rows)}
        said = {
            "reason": reason.strip()[:500], "shown": hide_text(reason.strip()[:500], names), "ends": ends,
            "known": {one.key: asdict(one) for one in known(one, rows)},
        }  # fmt: skip
        made = Judgement(
            clue=clue, clue_key=clue.key, kind="person" if of_person(one) else "org", left=left, right=right,
            verdict=verdict, grade=_machine_grade(told), by=actor.name, at=now(),
        )  # fmt: skip
        sealed_with(made, said).save()
        _put_on_record(actor, "subject.judge", made, one["left"], one["right"])
    return judgement_number(made.pk)


@refusals_told("undo")
def undo(*, actor: Actor, number: str, reason: str) -> str:
    """Take a judgement back by a record of its own; answers that record's number. What stood before it stands again.

    Raises ClueUnknown, ClueRefused where it is not the actor's or already taken back, BadInput for a missing reason.
    """
    with transaction.atomic():
        found = Judgement.objects.select_for_update().filter(pk=judgement_pk(number)).first()
        if found is None or found.clue is None:
            raise unknown_judgement(number)
        clue = _clue(actor, number_of(found.clue.pk), unknown_judgement(number))
        if found.verdict == "undone" or found.undone_by.exists():
            raise ClueRefused(
                Fault(code="already_undone", message="这条认定已经撤销，或本身就是撤销记录；要改变结论请重新认定", found=number[:40])
            )  # fmt: skip
        _check(1, 1, "same", reason)
        ends = unsealed(found)["ends"]
        names = known_names(
            (unsealed(row) for row in clue.evidence.all()),
            unsealed(clue)["matches"],
        )
        said = {"reason": reason.strip()[:500], "shown": hide_text(reason.strip()[:500], names), "ends": ends}
        made = Judgement(
            clue=clue, clue_key=clue.key, kind=found.kind, left=found.left, right=found.right, verdict="undone",
            undoes=found, grade=found.grade, by=actor.name, at=now(),
        )  # fmt: skip
        sealed_with(made, said).save()
        _put_on_record(actor, "subject.undo", made)
    return judgement_number(made.pk)


def _machine_grade(told: MatchPair) -> str:
    """What the machine said of a pair; of one that is judged already, what it said before."""
    if told.grade != JUDGED:
        return told.grade
    left, right = pair_of(told.left, told.right)
    before = Judgement.objects.filter(left=left, right=right).order_by("-pk").first()
    return before.grade if before else "C"


def words_of(one: Judgement) -> dict[str, Any]:
    """The sealed words: ``reason`` as written, ``shown`` masked, ``ends``: handle → masked label, ``known``: handle →
    the side as it was judged, plain (``pairs.known``).
    """
    return unsealed(one)


def forget(one: Judgement, reason: str) -> None:
    """Blank the words of a judgement whose person was erased; handles, verdict and times stay.

    With the words goes what runs find the rows by: the judgement has no effect on models any more.
    """
    sealed_with(one, {"reason": reason, "shown": reason, "ends": {}})
    one.save(update_fields=["sealed"])


def _clue(actor: Actor, number: str, missing: BadInput | None = None) -> Clue:
    clue = Clue.objects.select_for_update().filter(pk=pk_of(number)).first()
    if clue is None or not may_read_clue(actor, details.standing(clue)):
        raise missing or unknown(number)
    decision = may_judge(actor, details.standing(clue))
    if not decision:
        raise ClueRefused(Fault(code="not_allowed", message=decision.because))
    return clue


def _check(match: int, count: int, verdict: str, reason: str) -> None:
    faults = FaultList()
    if not 1 <= match <= count:
        faults.add(
            Fault(code="no_match", message="这条线索没有这一处比对", field="match", found=str(match),
                  expected=f"1 至 {count}" if count else "这条线索没有比对")
        )  # fmt: skip
    if verdict not in VERDICTS:
        faults.add(
            Fault(code="no_verdict", message="请选择认定结论", field="verdict", found=verdict[:20],
                  expected="、".join(VERDICTS.values()))
        )  # fmt: skip
    if len(reason.strip()) < 4:
        faults.add(Fault(code="no_reason", message="请写明理由（至少四个字）", field="reason"))
    faults.raise_if_any()


def _label(match: Mapping[str, Any], side: str, rows: Mapping[str, RowTold]) -> str:
    """``起诉人员名册 示某某``: the source and the name, masked where it is a person's."""
    name = next(
        (one[side] for one in match["compared"] if one["field"] in ("name", "姓名") and one[side]), ""
    )
    row = rows.get(match[side])
    return f"{row.title if row else ''} {same_length(name) if of_person(match) else name}".strip()


def _put_on_record(actor: Actor, action: str, made: Judgement, *rows: str) -> None:
    assert made.clue is not None
    detail = {
        "judgement": judgement_number(made.pk), "verdict": made.verdict, "left": made.left, "right": made.right,
        "undoes": judgement_number(made.undoes_id) if made.undoes_id else "",
    }  # fmt: skip
    audit.record(actor=actor.name, action=action, thing=f"clue:{number_of(made.clue.pk)}", detail=detail)
    told, at = ledger.ledger(), made.at
    for clue in _touched(made, told, rows):
        _settle(clue, told, at, made)


def _touched(made: Judgement, told: Clusters, rows: tuple[str, ...]) -> list[Clue]:
    """Open clues that a judgement may concern now: where it was made, those on the same rows or the same persons.

    Any other clue that follows from it is settled at its model's next run.
    """
    homes = {told.canonical(made.left), told.canonical(made.right)}
    members = {made.left, made.right, *(key for home in homes for key in told.joined.get(home, ()))}
    others = Judgement.objects.filter(left=made.left, right=made.right).values("clue")
    wanted = Q(pk=made.clue_id) | Q(subject_key__in=members) | Q(pk__in=others)
    if rows:
        wanted |= Q(pk__in=ClueEvidence.objects.filter(row__in=rows).values("clue"))
    else:
        mine = ClueEvidence.objects.filter(clue=made.clue).values("row")
        wanted |= Q(pk__in=ClueEvidence.objects.filter(row__in=mine).values("clue"))
    open_ones = Clue.objects.filter(wanted, erased_at__isnull=True).exclude(state=State.C9)
    return list(open_ones.select_for_update().order_by("pk"))


def _settle(clue: Clue, told: Clusters, at: datetime, made: Judgement) -> None:
    pairs = ledger.stored_pairs(clue)
    is_apart = ledger.apart(told, pairs)
    if is_apart and not clue.ground_changed:
        ledger.part(clue, told, pairs)
        action = "clue.ground_changed"
    elif clue.judged_apart and not is_apart:
        action = ledger.rejoin(clue, at)
    elif made.undoes_id and clue.ground_note.startswith(ledger.NOTES) and not is_apart:
        clue.ground_note, action = ledger.UNDONE, "clue.ground_changed"
    else:
        return
    clue.changed_at, clue.revision = at, clue.revision + 1
    clue.save()
    detail = {"judgement": judgement_number(made.pk), "state": str(clue.state)}
    audit.record_all([audit.Deed("sys", action, f"clue:{number_of(clue.pk)}", detail)])
    if is_apart:
        telling.ground_changed(clue)
