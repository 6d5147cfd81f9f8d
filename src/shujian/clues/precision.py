"""What became of the clues of a model, step by step, with 95 % intervals: 推送 → 签收 → 属实 → 立案 → 建议 → 整改.

属实 is what a person registered as a formal clue; 不属实 is what a person excluded for a reason that is the machine's:
wrong person, wrong or old data, no offence, exempt, too weak, a word that misleads. What was excluded as done already,
as double or as not ours says nothing of the machine and counts for neither. 建议 and 整改 are not known before the rooms
that keep them are there: they are told as unknown, not as none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from shujian.clues.models import Clue
from shujian.clues.sealing import unsealed
from shujian.clues.states import NEUTRAL, Origin, State
from shujian.kernel.intervals import wilson


@dataclass(frozen=True)
class Share:
    """So many of so many; per cent with the 95 % Wilson interval. ``per_cent`` None where there is nothing to divide."""

    hits: int
    trials: int

    @property
    def per_cent(self) -> int | None:
        """Rounded; None before the first."""
        return round(100 * self.hits / self.trials) if self.trials else None

    @property
    def low(self) -> int:
        """Lower end in per cent."""
        return round(100 * wilson(self.hits, self.trials)[0])

    @property
    def high(self) -> int:
        """Upper end in per cent."""
        return round(100 * wilson(self.hits, self.trials)[1])


@dataclass(frozen=True)
class Outcomes:
    """The funnel of a model, or of one keyword of it. ``advised`` and ``mended``: None where nobody knows yet."""

    name: str
    pushed: int
    signed: int
    true: int
    false: int
    neutral: int
    filed: int
    advised: int | None = None
    mended: int | None = None

    @property
    def precision(self) -> Share:
        """属实 of all that was judged."""
        return Share(self.true, self.true + self.false)

    @property
    def signing(self) -> Share:
        """签收 of what was pushed."""
        return Share(self.signed, self.pushed)

    @property
    def filing(self) -> Share:
        """立案 of what was 属实."""
        return Share(self.filed, self.true)


@dataclass(frozen=True)
class Judged:
    """What is needed of one clue to count it."""

    pk: int
    words: frozenset[str]
    figures: dict[str, object]
    pushed: bool
    signed: bool
    outcome: str
    filed: bool
    open: bool


def outcome_of(clue: Clue) -> str:
    """``true``, ``false``, ``neutral``, or empty where nobody judged it yet."""
    if clue.state == State.C9 and clue.exclusion:
        return "neutral" if clue.exclusion in NEUTRAL else "false"
    return "true" if clue.registered_at is not None else ""


def judged_of(model: str, *, words: bool = True) -> list[Judged]:
    """The clues of a model as they count; ``words``: with the keywords that hit them (each is unsealed for it).

    What was split off is counted with its first clue; what was erased keeps its outcome and loses its words.
    """
    found = Clue.objects.filter(model=model, origin=Origin.MODEL)
    told = []
    for clue in found.iterator(chunk_size=1000):
        named = {one["word"] for one in unsealed(clue)["keywords"]} if words else set()
        told.append(
            Judged(
                clue.pk, frozenset(named), dict(clue.figures), clue.pushed_at is not None, clue.signed_at is not None,
                outcome_of(clue), clue.state == State.C6, clue.state not in (State.C6, State.C8, State.C9),
            )
        )  # fmt: skip
    return told


def counted(name: str, clues: Iterable[Judged]) -> Outcomes:
    """The funnel of these clues."""
    found = list(clues)
    said = Counter(one.outcome for one in found)
    return Outcomes(
        name, sum(one.pushed for one in found), sum(one.signed for one in found), said["true"], said["false"], said["neutral"],
        sum(one.filed for one in found),
    )  # fmt: skip


def by_word(clues: Iterable[Judged]) -> list[Outcomes]:
    """The funnel of each keyword, the most often hit first; a clue counts for each word that hit it."""
    found = list(clues)
    times = Counter(word for one in found for word in one.words)
    return [
        counted(word, (one for one in found if word in one.words))
        for word, _ in sorted(times.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def all_outcomes() -> list[Outcomes]:
    """The funnel of each model that has clues; only counts are asked of the database, all of them by one question."""
    excluded = Q(state=State.C9) & ~Q(exclusion="")
    wanted = {
        "pushed": Q(pushed_at__isnull=False), "signed": Q(signed_at__isnull=False),
        "true": Q(registered_at__isnull=False) & (~Q(state=State.C9) | Q(exclusion="")),
        "false": excluded & ~Q(exclusion__in=NEUTRAL), "neutral": excluded & Q(exclusion__in=NEUTRAL), "filed": Q(state=State.C6),
    }  # fmt: skip
    counts = {f"n_{name}": Count("pk", filter=what) for name, what in wanted.items()}
    grouped = Clue.objects.filter(origin=Origin.MODEL).order_by("model").values("model").annotate(**counts)
    found: list[dict[str, Any]] = [dict(row) for row in grouped]
    return [Outcomes(row["model"], **{name: row[f"n_{name}"] for name in wanted}) for row in found]
