"""How the hits of a run become clues: once each, silently richer, and honest when the ground gives way.

*Identity.* A clue is model + emit + subject. A hit on a known clue appends the evidence rows that are new
and refreshes what the model says; the same hit again writes nothing but the run that saw it.

*Push.* Only a hit that is sure by itself (grade A; absence proved or not asked) goes to its unit. All
others wait in C0 and say for what: identity (待核身份), a possible record (可能存在记录), data (数据不全).

*Withdrawal (依据已变).* A clue loses its ground when a later look no longer carries it: its hit is gone,
or the machine pushed it as sure and the hit is no longer sure (a possible record turned up, coverage was
taken back). Three guards stand before that. The run's ``as_of`` must not be earlier than the clue's last,
because an older day proves nothing about a newer one. The model must have been able to judge (``judged``:
every source that it needs holds rows), because silence of an empty lake clears nobody. And a clue that a
person has excluded stays as he left it, but for one case: what was excluded as put right (已处理／已整改) and is complained
of again on a later day is opened anew (疑似假性整改), and the page says why. Nothing is deleted: the mark, its reason and its run are kept,
the handler sees them on the page, and the mark goes when the hit comes back as it was.

*Judgements.* Where people have judged that what carries a hit is not one person (``ledger``), the clue has no ground:
it is neither pushed nor opened anew, however often the hit comes back, until the judgement is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Q

from shujian.audit import service as audit
from shujian.clues import folding, ledger, pairs, records, splitting
from shujian.clues.models import Clue, ClueEvidence
from shujian.clues.numbers import key_of, number_of
from shujian.clues.routing import Router
from shujian.clues.states import Exclusion, Held, Origin, State
from shujian.clues.telling import RunNews
from shujian.kernel.clock import CHINA, now, today
from shujian.lake.errors import UnknownSource
from shujian.lake.read import source
from shujian.supervision.read import EvidenceRow, Hit, RunResult

T = TypeVar("T")
_CHUNK = 400


@dataclass(frozen=True)
class Merged:
    """What a run did to the clues; ``pushed`` counts those that reached their unit in this run."""

    new: int
    appended: int
    unchanged: int
    withdrawn: int
    pushed: int


def held_for(hit: Hit) -> Held:
    """Why a machine may not push this hit; NONE where it may. Missing data outweighs a doubtful identity."""
    return ledger.held_by(hit.grade, hit.absence)


def by_key(model: str, hits: Iterable[Hit]) -> dict[str, Hit]:
    """Hits by the key of their clue; two hits on one clue become one with the evidence of both."""
    found: dict[str, Hit] = {}
    for hit in hits:
        key = key_of(model, hit)
        if key in found:
            first = found[key]
            more = tuple(row for row in hit.evidence if row not in first.evidence)
            hit = replace(first, evidence=first.evidence + more)
        found[key] = hit
    return found


class Merger:
    """One merge of one run; call ``merge`` once, inside the transaction of the run."""

    def __init__(self, run: str, result: RunResult, judged: bool) -> None:
        self.run, self.result, self.judged = run, result, judged
        self.at: datetime = now()
        self.told = ledger.ledger()
        self.router = Router(result.model, today())
        self.deeds: list[audit.Deed] = []
        self.news = RunNews()
        self.counts = {"new": 0, "appended": 0, "unchanged": 0, "withdrawn": 0, "pushed": 0}

    def merge(self) -> Merged:
        """Bring every hit in, mark what lost its ground, and put it all on record."""
        folded = folding.fold(by_key(self.result.model, self.result.hits))
        hits = self.hits = folded.hits
        for keys in _chunks(list(hits)):
            known = {clue.key: clue for clue in Clue.objects.filter(key__in=keys).defer("sealed")}
            self._open([(key, hits[key]) for key in keys if key not in known])
            self._refresh([(clue, hits[clue.key]) for clue in known.values()])
        self._count(folded)
        if self.judged:
            self._withdraw_missing(set(hits))
        audit.record_all(self.deeds)
        self.news.tell(self.run, self.result.model)
        self.counts["withdrawn"] += splitting.follow(self.result.model, self.run)
        return Merged(**self.counts)

    def _open(self, found: Sequence[tuple[str, Hit]]) -> None:
        made = [
            records.new_clue(key, hit, self.result, self.run, self.at, held_for(hit)) for key, hit in found
        ]
        for clue, (_, hit) in zip(made, found, strict=True):
            routed = self.router.route(clue.unit, clue.region)
            clue.unit, clue.handler_id = routed.unit, routed.handler
            if self._apart(hit):
                ledger.withhold(clue, self.told, pairs.of_hit(hit))
        Clue.objects.bulk_create(made)
        rows = [
            records.new_evidence(clue, row, self.run)
            for clue, (_, hit) in zip(made, found, strict=True)
            for row in records.distinct(hit.evidence)
        ]
        ClueEvidence.objects.bulk_create(rows, batch_size=_CHUNK)
        for clue in made:
            self._tell(clue, "clue.pushed" if clue.state == State.C1 else "clue.held", held=clue.held)
            if clue.judged_apart:
                self._tell(clue, "clue.ground_changed", judgement=clue.ground_run)
            self.counts["pushed"] += clue.state == State.C1
        self.counts["new"] += len(made)

    def _count(self, folded: folding.Folded) -> None:
        """Keep which complaints were folded, and how many a clue speaks for."""
        homes = [home for home, _ in folded.folds.values()]
        clues = {
            clue.key: clue
            for keys in _chunks(sorted({*homes, *folded.counts}))
            for clue in Clue.objects.filter(key__in=keys).defer("sealed")
        }
        for clue, more in folding.keep(clues, folded, self.run):
            self._tell(clue, "clue.folded", complaints=more)
        for key, count in folded.counts.items():
            if clues[key].complaints != count:
                Clue.objects.filter(key=key).update(complaints=count)

    def _refresh(self, found: Sequence[tuple[Clue, Hit]]) -> None:
        same: list[int] = []
        for clue, hit in found:
            if self.result.as_of < clue.as_of:
                self.counts["unchanged"] += 1
            elif clue.content == records.content_of(hit, self.result) and not self._returns(clue, hit):
                self.counts["unchanged"] += 1
                same.append(clue.pk)
            else:
                self.counts[self._change(clue, hit)] += 1
        seen = {"run": self.run, "as_of": self.result.as_of, "fingerprint": self.result.fingerprint}
        Clue.objects.filter(pk__in=same).update(**seen)

    def _apart(self, hit: Hit) -> bool:
        return bool(self.told.in_force) and ledger.apart(self.told, pairs.of_hit(hit))

    def _returns(self, clue: Clue, hit: Hit) -> bool:
        if clue.erased:
            return True
        if self._apart(hit):
            return clue.state != State.C9 and not clue.judged_apart
        return clue.judged_apart or (clue.ground_changed and not (clue.sure and not hit.pushable))

    def _change(self, clue: Clue, hit: Hit) -> str:
        rows = self._append(clue, hit)
        fresh = len(rows)
        records.refresh(clue, hit, self.result, self.run)
        clue.fresh_evidence = clue.fresh_evidence or (fresh > 0 and clue.state != State.C0)
        if fresh:
            clue.snoozed_until = None
            if clue.joined_to_id:
                Clue.objects.filter(pk=clue.joined_to_id).update(fresh_evidence=True)
        verdict = (
            self._relapse(clue, hit, rows)
            or self._settle(clue, hit)
            or ("appended" if fresh else "unchanged")
        )
        clue.changed_at, clue.revision = self.at, clue.revision + 1
        clue.save()
        if fresh:
            self._tell(clue, "clue.evidence_appended", rows=fresh)
        return verdict

    def _append(self, clue: Clue, hit: Hit) -> list[EvidenceRow]:
        stored = {(row.alias, row.dataset, row.row): row for row in clue.evidence.all()}
        wanted = {(row.alias, row.dataset, row.row): row for row in hit.evidence}
        fresh = [row for place, row in wanted.items() if place not in stored]
        ClueEvidence.objects.bulk_create([records.new_evidence(clue, row, self.run) for row in fresh])
        for place, row in stored.items():
            if row.current != (place in wanted):
                ClueEvidence.objects.filter(pk=row.pk).update(current=place in wanted)
        return fresh

    def _relapse(self, clue: Clue, hit: Hit, rows: Sequence[EvidenceRow]) -> str | None:
        """Open anew what was excluded as put right and is complained of on a later day; None where it is not so."""
        if clue.state != State.C9 or clue.exclusion != Exclusion.DONE or self._apart(hit):
            return None
        excluded = clue.notes.filter(verb="exclude").order_by("-at").values_list("at", flat=True).first()
        since = (excluded or clue.changed_at).astimezone(CHINA).date()
        later = [row for row in rows if (day := _day_of(row)) is not None and day > since]
        if not later:
            return None
        clue.held = held_for(hit)
        clue.sure = clue.held == Held.NONE
        clue.state = State.C1 if clue.sure else State.C0
        clue.pushed_at = self.at if clue.sure else clue.pushed_at
        clue.exclusion, clue.relapsed = "", True
        self.counts["pushed"] += clue.sure
        self._tell(clue, "clue.relapsed", rows=len(later))
        return "appended"

    def _settle(self, clue: Clue, hit: Hit) -> str | None:
        """Move the marks of a known clue after its hit was refreshed; the count it belongs to, if any."""
        if clue.state == State.C9:
            return None
        was_apart, clue.judged_apart = clue.judged_apart, self._apart(hit)
        if clue.judged_apart:
            return self._part(clue, hit, was_apart)
        if clue.state == State.C0:
            return self._settle_waiting(clue, hit)
        if clue.sure and not hit.pushable:
            if clue.ground_changed and not was_apart:
                return None
            self._lose_ground(clue, f"重新运行后不再确定：{records.doubt(hit)}")
            return "withdrawn"
        return self._regain_ground(clue)

    def _part(self, clue: Clue, hit: Hit, before: bool) -> str | None:
        ledger.part(clue, self.told, pairs.of_hit(hit))
        if before:
            return None
        self._tell(clue, "clue.ground_changed", judgement=clue.ground_run)
        return "withdrawn"

    def _settle_waiting(self, clue: Clue, hit: Hit) -> str | None:
        regained = self._regain_ground(clue)
        if clue.held == Held.RETURNED:
            return regained
        clue.held = held_for(hit)
        if clue.held == Held.NONE:
            clue.state, clue.sure, clue.pushed_at = State.C1, True, self.at
            self.counts["pushed"] += 1
            self._tell(clue, "clue.pushed", held="")
            return "appended"
        return regained

    def _regain_ground(self, clue: Clue) -> str | None:
        if not clue.ground_changed:
            return None
        clue.ground_changed, clue.ground_note, clue.ground_run = False, "", ""
        self._tell(clue, "clue.ground_restored")
        return "appended"

    def _withdraw_missing(self, seen: set[str]) -> None:
        open_ones = Clue.objects.filter(
            Q(ground_changed=False) | Q(judged_apart=True),
            model=self.result.model, as_of__lte=self.result.as_of, erased_at__isnull=True, origin=Origin.MODEL,
        ).exclude(state=State.C9)  # fmt: skip
        gone = [pk for pk, key in open_ones.values_list("pk", "key") if key not in seen]
        for pks in _chunks(gone):
            for clue in Clue.objects.filter(pk__in=pks):
                note = clue.ground_note if clue.judged_apart else ""
                why = (
                    f"{note}，重新运行后不再命中"
                    if note
                    else "重新运行后不再命中" + self._because_of_model(clue)
                )
                self._lose_ground(clue, why)
                clue.changed_at, clue.revision = self.at, clue.revision + 1
                clue.save()
                self.counts["withdrawn"] += 1

    def _because_of_model(self, clue: Clue) -> str:
        changed = clue.fingerprint != self.result.fingerprint
        return "（模型已换新版本）" if changed else "（数据已更正或更新）"

    def _lose_ground(self, clue: Clue, why: str) -> None:
        clue.ground_changed, clue.ground_note, clue.ground_run = True, why[:400], self.run
        clue.snoozed_until = None
        clue.judged_apart = False
        self._tell(clue, "clue.ground_changed")

    def _tell(self, clue: Clue, action: str, **detail: object) -> None:
        self.news.saw(clue, action)
        detail = {"run": self.run, "state": str(clue.state), **detail}
        self.deeds.append(audit.Deed("sys", action, f"clue:{number_of(clue.pk)}", detail))


def _day_of(row: EvidenceRow) -> date | None:
    """The day that a source row tells of, by its contract; None where the model does not show it."""
    try:
        told = source(row.dataset).date_field
    except UnknownSource:
        return None
    return folding.day_of(row.fields.get(told)) if told else None


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
