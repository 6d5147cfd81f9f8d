"""What the clues room tells others, in the transaction of the change; and the daily look at what was set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from shujian.clues.events import CluesMerged, GroundChanged, SnoozeEnded
from shujian.clues.models import Clue
from shujian.clues.numbers import number_of
from shujian.clues.states import State
from shujian.kernel.clock import today
from shujian.kernel.events import publish

_BACK = timedelta(days=30)


def ground_changed(clue: Clue) -> None:
    """Tell whoever handles a clue that its ground is gone."""
    if clue.handler_id is not None and clue.state != State.C9:
        publish(GroundChanged(number_of(clue.pk), clue.unit, clue.handler_id))


class RunNews:
    """What one run did, gathered by unit: a unit is told once, not once for each clue."""

    def __init__(self) -> None:
        self._pushed, self._withdrawn = Counter[str](), Counter[str]()

    def saw(self, clue: Clue, action: str) -> None:
        """Count one entry of the merge."""
        if action in ("clue.pushed", "clue.relapsed") and clue.state == State.C1:
            self._pushed[clue.unit] += 1
        elif action == "clue.ground_changed":
            self._withdrawn[clue.unit] += 1
            ground_changed(clue)

    def tell(self, run: str, model: str) -> None:
        """Publish one piece of news for each unit that the run touched."""
        for unit in sorted({*self._pushed, *self._withdrawn}):
            publish(CluesMerged(run, model, unit, self._pushed[unit], self._withdrawn[unit]))


def tell_snoozes(arguments: Mapping[str, Any]) -> str:
    """Tell of clues whose day came within the last thirty days; telling again tells nothing new."""
    day = today()
    back = Clue.objects.filter(
        snoozed_until__lte=day, snoozed_until__gt=day - _BACK, erased_at=None, joined_to=None
    ).exclude(state=State.C9)
    found = list(back.order_by("pk").values_list("pk", "unit", "handler_id", "snoozed_until"))
    with transaction.atomic():
        for pk, unit, handler, until in found:
            number, day_told = number_of(pk), until.isoformat() if until else ""
            publish(SnoozeEnded(number, unit, handler, day_told, f"snooze:{number}:{day_told}"))
    return f"暂缓到期 {len(found)} 条"
