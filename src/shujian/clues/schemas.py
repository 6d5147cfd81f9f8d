"""The shapes that CONTRACT fixes for ``clue list`` and ``clue show``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from shujian.clues.details import ClueDetail
from shujian.clues.rows import ClueRow


def row_item(row: ClueRow) -> dict[str, Any]:
    """One item of ``clue list``."""
    return asdict(row)


def clue_item(detail: ClueDetail) -> dict[str, Any]:
    """The body of ``clue show``: the list item and all that carries the clue."""
    whole = asdict(detail)
    row = whole.pop("row")
    for inner in ("actions", "may_unmask", "unmask_because", "revision"):
        whole.pop(inner)
    return {**row, **whole}
