"""待核身份: clues that wait for a person to say who is who, with the fields that were compared. Masked."""

from __future__ import annotations

from dataclasses import dataclass

from shujian.accounts.read import Actor
from shujian.clues import details
from shujian.clues.details import ClueDetail
from shujian.clues.judged import SubjectTold, of_clue
from shujian.clues.models import Clue
from shujian.clues.numbers import number_of
from shujian.clues.rows import CluePage, Filters, list_clues
from shujian.clues.states import Held

PAGE = 10


@dataclass(frozen=True)
class Doubt:
    """A waiting clue in full, and what people judged of its matches so far."""

    clue: ClueDetail
    told: SubjectTold


def identity_queue(
    actor: Actor, *, model: str = "", grade: str = "", cursor: str | None = None
) -> tuple[tuple[Doubt, ...], CluePage]:
    """A page of the queue, strongest first, with the list page that it stands for. Raises BadInput."""
    wanted = Filters(model=model, grade=grade, held=Held.IDENTITY.value, order="score")
    page = list_clues(actor, wanted, limit=PAGE, cursor=cursor)
    found = {
        number_of(clue.pk): clue
        for clue in Clue.objects.filter(key__in=[row.key for row in page.items]).select_related("handler")
    }
    doubts = tuple(
        Doubt(details.detail_of(found[row.id], actor, masked=True), of_clue(actor, row.id))
        for row in page.items
    )
    return doubts, page
