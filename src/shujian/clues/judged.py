"""Judgements as they are shown: words masked, within the reader's scope, with what follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shujian.accounts.read import Actor, displays
from shujian.clues import details, ledger
from shujian.clues.judging import VERDICTS, words_of
from shujian.clues.models import Clue, Judgement
from shujian.clues.numbers import judgement_number, number_of, pk_of, unknown, unknown_subject
from shujian.clues.pairs import MatchPair
from shujian.clues.policy import may_judge, may_read_clue
from shujian.matching.persons.judgements import Clusters, pair_of

STANDINGS: Mapping[str, str] = {
    **VERDICTS, "conflict": "认定互相矛盾", "none": "未认定",
}  # fmt: skip
_TITLES = {**VERDICTS, "undone": "撤销"}


@dataclass(frozen=True)
class JudgementRow:
    """One record. ``in_force``: neither replaced nor taken back; ``reason`` is masked."""

    judgement: str
    verdict: str
    verdict_title: str
    undoes: str | None
    in_force: bool
    conflict: bool
    clue: str | None
    grade: str
    left: str
    right: str
    left_label: str
    right_label: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class MatchJudged:
    """One match of a clue as it stands: ``judgement`` is the record in force of this very pair, if there is one.

    ``absent``: the right row is a record that the clue may miss. ``by``, ``at``, ``reason``: where the reader may see
    the clue on which it was judged. ``may_undo``: whether the reader may take it back.
    """

    match: int
    step: str
    grade: str
    kind: str
    absent: bool
    left: str
    right: str
    standing: str
    standing_title: str
    judgement: str | None
    by: str
    at: datetime | None
    reason: str
    may_undo: bool


@dataclass(frozen=True)
class Member:
    """A member of a cluster and what it is called in the judgements, masked."""

    key: str
    label: str


@dataclass(frozen=True)
class Group:
    """Members taken for one subject, or that would be if the judgements did not contradict each other."""

    canonical: str
    conflict: bool
    members: tuple[Member, ...]
    apart: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SubjectTold:
    """What was judged of a clue's matches, or of one subject. ``may_judge``: whether the reader may."""

    asked: str
    matches: tuple[MatchJudged, ...]
    groups: tuple[Group, ...]
    judgements: tuple[JudgementRow, ...]
    may_judge: bool
    because: str


def judgements(actor: Actor, *, limit: int = 200) -> list[JudgementRow]:
    """The newest records of clues that the actor may read, newest first."""
    told = ledger.ledger()
    found = Judgement.objects.select_related("clue").order_by("-pk")
    return _rows([one for one in found if _readable(actor, one)][:limit], told)


def of_clue(actor: Actor, number: str) -> SubjectTold:
    """The matches of a clue, numbered from 1, and what stands of each. Raises ClueUnknown."""
    clue = Clue.objects.filter(pk=pk_of(number)).first()
    if clue is None or not may_read_clue(actor, details.standing(clue)):
        raise unknown(number)
    told, pairs = ledger.ledger(), ledger.stored_pairs(clue)
    keys = {key for one in pairs for key in (one.left, one.right)}
    decision = may_judge(actor, details.standing(clue))
    return SubjectTold(
        asked=number_of(clue.pk),
        matches=tuple(_match(actor, told, place, one) for place, one in enumerate(pairs, 1)),
        groups=_groups(told, keys),
        judgements=tuple(_rows([one for one in _about(told, keys) if _readable(actor, one)], told)),
        may_judge=decision.allowed,
        because=decision.because,
    )


def of_subject(actor: Actor, key: str) -> SubjectTold:
    """What was judged of one subject by its handle. Raises ClueUnknown where nothing was, or none may be seen."""
    told = ledger.ledger()
    seen = [one for one in _about(told, {key}) if _readable(actor, one)]
    if not seen:
        raise unknown_subject(key)
    return SubjectTold(key, (), _groups(told, {key}), tuple(_rows(seen, told)), False, "在线索上认定")


def _readable(actor: Actor, one: Judgement) -> bool:
    if one.clue is None:
        return actor.shell
    return may_read_clue(actor, details.standing(one.clue)).allowed


def _about(told: Clusters, keys: set[str]) -> list[Judgement]:
    """Records that touch the keys or whatever is, or would be, joined to them; newest first."""
    near = set(keys) | {key for group in _groups(told, keys) for key in (one.key for one in group.members)}
    records = Judgement.objects.select_related("clue").order_by("-pk")
    return [one for one in records if one.left in near or one.right in near]


def _match(actor: Actor, told: Clusters, place: int, one: MatchPair) -> MatchJudged:
    standing = told.standing(one.left, one.right)
    own = told.in_force.get(pair_of(one.left, one.right))
    found = Judgement.objects.select_related("clue").filter(pk=own.number).first() if own else None
    seen = found is not None and _readable(actor, found)
    may = bool(found and found.clue and may_judge(actor, details.standing(found.clue)))
    return MatchJudged(
        match=place, step=one.step, grade=one.grade, kind=one.kind, absent=one.absent, left=one.left, right=one.right,
        standing=standing, standing_title=STANDINGS[standing],
        judgement=judgement_number(found.pk) if found else None,
        by=displays({found.by}).get(found.by, found.by) if found and seen else "",
        at=found.at if found and seen else None,
        reason=words_of(found)["shown"] if found and seen else "", may_undo=may,
    )  # fmt: skip


def _groups(told: Clusters, keys: set[str]) -> tuple[Group, ...]:
    labels: dict[str, str] = {}
    found = [
        (members, ()) for members in told.joined.values() if keys & {*members}
    ] + [(one.members, one.apart) for one in told.conflicts if keys & {*one.members}]  # fmt: skip
    wanted = {key for members, _ in found for key in members}
    if wanted:
        for one in Judgement.objects.filter(left__in=wanted) | Judgement.objects.filter(right__in=wanted):
            labels |= words_of(one)["ends"]
    return tuple(
        Group(members[0], bool(apart), tuple(Member(key, labels.get(key, "")) for key in members), apart)
        for members, apart in sorted(found)
    )


def _rows(found: Sequence[Judgement], told: Clusters) -> list[JudgementRow]:
    standing = {one.number for one in told.in_force.values()}
    called = displays({one.by for one in found})
    rows = []
    for one in found:
        words = words_of(one)
        rows.append(
            JudgementRow(
                judgement=judgement_number(one.pk), verdict=one.verdict, verdict_title=_TITLES[one.verdict],
                undoes=judgement_number(one.undoes_id) if one.undoes_id else None, in_force=one.pk in standing,
                conflict=one.pk in standing and told.conflicting(one.left, one.right),
                clue=number_of(one.clue.pk) if one.clue else None, grade=one.grade, left=one.left, right=one.right,
                left_label=words["ends"].get(one.left, ""), right_label=words["ends"].get(one.right, ""),
                by=called.get(one.by, one.by), at=one.at, reason=words["shown"],
            )
        )  # fmt: skip
    return rows
