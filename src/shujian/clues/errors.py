"""Errors of the clues room."""

from __future__ import annotations

from shujian.kernel.errors import BadInput, FaultsFound, GuardRefused


class ClueUnknown(BadInput):
    """There is no such clue, or the reader may not know that there is."""


class ClueRefused(GuardRefused):
    """The step is illegal, or this person may not take it."""


class SealBroken(FaultsFound):
    """A sealed value does not open."""
