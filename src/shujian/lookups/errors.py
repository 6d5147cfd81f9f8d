"""Errors of the lookups room."""

from __future__ import annotations

from shujian.kernel.errors import BadInput, GuardRefused


class LookupRefused(GuardRefused):
    """This person may not search, or not in this way, or said no purpose."""


class RowUnknown(BadInput):
    """There is no such row, or the reader may not know that there is."""
