"""What merging a result would do to the clues: it is merged in a transaction that is rolled back, so it cannot differ."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from shujian.clues.merging import Merger
from shujian.clues.models import Clue
from shujian.clues.rows import ClueRow, row_of
from shujian.clues.states import State
from shujian.supervision.read import RunResult

NEW, RESTORED, RELAPSED = "新线索", "依据恢复", "整改后再现，重新打开"


@dataclass(frozen=True)
class Tried:
    """A clue that would appear or lose its ground, masked as in a list; ``known``: it has a number already."""

    row: ClueRow
    known: bool
    why: str


@dataclass(frozen=True)
class Trial:
    """``added``: new, or standing again; ``dropped``: 依据已变 would follow; ``unchanged``: hit again and standing."""

    added: tuple[Tried, ...]
    dropped: tuple[Tried, ...]
    unchanged: int


def try_hits(*, result: RunResult, judged: bool) -> Trial:
    """Merge the hits of a result and take it all back; nothing stays, no news goes out. ``judged`` as in ``merge_hits``.

    A clue is the same by model, emit and subject (the period is part of the subject where a model has periods).
    """
    with transaction.atomic():
        before = _standing(result.model)
        merged = Merger("plan", result, judged)
        merged.merge()
        after = _standing(result.model)
        added = {key: NEW for key in after if key not in before}
        for key in before.keys() & after.keys():
            if before[key][0] == State.C9 != after[key][0]:
                added[key] = RELAPSED
            elif before[key][1] and not after[key][1]:
                added[key] = RESTORED
        dropped = {key for key in before if after[key][1] and not before[key][1]}
        kept = merged.hits.keys() & before.keys()
        trial = Trial(
            _tried(result.model, added, set(before)),
            _tried(result.model, dict.fromkeys(dropped, ""), set(before)),
            len(kept - added.keys() - dropped),
        )
        transaction.set_rollback(True)
    return trial


def _standing(model: str) -> dict[str, tuple[str, bool]]:
    found = Clue.objects.filter(model=model).values_list("key", "state", "ground_changed")
    return {key: (state, lost) for key, state, lost in found}


def _tried(model: str, why: dict[str, str], known: set[str]) -> tuple[Tried, ...]:
    rows = (
        Clue.objects.filter(model=model).select_related("handler").defer("sealed").order_by("-score", "key")
    )
    return tuple(
        Tried(row_of(clue), clue.key in known, why[clue.key] or clue.ground_note)
        for clue in rows
        if clue.key in why
    )
