"""What the judgements in force mean for a clue: it stands apart, it is settled, or neither."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from shujian.accounts.read import SYSTEM
from shujian.clues import records
from shujian.clues.models import Clue, Judgement
from shujian.clues.numbers import judgement_number
from shujian.clues.pairs import MatchPair, RowTold, of_stored
from shujian.clues.sealing import unsealed
from shujian.clues.states import Held, State
from shujian.matching.persons import judgements as pure
from shujian.matching.persons.judgements import Clusters
from shujian.supervision.read import JUDGED

APART = "人工认定不是同一人"
FOUND = "人工认定另一名册中的记录就是本人"
UNDONE = "认定已撤销，待下次运行重新判断"
NOTES = (APART, FOUND)


def ledger() -> Clusters:
    """All judgements, as clusters. People make few of them: they are read whole. A machine's would not count."""
    told = Judgement.objects.exclude(by=SYSTEM.name).order_by("pk").defer("sealed")
    return pure.clusters(record(one) for one in told)


def record(one: Judgement) -> pure.Judgement:
    """A stored judgement for the pure library; its words stay sealed."""
    verdict: pure.Verdict = one.verdict  # type: ignore[assignment]
    return pure.Judgement(one.pk, one.left, one.right, verdict, one.by, one.at, "", one.undoes_id)


def stored_pairs(clue: Clue) -> list[MatchPair]:
    """The matches of a clue as it is stored."""
    rows = {row.row: RowTold(row.dataset, row.source, unsealed(row)["fields"]) for row in clue.evidence.all()}
    return of_stored(unsealed(clue), rows)


def apart(told: Clusters, pairs: Sequence[MatchPair]) -> bool:
    """Whether the clue lost its ground: of some step that carries it, every match is judged different; or a record
    that the clue calls missing is judged to be the subject's.
    """
    steps: dict[str, list[bool]] = {}
    for one in pairs:
        if not one.absent:
            steps.setdefault(one.step, []).append(told.standing(one.left, one.right) == "different")
    return any(all(differs) for differs in steps.values()) or bool(_found(told, pairs))


def _found(told: Clusters, pairs: Sequence[MatchPair]) -> list[MatchPair]:
    return [one for one in pairs if one.absent and told.standing(one.left, one.right) == "same"]


def settled(told: Clusters, pairs: Sequence[MatchPair]) -> bool:
    """Whether people have judged ``same`` whatever the machine was not sure of (every match that is not grade A)."""
    doubtful = [one for one in pairs if one.grade != "A" and not one.absent]
    return bool(doubtful) and all(told.standing(one.left, one.right) == "same" for one in doubtful)


def reason_for_push(clue: Clue) -> str:
    """The reason that settled judgements give for pushing a clue whose identity was in doubt; empty where they give none."""
    if clue.held != Held.IDENTITY:
        return ""
    told, pairs = ledger(), stored_pairs(clue)
    if not settled(told, pairs):
        return ""
    machine = f"为 {clue.grade} 级" if clue.grade != JUDGED else "不足以确认"
    return f"人工认定是同一人（{_numbers(told, pairs, 'same') or '由其他认定推出'}）；机器比对{machine}"


def part(clue: Clue, told: Clusters, pairs: Sequence[MatchPair]) -> None:
    """Take the ground from a clue: what carried it is judged not to be one person, or what it misses to be there."""
    found = _found(told, pairs)
    carrying = [one for one in pairs if not one.absent]
    numbers = _numbers(told, found, "same") if found else _numbers(told, carrying, "different")
    clue.judged_apart = clue.ground_changed = True
    clue.ground_note = f"{FOUND if found else APART}（{numbers or '由其他认定推出'}）"[:400]
    clue.ground_run = numbers.split("、")[0][:60]


def withhold(clue: Clue, told: Clusters, pairs: Sequence[MatchPair]) -> None:
    """A clue that is found for the first time, and its ground is judged away already: it is kept, never pushed."""
    clue.state, clue.held, clue.sure, clue.pushed_at = State.C0, Held.IDENTITY, False, None
    part(clue, told, pairs)


def rejoin(clue: Clue, at: datetime) -> str:
    """Give back what the judgements took; answers what happened, as the audit chain calls it.

    What a run has found meanwhile holds: a clue that was pushed as sure and no longer is stays without its ground.
    """
    clue.judged_apart = False
    sure = clue.grade == "A" and clue.absence in ("none", "proved")
    if clue.sure and not sure:
        clue.ground_note = f"重新运行后不再确定：{records.doubt_of(clue.grade, clue.absence)}"
        clue.ground_run = clue.run
        return "clue.ground_changed"
    clue.ground_changed, clue.ground_note, clue.ground_run = False, "", ""
    if clue.state == State.C0 and clue.held != Held.RETURNED:
        clue.held = held_by(clue.grade, clue.absence)
        if clue.held == Held.NONE:
            clue.state, clue.sure, clue.pushed_at = State.C1, True, at
            return "clue.pushed"
    return "clue.ground_restored"


def held_by(grade: str, absence: str) -> Held:
    """Why a machine may not push; NONE where it may. Missing data outweighs a doubtful identity."""
    if absence == "unknown":
        return Held.UNKNOWN
    if absence == "possible":
        return Held.POSSIBLE
    return Held.NONE if grade == "A" else Held.IDENTITY


def _numbers(told: Clusters, pairs: Iterable[MatchPair], verdict: str) -> str:
    found = {
        one.number
        for each in pairs
        if (one := told.in_force.get(pure.pair_of(each.left, each.right))) and one.verdict == verdict
    }
    return "、".join(judgement_number(number) for number in sorted(found)[:5])
