"""The register of clues as lake data: what became of each clue and why; subjects only as keyed handles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from shujian.accounts.read import Actor
from shujian.audit import service as audit
from shujian.clues.models import Clue
from shujian.clues.numbers import number_of
from shujian.clues.states import Exclusion, Held, State
from shujian.kernel.clock import CHINA
from shujian.lake import service as lake
from shujian.lake.service import PublishReport

DATASET, ROOM = "clue_register", "clues"
_SAME = (
    "model", "emit", "fingerprint", "subject_kind", "subject_key", "grade", "absence", "strength", "score",
    "state", "unit", "evidence_count", "as_of",
)  # fmt: skip


def publish_register(*, actor: Actor) -> PublishReport:
    """Freeze every clue as it stands into the dataset ``clue_register``: no title, no name, no number.

    The same register again adds nothing; a clue that moved becomes a new version of its row.
    """
    report = lake.publish(DATASET, register_rows(), room=ROOM, what="register")
    audit.record(
        actor=actor.name, action="lake.publish", thing=f"dataset:{DATASET}",
        detail={"batch": report.batch, "landed": report.landed, "changed": report.changed},
    )  # fmt: skip
    return report


def register_rows() -> Iterator[dict[str, Any]]:
    """One row a clue, by the fields of the dataset."""
    for clue in Clue.objects.order_by("pk").iterator(chunk_size=2000):
        yield {
            "clue_no": number_of(clue.pk),
            **{name: getattr(clue, name) for name in _SAME},
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
