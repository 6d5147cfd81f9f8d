"""Errors of the jobs room."""

from __future__ import annotations

from shujian.kernel.errors import BadInput, GuardRefused


class JobUnknown(BadInput):
    """No job of this number."""


class JobRefused(GuardRefused):
    """The job cannot be touched as things stand, or not by this person."""
