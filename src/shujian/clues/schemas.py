"""The shapes that CONTRACT fixes for ``clue list`` and ``clue show``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from shujian.clues.details import ClueDetail
from shujian.clues.judged import MatchJudged
from shujian.clues.rows import ClueRow


def row_item(row: ClueRow) -> dict[str, Any]:
    """One item of ``clue list``."""
    return asdict(row)


def clue_item(detail: ClueDetail, judged: Sequence[MatchJudged]) -> dict[str, Any]:
    """The body of ``clue show``: the list item, all that carries the clue, and what people judged of its matches."""
    whole = asdict(detail)
    row = whole.pop("row")
    for inner in ("actions", "may_unmask", "unmask_because", "revision"):
        whole.pop(inner)
    told = [asdict(one) for one in judged]
    for one in told:
        one.pop("may_undo")
    return {**row, **whole, "judged": told}
