"""分出: evidence rows that speak of another matter become a clue of their own, and can be taken back.

The rows stay where the model found them too, marked as moved, so that a later run neither adds them again nor loses
them. A part has no hit of its own: it stands as long as its first clue is hit and one of its rows is still evidence.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from shujian.accounts.read import Actor
from shujian.audit import service as audit
from shujian.clues import desk, details, telling
from shujian.clues.desk_policy import may_tend
from shujian.clues.masks import hide_text, known_names
from shujian.clues.models import Clue, ClueEvidence
from shujian.clues.numbers import number_of
from shujian.clues.records import plain
from shujian.clues.refusals import refusals_told
from shujian.clues.sealing import sealed_with, unsealed
from shujian.clues.states import Origin, State
from shujian.kernel.clock import now
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.secrets import pseudonym

_OPEN = (State.C0, State.C1, State.C2, State.C3)
_COPIED = (
    "model", "emit", "fingerprint", "run", "subject_kind", "subject_key", "subject_masked", "grade", "absence", "strength",
    "score", "score_parts", "basis", "verify", "region", "unit", "state", "held", "handler", "as_of", "pushed_at", "signed_at",
)  # fmt: skip
_ROW = (
    "alias",
    "dataset",
    "source",
    "row",
    "file",
    "sheet",
    "line",
    "sha256",
    "batch",
    "received_at",
    "run",
    "current",
)
GONE = "分出的证据在最近一次运行中不再出现"


@refusals_told("split")
def split(*, actor: Actor, number: str, rows: Sequence[int], title: str, note: str) -> str:
    """Make a clue of some evidence rows (places from 1, as the page counts them) of this one; answers its number.

    It starts where the first one stands, in the same hands. At least one row stays. Raises as ``join``.
    """
    with transaction.atomic():
        clue = desk.held(actor, number)
        desk.ask(may_tend(actor, details.standing(clue), "分出"))
        if clue.state not in _OPEN or clue.joined_to_id or clue.origin == Origin.SPLIT:
            raise desk.refused("not_now", "只有登记之前、没有并入别处、自己不是分出来的线索可以分出")
        told, named = (
            desk.words(note, "为什么是另一件事"),
            desk.words(title, "新线索的标题", most=120, field="title"),
        )
        evidence = list(clue.evidence.filter(moved_to=None).order_by("-current", "id"))
        taken = _taken(evidence, rows)
        names = known_names((unsealed(row) for row in evidence), unsealed(clue)["matches"])
        part = _part(clue, hide_text(named, names))  # a title stands in clear
        for row in taken:
            opened = unsealed(row)
            copy = ClueEvidence(clue=part, **{name: getattr(row, name) for name in _ROW})
            sealed_with(copy, opened).save()
        ClueEvidence.objects.filter(pk__in=[row.pk for row in taken]).update(moved_to=part)
        _count(clue, part)
        told_of = {"part": number_of(part.pk), "rows": len(taken)}
        desk.put_down(
            part, actor, "split", told, to=f"自 {number_of(clue.pk)}", detail={"of": number_of(clue.pk)}
        )
        desk.put_down(clue, actor, "split", told, to=number_of(part.pk), detail=told_of)
    return number_of(part.pk)


@refusals_told("unsplit")
def unsplit(*, actor: Actor, number: str, note: str) -> str:
    """Take a part back into the clue that it was split from; the part stays as excluded, its history with it.

    Answers the first clue's number. Raises as ``join``.
    """
    with transaction.atomic():
        part = desk.held(actor, number)
        desk.ask(may_tend(actor, details.standing(part), "收回分出"))
        if part.split_from is None or part.state not in _OPEN or part.joined_to_id or part.members.exists():
            raise desk.refused("not_split", "只有分出来的、还没有登记、没有并案的线索可以收回")
        told, clue = desk.words(note, "为什么收回"), desk.held(actor, number_of(part.split_from.pk))
        clue.evidence.filter(moved_to=part).update(moved_to=None)
        source = part.state
        part.state, part.exclusion, part.snoozed_until, part.held = State.C9, "double", None, ""
        part.ground_changed = False
        part.evidence.all().update(current=False)
        _count(clue, part)
        back = number_of(clue.pk)
        desk.put_down(
            part, actor, "unsplit", told, source=source, reason="double", to=back, detail={"of": back}
        )
        desk.put_down(
            clue, actor, "unsplit", told, to=number_of(part.pk), detail={"part": number_of(part.pk)}
        )
    return number_of(clue.pk)


def follow(model: str, run: str) -> int:
    """After a run: parts lose or regain their ground with their first clue and their rows; answers how many lost it."""
    lost = 0
    parts = Clue.objects.filter(model=model, origin=Origin.SPLIT, erased_at=None).exclude(state=State.C9)
    for part in parts.select_related("split_from"):
        first = part.split_from
        assert first is not None
        rows = dict(first.evidence.filter(moved_to=part).values_list("row", "current"))
        for row in part.evidence.all():
            if row.current != rows.get(row.row, False):
                ClueEvidence.objects.filter(pk=row.pk).update(current=rows.get(row.row, False))
        gone = first.ground_changed or not any(rows.values())
        if gone == part.ground_changed:
            continue
        part.ground_changed, part.ground_run = gone, run if gone else ""
        part.ground_note = (first.ground_note or GONE)[:400] if gone else ""
        part.changed_at, part.revision = now(), part.revision + 1
        part.save()
        lost += gone
        if gone:
            telling.ground_changed(part)
        audit.record(
            actor="sys", action="clue.ground_changed" if gone else "clue.ground_restored",
            thing=f"clue:{number_of(part.pk)}", detail={"run": run, "state": str(part.state)},
        )  # fmt: skip
    return lost


def _taken(evidence: Sequence[ClueEvidence], rows: Sequence[int]) -> list[ClueEvidence]:
    wanted = sorted(set(rows))
    if not wanted or wanted[0] < 1 or wanted[-1] > len(evidence) or len(wanted) >= len(evidence):
        raise BadInput(
            Fault(
                code="bad_rows", message="请选择要分出的证据行，至少留一行", field="rows",
                found="、".join(map(str, wanted))[:80] or "没有选", expected=f"1 至 {len(evidence)} 中的一部分",
            )
        )  # fmt: skip
    return [evidence[place - 1] for place in wanted]


def _part(clue: Clue, title: str) -> Clue:
    at, times = now(), Clue.objects.filter(split_from=clue).count() + 1
    key = pseudonym("clue-part", f"{clue.key}\x1f{times}")
    said = {
        "subject": unsealed(clue)["subject"], "matches": [], "keywords": [], "absences": [],
        "explanation": [f"由 {number_of(clue.pk)} 分出：承办人认为这些证据说的是另一件事"],
    }  # fmt: skip
    part = Clue(
        key=key, title=title, origin=Origin.SPLIT, split_from=clue, sure=False, found_at=at, changed_at=at,
        content=pseudonym("clue-part-content", key).ljust(64, "0"),
        **{name: getattr(clue, name) for name in _COPIED},
    )  # fmt: skip
    sealed_with(part, plain(said)).save()
    return part


def _count(clue: Clue, part: Clue) -> None:
    clue.evidence_count = clue.evidence.filter(current=True, moved_to=None).count()
    part.evidence_count = part.evidence.filter(current=True).count()
