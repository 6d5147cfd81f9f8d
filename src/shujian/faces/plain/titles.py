"""Names of models for pages; a catalogue that does not load must not take the clues down with it."""

from __future__ import annotations

from shujian.kernel.errors import ShujianError
from shujian.supervision import read as supervision


def model_titles() -> dict[str, tuple[str, str]]:
    """Model id → (number, title); empty where the catalogue has faults."""
    try:
        specs = supervision.models()
    except ShujianError:
        return {}
    return {name: (spec.number or "", spec.title) for name, spec in specs.items()}
