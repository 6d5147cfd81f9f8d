"""The seed's three figures, read from what the runs left in the database, not from what was planted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from shujian.accounts.read import Actor
from shujian.clues import read as clues
from shujian.clues.read import ClueDetail, ClueRow
from shujian.kernel.money import money_text
from shujian.lake import read as lake
from shujian.runs.read import RunRecord

STAFF, TAX, CORRECTION = "convicted_staff", "env_tax", "explosives_correction"
URGING = "duty_urging"
SWEEP = ("site", "permit", "permit_idle")
REFERRAL, REVERSE = "referral_gaps", ("not_sent", "sent_late", "review_late", "unanswered")


def seed_case(
    actor: Actor,
    records: Mapping[str, RunRecord],
    found: Mapping[str, Sequence[ClueRow]],
) -> dict[str, Any]:
    """8,168 × 13,565 → 59 → 13 → 6; thirteen firms and the span of their estimates, and that of
    the sweep over sites and permit holders; one person under correction;
    thirty-one gaps after a decision not to prosecute; twenty-one penalties of two offices.
    """
    staff = _sure(actor, found[STAFF])
    group = max((detail for detail in staff if detail.emit == "by_body"), key=_people, default=None)
    tax = _sure(actor, found[TAX])
    unfiled = [detail for detail in tax if detail.emit == "unfiled"]
    swept = [detail for detail in tax if detail.emit in SWEEP]
    return {
        "convicted": _rows(records[STAFF], "convicted"),
        "establishment": _current_rows(records[STAFF].snapshot, "establishment_person"),
        "overlap": _rows(records[STAFF], "on_payroll", "A"),
        "undisciplined": sum(detail.emit == "undisciplined" for detail in staff),
        "education": _people(group) if group else 0,
        "education_share": str(group.figures["share"]) if group else None,
        "env_tax_firms": len(unfiled),
        "env_tax_low": _sum(unfiled, "low_tax"),
        "env_tax_high": _sum(unfiled, "high_tax"),
        "env_tax_sweep": len(swept),
        "env_tax_sweep_low": _sum(swept, "low_tax"),
        "env_tax_sweep_high": _sum(swept, "high_tax"),
        "correction": len({detail.row.subject_key for detail in _sure(actor, found[CORRECTION])}),
        "reverse": sum(detail.emit in REVERSE for detail in _sure(actor, found[REFERRAL])),
        "urged": sum(detail.emit != "told" for detail in _sure(actor, found[URGING])),
    }


def _sure(actor: Actor, rows: Sequence[ClueRow]) -> list[ClueDetail]:
    return [
        clues.clue(actor, row.id) for row in rows if row.grade == "A" and row.absence in ("none", "proved")
    ]


def _people(detail: ClueDetail) -> int:
    return int(detail.figures["people"])


def _sum(details: Sequence[ClueDetail], figure: str) -> str:
    values = [detail.figures.get(figure) for detail in details]
    return money_text(sum((Decimal(str(value)) for value in values if value is not None), Decimal(0)))


def _rows(record: RunRecord, step: str, grade: str | None = None) -> int:
    """Rows that left a step of a run, all or of one grade; −1 where the run has no such step."""
    for each in record.steps:
        if each["id"] == step:
            return int(each["by_grade"].get(grade, 0)) if grade else int(each["rows"])
    return -1


def _current_rows(snapshot: str, dataset: str) -> int:
    session = lake.open_session(lake.snapshot(snapshot))
    try:
        return int(session.sql(f"SELECT count(*) AS n FROM {session.attach(dataset)}").to_pylist()[0]["n"])
    finally:
        session.close()
