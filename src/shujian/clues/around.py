"""What stands around a clue, for its page: helpers, comments, papers, joined and split clues, objections. Masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from shujian.accounts.read import Actor, Decision, displays, unit_names
from shujian.clues import details
from shujian.clues.desk_policy import may_add, may_answer, may_assign, may_look_again, may_tend
from shujian.clues.looking import VERDICTS as LOOKED
from shujian.clues.masks import hide_text, known_names
from shujian.clues.models import Clue
from shujian.clues.numbers import number_of, pk_of, unknown
from shujian.clues.objecting import VERDICTS
from shujian.clues.papers import TITLES as KINDS
from shujian.clues.policy import may_read_clue, may_unmask_clue
from shujian.clues.rows import ClueRow, row_of
from shujian.clues.sealing import unsealed
from shujian.clues.states import State


@dataclass(frozen=True)
class HelperTold:
    """A co-handler."""

    username: str
    display: str
    since: datetime


@dataclass(frozen=True)
class CommentTold:
    """A comment; ``text`` empty where it was taken back."""

    id: int
    at: datetime
    who: str
    text: str
    own: bool
    withdrawn: bool


@dataclass(frozen=True)
class PaperTold:
    """An attachment. ``may_take_down``: the reader filed it, or handles the clue."""

    id: int
    at: datetime
    who: str
    name: str
    kind: str
    size: int
    sha256: str
    says: str
    stripped: tuple[str, ...]
    may_take_down: bool


@dataclass(frozen=True)
class ObjectionTold:
    """An objection. ``open``: not answered yet; ``late``: past its day."""

    at: datetime
    by: str
    due: date
    text: str
    open: bool
    late: bool
    verdict: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True)
class Around:
    """All of it, and what the reader may do here, with the reasons."""

    helpers: tuple[HelperTold, ...]
    comments: tuple[CommentTold, ...]
    papers: tuple[PaperTold, ...]
    head: str
    members: tuple[ClueRow, ...]
    split_from: str
    parts: tuple[str, ...]
    objections: tuple[ObjectionTold, ...]
    drawn: bool
    looks: Mapping[str, str]
    may_tend: Decision
    may_add: Decision
    may_answer: Decision | None
    may_open: Decision
    may_assign: Decision
    units: tuple[str, ...]


def around(actor: Actor, number: str, today: date) -> Around:
    """What stands around a clue, masked. Raises ClueUnknown."""
    clue = Clue.objects.filter(pk=pk_of(number)).select_related("joined_to", "split_from").first()
    if clue is None or not may_read_clue(actor, stands := details.standing(clue)):
        raise unknown(number)
    names = known_names(
        (unsealed(row) for row in clue.evidence.all()),
        unsealed(clue)["matches"],
    )
    comments, files = list(clue.comments.order_by("pk")), list(clue.files.filter(withdrawn_at=None).order_by("pk"))  # fmt: skip
    objections = list(clue.objections.order_by("pk"))
    people = {one.actor for one in comments} | {one.actor for one in files}
    called = displays(people | {name for one in objections for name in (one.by, one.answered_by)})
    waiting = next((one for one in objections if not one.verdict), None)
    drawn = clue.looks.filter(verdict="", void=False).exclude(excluded_by=actor.name).exists()
    return Around(
        helpers=tuple(
            HelperTold(one.user.username, one.user.display, one.at)
            for one in clue.helpers.filter(ended_at=None).select_related("user").order_by("pk")
        ),
        comments=tuple(
            CommentTold(
                one.pk, one.at, called.get(one.actor, one.actor), hide_text(unsealed(one)["text"], names),
                one.actor == actor.name, one.withdrawn_at is not None,
            )
            for one in comments
        ),
        papers=tuple(
            PaperTold(
                one.pk, one.at, called.get(one.actor, one.actor), hide_text(told["name"], names), KINDS[one.kind], one.size,
                one.sha256, hide_text(told["says"], names), tuple(told["stripped"]),
                one.actor == actor.name or (actor.id is not None and clue.handler_id == actor.id),
            )
            for one in files
            for told in (unsealed(one),)
        ),
        head=number_of(clue.joined_to_id) if clue.joined_to_id else "",
        members=tuple(row_of(one) for one in clue.members.select_related("handler").defer("sealed").order_by("pk")),
        split_from=number_of(clue.split_from_id) if clue.split_from_id else "",
        parts=tuple(number_of(pk) for pk in clue.parts.exclude(state=State.C9).order_by("pk").values_list("pk", flat=True)),
        objections=tuple(
            ObjectionTold(
                one.at, called.get(one.by, one.by), one.due, hide_text(unsealed(one)["text"], names),
                not one.verdict, not one.verdict and one.due < today, VERDICTS.get(one.verdict, ""),
                called.get(one.answered_by, one.answered_by), one.answered_at,
            )
            for one in objections
        ),
        drawn=drawn and clue.state == State.C9 and bool(may_look_again(actor)) and (actor.id is None or clue.handler_id != actor.id),
        looks=LOOKED,
        may_tend=may_tend(actor, stands, "暂缓、并入、分出、增加协办"),
        may_add=may_add(actor, stands),
        may_answer=may_answer(actor, stands, waiting.by) if waiting else None,
        may_open=may_unmask_clue(actor, stands),
        may_assign=may_assign(actor, stands, units := unit_names()),
        units=tuple(units),
    )  # fmt: skip
