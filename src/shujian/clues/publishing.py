"""The register of clues as lake data: what became of each clue and why; subjects only as keyed handles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from shujian.accounts.read import Actor
from shujian.audit import service as audit
from shujian.clues.ledger import ledger
from shujian.clues.models import Clue, Judgement
from shujian.clues.numbers import judgement_number, number_of
from shujian.clues.states import Exclusion, Held, State
from shujian.kernel.clock import CHINA
from shujian.lake import service as lake
from shujian.lake.service import PublishReport

DATASET, JUDGEMENTS, ROOM = "clue_register", "identity_judgement", "clues"
_SAME = (
    "model", "emit", "fingerprint", "subject_kind", "subject_key", "grade", "absence", "strength", "score",
    "state", "unit", "evidence_count", "as_of",
)  # fmt: skip


def publish_register(*, actor: Actor) -> PublishReport:
    """Freeze every clue as it stands into the dataset ``clue_register``: no title, no name, no number.

    The same register again adds nothing; a clue that moved becomes a new version of its row.
    """
    return _put_on_record(actor, lake.publish(DATASET, register_rows(), room=ROOM, what="register"))


def publish_judgements(*, actor: Actor) -> PublishReport:
    """Freeze every judgement into the dataset ``identity_judgement``: handles and verdicts, no words, nobody's name."""
    return _put_on_record(actor, lake.publish(JUDGEMENTS, judgement_rows(), room=ROOM, what="judgements"))


def _put_on_record(actor: Actor, report: PublishReport) -> PublishReport:
    audit.record(
        actor=actor.name, action="lake.publish", thing=f"dataset:{report.dataset}",
        detail={"batch": report.batch, "landed": report.landed, "changed": report.changed},
    )  # fmt: skip
    return report


def judgement_rows() -> Iterator[dict[str, Any]]:
    """One row a judgement, by the fields of the dataset; one that was replaced or taken back is no longer in force."""
    told = ledger()
    standing = {one.number for one in told.in_force.values()}
    for one in Judgement.objects.order_by("pk").defer("sealed").iterator(chunk_size=2000):
        yield {
            "judgement_no": judgement_number(one.pk),
            "verdict": one.verdict,
            "undoes": judgement_number(one.undoes_id) if one.undoes_id else None,
            "kind": one.kind,
            "left_key": one.left,
            "right_key": one.right,
            "clue_key": one.clue_key,
            "grade": one.grade,
            "in_force": one.pk in standing,
            "conflict": one.pk in standing and told.conflicting(one.left, one.right),
            "judged_at": _day(one.at),
        }


def register_rows() -> Iterator[dict[str, Any]]:
    """One row a clue, by the fields of the dataset."""
    for clue in Clue.objects.order_by("pk").iterator(chunk_size=2000):
        yield {
            "clue_no": number_of(clue.pk),
            **{name: getattr(clue, name) for name in _SAME},
            "grade": clue.grade or None,
            "fingerprint": clue.fingerprint or None,
            "state_title": str(State(clue.state).label),
            "held": str(Held(clue.held).label) if clue.held else None,
            "exclusion": str(Exclusion(clue.exclusion).label) if clue.exclusion else None,
            "ground_changed": clue.ground_changed,
            "region": clue.region or None,
            "found_at": _day(clue.found_at),
            "pushed_at": _day(clue.pushed_at),
            "signed_at": _day(clue.signed_at),
            "changed_at": _day(clue.changed_at),
        }


def _day(at: datetime | None) -> datetime | None:
    """The wall clock of the office, to the second, as files state it."""
    return at.astimezone(CHINA).replace(microsecond=0, tzinfo=None) if at else None
