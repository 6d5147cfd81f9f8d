"""Names of models for pages; a catalogue that does not load must not take the clues down with it."""

from __future__ import annotations

from shujian.clues.read import BY_HAND
from shujian.kernel.errors import ShujianError
from shujian.supervision import read as supervision


def model_titles() -> dict[str, tuple[str, str]]:
    """Model id → (number, title), and what is said of clues of no model; only that where the catalogue has faults."""
    hand = {BY_HAND: ("", "人工录入")}
    try:
        specs = supervision.models()
    except ShujianError:
        return hand
    return {name: (spec.number or "", spec.title) for name, spec in specs.items()} | hand
