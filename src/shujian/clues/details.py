"""One clue in full: opened, masked for its reader, with what the reader may do next and why not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shujian.accounts.read import Actor, displays, unit_names
from shujian.clues.masks import hide_compared, hide_fields, hide_text, known_names
from shujian.clues.models import Clue, ClueEvidence, ClueHelper
from shujian.clues.numbers import number_of
from shujian.clues.policy import Standing, may_move_clue, may_unmask_clue
from shujian.clues.rows import ClueRow, row_of
from shujian.clues.sealing import unsealed
from shujian.clues.states import DEEDS, TRANSITIONS, Asks, Exclusion, Held, State


@dataclass(frozen=True)
class Evidence:
    """A source row: which file, sheet, line and batch it came from, and its fields as the reader may see them."""

    alias: str
    dataset: str
    source: str
    row: str
    file: str
    sheet: str | None
    line: int
    sha256: str
    batch: str
    received_at: datetime
    current: bool
    fields: Mapping[str, Any]
    titles: Mapping[str, str]
    types: Mapping[str, str]


@dataclass(frozen=True)
class Step:
    """One thing that was done to the clue by a person."""

    at: datetime
    title: str
    who: str
    source: str
    target: str
    reason: str
    note: str
    to: str


@dataclass(frozen=True)
class Action:
    """A step of the transition table as this reader meets it now."""

    verb: str
    title: str
    allowed: bool
    because: str
    reasons: tuple[tuple[str, str], ...]
    note: bool
    hint: str
    asks: str
    asks_title: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class ClueDetail:
    """A clue with all that carries it. ``masked`` tells whether persons' data are hidden."""

    row: ClueRow
    masked: bool
    subject: str
    emit: str
    region: str
    basis: tuple[Mapping[str, Any], ...]
    figures: Mapping[str, Any]
    verify: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    matches: tuple[Mapping[str, Any], ...]
    keywords: tuple[Mapping[str, Any], ...]
    absences: tuple[Mapping[str, Any], ...]
    explanation: tuple[str, ...]
    steps: tuple[Step, ...]
    actions: tuple[Action, ...]
    may_unmask: bool
    unmask_because: str
    held_title: str
    exclusion_title: str
    ground_note: str
    ground_run: str
    referred_from: str
    offered_unit: str
    outside: str
    registered_at: datetime | None
    revision: int


def standing(clue: Clue, helpers: Collection[int] | None = None) -> Standing:
    """What the policy asks about. ``helpers``: who helps now, where that was read for many clues at once."""
    if helpers is None:
        helpers = clue.helpers.filter(ended_at=None).values_list("user_id", flat=True)
    return Standing(
        clue.unit, clue.state, clue.absence, clue.handler_id, clue.ground_changed, clue.erased, clue.offered_unit,
        clue.referred_from, clue.declined, clue.closed_at is not None,
        frozenset(helpers),
        number_of(clue.joined_to_id) if clue.joined_to_id else "", clue.objected, clue.region,
        frozenset({f"clue:{number_of(clue.pk)}", f"subject:{clue.subject_key}"}),
    )  # fmt: skip


def helpers_of(pks: Collection[int]) -> dict[int, list[int]]:
    """Who helps now with each of these clues, by one question."""
    told: dict[int, list[int]] = {}
    for clue, user in ClueHelper.objects.filter(clue__in=pks, ended_at=None).values_list("clue", "user"):
        told.setdefault(clue, []).append(user)
    return told


def detail_of(clue: Clue, actor: Actor, *, masked: bool) -> ClueDetail:
    """Open one clue for one reader, who must already be allowed to read it."""
    rows = [(row, unsealed(row)) for row in clue.evidence.filter(moved_to=None).order_by("-current", "id")]
    dossier = unsealed(clue)
    names = known_names((opened for _, opened in rows), dossier["matches"])
    if masked:
        dossier = _hidden(dossier, names)
    may_open = may_unmask_clue(actor, standing(clue))
    return ClueDetail(
        row=row_of(clue),
        masked=masked,
        subject=clue.subject_masked if masked else dossier["subject"],
        emit=clue.emit,
        region=clue.region,
        basis=tuple(clue.basis),
        figures=clue.figures,
        verify=tuple(clue.verify),
        evidence=tuple(_evidence(row, opened, names, masked) for row, opened in rows),
        matches=tuple(dossier["matches"]),
        keywords=tuple(dossier["keywords"]),
        absences=tuple(dossier["absences"]),
        explanation=tuple(dossier["explanation"]),
        steps=_steps(clue),
        actions=_actions(actor, clue),
        may_unmask=may_open.allowed,
        unmask_because=may_open.because,
        held_title=str(Held(clue.held).label) if clue.held else "",
        exclusion_title=str(Exclusion(clue.exclusion).label) if clue.exclusion else "",
        ground_note=clue.ground_note,
        ground_run=clue.ground_run,
        referred_from=clue.referred_from,
        offered_unit=clue.offered_unit,
        outside=clue.outside,
        registered_at=clue.registered_at,
        revision=clue.revision,
    )


def _evidence(row: ClueEvidence, opened: dict[str, Any], names: frozenset[str], masked: bool) -> Evidence:
    ordered = {name: opened["fields"][name] for name in opened["order"]}
    fields = hide_fields(ordered, opened["types"], names) if masked else ordered
    return Evidence(
        alias=row.alias, dataset=row.dataset, source=row.source, row=row.row, file=row.file, sheet=row.sheet or None,
        line=row.line, sha256=row.sha256, batch=row.batch, received_at=row.received_at, current=row.current,
        fields=fields, titles=opened["titles"], types=opened["types"],
    )  # fmt: skip


def _hidden(dossier: dict[str, Any], names: frozenset[str]) -> dict[str, Any]:
    matches = [hide_compared(match, names) for match in dossier["matches"]]
    return {
        "matches": matches,
        "keywords": [{**word, "snippet": hide_text(word["snippet"], names)} for word in dossier["keywords"]],
        "absences": [{**one, "because": hide_text(one["because"], names)} for one in dossier["absences"]],
        "explanation": [hide_text(line, names) for line in dossier["explanation"]],
    }


def _steps(clue: Clue) -> tuple[Step, ...]:
    notes = list(clue.notes.order_by("id"))
    called = displays({note.actor for note in notes})
    return tuple(
        Step(
            at=note.at,
            title=DEEDS.get(note.verb) or TRANSITIONS[note.verb].title,
            who=called.get(note.actor, note.actor),
            source=str(State(note.source).label),
            target=str(State(note.target).label),
            reason=_reason_title(note.verb, note.reason),
            note=str(opened["note"]),
            to=str(opened.get("to", "")),
        )
        for note in notes
        for opened in (unsealed(note),)
    )


def _reason_title(verb: str, reason: str) -> str:
    reasons = TRANSITIONS[verb].reasons if verb in TRANSITIONS else Exclusion
    return str(dict(reasons.choices)[reason]) if reasons and reason else ""


def _actions(actor: Actor, clue: Clue) -> tuple[Action, ...]:
    stands, units = standing(clue), tuple(one for one in unit_names() if one != clue.unit)
    return tuple(_action(actor, stands, verb, units) for verb in TRANSITIONS)


def _action(actor: Actor, stands: Standing, verb: str, units: tuple[str, ...]) -> Action:
    step, decision = TRANSITIONS[verb], may_move_clue(actor, stands, verb)
    reasons = tuple((str(value), str(label)) for value, label in step.reasons.choices) if step.reasons else ()
    return Action(
        verb, step.title, decision.allowed, decision.because, reasons, step.note, step.hint,
        asks=step.asks.code if step.asks else "", asks_title=step.asks.title if step.asks else "",
        choices=units if step.asks is Asks.UNIT else (),
    )  # fmt: skip
